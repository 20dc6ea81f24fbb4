"""Finds the passages that may answer a customer: the query from what was said, and the ranking of what is near."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handoff import words
from handoff.audience import Reader
from handoff.draft import Author, FoundPassage, Turn
from storage import passage_search
from storage.passage_search import Candidate, Nearest, OpenTo
from storage.row import now
from storage.search_index import ALL_PASSAGES, BODY_WEIGHT, HEADINGS_WEIGHT, TITLE_WEIGHT

MOST_TERMS = 24
MOST_CANDIDATES = 24
MOST_OF_ONE_ARTICLE = 2
EARLIER_TURNS = 3
"""How many earlier messages of the customer still count."""
EARLIER_WEIGHT = 0.05
"""Of a word said earlier, when the last message stands for itself: enough to choose between equals."""
EARLIER_WEIGHT_OF_FOLLOW_UPS = 0.6
"""When the last message alone says little ("and for the blue one?")."""
SAYS_LITTLE = 2
"""Informative words below which a message leans on what was said before."""

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

K1, B, TYPICAL_LENGTH = 1.2, 0.5, 110.0
"""BM25's saturation and length correction, and the terms of a usual passage."""

SMALLEST_BASE = 10
"""Passages below which rarity tells little."""

VERSION = "bm25f-2"
"""Changes whenever the same question may find other passages in the same articles."""

STRANGER = Reader()
"""Reads what everybody may read."""

_LINK = re.compile(r"<?https?://\S+|<[@#!][^>]*>|:[a-z0-9_+'-]+:")


async def search(
    session: AsyncSession,
    workspace_id: str,
    asked: str | Sequence[Turn],
    limit: int = 8,
    *,
    reader: Reader = STRANGER,
    at: datetime | None = None,
) -> list[FoundPassage]:
    """Find the passages that are nearest to a question, best first, among those that the reader may read.

    The reader is whoever a reply is for. A draft that an agent is shown is for the customer as well: it may be sent
    as it is, so that it too is looked for with the customer's eyes. Only what an agent looks up for themselves
    (`baton knowledge search`) is found with an agent's. `at` is when articles must hold, now if not given.

    Runs one statement. At most two passages come from one article; none when the question holds no informative
    word or nothing in the knowledge base holds any of them. `asked` is a text, or the conversation so far.
    """
    weights = query_terms(asked)
    if not weights:
        return []
    open_to = OpenTo(None if reader.is_agent else reader.tags, at or now())
    near = await passage_search.nearest(session, workspace_id, list(weights), MOST_CANDIDATES, open_to)
    return _best(near, weights, limit)


def query_terms(asked: str | Sequence[Turn]) -> dict[str, float]:
    """The informative words of a question with their weights, at most 24 of them, the weightiest first.

    The customer's last message counts fully, the few before it less.
    """
    if isinstance(asked, str):
        return _weighed(_leading(asked))
    said = [turn.text for turn in asked if turn.author == Author.CUSTOMER]
    if not said:
        return {}
    weights = _weighed(_leading(said[-1]))
    earlier = EARLIER_WEIGHT_OF_FOLLOW_UPS if len(weights) < SAYS_LITTLE else EARLIER_WEIGHT
    for text in reversed(said[-1 - EARLIER_TURNS : -1]):
        for term, weight in _weighed(_leading(text)).items():
            if len(weights) < MOST_TERMS:
                weights.setdefault(term, weight * earlier)
    return weights


def _weighed(terms: Iterable[str]) -> dict[str, float]:
    return {term: ASKING_WEIGHT if term in ASKING else 1.0 for term in terms}


def _leading(text: str) -> list[str]:
    """The words of a message, in its order; of a long one those said most often."""
    if len(text) > READ_FROM_START + READ_FROM_END:
        text = f"{text[:READ_FROM_START]}\n{text[-READ_FROM_END:]}"
    occurs = Counter(words.informative(_LINK.sub(" ", text)))
    return [term for term, _ in occurs.most_common(MOST_TERMS)] if len(occurs) > MOST_TERMS else list(occurs)


def _best(near: Nearest, weights: dict[str, float], limit: int) -> list[FoundPassage]:
    weights = {term: weight for term, weight in weights.items() if not _own_number(near, term)}
    rarity = _rarity(near, weights)
    wanted = sum(rarity[term] * weight for term, weight in weights.items())
    scored = [_found(candidate, weights, rarity, wanted) for candidate in near.candidates]
    scored.sort(key=lambda found: (-found.score, found.passage_id))
    taken: Counter[str] = Counter()
    best: list[FoundPassage] = []
    for found in scored:
        if taken[found.article_id] < MOST_OF_ONE_ARTICLE and len(best) < limit:
            taken[found.article_id] += 1
            best.append(found)
    return best


def _own_number(near: Nearest, term: str) -> bool:
    """Whether a term is the customer's own order or card number: that no article holds it tells nothing."""
    return words.is_reference(term) and not near.passages_with.get(term)


def _rarity(near: Nearest, terms: Iterable[str]) -> dict[str, float]:
    """How much each term tells, 0..1: BM25's idf, as a share of that of a word which only one passage holds."""
    every = near.passages_with.get(ALL_PASSAGES, 0)
    rarest = _idf(1, max(every, SMALLEST_BASE))
    return {term: min(1.0, _idf(near.passages_with.get(term, 0), every) / rarest) for term in terms}


def _idf(holding: int, every: int) -> float:
    return math.log(1 + (every - holding + 0.5) / (holding + 0.5))


def _found(candidate: Candidate, weights: dict[str, float], rarity: dict[str, float], wanted: float) -> FoundPassage:
    """Score a passage by BM25 over its three fields (Robertson & Zaragoza 2009, the simple BM25F).

    As the rarity of words is a share, scores mean about the same in a small and in a large knowledge base: the
    most that one word gives is K1 + 1.
    """
    norm = K1 * (1 - B + B * candidate.terms / TYPICAL_LENGTH)
    score = covered = 0.0
    for term, (in_title, in_headings, in_body) in candidate.occurs.items():
        often = in_title * TITLE_WEIGHT + in_headings * HEADINGS_WEIGHT + in_body * BODY_WEIGHT
        tells = rarity[term] * weights[term]
        covered += tells
        score += tells * often * (K1 + 1) / (often + norm)
    return FoundPassage(
        passage_id=candidate.passage_id,
        article_id=candidate.article_id,
        title=candidate.title,
        url=candidate.url,
        heading_path=candidate.heading_path,
        text=candidate.text,
        topic=candidate.topic,
        language=candidate.language,
        content_hash=candidate.content_hash,
        score=score,
        coverage=covered / wanted if wanted else 0.0,
    )
