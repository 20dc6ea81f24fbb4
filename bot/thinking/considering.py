"""What a question comes to: from what needs least to what needs most, the words, the knowledge, the draft.

It writes nothing and tells nobody, so that a rehearsal and a replay think as the bot does.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot import turnstile
from bot.checking.checks import Case, Checks
from bot.drafting.joining import ONE_QUESTION_AT_A_TIME, joined
from bot.drafting.port import Drafter, DraftRequest, TopicName
from bot.knowledge import search
from bot.knowledge.meaning import Meaning
from bot.team import Voice
from bot.thinking.versions import version_of, version_of_draft
from bot.thinking.weighing import Weighing
from handoff import confidence, gate, guard, language, mood, questions, sent_files, smalltalk, topic_vote
from handoff.audience import Reader
from handoff.confidence import Confidence
from handoff.draft import Author, Draft, FoundPassage, Image, Mood, NoUsableDraft, Turn
from handoff.gate import Assessment, Policy, StartingPolicy, Verdict
from handoff.guard import Caught
from handoff.left_open import left_open
from handoff.questions import Split
from handoff.recognition import Recogniser, known_signals
from handoff.subjects import Subjects
from handoff.visible import visible
from handoff.vouched_links import Vouched
from storage.database import Database
from storage.ids import new_id
from storage.kinds import Action, HandoffReason
from storage.tables import Topic

log = structlog.get_logger(__name__)

GIVES_A_REPLY = (Action.ANSWER, Action.PROPOSE)
NOTHING_ASKED = "The message asks nothing yet."


@dataclass(frozen=True)
class Ground:
    """What a decision rests on besides the conversation."""

    database: Database
    """Where the articles are."""
    workspace_id: str
    drafter: Drafter
    topics: Mapping[str, Topic]
    starting_policy: StartingPolicy
    company: str
    weighing: Weighing = field(default_factory=Weighing)
    """The models by which confidence and moods are weighed."""
    voice: Voice = field(default_factory=Voice)
    """How the team wants replies to sound."""
    subjects: Subjects = field(default_factory=Subjects)
    """What the team keeps for people."""
    link_domains: Sequence[str] = ()
    """Where replies may lead besides what their articles link to."""

    checks: Checks | None = None
    """The independent graders of drafts; None where the settings name no model for them."""
    meaning: Meaning | None = None
    """What finds articles in other words than the question's, where an embedding model is set."""
    held_back: str = ""
    """Why no topic may act alone just now, in words; empty when they may."""

    @property
    def drafter_version(self) -> str:
        """The key of drafter, model, prompt, search and graders."""
        return version_of(self.drafter, self.checks.version if self.checks else "")

    def made_by(self, draft: Draft) -> str:
        """The same key for what really made a draft: another model may have stood in."""
        return version_of_draft(draft, self.drafter, self.checks.version if self.checks else "")

    def policy(self, topic: str) -> Policy:
        """What the gate holds a question of this topic against."""
        policy = gate.policy_of(topic, self.topics.get(topic), self.starting_policy)
        return replace(policy, held_back=self.held_back) if self.held_back else policy


@dataclass(frozen=True)
class Asked:
    """A message in its conversation, as it is considered."""

    turns: Sequence[Turn]
    """Oldest first; the last one is the customer's message."""
    topic: str = ""
    """What the conversation was about until now."""
    has_files: bool = False
    images: Sequence[Image] = ()
    """Those of the files that are pictures."""
    asked_back_before: bool = False
    thumbs_down: int = 0
    """How many replies the customer found of no help."""
    one_of_more: bool = False
    """Whether it is one question of a message, whose mood was read from the whole of it."""
    reader: Reader = field(default_factory=Reader)
    """Who will read the reply: it may rest on no article that they may not read."""
    conversation_id: str = ""
    """Whose message it is, for the ceiling of what a conversation may cost; empty when there is none yet."""

    @property
    def text(self) -> str:
        """The message itself."""
        return self.turns[-1].text

    @property
    def is_picture_alone(self) -> bool:
        """Whether it is nothing but pictures, and the drafter can see one of them."""
        return smalltalk.nothing_said(self.text) and any(image.data for image in self.images)

    def only(self, split: Split, number: int) -> "Asked":
        """One question of the message, in sight of what the message tells and asks before it."""
        before = " ".join(filter(None, (split.told, *split.asked[:number])))
        last = self.turns[-1]
        beside = [Turn(Author.CUSTOMER, before, last.at)] if before else []
        turns = [*self.turns[:-1], *beside, replace(last, text=split.asked[number])]
        return replace(self, turns=turns, one_of_more=True)


