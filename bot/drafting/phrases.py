"""The few words that the embedded drafter says itself, by language; everything else it quotes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`{title}`, `{one}` and `{other}` are titles of articles or topics."""

    found: str
    found_too: str
    which: str


_ENGLISH = Phrases(
    found="Here is what our article “{title}” says:",
    found_too="And from “{title}”:",
    which="I want to be sure I get this right: is it about “{one}” or about “{other}”?",
)

_BY_LANGUAGE = {
    "en": _ENGLISH,
    "de": Phrases(
        found="Dazu steht in unserem Artikel „{title}“:",
        found_too="Und aus „{title}“:",
        which="Damit ich richtig antworte: Geht es um „{one}“ oder um „{other}“?",
    ),
    "fr": Phrases(
        found="Voici ce que dit notre article « {title} » :",
        found_too="Et dans « {title} » :",
        which="Pour bien vous répondre : s’agit-il de « {one} » ou de « {other} » ?",
    ),
    "es": Phrases(
        found="Esto dice nuestro artículo «{title}»:",
        found_too="Y en «{title}»:",
        which="Para responderle bien: ¿se trata de «{one}» o de «{other}»?",
    ),
    "it": Phrases(
        found="Ecco cosa dice il nostro articolo «{title}»:",
        found_too="E da «{title}»:",
        which="Per rispondere bene: si tratta di «{one}» o di «{other}»?",
    ),
    "pt": Phrases(
        found="Isto é o que diz o nosso artigo “{title}”:",
        found_too="E em “{title}”:",
        which="Para responder bem: trata-se de “{one}” ou de “{other}”?",
    ),
    "nl": Phrases(
        found="Dit staat in ons artikel ‘{title}’:",
        found_too="En uit ‘{title}’:",
        which="Om goed te antwoorden: gaat het over ‘{one}’ of over ‘{other}’?",
    ),
}


def of(language: str) -> Phrases:
    """The phrases of a language; English where there are none."""
    return _BY_LANGUAGE.get(language, _ENGLISH)
