"""A customer is erased: nothing of their words and ids is left in any table, and everything else goes on."""

import json
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import LargeBinary
from sqlalchemy import select as select_rows
from sqlmodel import col, select

from bot import erasing, reports
from bot.conversation import surveying
from bot.demo.workspace import Person
from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from bot.reports import reporting
from bot.themes import finding
from handoff import window
from handoff import words as known_words
from handoff.draft import Draft
from handoff.window import Window
from storage import kept_reports, surveys
from storage.database import Database
from storage.endings import Contact, Rating
from storage.kinds import ResolvedBy
from storage.queues import Inbox, Outbox
from storage.row import Row, now
from storage.tables import Conversation
from storage.theme_tables import Theme, ThemeWindow
from storage.watched import Alert
from tests.integration.dialogue import asks, by_bot, card_for, claims, eventually, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, MANAGERS, SEED, SUPPORT, Stage

WORKSPACE = SEED.team_id
OWN = ("quokka", "wombat", "numbat")
"""Words that only the erased customer uses."""
IN_VAIN = (
    "Do you sponsor paragliding championships of the quokka club?",
    "Would you sponsor our quokka paragliding championship in the wombat valley?",
)
OF_CARL = (
    "Who decides which paragliding championships you sponsor?",
    "Will you sponsor a paragliding championship next year?",
)


async def held(database: Database, secrets: tuple[str, ...]) -> list[str]:
    """Where any table still holds one of these."""

    def found() -> Iterator[str]:
        for table, rows in everything.items():
            for row in rows:
                for column, value in row.items():
                    text = json.dumps(value, default=str, ensure_ascii=False)
                    yield from (f"{table}: {secret} in {column}, {text}" for secret in secrets if secret in text)

    everything: dict[str, list[dict[str, object]]] = {}
    async with database.reading() as session:
        for table in Row.metadata.sorted_tables:
            columns = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
            rows = (await (await session.connection()).execute(select_rows(*columns))).mappings()
            everything[table.name] = [dict(row) for row in rows]
    return list(found())


async def rated(stage: Stage, ada: Person, thread: str) -> None:
    """Ada is asked how it went, gives a score and a comment."""
    await surveying.sweep(stage.bot.runtime, now() + timedelta(hours=1))
    async with stage.database.transaction() as session:
        conversation = (await session.exec(select(Conversation).where(Conversation.thread_ts == thread))).one()
        await surveys.rate(session, conversation, 1, lasts=timedelta(days=7))
        await session.flush()
        await surveys.comment(session, conversation, "The numbat was not amused.")


