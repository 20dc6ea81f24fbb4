"""The few words that the embedded drafter says itself, by language; everything else it quotes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`{title}`, `{one}` and `{other}` are titles of articles or topics."""

    found: str
    found_too: str
    taught: str
    """Before the words of a person of the team, who answered such a question before."""
    our_team: str
    """What such an answer is cited as."""
    which: str


_ENGLISH = Phrases(
    found="Here is what our article “{title}” says:",
    found_too="And from “{title}”:",
    taught="Our team answered a question like this before:",
    our_team="an answer by our team",
    which="I want to be sure I get this right: is it about “{one}” or about “{other}”?",
)

_BY_LANGUAGE = {
    "en": _ENGLISH,
    "de": Phrases(
        found="Dazu steht in unserem Artikel „{title}“:",
        found_too="Und aus „{title}“:",
        taught="Eine solche Frage hat unser Team schon einmal beantwortet:",
        our_team="eine Antwort unseres Teams",
        which="Damit ich richtig antworte: Geht es um „{one}“ oder um „{other}“?",
    ),
    "fr": Phrases(
        found="Voici ce que dit notre article « {title} » :",
        found_too="Et dans « {title} » :",
        taught="Notre équipe a déjà répondu à une question semblable :",
        our_team="une réponse de notre équipe",
        which="Pour bien vous répondre : s’agit-il de « {one} » ou de « {other} » ?",
    ),
    "es": Phrases(
        found="Esto dice nuestro artículo «{title}»:",
        found_too="Y en «{title}»:",
        taught="Nuestro equipo ya respondió a una pregunta parecida:",
        our_team="una respuesta de nuestro equipo",
        which="Para responderle bien: ¿se trata de «{one}» o de «{other}»?",
    ),
    "it": Phrases(
        found="Ecco cosa dice il nostro articolo «{title}»:",
        found_too="E da «{title}»:",
        taught="Il nostro team ha già risposto a una domanda simile:",
        our_team="una risposta del nostro team",
        which="Per rispondere bene: si tratta di «{one}» o di «{other}»?",
    ),
    "pt": Phrases(
        found="Isto é o que diz o nosso artigo “{title}”:",
        found_too="E em “{title}”:",
        taught="A nossa equipa já respondeu a uma pergunta parecida:",
        our_team="uma resposta da nossa equipa",
        which="Para responder bem: trata-se de “{one}” ou de “{other}”?",
    ),
    "nl": Phrases(
        found="Dit staat in ons artikel ‘{title}’:",
        found_too="En uit ‘{title}’:",
        taught="Ons team heeft zo’n vraag al eens beantwoord:",
        our_team="een antwoord van ons team",
        which="Om goed te antwoorden: gaat het over ‘{one}’ of over ‘{other}’?",
    ),
}


def of(language: str) -> Phrases:
    """The phrases of a language; English where there are none."""
    return _BY_LANGUAGE.get(language, _ENGLISH)


def without_openings(text: str, language: str, titles: Iterable[str]) -> str:
    """A draft's words without those that only say where they come from.

    Args:
        text: of the draft.
        language: of the draft.
        titles: of the articles that it cites.
    """
    said = of(language)
    openings = {each.format(title=title) for title in titles for each in (said.found, said.found_too)} | {said.taught}
    return "\n\n".join(part for part in text.split("\n\n") if part.strip() not in openings)
