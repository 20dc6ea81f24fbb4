"""The drafter without a model: it quotes the part of the knowledge base that answers the question.

It reads no meaning, so it promises little: it answers when most of the question's telling words stand together in
one section, asks back when two articles fit a vague question alike, and otherwise leaves it to a person.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafting import extracts, phrases
from bot.drafting.extracts import Section
from bot.drafting.port import DraftRequest, TopicName
from bot.knowledge import search
from handoff import language, mood
from handoff.draft import Author, Draft, FoundPassage, Turn

PROMPT_VERSION = "quote-1"

READ_PASSAGES = 4
"""How many of the best passages are searched for an answer."""
HEADING_BONUS = 0.35
"""What a word counts more when the section's headings hold it too: the section is about it."""
WITHIN_REACH = 0.12
"""A second article this near to the first (as a share of its score) fits the question as well."""
VAGUE_WORDS = 2
"""Questions of up to this many known words may be too vague to answer."""
LEAST_SUPPORT = 0.5
"""The share of the question's telling words that the quoted section must hold to count as an answer."""
SECOND_ANSWER_GAIN = 0.25
"""The share of the question that a second article must add to be quoted as well."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the question and the passages say of each other."""

    weights: dict[str, float]
    total: float
    ranked: list[tuple[float, Section]]

    def support(self, found: Sequence[Section]) -> float:
        """The share of the question's weight that sections hold, 0..1."""
        held = {term for section in found for term in (section.terms | section.heading_terms)}
        return sum(weight for term, weight in self.weights.items() if term in held) / self.total


class EmbeddedDrafter:
    """Answers by quoting; needs no key and no network."""

    name = "embedded"
    model = "extractive"
    prompt_version = PROMPT_VERSION

    async def draft(self, request: DraftRequest) -> Draft:
        """Quote what answers the last message, or say that nothing does."""
        feeling = mood.read(request.turns)
        spoken = _spoken(request.turns)
        passages = [each for each in request.passages if not (spoken and each.language) or each.language == spoken]
        reply = _reply(passages, request)
        return Draft(
            text=reply.text,
            citations=reply.citations,
            topic=reply.topic,
            answerable=reply.answerable,
            own_confidence=reply.own_confidence,
            mood=feeling,
            language=spoken or (passages[0].language if passages else ""),
            clarifying_question=reply.question,
            drafter=self.name,
            model=self.model,
            prompt_version=self.prompt_version,
        )

    async def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str = ""
    citations: tuple[str, ...] = ()
    topic: str = ""
    answerable: bool = False
    own_confidence: float = 0.0
    question: str = ""


def _spoken(turns: Sequence[Turn]) -> str:
    said = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    return (language.detect(said[-1]) or language.detect("\n".join(said[-4:]))) if said else ""


def _reply(passages: Sequence[FoundPassage], request: DraftRequest) -> _Reply:
    asked = search.query_terms(request.turns)
    if not passages or not asked:
        return _Reply()
    reading = _read(passages[:READ_PASSAGES], asked)
    topic = _topic(passages)
    chosen = _chosen(reading)
    support = reading.support(chosen)
    sure = _own_confidence(support, passages)
    if question := _question_back(passages, asked, request.topics):
        return _Reply(topic=topic, own_confidence=sure, question=question)
    if support < LEAST_SUPPORT:
        return _Reply(topic=topic, own_confidence=sure)
    return _Reply(_text(chosen, reading), tuple(_citations(chosen)), topic, answerable=True, own_confidence=sure)


def _read(passages: Sequence[FoundPassage], asked: dict[str, float]) -> _Reading:
    parts = [section for passage in passages for section in extracts.sections(passage)]
    holding = {term: sum(term in part.terms | part.heading_terms for part in parts) for term in asked}
    weights = {term: asked[term] * _telling(count, len(parts)) for term, count in holding.items()}
    best = max(passage.score for passage in passages) or 1.0
    ranked = [(_section_score(part, weights) * (0.5 + 0.5 * part.passage.score / best), part) for part in parts]
    ranked.sort(key=lambda pair: -pair[0])
    return _Reading(weights, sum(weights.values()) or 1.0, ranked)


def _telling(holding: int, every: int) -> float:
    """How much a word tells among the sections at hand: an idf that never falls to nothing."""
    return 0.5 + math.log(1 + (every - holding + 0.5) / (holding + 0.5))


def _section_score(section: Section, weights: dict[str, float]) -> float:
    in_text = sum(weight for term, weight in weights.items() if term in section.terms)
    in_heading = sum(weight for term, weight in weights.items() if term in section.heading_terms)
    return in_text + HEADING_BONUS * in_heading


def _chosen(reading: _Reading) -> list[Section]:
    """The best section, and one of another article when it answers what the first leaves open."""
    if not reading.ranked:
        return []
    first = reading.ranked[0][1]
    alone = reading.support([first])
    for _, other in reading.ranked[1:]:
        if other.passage.article_id == first.passage.article_id:
            continue
        if reading.support([first, other]) - alone >= SECOND_ANSWER_GAIN and alone >= LEAST_SUPPORT:
            return [first, other]
    return [first]


def _own_confidence(support: float, passages: Sequence[FoundPassage]) -> float:
    return max(0.0, min(1.0, 0.5 * support + 0.5 * max(passage.coverage for passage in passages)))


def _question_back(passages: Sequence[FoundPassage], asked: dict[str, float], topics: Sequence[TopicName]) -> str:
    """A question to the customer when theirs is vague and two articles fit it alike."""
    if len(asked) > VAGUE_WORDS:
        return ""
    first = passages[0]
    second = next((each for each in passages if each.article_id != first.article_id), None)
    if second is None or second.score < (1 - WITHIN_REACH) * first.score:
        return ""
    titles = {topic.name: topic.title or topic.name for topic in topics}
    if first.topic != second.topic and first.topic in titles and second.topic in titles:
        one, other = titles[first.topic], titles[second.topic]
    else:
        one, other = first.title, second.title
    return phrases.of(first.language).which.format(one=one, other=other) if one != other else ""


def _topic(passages: Sequence[FoundPassage]) -> str:
    """The topic that the best passages speak for, each by its score."""
    votes: dict[str, float] = {}
    for passage in passages[:READ_PASSAGES]:
        votes[passage.topic] = votes.get(passage.topic, 0.0) + passage.score
    return max(votes, key=lambda name: votes[name])


def _text(chosen: Sequence[Section], reading: _Reading) -> str:
    said = phrases.of(chosen[0].passage.language)
    parts: list[str] = []
    for number, section in enumerate(chosen):
        opening = (said.found_too if number else said.found).format(title=section.passage.title)
        parts.append(f"{opening}\n\n{extracts.quote(section, reading.weights)}")
    return "\n\n".join(parts)


def _citations(chosen: Sequence[Section]) -> list[str]:
    return list(dict.fromkeys(section.passage.passage_id for section in chosen))
