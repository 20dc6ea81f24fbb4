"""Follow-ups that ask for the price of what was spoken of, in words that say nothing of what that is. Pure."""

import re
from collections.abc import Sequence

from handoff import words
from handoff.draft import Author, Turn
from handoff.lexicon.patterns import Pattern

_ASKS_PRICE = Pattern(
    r"\bhow\s+much\b|\bwie\s?viel\b|\bcombien\b|\bcu[aá]nto\b|\bquanto\b|\bhoeveel\b",
    re.IGNORECASE,
)
_AMOUNT = Pattern(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF))\s?\d|\d\s?(?:[$€£¥]|(?:USD|EUR|GBP|CHF|euros?|dollars?|pounds?|francs?|franken|"
    r"cents?|pence|dólares|dollari|libras)\b)",
    re.IGNORECASE,
)
_FREE = Pattern(
    r"\b(?:free(?:\s+of\s+charge)?|no\s+(?:charge|cost)|kostenlos|kostenfrei|gratis|gratuit\w*|gratuito|gratuita|"
    r"portofrei|versandkostenfrei)\b",
    re.IGNORECASE,
)


def asks_price(turns: Sequence[Turn]) -> bool:
    """Whether the customer's last message only asks how much it is, of what they spoke of before."""
    said = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    if len(said) < 2 or not _ASKS_PRICE.search(said[-1]):  # noqa: PLR2004 - a first message follows nothing
        return False
    return not words.informative(_ASKS_PRICE.sub(" ", said[-1]))


def names_price(text: str) -> bool:
    """Whether a text holds an amount of money, or says that something is free."""
    return _AMOUNT.search(text) is not None or _FREE.search(text) is not None
