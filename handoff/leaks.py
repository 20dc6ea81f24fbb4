"""Whether a text tells what it must not: long spans of a model's rules, or somebody else's data. Pure."""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from handoff import personal_data
from handoff.draft import FoundPassage, Turn
from handoff.masking import SAID_TO_MODELS
from handoff.personal_data import Finding
from handoff.visible import visible

SPAN = 40
"""Letters in a row that no honest reply shares with the rules by accident: about eight words."""
MOST_CHARACTERS = 20_000
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:]?){30,}")


def tells_rules(text: str, rules: str) -> bool:
    """Whether a text holds a long span of the rules, as it is or backwards, in rot13, base64 or hexadecimal digits.

    Letters alone count, so that neither capitals, marks, line ends nor unseen characters hide it. A translation or a
    retelling in other words is not noticed.
    """
    spans = _spans(rules)
    return any(not spans.isdisjoint(_spans(each)) for each in _readings(text))


def strangers(text: str, turns: Sequence[Turn], passages: Sequence[FoundPassage]) -> list[Finding]:
    """Personal data in a text that neither this conversation nor the passages hold: somebody else's, or invented.

    What a bystander or a note of an agent holds is not said between the customer and Baton.
    """
    found = personal_data.find(text)
    if not found:
        return []
    sources = [turn.text for turn in turns if turn.author in SAID_TO_MODELS]
    sources += [f"{each.title}\n{each.url}\n{each.text}" for each in passages]
    known = {each.bare for source in sources for each in personal_data.find(source)}
    return [each for each in found if each.bare not in known]


@lru_cache(maxsize=16)
def _spans(rules: str) -> frozenset[str]:
    letters = _letters(rules)
    return frozenset(letters[at : at + SPAN] for at in range(len(letters) - SPAN + 1))


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", visible(text)).casefold()
    return "".join(filter(str.isalpha, folded))


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says to somebody who decodes it."""
    text = text[:MOST_CHARACTERS]
    yield text
    yield text[::-1]
    yield codecs.encode(text, "rot13")
    for found in _BASE64.finditer(re.sub(r"\s", "", text)):
        bare = found[0].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            yield base64.b64decode(bare[: len(bare) // 4 * 4]).decode("utf-8", "ignore")
        except (binascii.Error, ValueError):
            continue
    for found in _HEX.finditer(text):
        digits = re.sub(r"[\s:]", "", found[0])
        yield bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "ignore")
