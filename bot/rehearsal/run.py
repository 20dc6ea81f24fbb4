"""Runs a rehearsal: everything at once within bounds, in an order that does not matter, going on where one stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from bot.rehearsal import evidence, past, play
from bot.rehearsal.finished import Finished, code_version, key_of
from bot.rehearsal.grounds import Stood
from bot.rehearsal.purse import CeilingReached, ModelSilent, Purse
from bot.rehearsal.results import Ending, Outcome, Played, Rehearsal, Replayed
from bot.rehearsal.scenario_files import Written
from storage.database import Database
from storage.kinds import HandoffReason
from storage.past_decisions import Past, read
from storage.tables import Topic

if TYPE_CHECKING:
    from bot.rehearsal.models import Model

_TOLD_APART = {"database", "workspace_id", "drafter", "topics"}
"""Of a ground: what says more, or less, than its name in the memory of this process."""

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""


@dataclass
class Plan:
    """What to rehearse, and within which bounds."""

    stood: Stood
    scenarios: Sequence[Written] = ()
    remembered: Database | None = None
    """Where the past conversations are."""
    remembered_id: str = ""
    """The workspace they belong to."""
    past_ids: Sequence[str] = ()
    since: str = ""
    parallel: int = 4
    seed: int = 1
    purse: Purse = field(default_factory=Purse)
    finished: Finished = field(default_factory=lambda: Finished(None))
    model: "Model | None" = None


async def rehearse(plan: Plan, progress: Progress | None = None) -> Rehearsal:
    """Play the scenarios and take the past decisions again.

    At most `plan.parallel` are under way at once; the results are in the order of their names, whoever was first.
    """
    runner = _Runner(plan, progress)
    try:
        async with asyncio.TaskGroup() as group:
            played = [group.create_task(runner.scenario(each)) for each in plan.scenarios]
            replayed = [group.create_task(runner.conversation(each)) for each in plan.past_ids]
    except ExceptionGroup as several:
        raise several.exceptions[0] from None  # a problem is told in its own words; what is finished is kept
    taken = [(name, task.result()) for name, task in zip(plan.past_ids, replayed, strict=True)]
    again = tuple(each for _, results in taken for each in results or ())
    ground = plan.stood.ground
    return Rehearsal(
        drafter=f"{ground.drafter.name} {ground.drafter.model}",
        drafter_version=ground.drafter_version,
        articles=len(plan.stood.articles),
        seed=plan.seed,
        since=plan.since,
        scenarios=tuple(task.result() for task in played),
        replayed=again,
        not_replayed=tuple(name for name, results in taken if results is None),
        topics=tuple(evidence.risk_by_topic(again, {each.now.topic: ground.policy(each.now.topic) for each in again})),
        ceiling=plan.purse.ceiling,
    )


def fingerprint(plan: Plan) -> str:
    """Names everything besides an input that its result depends on: code, articles, drafter, policy, model and seed."""
    ground = plan.stood.ground
    topics = [_policy_of(topic) for _, topic in sorted(ground.topics.items())]
    articles = sorted((each.source_key, each.title, each.content_hash) for each in plan.stood.articles)
    model = (plan.model.name, str(plan.model.client.base_url)) if plan.model else ()
    rest = {each.name: repr(getattr(ground, each.name)) for each in fields(ground) if each.name not in _TOLD_APART}
    drafter = (ground.drafter.name, ground.drafter.model, ground.drafter_version)
    return key_of(code_version(), drafter, rest, topics, articles, model, plan.seed)


def _policy_of(topic: Topic) -> dict[str, Any]:
    return topic.model_dump(mode="json", exclude={"workspace_id", "updated_at", "updated_by", "revision"})


class _Runner:
    def __init__(self, plan: Plan, progress: Progress | None) -> None:
        self._plan, self._progress = plan, progress
        self._turn = asyncio.Semaphore(plan.parallel)
        self._done, self._total = 0, len(plan.scenarios) + len(plan.past_ids)
        self._fingerprint = fingerprint(plan)

    async def scenario(self, written: Written) -> Played:
        scenario = written.scenario
        path, line = written.shown_path, written.line
        key = key_of("scenario", self._fingerprint, scenario.model_dump(mode="json"))

        async def work() -> dict[str, Any]:
            company = self._plan.model.company() if self._plan.model else None
            return (await play.play(self._plan.stood, written, self._plan.seed, company)).model_dump(mode="json")

        result, problem = await self._once(key, work, _steps_without_model)
        if result is None:
            ending = Ending.NOT_PLAYED
            return Played(
                name=scenario.name, path=path, line=line, about=scenario.about, ending=ending, problem=problem
            )
        return Played.model_validate({**result, "path": path, "line": line})

    async def conversation(self, conversation_id: str) -> list[Replayed] | None:
        """The decisions of a past conversation taken again; None when there was no money for it."""
        remembered = self._plan.remembered
        if remembered is None:
            return []
        async with self._turn, remembered.reading() as session:
            found = await read(session, self._plan.remembered_id, conversation_id)
        if found is None:
            self._count()
            return []
        key = key_of("past", self._fingerprint, _told(found))

        async def work() -> dict[str, Any]:
            replayed = await past.replay(self._plan.stood, remembered, found)
            return {"replayed": [each.model_dump(mode="json") for each in replayed]}

        result, _ = await self._once(key, work, _replayed_without_model)
        return None if result is None else [Replayed.model_validate(each) for each in result["replayed"]]

    async def _once(
        self, key: str, work: Callable[[], Awaitable[dict[str, Any]]], unsound: Callable[[dict[str, Any]], bool]
    ) -> tuple[dict[str, Any] | None, str]:
        """The finished result, or a new one, which is kept unless the model failed in it."""
        known = self._plan.finished.get(key)
        if known is not None:
            self._count()
            return dict(known), ""
        async with self._turn:
            try:
                result = await work()
            except CeilingReached:
                return None, f"not played: the ceiling of ${self._plan.purse.ceiling:.2f} was reached"
            except ModelSilent as error:
                return None, str(error)
            finally:
                self._count()
        if not unsound(result):
            self._plan.finished.put(key, result)
        return result, ""

    def _count(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _told(found: Past) -> list[object]:
    """What a replay reads of a conversation, for its key."""
    said = [(each.id, each.author, each.text, bool(each.files), each.deleted_at is None) for each in found.messages]
    reviews = [(each.draft_id, each.reading, each.verdict, each.audit, each.audit_share) for each in found.reviews]
    return [said, [each.id for each in found.decisions], reviews]


def _steps_without_model(result: dict[str, Any]) -> bool:
    failed = any(step["reason"] == HandoffReason.MODEL_FAILED for step in result["steps"])
    return failed or any(each["outcome"] == Outcome.NOT_JUDGED for each in result["checks"])


def _replayed_without_model(result: dict[str, Any]) -> bool:
    return any(each["now"]["reason"] == HandoffReason.MODEL_FAILED for each in result["replayed"])
