"""The conversations worth reading, and the topics that moved, as a report gathers them."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, delete

from bot import reports
from bot.reports import moves
from bot.views.topic_words import Standing
from handoff import desk
from handoff.certificate import Certified, Missing
from handoff.report_parts import TopicMove
from storage import conversations, kept_reports, standing
from storage.database import Database
from storage.endings import Rating, Resolution
from storage.evidence import TopicChange
from storage.ids import new_id
from storage.kinds import Confirmation, ConversationState, TopicEvent
from storage.tables import Conversation, Message
from tests import weeks
from tests.weeks import WORKSPACE

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
MIDDLE = WEEK.since + timedelta(days=3)


async def rated(
    database: Database, score: int, question: str, *, comment: str = "", at: datetime = MIDDLE, rated_after: int = 1
) -> str:
    """A resolution with its rating, so many hours later."""
    key = new_id()
    place: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": key, "customer_id": "U2"}
    async with database.transaction() as session:
        session.add(
            Conversation(
                workspace_id=WORKSPACE,
                id=key,
                channel_id="C2",
                thread_ts=f"{len(key)}.{key}",
                customer_id="U2",
                topic="returns",
                state=ConversationState.RESOLVED,
                resolved_at=at,
                resolved_by="ai",
                confirmation="assumed",
                opened_at=at - timedelta(hours=1),
            )
        )
        await session.flush()
        ended: dict[str, Any] = {"resolved_by": "ai", "confirmation": "assumed", "topic": "returns"}
        ended |= {"resolved_at": at, "opened_at": at - timedelta(hours=1)}
        session.add(Resolution(workspace_id=WORKSPACE, id=new_id(), conversation_id=key, **ended))
        when = at + timedelta(hours=rated_after)
        said: dict[str, Any] = {"author": "customer", "author_id": "U2", "text": question}
        session.add(Message(workspace_id=WORKSPACE, conversation_id=key, id=new_id(), **said, created_at=at))
        session.add(Rating(**place, score=score, comment=comment, rated_at=when))
    return key


async def test_the_three_best_and_the_three_worst_are_named_those_with_a_comment_first(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    for number in range(4):
        await rated(database, 5, f"fine {number}", at=MIDDLE + timedelta(minutes=number))
    await rated(database, 5, "fine with a word", comment="thanks")
    await rated(database, 1, "bad", at=MIDDLE - timedelta(hours=1))
    await rated(database, 3, "middling")
    await rated(database, 1, "of another week", at=WEEK.until)
    await rated(database, 1, "rated before it was reopened", rated_after=-1)
    report = await reports.build(
        database, WORKSPACE, WEEK, ZONE, thread_link=lambda channel, ts: f"https://x.example/{channel}/{ts[:2]}"
    )
    assert [(each.score, each.question) for each in report.best] == [
        (5, "fine with a word"),
        (5, "fine 3"),
        (5, "fine 2"),
    ]
    assert [(each.score, each.question) for each in report.worst] == [(1, "bad"), (3, "middling")]
    first = report.best[0]
    assert (first.topic, first.arm, first.comment, first.link) == (
        "Returns",
        "ai",
        "thanks",
        "https://x.example/C2/18",
    )
    assert (await reports.build(database, WORKSPACE, WEEK, ZONE)).best[0].link == ""


async def test_personal_data_stay_out_of_what_managers_read(database: Database) -> None:
    await weeks.add_workspace(database)
    await rated(database, 1, "I am ada@example.com, 4111 1111 1111 1111", comment="call +49 30 1234567 <@U0ADA0000>")
    (worst,) = (await reports.build(database, WORKSPACE, WEEK, ZONE)).worst
    assert "ada@example.com" not in worst.question and "4111" not in worst.question
    assert "1234567" not in worst.comment and "U0ADA0000" not in worst.comment


async def goes_on(database: Database, key: str, text: str) -> None:
    """The customer goes on two hours after they were helped, and asks something."""
    async with database.transaction() as session:
        conversation = await conversations.by_id(session, WORKSPACE, key, lock=True)
        assert conversation and conversation.resolved_at
        moment = conversation.resolved_at + timedelta(hours=2)
        await desk.reopen(session, conversation, resolution_days=0, at=moment)
        said = conversations.say(session, conversation, author="customer", author_id="U2", text=text)
        said.created_at = moment


async def test_who_goes_on_after_a_bad_rating_is_still_among_the_worst(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    key = await rated(database, 1, "where is my parcel", comment="too slow")
    before = (await reports.build(database, WORKSPACE, WEEK, ZONE)).worst
    await goes_on(database, key, "and do you ship to Norway?")
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert report.worst == before
    (worst,) = report.worst
    assert (worst.question, worst.arm, worst.topic) == ("where is my parcel", "ai", "Returns")


async def test_a_later_matter_is_read_by_its_own_question_and_lends_nobody_its_comment(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    key = await rated(database, 1, "where is my parcel", comment="too slow")
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    kept_id = await reports.deliver(database, WORKSPACE, "C1", report)
    await goes_on(database, key, "do you ship to Norway?")
    end = WEEK.until + timedelta(days=1)
    async with database.transaction() as session:
        conversation = await conversations.by_id(session, WORKSPACE, key, lock=True)
        assert conversation
        await desk.resolve(session, conversation, confirmation=Confirmation.CONFIRMED, person_id="U2")
        conversation.resolved_at = end
        await session.flush()
        standing_one = await standing.of_conversation(session, conversation)
        rating = await session.get_one(Rating, (WORKSPACE, key))
        assert standing_one
        standing_one.resolved_at, rating.rated_at = end, end + timedelta(hours=1)
        rating.score, rating.comment = 5, "great"
        session.add_all([standing_one, rating, conversation])
    after = reports.days(date(2026, 11, 23), date(2026, 11, 29), ZONE)
    (best,) = (await reports.build(database, WORKSPACE, after, ZONE)).best
    assert (best.question, best.comment) == ("do you ship to Norway?", "great")
    async with database.reading() as session:
        kept = await kept_reports.get(session, WORKSPACE, kept_id)
    assert kept
    (worst,) = (await reports.with_words(database, reports.read(kept))).worst
    assert (worst.question, worst.score, worst.comment) == ("where is my parcel", 1, "")


async def test_what_was_erased_is_said_to_be(database: Database) -> None:
    await weeks.add_workspace(database)
    key = await rated(database, 5, "")
    (best,) = (await reports.build(database, WORKSPACE, WEEK, ZONE)).best
    assert (best.conversation_id, best.question) == (key, "(erased)")


async def changed(database: Database, topic: str, event: TopicEvent, stages: tuple[str, str], at: datetime) -> None:
    before, after = stages
    async with database.transaction() as session:
        session.add(
            TopicChange(
                workspace_id=WORKSPACE,
                id=new_id(),
                topic=topic,
                event=event,
                before={"stage": before},
                after={"stage": after},
                by="U1",
                why="it was time",
                at=at,
            )
        )


async def test_topics_that_moved_in_the_window_are_told_once_with_their_last_change(
    database: Database,
) -> None:
    await weeks.add_workspace(database, ["returns", "billing", "repairs"])
    promoted, demoted, alarmed = TopicEvent.PROMOTED, TopicEvent.DEMOTED, TopicEvent.ALARMED
    up, down, same = ("copilot", "autopilot"), ("autopilot", "copilot"), ("autopilot", "autopilot")
    await changed(database, "returns", promoted, up, MIDDLE)
    await changed(database, "returns", TopicEvent.TOLERANCE_SET, same, MIDDLE + timedelta(hours=1))
    await changed(database, "repairs", promoted, up, MIDDLE)
    await changed(database, "repairs", alarmed, down, MIDDLE + timedelta(hours=2))
    await changed(database, "billing", demoted, down, WEEK.until)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert report.moves == (
        TopicMove(topic="returns", title="Returns", change="promoted", why="it was time"),
        TopicMove(topic="repairs", title="Repairs", change="demoted", why="an alarm: its replies broke their promise"),
    )


def test_topics_close_to_a_certificate_are_those_that_lack_little_or_wait_for_a_manager() -> None:
    def standing(name: str, missing: int | None, proof: Certified | None = None) -> Standing:
        lacks = None if proof else Missing(clean_reviews_needed=missing, why="", tolerance=0.05)
        return Standing(name, name.capitalize(), "copilot", 0.05, 0.6, 0, proof=proof, missing=lacks)

    proof = Certified(0.6, 61, 0, 0.05, 0.5, 0.05, 0.1, looked_at=105)
    every = [standing("far", 16), standing("near", 15), standing("never", None), standing("ready", 0, proof)]
    found = moves.close(every)
    assert [(move.topic, move.reviews_missing) for move in found] == [("ready", None), ("near", 15)]


async def test_a_kept_report_holds_no_word_of_a_customer_and_reads_them_again(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    gone = await rated(database, 1, "where is my parcel", comment="too slow")
    stays = await rated(database, 5, "fine", comment="thanks")
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    kept_id = await reports.deliver(database, WORKSPACE, "C1", report)
    async with database.reading() as session:
        kept = await kept_reports.get(session, WORKSPACE, kept_id)
    assert kept and not any(words in kept.report for words in ("parcel", "too slow", "fine", "thanks"))
    again = await reports.with_words(database, reports.read(kept))
    assert (again.best, again.worst) == (report.best, report.worst)
    async with database.transaction() as session:
        for table, column in ((Rating, Rating.conversation_id), (Message, Message.conversation_id)):
            await session.exec(delete(table).where(col(column) == gone))
        await session.exec(delete(Resolution).where(col(Resolution.conversation_id) == gone))
        await session.exec(delete(Conversation).where(col(Conversation.id) == gone))
    later = await reports.with_words(database, reports.read(kept))
    assert (later.worst[0].question, later.worst[0].comment, later.worst[0].link) == ("(erased)", "", "")
    assert later.best[0].conversation_id == stays and later.best[0].question == "fine"
