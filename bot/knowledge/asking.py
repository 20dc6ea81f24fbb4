"""What a conversation asks for, as the words to search by and how much each of them counts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from handoff import follow_ups, spelling, words
from handoff.draft import Author, Turn
from handoff.spelling import Meant

MOST_TERMS = 24
"""Informative words by which a found passage is judged: a longer message says the rest to tell its story."""
MOST_SPREAD = 400
"""Informative words of a long message by which passages are ranked."""
EARLIER_TURNS = 3
"""How many earlier messages of the customer still count."""
EARLIER_WEIGHT = 0.05
"""Of a word said earlier, when the last message stands for itself: enough to choose between equals."""
EARLIER_WEIGHT_OF_FOLLOW_UPS = 0.6
"""When the last message alone says little ("and for the blue one?"), or answers a question of ours."""
ASKED_BACK_WEIGHT = 0.3
"""Of a word of our own question, when the answer to it says little ("yes, the first one")."""
SAYS_LITTLE = 2
"""Informative words below which a message leans on what was said before."""
LONGEST_QUESTION_BACK = 400
"""Characters; a reply that only ends in "Did that help?" is longer."""

ASKING_WEIGHT = 0.3
ASKING = frozenset(
    words.informative(
        "long longer take takes took taken often soon fast quickly "
        "lange dauert dauern oft bald brauche combien temps tiempo tarda tempo quanto lang duurt"
    )
)
"""Words of asking rather than of the subject: an article may answer "how long does it take" without any of them."""

READ_FROM_START, READ_FROM_END = 6_000, 2_000
"""Characters of a very long message that are read."""

PART_CHARACTERS, MOST_PARTS = 800, 8
"""Of a long message, what has a vector of its own: about a paragraph. One vector of all would mean nothing exactly."""

_PARAGRAPH, _SENTENCE = re.compile(r"\n\s*"), re.compile(r"(?<=[.!?])\s+")
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:&\s*)?(?:gmbh|mbh|ag|kg|ug|se|inc|llc|ltd|limited|plc|corp|corporation|co|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as)\.?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"<?https?://\S+|<[@#!][^>]*>|:[a-z0-9_+'-]+:")


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a question with their weights, the weightiest first."""

    terms: dict[str, float]
    """The leading ones, at most MOST_TERMS: what a passage is judged by."""
    spread: dict[str, float]
    """Of a long message, all of them, those said often more; else the same."""
    pairs: dict[tuple[str, str], float]
    """Of a long message, the informative words that stand side by side; else none."""

    @property
    def is_long(self) -> bool:
        """Whether the message says more than what it is judged by."""
        return len(self.spread) > len(self.terms)


def query(asked: str | Sequence[Turn]) -> Query:
    """Read what is asked: a text, or the conversation so far."""
    terms = query_terms(asked)
    said = _words(asked if isinstance(asked, str) else _last(asked))
    occurs = Counter(said)
    if len(occurs) <= MOST_TERMS:
        return Query(terms, terms, {})
    # A story repeats what it is about; the root keeps a word said ten times from drowning the others.
    spread = {term: sqrt(often) * _weight(term) for term, often in occurs.most_common(MOST_SPREAD)}
    spread |= {term: weight for term, weight in terms.items() if term not in occurs}
    side_by_side = Counter(pairwise(said))
    return Query(terms, spread, {pair: sqrt(often) for pair, often in side_by_side.most_common(MOST_SPREAD)})


def written(asked: str | Sequence[Turn]) -> dict[str, str]:
    """The informative words of the last message as they are written, by their stem."""
    return words.by_stem(_LINK.sub(" ", _read(asked if isinstance(asked, str) else _last(asked))))


def as_meant(query: Query, meant: Mapping[str, Meant]) -> Query:
    """A question in which words that no article holds count in part as those that may be meant by them."""
    terms: dict[str, float] = {}
    for term, weight in query.terms.items():
        others, share = meant.get(term, spelling.NOTHING)
        terms[term] = max(terms.get(term, 0.0), weight * (1 - share))
        for other in others:
            terms[other] = max(terms.get(other, 0.0), weight * share / len(others))
    return Query(terms, terms, {})