async def life_of(stage: Stage) -> tuple[str, ...]:
    """Ada asks in the channel and privately, is handed over, answered, rates, and interrupts Carl; returns her ids."""
    ada, ben, carl = await stage.person(ADA), await stage.person(BEN), await stage.person(CARL)
    asked, _ = await asks(ada, IN_VAIN[0])
    card = await card_for(ben, IN_VAIN[0])
    await claims(ben, card)
    await ben.says(DESK, f"No quokka, <@{ADA}>.", thread=card["ts"])
    await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: "No quokka" in words(each))
    await ben.presses(await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"]), "resolve", channel=DESK)
    await ada.reads(SUPPORT, thread=asked["ts"], until=by_bot("solved"))
    await rated(stage, ada, asked["ts"])
    direct = await ada.direct()
    await asks(ada, IN_VAIN[1], direct)
    await asks(carl, OF_CARL[0])
    of_carl, _ = await asks(carl, OF_CARL[1])
    await ada.says(SUPPORT, f"I am <@{ADA}> and want a quokka too", thread=of_carl["ts"])
    await asks(carl, f"Hello, <@{ADA}> told me of you. {ANSWERED}")
    async with stage.database.reading() as session:
        mine = (await session.exec(select(Conversation).where(Conversation.customer_id == ADA))).all()
    ids = [each.thread_ts for each in mine]
    return (ADA, direct, *ids, *(f"p{each.replace('.', '')}" for each in ids))


async def told(stage: Stage) -> str:
    """Themes are found, a report with her conversation is posted and kept, and an alert names it; returns the id."""
    moment = now()
    week = Window(since=moment - timedelta(days=6), until=moment + timedelta(days=1))
    report = await reporting.build(stage.bot.runtime, week)
    assert report.worst and report.themes
    await reports.deliver(stage.database, WORKSPACE, MANAGERS, report)
    stage.bot.runtime.posted()
    await (await stage.person("U0MIA0000")).reads(MANAGERS, until=by_bot("eport"))
    async with stage.database.transaction() as session:
        ids = [each.conversation_id for each in report.worst]
        session.add(
            Alert(workspace_id=WORKSPACE, id="a1", kind="ratings", since=moment, figures={"conversations": ids})
        )
        kept = await kept_reports.latest(session, WORKSPACE)
    assert kept
    return kept.id


async def at_rest(stage: Stage) -> None:
    """Wait until all that came in is handled and all that is to be posted is posted."""

    async def is_at_rest() -> bool | None:
        async with stage.database.reading() as session:
            came = select(Inbox.id).where(col(Inbox.state).in_(("pending", "running")))
            goes = select(Outbox.id).where(col(Outbox.state).in_(("pending", "sending")))
            return None if (await session.exec(came)).all() or (await session.exec(goes)).all() else True

    await eventually(is_at_rest)


async def test_nothing_of_an_erased_customer_is_left_in_any_table(stage: Stage) -> None:
    ids = await life_of(stage)
    kept_id = await told(stage)
    secrets = (*ids, *OWN)
    before = await held(stage.database, secrets)
    tables = {each.partition(":")[0] for each in before}
    assert {"message", "inbox", "outbox", "contact", "rating", "kept_report", "survey", "theme"} <= tables
    await at_rest(stage)
    found = await erasing.erase(stage.database, WORKSPACE, ADA)
    assert len(found.conversations) >= 2
    assert await held(stage.database, secrets) == []

    async with stage.database.reading() as session:
        assert (await session.exec(select(Contact))).all() == []
        assert (await session.exec(select(Rating))).all() == []
        alert = (await session.exec(select(Alert))).one()
        assert alert.figures["conversations"] == []
        kept = await kept_reports.get(session, WORKSPACE, kept_id)
    assert kept
    again = await reports.with_words(stage.database, reports.read(kept))
    assert [each.question for each in again.worst] == ["(erased)"]
    human = again.of(ResolvedBy.HUMAN)  # taken back, for she came with the same matter again
    assert (human.taken_back, human.ratings) == (1, 1)
    assert "baton conversation show" not in reports.to_html(again, reports.Charts())


async def test_counts_of_an_erased_customer_stay_in_a_report_made_afterwards(stage: Stage) -> None:
    await life_of(stage)
    moment = now()
    week = Window(since=moment - timedelta(days=6), until=moment + timedelta(days=1))
    await at_rest(stage)
    before = await reporting.build(stage.bot.runtime, week)
    await erasing.erase(stage.database, WORKSPACE, ADA)
    after = await reporting.build(stage.bot.runtime, week)
    for mine, theirs in zip(before.arms, after.arms, strict=True):
        kept = ("opened", "resolved", "confirmed", "asked", "answered", "ratings", "scores", "taken_back")
        assert {name: getattr(theirs, name) for name in kept} == {name: getattr(mine, name) for name in kept}
    assert after.handoff_reasons == before.handoff_reasons
    assert after.worst == ()


async def test_a_theme_keeps_what_others_asked_and_loses_the_words_of_the_erased(stage: Stage) -> None:
    await life_of(stage)
    week = window.days(now().date() - timedelta(days=3), now().date(), "UTC")
    await at_rest(stage)
    (theme,) = (await finding.of_report(stage.database, WORKSPACE, week))["themes"]
    assert theme.questions == 4
    await erasing.erase(stage.database, WORKSPACE, ADA)
    async with stage.database.reading() as session:
        row = (await session.exec(select(Theme))).one()
        asked = (await session.exec(select(ThemeWindow))).one()
    assert asked.questions == 4
    assert len(asked.asked) == 2
    assert "paragliding" in row.name.casefold()
    assert not any(stem.startswith("quok") for stem in row.terms)


async def test_who_was_erased_and_writes_again_is_a_new_customer(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await at_rest(stage)
    await erasing.erase(stage.database, WORKSPACE, ADA)
    await ada.says(SUPPORT, ANSWERED, thread=question["ts"])
    await ada.says(SUPPORT, "What does express delivery cost?")
    await ada.reads(SUPPORT, until=lambda each: each.get("text", "").startswith("What does express"))
    _, reply = await asks(ada, "What does standard delivery cost?")
    assert "4.90" in words(reply)


async def test_a_running_bot_forgets_what_it_read_before_somebody_was_erased(stage: Stage) -> None:
    ada, runtime = await stage.person(ADA), stage.bot.runtime
    await asks(ada, IN_VAIN[0])
    await at_rest(stage)
    read = known_words._remembered  # pyright: ignore[reportPrivateUsage]
    assert "quokka" in read
    await erasing.erase(stage.database, WORKSPACE, ADA)  # as another process does it
    runtime.forget()  # as it does after a few seconds
    await runtime.topics()
    assert "quokka" not in read


class _ErasesFirst(Floor):
    """A drafter, while whose first draft is made its customer is erased."""

    def __init__(self, below: Drafter, database: Database) -> None:
        super().__init__(below)
        self._database, self._erased = database, False

    async def draft(self, request: DraftRequest) -> Draft:
        if not self._erased:
            self._erased = True
            await erasing.erase(self._database, WORKSPACE, ADA)
        return await self.below.draft(request)


async def test_who_is_erased_while_their_question_is_answered_reads_the_answer_and_is_heard_again(stage: Stage) -> None:
    runtime, ada = stage.bot.runtime, await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await at_rest(stage)
    runtime.drafter = _ErasesFirst(runtime.drafter, stage.database)
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("4.90"))
    await at_rest(stage)
    async with stage.database.reading() as session:
        (mine,) = (await session.exec(select(Conversation))).all()
    assert (mine.customer_id, mine.thread_ts) == (ADA, question["ts"])
    await ada.says(SUPPORT, "I want to talk to a human", thread=question["ts"])
    await card_for(await stage.person(BEN), "I want to talk to a human")
