"""Plays a scenario: the customer talks, Baton considers, and nobody else hears of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.costs import account
from bot.rehearsal import checks
from bot.rehearsal.customer import ScriptedCustomer
from bot.rehearsal.grounds import Stood
from bot.rehearsal.results import Checked, Ending, Outcome, Played, Step
from bot.rehearsal.scenario import MOST_TURNS, Scenario
from bot.rehearsal.scenario_files import Written
from bot.thinking.considering import Asked, Considered, consider
from bot.views import customer as customer_view
from bot.views import texts
from handoff import smalltalk
from handoff.draft import Author, Turn
from storage.kinds import Action, CallPurpose, HandoffReason

BEGINS = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""A Monday morning: the same for every rehearsal."""
BETWEEN = timedelta(minutes=1)


class Speaks(Protocol):
    """Somebody in the customer's role."""

    async def goes_on(self, steps: Sequence[Step]) -> str:
        """What they say to the last step; empty when they leave."""
        ...


class Company(Protocol):
    """A model that plays customers and judges; nothing where none is configured."""

    @property
    def dollars(self) -> float:
        """What it has cost."""
        ...

    def customer(self, scenario: Scenario) -> Speaks:
        """Somebody in the role of the scenario's customer."""
        ...

    async def judge(self, question: str, steps: Sequence[Step]) -> tuple[bool | None, str]:
        """Answer a yes-or-no question about a conversation, with why; None when it gave no answer."""
        ...


async def play(stood: Stood, written: Written, seed: int, company: Company | None) -> Played:
    """Play one scenario and check it.

    Args:
        stood: what Baton knows and may.
        written: the scenario.
        seed: chooses among the scripted customer's wordings.
        company: the model in the customer's role and as judge, where one is configured.

    Raises:
        CeilingReached: when it would cost more than is left.
        ModelSilent: when the model that plays the customer does not answer.
    """
    scenario = written.scenario
    by_model = company is not None and scenario.customer.played_by == "model"
    talker: Speaks = company.customer(scenario) if company and by_model else ScriptedCustomer(scenario, seed)
    steps, ending, last_words = await _talk(stood, scenario, talker)
    found = checks.check(scenario, steps, stood.citable.values())
    found += [await _judged(scenario, question, steps, company) for question in scenario.checks.judge]
    return Played(
        name=scenario.name,
        path=written.shown_path,
        line=written.line,
        about=scenario.about,
        played_by="model" if by_model else "script",
        steps=tuple(steps),
        last_words=last_words,
        ending=ending,
        checks=tuple(found),
        dollars=sum(step.dollars for step in steps) + (company.dollars if company else 0.0),
    )


async def _talk(stood: Stood, scenario: Scenario, talker: Speaks) -> tuple[list[Step], Ending, str]:
    turns: list[Turn] = []
    steps: list[Step] = []
    topic, asked_back, said = "", False, scenario.says
    while True:
        turns.append(Turn(Author.CUSTOMER, said, BEGINS + len(turns) * BETWEEN))
        with_file = scenario.attaches_file and not steps
        asked = Asked(tuple(turns), topic=topic, has_files=with_file, asked_back_before=asked_back)
        with account.counted() as spent:
            considered = await consider(stood.ground, asked)
        step = _step(stood, considered, said)
        checked = spent.spent_for(CallPurpose.CROSS_CHECK)
        step = step.model_copy(update={"dollars": step.dollars + checked})
        steps.append(step)
        turns.append(Turn(Author.BOT, step.reply, BEGINS + len(turns) * BETWEEN))
        topic = considered.draft.topic if considered.draft and considered.draft.topic else topic
        asked_back = asked_back or (step.action == Action.CLARIFY and considered.draft is not None)
        said = await talker.goes_on(steps)
        if step.to_person:
            return steps, Ending.WITH_PERSON, said
        if not said:
            return steps, Ending.SILENT, ""
        if smalltalk.is_thanks(said):
            return steps, Ending.SOLVED, said
        if len(steps) == MOST_TURNS:
            return steps, Ending.TOO_LONG, said


def _step(stood: Stood, considered: Considered, said: str) -> Step:
    verdict, draft = considered.verdict, considered.draft
    proposal = draft.text if draft and verdict.action == Action.PROPOSE else ""
    shown = proposal or verdict.action == Action.ANSWER
    citable = stood.citable
    cited = [citable[each.article_id] for each in considered.cited if each.article_id in citable] if shown else []
    return Step(
        said=said,
        action=verdict.action,
        reason=verdict.reason or "",
        reasons=verdict.reasons,
        reply=_reply(stood, considered),
        proposal=proposal,
        cited=tuple(dict.fromkeys(cited)),
        topic=considered.policy.topic,
        confidence=round(considered.confidence.value, 4) if considered.confidence else None,
        threshold=considered.policy.threshold,
        stage=considered.policy.stage,
        weighed_by=considered.confidence.version if considered.confidence else "",
        frustration=considered.mood.frustration,
        dollars=draft.usage.dollars if draft else 0.0,
    )


def _reply(stood: Stood, considered: Considered) -> str:
    """What the customer would read."""
    verdict, draft, language = considered.verdict, considered.draft, considered.language
    if verdict.action == Action.ANSWER and draft:
        rest = customer_view.rest_handed_off(draft.open_questions, language).text if draft.open_questions else ""
        return f"{draft.text}\n\n{rest}".strip()
    if verdict.action == Action.CLARIFY:
        return draft.clarifying_question if draft else texts.of(language).nothing_said
    reason = verdict.reason or HandoffReason.POLICY
    return customer_view.handed_off(reason, language=language, first=False, company=stood.ground.company).text


async def _judged(scenario: Scenario, question: str, steps: Sequence[Step], company: Company | None) -> Checked:
    if company is None:
        why = "no model is configured to judge it"
        return Checked(name="judge", wanted=question, outcome=Outcome.NOT_JUDGED, why=why)
    holds, why = await company.judge(question, steps)
    if holds is None:
        return Checked(name="judge", wanted=question, outcome=Outcome.NOT_JUDGED, why=why)
    return checks.outcome(scenario, "judge", question, "" if holds else why or "the judge says no")
