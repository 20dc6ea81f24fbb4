"""Reads a customer's mood from what they said and did: words, tone, repetition, waiting. Pure, under a millisecond.

Frustration is a noisy-or of signs: each says with its own weight that the customer has had enough, and none takes
away what another one said. What was felt earlier counts less, and much less once an agent has answered. A team that
labelled 200 conversations or more may weigh the same signs by a model of its own (`handoff.mood_fit`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod, sqrt
from typing import NamedTuple

from handoff import behaviour, tone
from handoff.behaviour import WORD, Sign
from handoff.draft import Author, Mood, Turn
from handoff.lexicon import wishes
from handoff.lexicon.feelings import INTENSIFIERS, LEXICON, NEGATIONS, SWEARING, Feeling
from handoff.lexicon.sayings import COURTESY, GLAD, SAYINGS, WRONG_ANSWER, Saying
from handoff.lexicon.threats import THREATS
from handoff.mood_model import PRIOR, MoodModel

MOST_TURNS = 8
"""Customer turns that are read, the newest last."""
MOST_CHARACTERS = 1_200
CACHED_TURNS = 256

EARLIER_COUNTS = 0.55
BEFORE_AN_AGENT_COUNTS = 0.2
SECOND_NEGATIVE = 0.3
NEGATIVE_FROM = 0.2
"""The heat from which a turn counts as negative."""
CALMED_BY_THANKS = 0.6
CALMED_BY_COURTESY = 0.75
PLAIN_FROM = 0.45
"""The heat from which a sign is plain: no kind word takes from it."""

NEGATED_PRAISE = 0.22
IN_A_QUESTION = 0.6
"""How much a strong word still says in a message that only asks ("good in awful weather?")."""

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+", re.DOTALL)
_NO = re.compile(
    r"\s*(?:no+|nope|nein|non|não|nee)\b(?!\s*(?:problem|worries|thank|thx|need|rush|danke|merci|stress|more))"
)

_TOLD_BY_WAITING = ("how_long", "still")
"""Marks that say no more than that the customer waited."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one turn says alone."""

    heat: float
    sentiment: float
    signs: tuple[Sign, ...]
    glad: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a whole conversation says: the newest turn, the signs of all, and the sentiment."""

    last: _Heard
    signs: tuple[Sign, ...]
    sentiment: float

    @property
    def sense(self) -> float:
        """Frustration by the weights set by hand, 0..1."""
        return _any_of(sign.heat for sign in self.signs) * (CALMED_BY_THANKS if self.last.glad else 1.0)


def read(turns: Sequence[Turn], *, thumbs_down: int = 0, model: MoodModel = PRIOR) -> Mood:
    """Read the mood over a whole conversation.

    Args:
        turns: the conversation, oldest first; only what the customer said counts, the wish for a person only in
            their last turn (an earlier one has been heard already).
        thumbs_down: how often the customer pressed thumbs-down on a reply in it.
        model: what weighs the signs; the wish for a person is a rule that no model unlearns.

    Returns:
        Sentiment -1..1, frustration 0..1, whether a person is wanted, and the signs in plain words, strongest first.
    """
    reading = _reading(turns, thumbs_down)
    if reading is None:
        return Mood()
    wants_person = wishes.asks_for_person(_last_of(turns))
    signs = ("asks for a person",) if wants_person else ()
    signs += tuple(sign.words for sign in reading.last.signs) + tuple(sign.words for sign in reading.signs)
    return Mood(
        sentiment=round(reading.sentiment, 3),
        frustration=round(reading.sense if model is PRIOR else model.score(_signals(reading)), 3),
        wants_person=wants_person,
        signs=tuple(dict.fromkeys(sign for sign in signs if sign)),
    )


def signals(turns: Sequence[Turn], *, thumbs_down: int = 0) -> dict[str, float]:
    """What a model of moods weighs, by name; nothing for a conversation in which the customer said nothing.

    `sense` is the frustration by the weights set by hand, 0..1; `sentiment` is -1..1; the others are the heat, 0..1,
    of the strongest sign of their kind, and only there when there is one.
    """
    reading = _reading(turns, thumbs_down)
    return {} if reading is None else _signals(reading)


def _signals(reading: _Reading) -> dict[str, float]:
    found = {"sense": reading.sense, "sentiment": reading.sentiment}
    if reading.last.glad:
        found["glad"] = 1.0
    for sign in reading.signs:
        found[sign.signal] = max(found.get(sign.signal, 0.0), sign.heat)
    return found


def _reading(turns: Sequence[Turn], thumbs_down: int) -> _Reading | None:
    said = [place for place, turn in enumerate(turns) if turn.author is Author.CUSTOMER][-MOST_TURNS:]
    if not said:
        return None
    spelled = frozenset(WORD.findall(" ".join(turns[place].text[:MOST_CHARACTERS] for place in said)))
    heard = [_hear(turns[place].text, turns[place - 1] if place else None, spelled) for place in said]
    weights = [_weight(turns, place, said[-1]) for place in said]
    last = heard[-1]
    signs = [*last.signs, *([] if last.glad else behaviour.of(turns, said, thumbs_down))]
    earlier = [(weight, each.heat) for weight, each in zip(weights[:-1], heard[:-1], strict=True)]
    if before := max((weight * heat for weight, heat in earlier), default=0.0):
        signs.append(Sign("earlier", before, ""))
    if last.heat >= NEGATIVE_FROM and any(
        heat >= NEGATIVE_FROM and weight > BEFORE_AN_AGENT_COUNTS for weight, heat in earlier
    ):
        signs.append(Sign("second_negative", SECOND_NEGATIVE, "is unhappy for the second time"))
    return _Reading(last, tuple(signs), _weighted_mean([each.sentiment for each in heard], weights))


def _last_of(turns: Sequence[Turn]) -> str:
    return next(turn.text for turn in reversed(turns) if turn.author is Author.CUSTOMER)


def _weight(turns: Sequence[Turn], place: int, last: int) -> float:
    if place == last:
        return 1.0
    between = turns[place + 1 : last]
    return BEFORE_AN_AGENT_COUNTS if any(turn.author is Author.AGENT for turn in between) else EARLIER_COUNTS


def _any_of(heats: Iterable[float]) -> float:
    """The noisy-or: one minus the chance that every sign is mistaken (Pearl 1988, ch. 4)."""
    return 1.0 - prod(1.0 - heat for heat in heats)


def _weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def _hear(text: str, before: Turn | None, spelled: frozenset[str]) -> _Heard:
    plain = _NOT_SAID.sub(" ", text[:MOST_CHARACTERS]).replace("’", "'")
    told = _told(plain)
    signs, valence = [*told.sayings, *told.words], told.valence
    if _answers_no(told.lower, before) and not any(sign.words == WRONG_ANSWER for sign in signs):
        signs.append(Sign("wrong_answer", NEGATED_PRAISE, WRONG_ANSWER))
    written = tone.of_writing(plain, spelled, doubtful=not signs)
    glad = told.pleased and not signs and not written
    if not glad:
        weight = tone.IN_A_REQUEST if _is_answer(before) else 1.0
        signs += [Sign(sign.signal, sign.heat * weight, sign.words) for sign in told.stated]
        signs += written
    if any(sign.signal == "shouting" for sign in signs):
        valence -= 1.0
    if told.courteous and all(sign.heat < PLAIN_FROM for sign in signs):
        signs = [Sign(sign.signal, sign.heat * CALMED_BY_COURTESY, sign.words) for sign in signs]
    valence += GLAD.valence if glad else 0.0
    ordered = tuple(sorted(signs, key=lambda sign: -sign.heat))
    return _Heard(_any_of(sign.heat for sign in signs), valence / sqrt(valence * valence + 6), ordered, glad)


class _Told(NamedTuple):
    """What the words of a turn tell, whatever was said before them."""

    lower: str
    sayings: tuple[Sign, ...]
    words: tuple[Sign, ...]
    stated: tuple[Sign, ...]
    valence: float
    pleased: bool
    courteous: bool


@lru_cache(maxsize=CACHED_TURNS)
def _told(plain: str) -> _Told:
    """Read a turn alone; kept, for a turn is read again with each one that follows it."""
    lower = " ".join(plain.casefold().split())
    said = [saying for saying in (*SAYINGS, *THREATS) if saying.is_in(lower)]
    asks = lower.endswith(("?", "？"))
    weight = IN_A_QUESTION if asks and all(saying.calm_in_question for saying in said) else 1.0
    words, felt = _heats_of_words(WORD.findall(lower))
    if asks and not said:
        words = [Sign(sign.signal, sign.heat * IN_A_QUESTION, sign.words) for sign in words]
    return _Told(
        lower,
        tuple(Sign(saying.signal, saying.heat * weight, saying.sign) for saying in said),
        tuple(words),
        _stated(plain, lower, said),
        felt + sum(saying.valence for saying in said),
        GLAD.is_in(lower),
        bool(COURTESY.search(lower)),
    )


def _stated(plain: str, lower: str, said: Sequence[Saying]) -> tuple[Sign, ...]:
    """The marks on a statement, but none for a wait that a saying told already."""
    told = _TOLD_BY_WAITING if any(saying.signal == "waited" for saying in said) else ()
    return tuple(sign for sign in tone.of_statement(plain, lower) if sign.signal not in told)


def prepare() -> None:
    """Compile all patterns, which takes about 0.3 s; the first reads are slow without it."""
    wishes.prepare()
    for saying in (*SAYINGS, *THREATS, GLAD):
        saying.is_in("")


def forget() -> None:
    """Drop what is kept of turns read before."""
    _told.cache_clear()
    wishes.asks_for_person.cache_clear()


def _heats_of_words(words: Sequence[str]) -> tuple[list[Sign], float]:
    """The strongest heats among the words (three at most, so that a long complaint is no sum), and all valence."""
    signs: set[tuple[float, str]] = set()
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
            signs.add((min(felt.heat * strength, 0.9), _sign_of(word, felt, negated=negated)))
    return [Sign("words", heat, words) for heat, words in sorted(signs, reverse=True)[:3]], valence


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


def _is_answer(before: Turn | None) -> bool:
    """Whether a turn states what the bot had asked: how long it took, say, is no complaint then."""
    return before is not None and before.author is Author.BOT and before.text.rstrip().endswith(("?", "？"))


def _answers_no(lower: str, before: Turn | None) -> bool:
    """A no to an answer; a no to a question is just its answer."""
    if before is None or before.author is not Author.BOT or _is_answer(before):
        return False
    return bool(_NO.match(lower))
