"""Whether and how a draft is cross-checked: inside the band, or when the coin drew it, never beyond ceilings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from bot import turnstile
from bot.checking.panel import Panel
from bot.checking.port import ClaimToGrade, Grade, GradeRequest
from bot.costs import account
from bot.costs.budget import Budget
from handoff import cross_checks, sampling
from handoff.confidence import Confidence, ConfidenceModel
from handoff.cross_checks import AGREEMENT, Judgement
from handoff.draft import Draft, FoundPassage, Turn
from handoff.gate import Assessment, Policy, person_needed
from storage import costs
from storage.kinds import CallPurpose

log = structlog.get_logger(__name__)

MOST_DOUBTS, LONGEST_CLAIM = 2, 140
"""How many doubted claims agents read, and how much of each."""
LEAST_SECONDS = 1.0
"""With less time left no grader is asked."""


@dataclass(frozen=True, slots=True)
class Coin:
    """Tells which drafts people will review for certificates: these are checked wherever they lie."""

    key: str
    audit_share: float

    def draws(self, draft_id: str, stage: str) -> bool:
        """Whether the uniform coin draws this draft."""
        share = sampling.audit_share_of(stage, self.audit_share)
        return sampling.audited(self.key, draft_id, share)


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most, in dollars, that checks may cost; 0 for no ceiling."""

    conversation: float = 0.0
    day: float = 0.0


@dataclass(frozen=True)
class Case:
    """A draft that was weighed, before it is decided."""

    turns: Sequence[Turn]
    draft: Draft
    cited: Sequence[FoundPassage]
    sure: Confidence
    """Without the graders."""
    assessment: Assessment
    policy: Policy
    draft_id: str
    conversation_id: str = ""
    """Empty as long as there is none."""
    elapsed: float = 0.0
    """Seconds since the turn began."""


@dataclass
class Checks:
    """The cross-checks of a workspace."""

    panel: Panel
    seconds: float
    """The longest wait for graders."""
    turn_seconds: float = 60.0
    """The longest wait for draft and graders together."""
    budget: Budget | None = None
    """Of the day, for everything that models do, with the books in which the ceilings look up what was spent; without
    it there are no ceilings."""
    ceilings: Ceilings = field(default_factory=Ceilings)
    coin: Coin | None = None
    """None outside a workspace whose drafts are reviewed."""
    _open: int = 0
    _dearest: float = 0.0

    @property
    def version(self) -> str:
        """A part of the version of every draft."""
        return self.panel.version

    async def weigh(self, case: Case, model: ConfidenceModel) -> Confidence:
        """How sure a draft is once its graders have been heard, where they are worth asking.

        Where they could change who answers and none is heard (they fail, are late, or a ceiling is reached), the
        draft counts as if they had all doubted it.
        """
        if not _can_be_graded(case):
            return case.sure
        reach = cross_checks.reach(model, case.sure.signals)
        needed = cross_checks.matters(reach, case.assessment, case.policy)
        drawn = self.coin is not None and self.coin.draws(case.draft_id, case.policy.stage)
        if not needed and not drawn:
            return case.sure
        if not await self._may_be_paid(case.conversation_id):
            return cross_checks.unheard(model, case.sure.signals)
        request = _request(case)
        grades = await self._grades(request, min(self.seconds, self.turn_seconds - case.elapsed))
        agreed = cross_checks.agreement([grade.judgements for grade in grades])
        if agreed is None:
            return cross_checks.unheard(model, case.sure.signals)
        sure = model.score({**case.sure.signals, AGREEMENT: agreed})
        return with_doubts(sure, request, grades)

    async def _grades(self, request: GradeRequest, seconds: float) -> list[Grade]:
        if seconds < LEAST_SECONDS:
            return []
        before = account.dollars()
        self._open += 1
        try:
            async with turnstile.aside():
                return await self.panel.grade(request, seconds)
        finally:
            self._open -= 1
            self._dearest = max(self._dearest, account.dollars() - before)

    async def _may_be_paid(self, conversation_id: str) -> bool:
        """Whether one more check fits under every ceiling, beside those under way in this process."""
        if self.budget is None:
            return True
        books = self.budget.books
        async with books.database.reading() as session:
            team = books.workspace_id
            today = await self.budget.standing(session)
            checks = await costs.spent_on(session, team, books.day(), CallPurpose.CROSS_CHECK)
            here = await costs.spent_in(session, team, conversation_id, CallPurpose.CROSS_CHECK)
        under_way = (self._open + 1) * self._dearest
        fits = (
            _fits(here if conversation_id else 0.0, self._dearest, self.ceilings.conversation)
            and _fits(checks, under_way, self.ceilings.day)
            and _fits(today.spent, under_way, today.limit)
        )
        if not fits:
            log.warning("cross_check_ceiling", conversation_spent=here, checks_today=checks, spent_today=today.spent)
        return fits


def _fits(spent: float, more: float, ceiling: float) -> bool:
    return not ceiling or (spent < ceiling and spent + more <= ceiling)


def _can_be_graded(case: Case) -> bool:
    """Whether there is a reply that rests on something, and that could be sent or reviewed."""
    draft = case.draft
    if not draft.answerable or not draft.text or not case.cited:
        return False
    return person_needed(case.assessment.mood, case.policy) is None


def _request(case: Case) -> GradeRequest:
    claims = [ClaimToGrade(text, passages) for text, passages in cross_checks.claims_of(case.draft)]
    return GradeRequest(case.turns, case.cited, claims)


def with_doubts(sure: Confidence, request: GradeRequest, grades: Sequence[Grade]) -> Confidence:
    """The same, with what graders doubted in words, for agents."""
    doubts = list(_doubts(request, grades))[:MOST_DOUBTS]
    return sure.with_reasons((*doubts, *sure.reasons)) if doubts else sure


def _doubts(request: GradeRequest, grades: Sequence[Grade]) -> list[str]:
    of = len(grades)
    told: list[tuple[int, str]] = []
    titles = {passage.passage_id: passage.title for passage in request.passages}
    for index, claim in enumerate(request.claims):
        against = [grade for grade in grades if grade.claims[index] != Judgement.SUPPORTED]
        contradicted = [grade for grade in against if grade.claims[index] == Judgement.CONTRADICTED]
        if against:
            named = next((titles[grade.passages[index]] for grade in contradicted if _named(grade, index, titles)), "")
            what = f"contradicted by “{named}”" if named else "contradicted" if contradicted else "not in its sources"
            told.append((len(against), f"{len(against)} of {of} checks: “{_short(claim.text)}” is {what}."))
    elsewhere = sum(grade.whole != Judgement.SUPPORTED for grade in grades)
    if elsewhere:
        told.append((elsewhere, f"{elsewhere} of {of} checks: the reply does not answer the question."))
    return [words for _, words in sorted(told, key=lambda each: -each[0])]


def _named(grade: Grade, index: int, titles: dict[str, str]) -> bool:
    return index < len(grade.passages) and grade.passages[index] in titles


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CLAIM else f"{text[: LONGEST_CLAIM - 1].rstrip()}…"
