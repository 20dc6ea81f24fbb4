"""What was asked in vain becomes themes that keep their key from week to week, on both databases."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot import apart, erasing, reports
from bot.themes import finding, grouping
from bot.themes.grouping import Group, Grouped, Task
from bot.views import report_words
from handoff import desk
from handoff.report_parts import Theme
from handoff.window import Window
from storage import answers, asked_in_vain, conversations, standing, themes
from storage.answer_pairs import AnswerPair
from storage.database import Database
from storage.endings import Rating
from storage.ids import new_id
from storage.kinds import Action, Confirmation, DraftRole, ThemeState
from storage.knowledge import NewArticle
from storage.row import now
from storage.shelves import Standing
from storage.tables import Conversation, Decision, DraftRow
from storage.theme_tables import Theme as ThemeRow
from storage.theme_tables import ThemeWindow
from tests import vain, weeks
from tests.weeks import WORKSPACE

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
NEXT = reports.days(date(2026, 11, 23), date(2026, 11, 29), ZONE)
THIRD = reports.days(date(2026, 11, 30), date(2026, 12, 6), ZONE)
PARAGLIDING = (
    "Do you sponsor paragliding championships?",
    "Could you sponsor our paragliding club?",
    "Who decides which paragliding events you sponsor?",
)
GIFT_CARDS = (
    "Can I pay with two gift cards at once?",
    "Is it possible to combine gift cards when I pay?",
    "Paying with several gift cards, does that work?",
    "How do I pay the rest after a gift card?",
)
LONELY = "Which wax suits a wooden toboggan?"


@pytest.fixture(autouse=True)
async def workspace(database: Database) -> None:
    await weeks.add_workspace(database)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Group here: a process for each of these tests would take minutes in all."""

    async def here(task: Task) -> Grouped:
        return grouping.grouped(task)

    monkeypatch.setattr(grouping, "run", here)


def middle(window: Window) -> datetime:
    return window.since + timedelta(days=3)


async def ask_all(database: Database, window: Window, *texts: str) -> None:
    for text in texts:
        await vain.asked(database, text, middle(window))


async def found(database: Database, window: Window) -> tuple[Theme, ...]:
    return (await finding.anew(database, WORKSPACE, window))["themes"]


async def test_questions_that_resemble_each_other_are_a_theme_and_a_lonely_one_is_none(database: Database) -> None:
    await ask_all(database, WEEK, *PARAGLIDING, *GIFT_CARDS, LONELY)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    gifts, paragliding = report.themes
    assert (gifts.questions, gifts.last_week, gifts.state) == (4, None, "open")
    assert "gift card" in gifts.name.casefold()
    assert set(gifts.examples) <= set(GIFT_CARDS)
    assert len(gifts.examples) == 3
    assert (paragliding.questions, set(paragliding.examples)) == (3, set(PARAGLIDING))
    assert LONELY not in report.model_dump_json()
    assert report.in_vain is not None
    assert (report.in_vain.conversations, report.in_vain.looked_at) == (8, 8)


async def test_a_theme_keeps_its_key_and_tells_how_many_asked_the_week_before(database: Database) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (first,) = await found(database, WEEK)
    await ask_all(database, NEXT, GIFT_CARDS[0], "May I pay with more than one gift card?")
    (second,) = await found(database, NEXT)
    assert (second.key, second.name) == (first.key, first.name)
    assert (second.questions, second.last_week) == (2, 4)


async def test_a_theme_is_known_again_by_its_words_after_weeks_without_it(database: Database) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (first,) = await found(database, WEEK)
    later = reports.days(date(2027, 2, 1), date(2027, 2, 7), ZONE)
    await ask_all(database, later, *GIFT_CARDS[1:], *PARAGLIDING)
    seen = {each.key: each for each in await found(database, later)}
    assert (seen[first.key].questions, seen[first.key].last_week) == (3, 0)
    assert [each.last_week for each in seen.values() if each.key != first.key] == [None]


