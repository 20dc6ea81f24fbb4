"""Tells messages that ask nothing from those that do: a greeting, thanks, an emoji. Pure."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_EMOJI_NAME = re.compile(r":[a-z0-9_+'-]+:")

_GREETING = frozenset(
    "hi hello hey hiya howdy yo greetings there good morning afternoon evening day everyone all team "
    "hallo guten tag morgen abend moin servus liebes "
    "bonjour salut bonsoir coucou hola buenos dias días buenas tardes noches ciao salve buongiorno buonasera "
    "ola olá bom dia boa tarde noite hoi goedemorgen goedemiddag goedenavond".split()
)
_THANKS = frozenset(
    "thanks thank you thx ty cheers much so very a lot many great perfect awesome brilliant super lovely nice cool "
    "ok okay got it that helped helps worked works solved it's its all good bye goodbye have day "
    "danke vielen dank schön sehr prima merci beaucoup bien gracias muchas mil grazie mille obrigado obrigada "
    "muito bedankt dank je wel hartelijk".split()
)
_THANKS_ITSELF = frozenset(
    "thanks thank thx ty cheers danke dank merci gracias grazie obrigado obrigada bedankt perfect great awesome "
    "brilliant super prima helped solved worked".split()
)
_YES = frozenset(
    "yes yep yeah yea sure absolutely definitely ok okay ja jo gern gerne klar oui ouais sí si claro vale dale sim "
    "certo graag".split()
)
_NO = frozenset("no nope nah nein nee non não nao".split())
_POLITE = frozenset(
    "please thanks thank you do that would be great good nice a person human bitte danke das wäre toll super sehr "
    "einen menschen stp svp merci une personne por favor gracias una persona per favore".split()
)
_GREETED_IN = {
    **dict.fromkeys("hallo guten moin servus grüß".split(), "de"),
    **dict.fromkeys("bonjour salut bonsoir coucou".split(), "fr"),
    **dict.fromkeys("hola buenos buenas".split(), "es"),
    **dict.fromkeys("ciao salve buongiorno buonasera".split(), "it"),
    **dict.fromkeys("ola olá boa bom".split(), "pt"),
    **dict.fromkeys("hoi goedemorgen goedemiddag goedenavond".split(), "nl"),
}
_HOW_ARE_YOU = re.compile(
    r"\b(?:how are (?:you|things)(?: doing)?|how's it going|how do you do|wie geht(?: es|'s|s) (?:dir|ihnen|euch)|"
    r"comment (?:ça va|allez[- ]vous|vas[- ]tu)|ça va|cómo est[aá](?:s|n)?|qué tal)(?: today| heute| hoy)?\b"
)


def nothing_said(text: str) -> bool:
    """Whether a text holds no word and no number: empty, or emoji and punctuation only."""
    return not re.search(r"\w", _EMOJI_NAME.sub("", text))


def is_greeting(text: str) -> bool:
    """Whether a text only says hello, or asks how one is."""
    rest, courtesies = _HOW_ARE_YOU.subn(" ", text[:400].casefold().replace("’", "'"))
    words = _words(rest)
    greets = len(words) <= 5 and all(word in _GREETING for word in words)  # noqa: PLR2004
    return greets and bool(words or courtesies)


def is_thanks(text: str) -> bool:
    """Whether a text only says thanks or goodbye."""
    words = _words(text)
    short = 0 < len(words) <= 8  # noqa: PLR2004 - longer texts say something more
    only_thanks = all(word in _THANKS or word in _GREETING for word in words)
    return short and only_thanks and any(word in _THANKS_ITSELF for word in words) and "?" not in text


def is_agreement(text: str) -> bool:
    """Whether a text only says yes."""
    words = _words(text)
    return 0 < len(words) <= 5 and words[0] in _YES and all(word in _YES or word in _POLITE for word in words)  # noqa: PLR2004


def is_refusal(text: str) -> bool:
    """Whether a text only says no."""
    words = _words(text)
    return 0 < len(words) <= 5 and words[0] in _NO and all(word in _NO or word in _POLITE for word in words)  # noqa: PLR2004


def greeted_in(text: str) -> str:
    """The language (ISO 639-1) of a greeting, which is too short to tell it otherwise; empty when it does not say."""
    return next((_GREETED_IN[word] for word in _words(text) if word in _GREETED_IN), "")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_EMOJI_NAME.sub(" ", text[:400]).replace("'", ""))]