def query_terms(asked: str | Sequence[Turn]) -> dict[str, float]:
    """The informative words of a question with their weights, at most 24 of them, the weightiest first.

    The customer's last message counts fully, the few before it less: more when the last one says little, or when it
    answers a question that we asked back.
    """
    if isinstance(asked, str):
        return _weighed(_leading(asked))
    said = [turn.text for turn in asked if turn.author == Author.CUSTOMER]
    if not said:
        return {}
    weights = _weighed(_leading(said[-1]))
    says_little, asked_back = len(weights) < SAYS_LITTLE, _asked_back(asked)
    earlier = EARLIER_WEIGHT_OF_FOLLOW_UPS if says_little or asked_back else EARLIER_WEIGHT
    if follow_ups.asks_price(asked):
        weights, earlier = _weighed(_leading(said[-2])), EARLIER_WEIGHT
    for text in reversed(said[-1 - EARLIER_TURNS : -1]):
        _join(weights, text, earlier)
    if says_little and asked_back:
        _join(weights, asked_back, ASKED_BACK_WEIGHT)
    return weights


def meant(asked: str | Sequence[Turn]) -> str:
    """What a question means as one text: the customer's last message, after what it follows up on."""
    if isinstance(asked, str):
        return asked
    said = [turn.text for turn in asked if turn.author == Author.CUSTOMER]
    if said and (len(_leading(said[-1])) < SAYS_LITTLE or _asked_back(asked)):
        return "\n".join(said[-1 - EARLIER_TURNS :])
    return said[-1] if said else ""


def parts(text: str) -> list[str]:
    """A text as its paragraphs, those that are short together, at most MOST_PARTS; a short text as it is.

    A paragraph that is too long is cut between sentences. Of a very long text, the start and the end are read.
    """
    text = _read(text)
    size = max(PART_CHARACTERS, len(text) // MOST_PARTS + 1)
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        for piece in _SENTENCE.split(paragraph) if len(paragraph) > size else [paragraph]:
            if found and len(found[-1]) + len(piece) < size:
                found[-1] += f"\n{piece}"
            else:
                found.append(piece)
    while len(found) > MOST_PARTS:  # pieces that were nearly full alone: the shortest neighbours go together
        at = min(range(len(found) - 1), key=lambda n: len(found[n]) + len(found[n + 1]))
        found[at : at + 2] = [f"{found[at]}\n{found[at + 1]}"]
    return found


def without_name(asked: str | Sequence[Turn], company: str) -> str | Sequence[Turn]:
    """What is asked without the name of the company that is asked, which tells nothing of what somebody wants.

    A message that says nothing else stays as it is.
    """
    said = _name(company)
    if said is None:
        return asked
    if isinstance(asked, str):
        return _unnamed(asked, said)
    return [replace(turn, text=_unnamed(turn.text, said)) if turn.author == Author.CUSTOMER else turn for turn in asked]


@lru_cache(maxsize=64)
def _name(company: str) -> re.Pattern[str] | None:
    """How customers write the name, without its legal form and in whichever case."""
    bare = company.strip()
    while (shorter := _LEGAL_FORM.sub("", bare)) and shorter != bare:
        bare = shorter
    name = r"\s+".join(map(re.escape, bare.split()))
    return re.compile(rf"(?<!\w){name}(?:['’]s?)?(?!\w)", re.IGNORECASE) if name else None


def _unnamed(text: str, said: re.Pattern[str]) -> str:
    rest = said.sub(" ", text)
    return rest if words.informative(rest) else text


def _join(weights: dict[str, float], text: str, share: float) -> None:
    for term, weight in _weighed(_leading(text)).items():
        if len(weights) < MOST_TERMS:
            weights.setdefault(term, weight * share)


def _asked_back(turns: Sequence[Turn]) -> str:
    """Our question that the customer's last message answers; empty when there was none."""
    before = [turn for turn in turns if turn.author in (Author.CUSTOMER, Author.BOT)][:-1]
    if not before or before[-1].author != Author.BOT:
        return ""
    ours = before[-1].text.strip()
    return ours if len(ours) <= LONGEST_QUESTION_BACK and ours.endswith(("?", "？")) else ""


def _last(turns: Sequence[Turn]) -> str:
    return next((turn.text for turn in reversed(turns) if turn.author == Author.CUSTOMER), "")


def _weighed(terms: Iterable[str]) -> dict[str, float]:
    return {term: _weight(term) for term in terms}


def _weight(term: str) -> float:
    return ASKING_WEIGHT if term in ASKING else 1.0


def _leading(text: str) -> list[str]:
    """The words of a message, in its order; of a long one those said most often."""
    occurs = Counter(_words(text))
    return [term for term, _ in occurs.most_common(MOST_TERMS)] if len(occurs) > MOST_TERMS else list(occurs)


def _words(text: str) -> list[str]:
    return words.informative(_LINK.sub(" ", _read(text)))


def _read(text: str) -> str:
    if len(text) <= READ_FROM_START + READ_FROM_END:
        return text
    return f"{text[:READ_FROM_START]}\n{text[-READ_FROM_END:]}"
