"""Takes a message apart into the questions it asks and the statements around them. Pure.

It errs on the side of one question: a message that is taken apart wrongly is answered worse than one that is not.
"""

import re
from dataclasses import dataclass

from handoff import words
from handoff.lexicon.patterns import Pattern

MOST = 4
"""A message that asks more than this is a matter of its own, and read as one."""
READ_AT_MOST = 4_000
"""Characters; what is longer is a story, and read as one."""
COVERED = 2 / 3
"""The share of a question's informative words that a reply must hold to count as speaking of it."""

_SENTENCE = Pattern(r"(?<=[.!?…。！？])[\"”')\]]*\s+|\n+")
_OPENERS = (
    r"how|what|what's|when|where|where's|which|who|whose|why|can|could|do|does|did|is|are|will|would|should|may|"
    r"wie|wieviel|was|wann|wo|wohin|woher|welche[rsnm]?|wer|warum|wieso|kann|kannst|können|könnte|darf|muss|gibt|ist|"
    r"sind|habt|haben|hat|"
    r"combien|quand|comment|où|pourquoi|quel(?:le)?s?|est-ce|puis-je|peut-on|pouvez-vous|"
    r"cu[aá]nto|cu[aá]nta|cu[aá]ntos|cu[aá]ndo|c[oó]mo|d[oó]nde|qu[eé]|cu[aá]l(?:es)?|puedo|se\spuede|"
    r"quanto|quando|come|dove|quale|quali|posso|perch[eé]|quanto|onde|qual|hoe|hoeveel|wanneer|waar|waarom|kan"
)
_AND = (
    r"and(?:\s+also|\s+then)?|also|plus|und(?:\s+auch)?|sowie|außerdem|et(?:\s+aussi)?|y(?:\s+también)?|e|ed|en|"
    r"or\s+else"
)
_SECOND = Pattern(rf"(?:\s*[,;–—]\s*|\s+)(?:(?:{_AND})\s*,?\s+)(?=(?:{_OPENERS})\b)", re.IGNORECASE)
"""Where a second question begins in the middle of a sentence: "…, and how much …"."""
_OPENS = Pattern(rf"(?:(?:{_AND}|but|aber|so|ok|okay|hi|hello|hallo)[,\s]+)*(?:{_OPENERS})\b", re.IGNORECASE)
_TELLS = Pattern(
    r"(?:when|what|where|how|which|why|wie|was|wann|wo|quand|comment|cuando|como|quando)\s+"
    r"(?:i|we|my|our|the|it|they|ich|wir|mein\w*|die|der|das|es|je|j'\w+|nous|yo|mi)\b",
    re.IGNORECASE,
)
"""How a statement begins that looks like a question: "When I opened the box, …"."""
_WISHES = Pattern(
    r"(?:(?:and|also|und|auch|et|y)[,\s]+)?(?:please|bitte|s'il\s+(?:vous|te)\s+pla[iî]t|por\s+favor|"
    r"(?:can|could)\s+you\s+please|i(?:'d|\s+would)?\s+(?:also\s+)?(?:want|need|like)\s+(?:to|you\s+to)|"
    r"tell\s+me|explain|show\s+me|ich\s+(?:möchte|will|würde\s+gern)|erkl|sag(?:en\s+sie)?\s+mir|"
    r"je\s+(?:veux|voudrais)|dites-moi|quiero|quisiera|necesito|d[ií]game)\b",
    re.IGNORECASE,
)
_FILLERS = Pattern(
    r"(?:(?:hi|hello|hallo|hey|ok|okay|so)[,\s]+)*(?:"
    r"any\s+(?:ideas?|help|advice|suggestions?|news|updates?|thoughts)|"
    r"(?:can|could|would|will)\s+(?:you|anyone|anybody|someone|somebody)\s+(?:please\s+)?(?:help|assist|advise|"
    r"explain|tell)(?:\s+me|\s+us)?(?:\s+out)?(?:\s+with\s+(?:this|that|it))?|"
    r"is\s+(?:that|this|it)\s+(?:ok|okay|right|correct|possible|normal|true)|"
    r"(?:do\s+you\s+)?(?:see|understand|know)\s+what\s+i\s+mean|make\s+sense|does\s+that\s+make\s+sense|right|"
    r"k[oö]nn(?:en|t)\s+(?:sie|ihr)\s+(?:mir|uns)\s+(?:bitte\s+)?(?:helfen|weiterhelfen)|kannst\s+du\s+mir\s+helfen|"
    r"kann\s+(?:mir\s+)?(?:da\s+)?jemand\s+helfen|(?:haben\s+sie|irgend)?\s*eine?\s+idee|ist\s+das\s+(?:m[oö]glich|"
    r"richtig|normal)|pouvez-vous\s+m'aider|pueden?\s+ayudarme|me\s+pueden?\s+ayudar"
    r")\s*[?!.…]*",
    re.IGNORECASE,
)
"""Questions that ask nothing of their own."""


@dataclass(frozen=True, slots=True)
class Split:
    """What a message asks, part by part, and what it tells besides."""

    asked: tuple[str, ...]
    told: str = ""
    """The statements, which every question is read beside."""

    def __len__(self) -> int:
        return len(self.asked)


def split(text: str) -> Split:
    """Take a message apart.

    Returns:
        Its questions and wishes in their order, each in the customer's own words. A message that asks one thing, or
        cannot be taken apart safely, is one question as it stands.
    """
    if len(text) > READ_AT_MOST:
        return Split((text,))
    asked, told = list[str](), list[str]()
    marked = "?" in text or "？" in text
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        parts = _questions_of(sentence) if _asks(sentence, marked=marked) else []
        if parts:
            asked += parts
        else:
            told.append(sentence)
    distinct = tuple(dict.fromkeys(asked))
    if not 1 < len(distinct) <= MOST:
        return Split((text,))
    return Split(distinct, " ".join(told))


def _asks(sentence: str, *, marked: bool) -> bool:
    """Whether a sentence asks for something; where the customer sets question marks (`marked`), they tell."""
    if _FILLERS.fullmatch(sentence) or not _says_something(sentence):
        return False
    if sentence.rstrip("\"”')] ").endswith(("?", "？")) or _WISHES.match(sentence):
        return True
    return not marked and bool(_OPENS.match(sentence)) and not _TELLS.match(sentence)


def _questions_of(sentence: str) -> list[str]:
    whole: list[str] = []
    for piece in _SECOND.split(sentence):
        part = piece.strip(" ,;")
        if whole and not (_says_something(part) and _says_something(whole[-1])):
            whole[-1] = sentence[sentence.index(whole[-1]) : sentence.index(part) + len(part)]
        elif part:
            whole.append(part)
    return whole


def _says_something(part: str) -> bool:
    """Whether a part is about something of its own: `how and when will it come` is one question."""
    return bool(words.informative(part))


def speaks_of(reply: str, question: str) -> bool:
    """Whether a reply holds most of what a question is about, so that it need not be answered apart."""
    terms = set(words.informative(question))
    return bool(terms) and len(terms & set(words.informative(reply))) >= COVERED * len(terms)