async def test_finding_twice_changes_nothing(database: Database) -> None:
    await ask_all(database, WEEK, *PARAGLIDING, *GIFT_CARDS)
    first = await found(database, WEEK)
    rows = await stored(database)
    assert await found(database, WEEK) == first
    assert await stored(database) == rows


async def test_two_processes_that_find_at_once_know_a_new_theme_by_one_key(database: Database) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    one, other = await asyncio.gather(found(database, WEEK), found(database, WEEK))
    assert one == other
    async with database.reading() as session:
        assert len((await session.exec(select(ThemeRow))).all()) == 1


async def stored(database: Database) -> list[str]:
    async with database.reading() as session:
        kept = [*(await session.exec(select(ThemeRow).order_by(col(ThemeRow.key)))).all()]
        windows = [*(await session.exec(select(ThemeWindow).order_by(col(ThemeWindow.theme_key)))).all()]
        return [each.model_dump_json() for each in (*kept, *windows)]


async def test_what_an_older_report_finds_does_not_overwrite_what_a_newer_one_knows(database: Database) -> None:
    await ask_all(database, WEEK, "Do gift cards expire when I pay late?", *GIFT_CARDS)
    await ask_all(database, NEXT, *GIFT_CARDS)
    (newer,) = await found(database, NEXT)
    before = (await stored(database))[0]
    (older,) = await found(database, WEEK)
    assert (older.key, older.name) == (newer.key, newer.name)
    assert (await stored(database))[0] == before
    assert (await found(database, NEXT)) == (newer,)