@dataclass(frozen=True)
class Considered:
    """What was found out and decided about one message."""

    verdict: Verdict
    policy: Policy
    mood: Mood
    language: str = ""
    draft: Draft | None = None
    passages: tuple[FoundPassage, ...] = ()
    confidence: Confidence | None = None
    assessment: Assessment | None = None
    """What the gate held against the policy; None when the words alone decided."""
    turns: tuple[Turn, ...] = ()
    """The conversation as it was read."""
    drafter_version: str = ""
    reader: Reader = field(default_factory=Reader)
    """Who will read the reply."""
    also: "tuple[Considered, ...]" = ()
    """What the other questions of the message came to that the draft answers as well."""
    draft_id: str = ""
    """Of the draft when it is stored: the coins are keyed by it, and one of them was tossed before."""
    instead_of: "Considered | None" = None
    """What a version on trial came to without a usable draft, so that the present one stood in."""
    elapsed_ms: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether the drafter gave no usable draft."""
        return bool(self.assessment and self.assessment.model_failure)

    @property
    def cited(self) -> list[FoundPassage]:
        """The passages that the draft cites, in its order."""
        by_id = {passage.passage_id: passage for passage in self.passages}
        return [by_id[each] for each in (self.draft.citations if self.draft else ()) if each in by_id]

    @property
    def nothing_asked(self) -> bool:
        """Whether the message holds no question yet."""
        return NOTHING_ASKED in self.verdict.reasons

    def under(self, policy: Policy) -> "Considered":
        """The same, held against another policy."""
        if self.assessment is None:
            return replace(self, policy=policy)
        return replace(self, policy=policy, verdict=gate.decide(self.assessment, policy))


async def consider(ground: Ground, asked: Asked) -> Considered:
    """Decide what to do about a message, with no transaction open: a model may be awaited here."""
    started = time.perf_counter()
    policy = ground.policy(asked.topic)
    read = mood.read(asked.turns, thumbs_down=asked.thumbs_down, model=ground.weighing.mood)
    spoken = language.detect(asked.text)
    considered = _from_words(ground, asked, policy, read, spoken) or await _from_knowledge(
        ground, asked, policy, read, spoken
    )
    considered = await _cross_checked(ground, asked, considered, started)
    elapsed = (time.perf_counter() - started) * 1000
    version = ground.made_by(considered.draft) if considered.draft else ground.drafter_version
    read_as = {"turns": tuple(asked.turns), "reader": asked.reader, "drafter_version": version}
    return replace(considered, elapsed_ms=elapsed, **read_as)


async def _cross_checked(ground: Ground, asked: Asked, considered: Considered, started: float) -> Considered:
    """The same once its graders were heard, where they could change who answers; `started` is when the turn began."""
    draft, sure, assessment = considered.draft, considered.confidence, considered.assessment
    if ground.checks is None or draft is None or sure is None or assessment is None:
        return considered
    case = Case(
        turns=asked.turns,
        draft=draft,
        cited=considered.cited,
        sure=sure,
        assessment=assessment,
        policy=considered.policy,
        draft_id=new_id(),
        conversation_id=asked.conversation_id,
        elapsed=time.perf_counter() - started,
    )
    checked = await ground.checks.weigh(case, ground.weighing.confidence)
    assessment = replace(assessment, confidence=checked.value, confidence_reasons=checked.reasons)
    considered = replace(considered, confidence=checked, assessment=assessment, draft_id=case.draft_id)
    return considered.under(considered.policy)


def _from_words(ground: Ground, asked: Asked, policy: Policy, read: Mood, spoken: str) -> Considered | None:
    """What the words alone decide: nothing readable, a hello, a file, a wish for a person, frustration, a subject."""
    if why := _file_for_people(ground, asked):
        return Considered(Verdict(Action.HAND_OFF, HandoffReason.POLICY, (why,)), policy, read, spoken)
    if asked.is_picture_alone:
        return None
    if smalltalk.nothing_said(asked.text) or smalltalk.is_greeting(asked.text):
        return Considered(Verdict(Action.CLARIFY, None, (NOTHING_ASKED,)), policy, read, spoken)
    if verdict := gate.person_needed(read, policy):
        return Considered(verdict, policy, read, spoken)
    if heard := ground.subjects.heard(asked.text):
        return Considered(gate.listed(heard), policy, read, spoken)
    return None


def _file_for_people(ground: Ground, asked: Asked) -> str:
    """Why only a person can serve a message with a file; empty when what it asks can be answered, or the file seen."""
    if not asked.has_files:
        return ""
    if smalltalk.nothing_said(asked.text):
        return "" if asked.is_picture_alone else sent_files.ALONE
    reads_none = ground.drafter.name in ONE_QUESTION_AT_A_TIME
    return sent_files.MATTERS if reads_none and sent_files.spoken_of(asked.text) else ""


async def _from_knowledge(ground: Ground, asked: Asked, policy: Policy, read: Mood, spoken: str) -> Considered:
    """What the articles say; drafters that read no meaning are asked question by question."""
    whole = await _from_passages(ground, asked, policy, read, spoken)
    if ground.drafter.name not in ONE_QUESTION_AT_A_TIME or len(split := questions.split(asked.text)) < 2:  # noqa: PLR2004
        return whole
    if _speaks_of_all(whole, split):
        return whole
    parts = [await _from_passages(ground, asked.only(split, n), policy, read, spoken) for n in range(len(split))]
    return _together(whole, split, parts)


def _speaks_of_all(whole: Considered, split: Split) -> bool:
    text = whole.draft.text if whole.draft else ""
    return whole.verdict.action in GIVES_A_REPLY and all(questions.speaks_of(text, each) for each in split.asked)


def _together(whole: Considered, split: Split, parts: Sequence[Considered]) -> Considered:
    """One decision from those on the questions: what can be answered is, and a person gets the rest, by its words."""
    replies = [part for part in parts if part.verdict.action in GIVES_A_REPLY and part.draft]
    if not replies:
        return whole
    text = "\n".join(part.draft.text for part in replies if part.draft)
    unanswered = [
        (part, question)
        for part, question in zip(parts, split.asked, strict=True)
        if part not in replies and not questions.speaks_of(text, question)
    ]
    drafts = [part.draft for part in replies if part.draft]
    passages = {each.passage_id: each for part in replies for each in part.passages}
    proposed = [part for part in replies if part.verdict.action == Action.PROPOSE]
    leading = min(proposed or replies, key=lambda part: part.confidence.value if part.confidence else 0.0)
    together = replace(
        leading,
        draft=replace(joined(drafts, [question for _, question in unanswered]), topic=leading.policy.topic),
        passages=tuple(sorted(passages.values(), key=lambda each: -each.score)),
        also=tuple(part for part in replies if part is not leading),
    )
    if not unanswered or together.assessment is None:
        return together
    reason = unanswered[0][0].verdict.reason or HandoffReason.LOW_CONFIDENCE
    return replace(together, assessment=replace(together.assessment, left_open=reason)).under(together.policy)


async def _from_passages(ground: Ground, asked: Asked, policy: Policy, read: Mood, spoken: str) -> Considered:
    found = await search.find(
        ground.database,
        ground.workspace_id,
        asked.turns,
        reader=asked.reader,
        meaning=ground.meaning,
        company=ground.company,
    )
    passages = tuple(topic_vote.close_enough(found))
    if not passages and not asked.is_picture_alone:
        return _without_draft(Assessment(read, found_anything=False), policy, spoken)
    topics = [TopicName(topic.name, topic.title) for topic in ground.topics.values()]
    request = DraftRequest(asked.turns, passages, topics, ground.company, ground.voice, asked.images)
    try:
        async with turnstile.aside():
            draft = _with_all_asked(asked, _readable(await ground.drafter.draft(request)))
    except NoUsableDraft as failure:
        log.warning("no_usable_draft", cause=failure.cause)
        failed = Assessment(read, found_anything=True, model_failure=failure.cause)
        return _without_draft(failed, policy, spoken, passages)
    claims = await asyncio.to_thread(guard.caught, draft, passages, asked.turns)
    return _weighed(ground, asked, draft, passages, read, claims=claims)


def _without_draft(
    assessment: Assessment, policy: Policy, spoken: str, passages: tuple[FoundPassage, ...] = ()
) -> Considered:
    verdict = gate.decide(assessment, policy)
    return Considered(verdict, policy, assessment.mood, spoken, passages=passages, assessment=assessment)


def _weighed(
    ground: Ground,
    asked: Asked,
    draft: Draft,
    passages: tuple[FoundPassage, ...],
    read: Mood,
    *,
    claims: tuple[Caught, ...],
) -> Considered:
    weighing = ground.weighing
    known = _known(weighing.recogniser, asked.text, draft, passages) if weighing.recogniser else {}
    known[guard.SIGNAL] = float(len(claims))
    sure = confidence.assess(draft, passages, asked.turns, weighing.confidence, known)
    policy = ground.policy(draft.topic)
    felt = read if asked.one_of_more else _worse(read, draft.mood)
    assessment = Assessment(
        mood=felt,
        found_anything=True,
        answerable=draft.answerable,
        asks_back=bool(draft.clarifying_question) and not draft.answerable,
        asked_back_before=asked.asked_back_before,
        needs_action=draft.needs_action,
        left_open=HandoffReason.NOTHING_FOUND if draft.open_questions else None,
        confidence=sure.value,
        confidence_reasons=sure.reasons,
        caught=tuple(each.reason for each in claims),
        drafter_version=ground.made_by(draft),
        confidence_version=sure.version,
    )
    verdict = gate.decide(assessment, policy)
    shown = _with_vouched_links(draft, passages, ground.link_domains)
    return Considered(verdict, policy, felt, draft.language, shown, passages, sure, assessment)


def _readable(draft: Draft) -> Draft:
    """The draft without characters that nobody sees: some hide words from readers, some no database keeps."""
    signs = tuple(visible(sign) for sign in draft.mood.signs)
    claims = tuple(replace(claim, text=visible(claim.text)) for claim in draft.claims)
    return replace(
        draft,
        text=visible(draft.text),
        clarifying_question=visible(draft.clarifying_question),
        pictures=visible(draft.pictures),
        claims=claims,
        mood=replace(draft.mood, signs=signs),
    )


def _with_all_asked(asked: Asked, draft: Draft) -> Draft:
    """The draft of a drafter that reads the whole message, with what it leaves open of it, in the customer's words."""
    if draft.drafter in ONE_QUESTION_AT_A_TIME or not draft.answerable:
        return replace(draft, open_questions=())
    return replace(draft, open_questions=left_open(asked.text, draft.text, draft.open_questions))


def _with_vouched_links(draft: Draft, passages: tuple[FoundPassage, ...], domains: Sequence[str]) -> Draft:
    """The draft, whose links lead to what its sources name or to the team; a question back may name what was found."""
    vouched = Vouched([each for each in passages if each.passage_id in draft.citations or not draft.text], domains)
    return replace(draft, text=vouched.only(draft.text), clarifying_question=vouched.only(draft.clarifying_question))


def _known(recogniser: Recogniser, question: str, draft: Draft, passages: tuple[FoundPassage, ...]) -> dict[str, float]:
    """What a recogniser of known questions says of the question, and of the articles that the draft cites."""
    cited = [passage.article_id for passage in passages if passage.passage_id in draft.citations]
    return known_signals(recogniser, question, cited)


def _worse(one: Mood, other: Mood) -> Mood:
    """The darker of two readings: a mood missed costs a customer, one imagined costs an agent a minute."""
    return Mood(
        sentiment=min(one.sentiment, other.sentiment),
        frustration=max(one.frustration, other.frustration),
        wants_person=one.wants_person or other.wants_person,
        signs=tuple(dict.fromkeys((*one.signs, *other.signs))),
    )
