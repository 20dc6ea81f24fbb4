"""The drafter without a model: it quotes the part of the knowledge base that answers the question.

It reads no meaning, so it promises little: it answers when most of the question's telling words stand together in
one section, asks back when two articles fit a vague question alike, and otherwise leaves it to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.drafting import extracts, fitting, phrases
from bot.drafting.extracts import Section
from bot.drafting.fitting import Fits
from bot.drafting.port import DraftRequest, TopicName
from bot.knowledge import asking
from handoff import follow_ups, language, mood, topic_vote
from handoff.draft import Author, Draft, FoundPassage, Turn

PROMPT_VERSION = "quote-1"

READ_PASSAGES = 4
"""How many of the best passages are searched for an answer."""
LEAST_CONFIDENCE = 0.45
"""The own confidence, 0..1, from which a section counts as an answer."""
STRONG_SCORE = 1.1
"""The search score at which the question holds enough telling words; `my payment` alone fits many articles."""
STRENGTH_BEND = 0.7
ONE_WORD_COUNTS = 0.85
"""A single telling word ("what is your address?") may mean something else in the article."""
TERSE_WORDS, TERSE_COUNTS = 3, 0.6
"""A bare noun ("the jacket") asks for nothing in particular, however well an article fits it."""
SECOND_ANSWER_GAIN = 0.25
"""The share of the question that a second article must add to be quoted as well."""

VAGUE_WORDS = 3
"""Questions of up to this many words may be too vague to answer."""
ALIKE = 0.06
"""Two articles whose evidence differs by no more fit a vague question alike."""
SAME_SUBJECT = 0.6
"""The share of the question that the headings of each of the two must hold."""


class EmbeddedDrafter:
    """Answers by quoting; needs no key and no network."""

    name = "embedded"
    model = "extractive"
    prompt_version = PROMPT_VERSION
    sees_images = False

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
    asked = asking.query_terms(asking.without_name(request.turns, request.company))
    if not passages or not asked:
        return _Reply()
    topic = topic_vote.topic_of(passages)
    fits = _people_first(fitting.fit(passages[:READ_PASSAGES], asked, request.turns[-1].text))
    best = fits.ranked[0]
    sure = best.evidence * min(1.0, best.section.passage.score / STRONG_SCORE) ** STRENGTH_BEND
    if len(asked) == 1:
        sure *= TERSE_COUNTS if len(request.turns[-1].text.split()) <= TERSE_WORDS else ONE_WORD_COUNTS
    if question := _question_back(fits, request.topics):
        return _Reply(topic=topic, own_confidence=sure, question=question)
    if sure < LEAST_CONFIDENCE:
        return _Reply(topic=topic, own_confidence=sure)
    chosen = _chosen(fits)
    if follow_ups.asks_price(request.turns) and not follow_ups.names_price(_quoted(chosen, fits)):
        return _Reply(topic=topic, own_confidence=sure)
    return _Reply(_text(chosen, fits), _citations(chosen), topic, answerable=True, own_confidence=sure)


def _people_first(fits: Fits) -> Fits:
    """The same, with a person's answer before an article that fits no better."""
    best = fits.ranked[0]
    taught = next((each for each in fits.ranked if each.section.passage.taught), best)
    if best.evidence - taught.evidence > ALIKE:
        return fits
    return replace(fits, ranked=[taught, *(each for each in fits.ranked if each is not taught)])


def _chosen(fits: Fits) -> list[Section]:
    """The most fitting section, and one of another article that answers what the first leaves open."""
    first = fits.ranked[0].section
    alone = fits.held([first])
    for other in fits.ranked[1:]:
        elsewhere = other.section.passage.article_id != first.passage.article_id
        gains = fits.held([first, other.section]) - alone >= SECOND_ANSWER_GAIN
        if elsewhere and gains and other.evidence >= LEAST_CONFIDENCE:
            return [first, other.section]
    return [first]


def _question_back(fits: Fits, topics: Sequence[TopicName]) -> str:
    """A question to the customer when theirs is vague and two articles are about it alike."""
    first = fits.ranked[0]
    article = first.section.passage
    second = next((each for each in fits.ranked if each.section.passage.article_id != article.article_id), None)
    if second is None or len(fits.weights) > VAGUE_WORDS:
        return ""
    if article.taught or second.section.passage.taught:  # named by the question of another customer
        return ""
    alike = first.evidence - second.evidence <= ALIKE and first.narrow - second.narrow <= ALIKE
    if not alike or min(first.about, second.about) < SAME_SUBJECT:
        return ""
    other = second.section.passage
    titles = {topic.name: topic.title or topic.name for topic in topics}
    names = (article.title, other.title)
    if article.topic != other.topic and article.topic in titles and other.topic in titles:
        names = (titles[article.topic], titles[other.topic])
    if names[0] == names[1]:
        return ""
    return phrases.of(article.language).which.format(one=names[0], other=names[1])


def _text(chosen: Sequence[Section], fits: Fits) -> str:
    said = phrases.of(chosen[0].passage.language)
    parts: list[str] = []
    for number, section in enumerate(chosen):
        opening = (said.found_too if number else said.found).format(title=section.passage.title)
        opening = said.taught if section.passage.taught else opening
        parts.append(f"{opening}\n\n{extracts.quote(section, fits.weights)}")
    return "\n\n".join(parts)


def _quoted(chosen: Sequence[Section], fits: Fits) -> str:
    return "\n".join(extracts.quote(section, fits.weights) for section in chosen)


def _citations(chosen: Sequence[Section]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(section.passage.passage_id for section in chosen))