async def test_a_theme_whose_questions_were_taken_back_is_forgotten_when_the_window_is_read_again(
    database: Database,
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    assert len(await found(database, WEEK)) == 1
    async with database.transaction() as session:
        for each in (await session.exec(select(Conversation))).all():
            await session.delete(each)
    assert await found(database, WEEK) == ()
    assert await stored(database) == []


async def test_personal_data_is_in_no_example_and_no_name(database: Database) -> None:
    await ask_all(
        database,
        WEEK,
        "Can I pay with two gift cards? Write to anna.berg@example.com",
        "Two gift cards for one order, please call +43 660 1234567",
        "How do I pay with two gift cards? My card is 4111 1111 1111 1111",
    )
    (theme,) = await found(database, WEEK)
    told = theme.model_dump_json()
    assert "[email]" in told
    assert not any(secret in told.casefold() for secret in ("anna", "1234567", "4111"))


async def test_languages_are_not_mixed(database: Database) -> None:
    await ask_all(database, WEEK, *PARAGLIDING)
    german = ("Sponsert ihr auch Paragliding Events?", "Könnt ihr unser Paragliding Event sponsern?")
    await ask_all(database, WEEK, *german, "Wer sponsert bei euch die Paragliding Events?")
    assert sorted(each.questions for each in await found(database, WEEK)) == [3, 3]


async def test_the_kinds_of_vain_questions_are_all_read_and_a_conversation_counts_once(database: Database) -> None:
    clarified = {"action": Action.CLARIFY, "reason": ""}
    answered = {"action": Action.ANSWER, "reason": ""}
    at = middle(WEEK)
    await vain.asked(database, GIFT_CARDS[0], at)
    await vain.asked(database, GIFT_CARDS[1], at, decision=clarified)
    unhelpful, message_id = await vain.asked(database, GIFT_CARDS[2], at, decision=answered)
    low, _ = await vain.asked(database, GIFT_CARDS[3], at, decision=answered, ai_replied=True)
    by_people, _ = await vain.asked(database, "I want to pay with many gift cards", at, decision=answered)
    mended, again = await vain.asked(database, "Do you take gift cards to pay?", at, decision=clarified)
    await vain.asked(database, "May gift cards pay for delivery?", at, decision=answered)
    async with database.transaction() as session:
        session.add(_decided(mended, again, at))
        session.add(
            DraftRow(
                workspace_id=WORKSPACE,
                id=new_id(),
                conversation_id=unhelpful,
                message_id=message_id,
                text="",
                unhelpful_at=at,
            )
        )
        session.add_all(
            Rating(workspace_id=WORKSPACE, conversation_id=each, customer_id="U9", score=2, rated_at=at)
            for each in (low, by_people, unhelpful)
        )
    result = await finding.anew(database, WORKSPACE, WEEK)
    assert result["in_vain"].conversations == 4
    assert [each.questions for each in result["themes"]] == [4]


async def test_of_a_low_rating_the_question_of_its_own_matter_is_read(database: Database) -> None:
    at, answered = middle(WEEK), {"action": Action.ANSWER, "reason": ""}
    key, _ = await vain.asked(database, PARAGLIDING[0], at - timedelta(days=30), decision=answered, ai_replied=True)
    async with database.transaction() as session:
        conversation = await conversations.by_id(session, WORKSPACE, key, lock=True)
        assert conversation
        await desk.resolve(session, conversation, confirmation=Confirmation.ASSUMED, person_id=None)
        conversation.resolved_at = at - timedelta(days=29)
        first = await standing.of_conversation(session, conversation)
        assert first
        first.resolved_at = conversation.resolved_at
        await desk.reopen(session, conversation, resolution_days=7, at=at - timedelta(hours=2))
        said = conversations.say(session, conversation, author="customer", author_id="U9", text=GIFT_CARDS[0])
        said.created_at = at - timedelta(hours=2)
        desk.answered(conversation, silence=timedelta(hours=1))
        await desk.resolve(session, conversation, confirmation=Confirmation.CONFIRMED, person_id="U9")
        second = await standing.of_conversation(session, conversation)
        assert second
        second.resolved_at = conversation.resolved_at = at - timedelta(hours=1)
        session.add_all([first, second, conversation])
        session.add(Rating(workspace_id=WORKSPACE, conversation_id=key, customer_id="U9", score=1, rated_at=at))
    async with database.reading() as session:
        window = (WEEK.since, WEEK.until)
        (question,) = (await asked_in_vain.of_window(session, WORKSPACE, *window, most=10)).questions
    assert question.text == GIFT_CARDS[0]


def _decided(conversation_id: str, message_id: str, at: datetime) -> Decision:
    return Decision(
        workspace_id=WORKSPACE,
        id=new_id(),
        conversation_id=conversation_id,
        message_id=message_id,
        action=Action.ANSWER,
        created_at=at,
    )


async def test_what_a_silent_version_would_have_handed_off_is_not_read(database: Database) -> None:
    for text in GIFT_CARDS:
        await vain.asked(database, text, middle(WEEK), decision={"role": DraftRole.SHADOW})
    result = await finding.anew(database, WORKSPACE, WEEK)
    assert result == {"themes": (), "in_vain": result["in_vain"]}
    assert result["in_vain"].conversations == 0


async def test_of_very_many_questions_a_sample_is_read_and_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_READ", 5)
    await ask_all(database, WEEK, *GIFT_CARDS, *(f"{text} Thanks" for text in GIFT_CARDS))
    result = await finding.anew(database, WORKSPACE, WEEK)
    assert (result["in_vain"].conversations, result["in_vain"].looked_at) == (8, 5)
    assert [each.questions for each in result["themes"]] == [5]


async def test_where_not_the_same_part_was_read_a_change_is_of_as_many_questions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def all_alike(task: Task) -> Grouped:
        ids = [each.id for each in task.questions]
        return Grouped(groups=[Group(ids=ids, language="en", name="gift cards", terms={"gift": 1.0})])

    monkeypatch.setattr(grouping, "run", all_alike)  # whichever are drawn
    monkeypatch.setattr(finding, "MOST_READ", 4)
    await ask_all(database, WEEK, *GIFT_CARDS)
    await found(database, WEEK)
    await ask_all(database, NEXT, *GIFT_CARDS, *GIFT_CARDS)
    (theme,) = await found(database, NEXT)
    assert (theme.questions, theme.last_week) == (4, 2)  # 4 of the 8, which were 4 before


async def test_a_report_comes_without_themes_when_grouping_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)

    async def fails(_: Task) -> Grouped:
        raise apart.Failed("killed")

    monkeypatch.setattr(grouping, "run", fails)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert report.themes == ()


