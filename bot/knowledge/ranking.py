"""Ranks the passages that are near to a question, the same on both databases. Pure.

BM25 over three fields, after Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
the simple BM25F; for long messages also over pairs of words that stand side by side, as in Metzler & Croft, "A Markov
Random Field Model for Term Dependencies" (2005).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.knowledge import fusion
from bot.knowledge.asking import Query
from handoff import words
from handoff.draft import FoundPassage
from storage.kinds import ArticleKind
from storage.passage_search import Candidate, Nearest
from storage.search_index import ALL_PASSAGES, BODY_WEIGHT, HEADINGS_WEIGHT, TITLE_WEIGHT

K1, B, TYPICAL_LENGTH = 1.2, 0.5, 110.0
"""BM25's saturation and length correction, and the terms of a usual passage."""
PAIRS_COUNT = 0.5
"""What a pair of words counts beside its rarer word."""
TITLE_COUNTS = 0.8
"""How much more a passage counts when a long message tells every word of its title: such a message says much, and of
what it is about it says the name."""
SMALLEST_BASE = 10
"""Passages below which rarity tells little."""
MOST_OF_ONE_ARTICLE = 2
NEAR_QUESTION, TAUGHT_COUNTS = 0.6, 1.3
"""An answer that a person taught counts so much more than an article, when the question that it answered holds at
least this share of what is asked now."""
LEAST_TOLD, TOLD = 3, 0.8
"""Of the telling words of a taught answer's question: how many it has at least, and the share that a story tells."""
SURELY_MEANT = 3
"""Of the passages that are nearest in meaning, those that are worth reading whatever their words."""


def best(near: Nearest, query: Query, limit: int, meant: Sequence[str] = ()) -> list[FoundPassage]:
    """The `limit` best of the candidates, best first, at most two of one article.

    With `meant`, the ids of passages in the order of a search by meaning, the order joins both.
    """
    judged = {term: weight for term, weight in query.terms.items() if not _own_number(near, term)}
    rarity = _rarity(near, {**query.spread, **judged})
    wanted = sum(rarity[term] * weight for term, weight in judged.items())
    found = [(candidate, _found(candidate, judged, rarity, wanted)) for candidate in near.candidates]
    ranks = {each.passage_id: _rank(candidate, each, query, rarity) for candidate, each in found}
    ordered = sorted((each for _, each in found), key=lambda each: (-ranks[each.passage_id], each.passage_id))
    if meant:
        by_words = [each.passage_id for each in ordered if ranks[each.passage_id] > 0]
        gained = fusion.reciprocal_rank(by_words, meant, limit)
        ordered.sort(key=lambda each: -gained.get(each.passage_id, 0.0))
        surely = set(meant[:SURELY_MEANT])
        ordered = [replace(each, by_meaning=each.passage_id in surely) for each in ordered]
    return _spread_over_articles(ordered, limit)


def _spread_over_articles(ordered: Sequence[FoundPassage], limit: int) -> list[FoundPassage]:
    taken: Counter[str] = Counter()
    chosen: list[FoundPassage] = []
    for each in ordered:
        if taken[each.article_id] < MOST_OF_ONE_ARTICLE and len(chosen) < limit:
            taken[each.article_id] += 1
            chosen.append(each)
    return chosen


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
    """Judge a passage by the leading words of the question.

    As the rarity of words is a share, scores mean about the same in a small and in a large knowledge base: the
    most that one word gives is K1 + 1.
    """
    covered = sum(rarity[term] * weight for term, weight in weights.items() if term in candidate.occurs)
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
        taught=candidate.kind == ArticleKind.ANSWER_PAIR,
        score=_score(candidate, weights, rarity) * _before_articles(candidate, weights, rarity, wanted),
        coverage=covered / wanted if wanted else 0.0,
    )


def _before_articles(candidate: Candidate, weights: dict[str, float], rarity: dict[str, float], wanted: float) -> float:
    """What an answer that a person taught counts more than an article, when the question is near to theirs."""
    if candidate.kind != ArticleKind.ANSWER_PAIR or not wanted:
        return 1.0
    asked = sum(
        rarity[term] * weights[term] for term, where in candidate.occurs.items() if term in weights and where[0]
    )
    return TAUGHT_COUNTS if asked / wanted >= NEAR_QUESTION else 1.0


def _rank(candidate: Candidate, found: FoundPassage, query: Query, rarity: dict[str, float]) -> float:
    """What passages are ordered by: the score, for a long message over all its words and their pairs."""
    if not query.is_long:
        return found.score
    score = _score(candidate, query.spread, rarity) + PAIRS_COUNT * _score_of_pairs(candidate, query, rarity)
    title = set(candidate.title_terms)
    told = sum(term in query.spread for term in title)
    if candidate.kind == ArticleKind.ANSWER_PAIR and len(title) >= LEAST_TOLD and told >= TOLD * len(title):
        score *= TAUGHT_COUNTS
    # One more in the denominator: that a story tells a title of one word tells little.
    return score * (1 + TITLE_COUNTS * told / (len(title) + 1))


def _score(candidate: Candidate, weights: dict[str, float], rarity: dict[str, float]) -> float:
    norm = _norm(candidate)
    score = 0.0
    for term, (in_title, in_headings, in_body) in candidate.occurs.items():
        if weight := weights.get(term):
            often = in_title * TITLE_WEIGHT + in_headings * HEADINGS_WEIGHT + in_body * BODY_WEIGHT
            score += weight * rarity[term] * often * (K1 + 1) / (often + norm)
    return score


def _score_of_pairs(candidate: Candidate, query: Query, rarity: dict[str, float]) -> float:
    occurs: dict[tuple[str, str], float] = {}
    fields = (candidate.title_terms, candidate.heading_terms, candidate.body_terms)
    for field, counts in zip(fields, (TITLE_WEIGHT, HEADINGS_WEIGHT, BODY_WEIGHT), strict=True):
        for pair in pairwise(field):
            if pair in query.pairs:
                occurs[pair] = occurs.get(pair, 0.0) + counts
    norm = _norm(candidate)
    return sum(
        query.pairs[pair] * max(rarity.get(term, 0.0) for term in pair) * often * (K1 + 1) / (often + norm)
        for pair, often in occurs.items()
    )


def _norm(candidate: Candidate) -> float:
    return K1 * (1 - B + B * candidate.terms / TYPICAL_LENGTH)
