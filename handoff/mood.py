"""Reads a customer's mood from what they said: words, tone, and repetition. Pure, under a millisecond.

Frustration is a noisy-or of signs: each says with its own weight that the customer has had enough, and none takes
away what another one said. What was felt earlier counts less, and much less once an agent has answered.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod, sqrt

from handoff import wishes
from handoff.draft import Author, Mood, Turn
from handoff.feelings import INTENSIFIERS, LEXICON, NEGATIONS, SWEARING, Feeling
from handoff.language import SMALL_WORDS
from handoff.sayings import GLAD, SAYINGS, WRONG_ANSWER
from handoff.threats import THREATS

MOST_TURNS = 8
"""Customer turns that are read, the newest last."""
MOST_CHARACTERS = 1_200

EARLIER_COUNTS = 0.55
BEFORE_AN_AGENT_COUNTS = 0.2
SECOND_NEGATIVE = 0.3
NEGATIVE_FROM = 0.2
"""The heat from which a turn counts as negative."""
CALMED_BY_THANKS = 0.6

SHOUTING = 0.32
MANY_MARKS = 0.16
ASKED_AGAIN = 0.36
NEGATED_PRAISE = 0.22
NO_HELP = 0.3
IN_A_QUESTION = 0.6
"""How much a strong word still says in a message that only asks ("good in awful weather?")."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = re.compile(r"[!?]{3,}|!{2,}|\?{2,}|！{2,}|？{2,}")
_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+", re.DOTALL)
_NO = re.compile(r"\s*(?:no+|nope|nein|non|não|nee)\b(?!\s*(?:problem|worries|thank|thx|need|rush|danke|merci|stress))")
_NEXT_QUESTION = re.compile(
    r"\s*(?:ok(?:ay)?|thanks|thank you|great|alright)?[\s,.!]*"
    r"(?:and|what about|how about|what if|but what|und|et|y|e|en)\b"
)
_ENDINGS = re.compile(r"(?:ing|ed|es|s|e|en|er)$")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one turn says alone."""

    heat: float
    sentiment: float
    signs: tuple[str, ...]
    glad: bool


def read(turns: Sequence[Turn], *, thumbs_down: int = 0) -> Mood:
    """Read the mood over a whole conversation.

    Args:
        turns: the conversation, oldest first; only what the customer said counts, the wish for a person only in
            their last turn (an earlier one has been heard already).
        thumbs_down: how many replies the customer marked as no help.

    Returns:
        Sentiment -1..1, frustration 0..1, whether a person is wanted, and the signs in plain words, strongest first.
    """
    said = [index for index, turn in enumerate(turns) if turn.author is Author.CUSTOMER][-MOST_TURNS:]
    if not said:
        return Mood()
    heard = [_hear(turns[index].text, _before(turns, index)) for index in said]
    weights = [_weight(turns, index, said[-1]) for index in said]
    last, texts = heard[-1], [turns[index].text for index in said]
    heats: list[tuple[float, str]] = [(last.heat, ""), *_heats_of_repeating(texts)]
    heats += [(NO_HELP, "says that a reply did not help")] * thumbs_down
    if earlier := max((weight * each.heat for weight, each in zip(weights[:-1], heard[:-1], strict=True)), default=0.0):
        heats.append((earlier, ""))
    if last.heat >= NEGATIVE_FROM and any(
        each.heat >= NEGATIVE_FROM and weight > BEFORE_AN_AGENT_COUNTS
        for weight, each in zip(weights[:-1], heard[:-1], strict=True)
    ):
        heats.append((SECOND_NEGATIVE, "is unhappy for the second time"))
    wants_person = wishes.asks_for_person(texts[-1])
    signs = ("asks for a person",) if wants_person else ()
    signs += (*last.signs, *(sign for _, sign in heats if sign))
    return Mood(
        sentiment=round(_weighted_mean([each.sentiment for each in heard], weights), 3),
        frustration=round(_any_of(heat for heat, _ in heats) * (CALMED_BY_THANKS if last.glad else 1.0), 3),
        wants_person=wants_person,
        signs=tuple(dict.fromkeys(signs)),
    )


def _before(turns: Sequence[Turn], index: int) -> Turn | None:
    return turns[index - 1] if index else None


def _weight(turns: Sequence[Turn], index: int, last: int) -> float:
    if index == last:
        return 1.0
    between = turns[index + 1 : last]
    return BEFORE_AN_AGENT_COUNTS if any(turn.author is Author.AGENT for turn in between) else EARLIER_COUNTS


def _any_of(heats: Iterable[float]) -> float:
    """The noisy-or: one minus the chance that every sign is mistaken (Pearl 1988, ch. 4)."""
    return 1.0 - prod(1.0 - heat for heat in heats)


def _weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def _hear(text: str, before: Turn | None) -> _Heard:
    plain = _NOT_SAID.sub(" ", text[:MOST_CHARACTERS]).replace("’", "'")
    lower = " ".join(plain.casefold().split())
    said = [saying for saying in (*SAYINGS, *THREATS) if saying.pattern.search(lower)]
    signs = [(saying.heat, saying.sign) for saying in said]
    words, valence = _heats_of_words(_WORD.findall(lower))
    if lower.endswith("?") and not said:
        words = [(heat * IN_A_QUESTION, sign) for heat, sign in words]
    signs += words
    if _answers_no(lower, before) and not any(sign == WRONG_ANSWER for _, sign in signs):
        signs.append((NEGATED_PRAISE, WRONG_ANSWER))
    if _shouts(plain):
        signs.append((SHOUTING, "writes in capitals"))
        valence -= 1.0
    if (
        _MARKS.search(plain)
        and "?!" not in plain.strip("?!")
        and (signs or len(_MARKS.findall(plain)) > 1 or "??" in plain)
    ):
        signs.append((MANY_MARKS, "repeats question or exclamation marks"))
    glad = bool(GLAD.pattern.search(lower)) and not signs
    valence += sum(saying.valence for saying in said) + (GLAD.valence if glad else 0.0)
    ordered = tuple(sign for _, sign in sorted(signs, key=lambda each: -each[0]) if sign)
    return _Heard(_any_of(heat for heat, _ in signs), valence / sqrt(valence * valence + 6), ordered, glad)


def _heats_of_words(words: Sequence[str]) -> tuple[list[tuple[float, str]], float]:
    """The strongest heats among the words (three at most, so that a long complaint is no sum), and all valence."""
    signs: list[tuple[float, str]] = []
    valence = 0.0
    for place, word in enumerate(words):
        feeling = LEXICON.get(word)
        if feeling is None:
            continue
        near = words[max(0, place - 3) : place]
        negated = any(other in NEGATIONS for other in (near if feeling.valence > 0 else near[-2:]))
        felt = _negated(feeling) if negated else feeling
        strength = 1.3 if any(other in INTENSIFIERS for other in near) else 1.0
        valence += felt.valence * strength
        if felt.heat:
            signs.append((min(felt.heat * strength, 0.9), _sign_of(word, felt, negated=negated)))
    return sorted(set(signs), reverse=True)[:3], valence


def _negated(feeling: Feeling) -> Feeling:
    """Turn a feeling round: "not helpful" is a complaint; "not bad" is no praise."""
    heat = NEGATED_PRAISE if feeling.valence > 0 else 0.0
    return Feeling(-0.6 * feeling.valence, heat)


def _sign_of(word: str, felt: Feeling, *, negated: bool) -> str:
    if word in SWEARING:
        return "swears"
    if felt.heat < 0.1:  # noqa: PLR2004 - the words for the trouble itself are not signs
        return ""
    return f"says “not {word}”" if negated else f"says “{word}”"


def _answers_no(lower: str, before: Turn | None) -> bool:
    """A no to an answer; a no to a question is just its answer."""
    if before is None or before.author is not Author.BOT or before.text.rstrip().endswith("?"):
        return False
    return bool(_NO.match(lower))


def _shouts(plain: str) -> bool:
    """Whether it is written in capitals, other than names: a shout has small words in it ("WHERE IS MY ORDER")."""
    words = [word for word in _WORD.findall(plain) if len(word) > 1 and not word.isdigit()]
    capitals = [word for word in words if word.isupper() and word.isalpha()]
    if len(capitals) < 3 or sum(map(len, capitals)) < 10:  # noqa: PLR2004 - a name or two is no shout
        return False
    return 2 * len(capitals) >= len(words) and any(word.casefold() in SMALL_WORDS for word in capitals)


def _heats_of_repeating(texts: Sequence[str]) -> list[tuple[float, str]]:
    """A sign for each earlier turn in which the customer asked what they ask now."""
    now = _informative(texts[-1])
    again = [_same_question(now, _informative(text), texts[-1], text) for text in texts[:-1]]
    return [(ASKED_AGAIN, sign) for sign in again if sign]


def _informative(text: str) -> frozenset[str]:
    words = _WORD.findall(text[:MOST_CHARACTERS].casefold().replace("’", "'"))
    return frozenset(_ENDINGS.sub("", word) if len(word) > 4 else word for word in words if word not in SMALL_WORDS)  # noqa: PLR2004


def _same_question(now: frozenset[str], earlier: frozenset[str], text: str, earlier_text: str) -> str:
    said = _WORD.findall(text.casefold())
    if len(said) > 2 and said == _WORD.findall(earlier_text.casefold()):  # noqa: PLR2004 - "ok" again is no question
        return "asked the same question again"
    if len(now) < 2 or _NEXT_QUESTION.match(text.casefold()) or _names_another(text, earlier_text):  # noqa: PLR2004
        return ""
    shared = len(now & earlier)
    if shared >= 2 and shared / len(now | earlier) >= 0.7:  # noqa: PLR2004
        return "asked the same question again"
    if shared >= 3 and shared / min(len(now), len(earlier)) >= 0.66:  # noqa: PLR2004
        return "asked the same question in other words"
    return ""


def _names_another(text: str, earlier_text: str) -> bool:
    """A new name or number makes it another question: the same about Norway, or about the Kestrel 65."""
    earlier = {word.casefold() for word in _WORD.findall(earlier_text)}
    names = [
        word for word in _WORD.findall(text)[1:] if word[0].isdigit() or (word[0].isupper() and not word.isupper())
    ]
    return any(name.casefold() not in earlier and name.casefold() not in SMALL_WORDS for name in names)