async def test_what_the_night_found_is_read_again_and_not_found_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_all(database, WEEK, *PARAGLIDING, *GIFT_CARDS, LONELY)
    night = await finding.anew(database, WORKSPACE, WEEK)

    async def again(_: Task) -> Grouped:
        raise AssertionError("nobody groups twice what cannot have changed")

    monkeypatch.setattr(grouping, "run", again)
    assert await finding.of_report(database, WORKSPACE, WEEK) == night
    async with database.transaction() as session:  # an article is drafted, and history written, in the morning
        row = await themes.by_key(session, WORKSPACE, night["themes"][0].key)
        assert row
        row.name = "Gift vouchers"
        session.add(row)
    assert (await finding.of_report(database, WORKSPACE, WEEK))["themes"][0].name == "Gift vouchers"
    async with database.transaction() as session:
        await themes.forget_searches(session, WORKSPACE, WEEK.since)
    with pytest.raises(AssertionError, match="twice"):
        await finding.of_report(database, WORKSPACE, WEEK)


async def test_what_was_found_before_the_window_was_over_is_found_anew(database: Database) -> None:
    moment = now()
    today = Window(since=moment - timedelta(days=6), until=moment + timedelta(days=1))
    for text in GIFT_CARDS[:3]:
        await vain.asked(database, text, moment)
    assert [each.questions for each in (await finding.of_report(database, WORKSPACE, today))["themes"]] == [3]
    await vain.asked(database, GIFT_CARDS[3], moment)
    assert [each.questions for each in (await finding.of_report(database, WORKSPACE, today))["themes"]] == [4]


async def test_a_grouping_that_fails_forgets_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    before = await found(database, WEEK)

    async def fails(_: Task) -> Grouped:
        raise apart.Failed("killed")

    monkeypatch.setattr(grouping, "run", fails)
    assert await found(database, WEEK) == before


async def test_who_is_erased_while_themes_are_found_leaves_no_word_in_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    for text in PARAGLIDING:
        await vain.asked(database, text, middle(WEEK), customer_id="U0ERASED0")
    grouped = list[int]()

    async def meanwhile(task: Task) -> Grouped:
        grouped.append(len(task.questions))
        if len(grouped) == 1:
            await erasing.erase(database, WORKSPACE, "U0ERASED0")
        return grouping.grouped(task)

    monkeypatch.setattr(grouping, "run", meanwhile)
    (gifts,) = await found(database, WEEK)
    assert (gifts.questions, grouped) == (4, [7, 4])
    assert "paragliding" not in "".join(await stored(database)).casefold()


