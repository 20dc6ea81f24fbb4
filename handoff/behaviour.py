"""What a customer does, apart from their words: ask again, wait, get the same answer twice, press thumbs-down. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import log2
from typing import NamedTuple

from handoff.draft import Author, Turn
from handoff.language import SMALL_WORDS

ASKED_AGAIN = 0.36
SAME_ANSWER = 0.34
THUMBS_DOWN = 0.24
"""Of each press; what has been pressed three times or oftener counts as three."""
MOST_PRESSES = 3
WAIT_BEGINS = timedelta(minutes=30)
"""From here on, a customer who writes again into silence has waited."""
WAITED, WAITED_MORE, WAITED_MOST = 0.32, 0.07, 0.62
"""Of the shortest wait, of each doubling, and of the longest."""
MOST_WAITS = 2
MOST_CHARACTERS = 1_200
_ALIKE = 0.8
"""The share of words (Jaccard) that two replies have in common when they are the same answer."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEXT_QUESTION = re.compile(
    r"\s*(?:ok(?:ay)?|thanks|thank you|great|alright)?[\s,.!]*(?:and|what about|how about|what if|but what|und|et|y|"
    r"e|en)\b"
)
_ENDINGS = re.compile(r"(?:ing|ed|es|s|e|en|er)$")


class Sign(NamedTuple):
    """Something a customer did, how much it alone says that they have had enough (0..1), and as an agent puts it."""

    signal: str
    heat: float
    words: str


def of(turns: Sequence[Turn], said: Sequence[int], thumbs_down: int) -> list[Sign]:
    """The signs in what a customer did.

    Args:
        turns: the conversation, oldest first.
        said: the places of the customer's own turns in it, the newest last; at least one.
        thumbs_down: how often the customer pressed thumbs-down on a reply.
    """
    repeats = _same_answers(turns[: said[-1]])
    signs = [*_asked_again(turns, said, stuck=repeats > 0), *_waits(turns, said)]
    if repeats:
        heat = 1 - (1 - SAME_ANSWER) ** min(repeats, 2)
        signs.append(Sign("same_answer", heat, "got the same answer again"))
    if thumbs_down > 0:
        times = "" if thumbs_down == 1 else f" {thumbs_down} times"
        heat = 1 - (1 - THUMBS_DOWN) ** min(thumbs_down, MOST_PRESSES)
        signs.append(Sign("thumbs_down", heat, f"pressed thumbs-down{times}"))
    return signs


def _waits(turns: Sequence[Turn], said: Sequence[int]) -> list[Sign]:
    waits = [waited for place in said if (waited := _waited(turns, place)) >= WAIT_BEGINS]
    return [
        Sign(
            "waiting",
            min(WAITED_MOST, WAITED + WAITED_MORE * log2(waited / WAIT_BEGINS)),
            f"waited {_span(waited)} and wrote again",
        )
        for waited in sorted(waits, reverse=True)[:MOST_WAITS]
    ]


def _waited(turns: Sequence[Turn], place: int) -> timedelta:
    """How long a customer's turn stood unanswered before they wrote this one; a clock set back is no wait."""
    before = turns[place - 1] if place else None
    now = turns[place].at
    if before is None or before.author is not Author.CUSTOMER or before.at is None or now is None:
        return timedelta()
    return now - before.at


def _span(waited: timedelta) -> str:
    hours = waited / timedelta(hours=1)
    if hours >= 48:  # noqa: PLR2004 - two days
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 1.5 else f"{waited / timedelta(minutes=1):.0f} minutes"  # noqa: PLR2004


def _same_answers(turns: Sequence[Turn]) -> int:
    """How often the newest reply of the bot had been given before."""
    replies = [_words(turn.text) for turn in turns if turn.author is Author.BOT]
    if not replies or turns[-1].author is not Author.BOT:
        return 0
    return sum(bool(now := replies[-1]) and len(now & old) >= _ALIKE * len(now | old) for old in replies[:-1])


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text[:MOST_CHARACTERS].casefold()))


def _asked_again(turns: Sequence[Turn], said: Sequence[int], *, stuck: bool) -> Iterator[Sign]:
    """A sign for each earlier turn in which the customer asked what they ask now."""
    text = turns[said[-1]].text
    now = _informative(text)
    for place in said[:-1]:
        earlier = turns[place].text
        words = _same_question(now, _informative(earlier), text, earlier, stuck=stuck)
        if words:
            yield Sign("asked_again", ASKED_AGAIN, words)


def _informative(text: str) -> frozenset[str]:
    words = WORD.findall(text[:MOST_CHARACTERS].casefold().replace("’", "'"))
    return frozenset(_ENDINGS.sub("", word) if len(word) > 4 else word for word in words if word not in SMALL_WORDS)  # noqa: PLR2004


def _same_question(now: frozenset[str], earlier: frozenset[str], text: str, earlier_text: str, *, stuck: bool) -> str:
    said = WORD.findall(text.casefold())
    if len(said) > 2 and said == WORD.findall(earlier_text.casefold()):  # noqa: PLR2004 - "ok" again is no question
        return "asked the same question again"
    shared = len(now & earlier)
    if stuck and shared and shared == len(now):
        return "asked the same question again"
    if len(now) < 2 or _NEXT_QUESTION.match(text.casefold()) or _names_another(text, earlier_text):  # noqa: PLR2004
        return ""
    if shared >= 2 and shared / len(now | earlier) >= 0.7:  # noqa: PLR2004
        return "asked the same question again"
    if shared >= 3 and shared / min(len(now), len(earlier)) >= 0.66:  # noqa: PLR2004
        return "asked the same question in other words"
    if shared >= 2 and earlier <= now:  # noqa: PLR2004
        return "asked the same question in other words"
    return ""


def _names_another(text: str, earlier_text: str) -> bool:
    """A new name or number makes it another question: the same about Norway, or about the Kestrel 65."""
    earlier = {word.casefold() for word in WORD.findall(earlier_text)}
    sentences = re.split(r"[.!?]\s+", text)
    names = [
        word
        for sentence in sentences
        for word in WORD.findall(sentence)[1:]
        if word[0].isdigit() or (word[0].isupper() and not word.isupper())
    ]
    spans = set(re.findall(r"(\d+)\s+(?:days|weeks|months|hours|tage|wochen|jours|días)\b", text.casefold()))
    return any(
        name.casefold() not in earlier and name.casefold() not in SMALL_WORDS and name not in spans for name in names
    )