async def test_where_questions_vanish_again_and_again_what_is_known_stays(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (before,) = await found(database, WEEK)
    rows = await stored(database)
    gone = [f"U0ERASED{number}" for number in range(finding.TRIES)]
    for customer_id in gone:
        await vain.asked(database, LONELY, middle(WEEK), customer_id=customer_id)

    async def meanwhile(task: Task) -> Grouped:
        await erasing.erase(database, WORKSPACE, gone.pop())
        return grouping.grouped(task)

    monkeypatch.setattr(grouping, "run", meanwhile)
    assert await found(database, WEEK) == (before,)
    assert await stored(database) == rows


async def taught_from(database: Database, conversation_id: str, audience: str, at: datetime) -> str:
    """An answer that was taught from a conversation, for this audience."""
    article_id = new_id()
    async with database.transaction() as session:
        article = NewArticle(
            id=article_id,
            source=answers.SOURCE,
            source_key=article_id,
            title="Gift cards",
            url="",
            topic="",
            language="en",
            content_hash="x",
            passages=[],
            standing=Standing(audience),
        )
        pair = AnswerPair(
            workspace_id=WORKSPACE, article_id=article_id, conversation_id=conversation_id, question="q", answer="a"
        )
        await answers.teach(session, pair, article, by="U1", at=at)
    return article_id


async def wrote_about(database: Database, key: str, audience: str, at: datetime) -> str:
    """An article about a theme, for this audience."""
    article_id = await taught_from(database, f"{answers.ABOUT_THEME}{key}", audience, at)
    async with database.transaction() as session:
        theme = await themes.by_key(session, WORKSPACE, key, lock=True)
        assert theme is not None
        theme.state, theme.article_id = ThemeState.DRAFTED, article_id
        session.add(theme)
    return article_id


async def test_a_theme_that_an_article_answers_is_said_to_be_settled_once_when_the_questions_stop(
    database: Database,
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (theme,) = await found(database, WEEK)
    await wrote_about(database, theme.key, "customer", WEEK.until - timedelta(hours=1))
    assert [each.state for each in await found(database, WEEK)] == ["drafted"]
    (settled,) = await found(database, NEXT)
    assert (settled.key, settled.state, settled.questions) == (theme.key, "settled", 0)
    assert await found(database, NEXT) == (settled,)
    assert await found(database, THIRD) == ()
    await ask_all(database, THIRD, GIFT_CARDS[0])
    assert [(each.key, each.state) for each in await found(database, THIRD)] == []
    await ask_all(database, THIRD, *GIFT_CARDS[1:])
    assert [(each.key, each.state) for each in await found(database, THIRD)] == [(theme.key, "drafted")]


async def test_a_theme_says_how_many_answers_were_taught_from_it_since(database: Database) -> None:
    of_theme = [(await vain.asked(database, text, middle(WEEK)))[0] for text in GIFT_CARDS]
    (before,) = await found(database, WEEK)
    assert (before.taught, report_words.taught(before)) == (0, "")
    first = await taught_from(database, of_theme[0], "customer", WEEK.until)
    await taught_from(database, of_theme[1], "internal", WEEK.until)
    await taught_from(database, of_theme[2], "group:vip", WEEK.until)
    (since,) = await found(database, WEEK)
    assert (since.taught, since.state) == (2, "open")
    assert report_words.theme_counts(since) == "4 questions, new, 2 answers taught since"
    kept = await finding.of_report(database, WORKSPACE, WEEK)
    assert [each.taught for each in kept["themes"]] == [2]
    async with database.transaction() as session:
        pair = await answers.by_id(session, WORKSPACE, first)
        assert pair is not None
        await answers.forget(session, pair, by="U1", at=WEEK.until)
    (since,) = await found(database, WEEK)
    assert report_words.theme_counts(since) == "4 questions, new, 1 answer taught since"


async def test_a_theme_that_only_agents_read_about_is_not_settled(database: Database) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (theme,) = await found(database, WEEK)
    await wrote_about(database, theme.key, "internal", WEEK.until - timedelta(hours=1))
    assert await found(database, NEXT) == ()


async def test_a_theme_whose_article_was_forgotten_is_open_again(database: Database) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS)
    (theme,) = await found(database, WEEK)
    article_id = await wrote_about(database, theme.key, "customer", WEEK.until - timedelta(hours=1))
    async with database.transaction() as session:
        pair = await answers.by_id(session, WORKSPACE, article_id)
        assert pair is not None
        await answers.forget(session, pair, by="U1", at=WEEK.until)
    assert [each.state for each in await found(database, WEEK)] == ["open"]
    assert await found(database, NEXT) == ()
