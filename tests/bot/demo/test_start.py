import asyncio
import socket
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot import app
from bot.demo import shop, start
from bot.demo.shop import organisation
from bot.demo.workspace import Person
from handoff.pace import Pace
from storage import conversations, handoffs
from storage.kinds import Action, HandoffReason
from storage.tables import Conversation, Decision, Handoff
from tests.bot.demo.shop.questions import ANSWERED, FOR_APPROVAL, UNKNOWN

BOT = organisation.APP.bot_user_id

PATHS = {
    "A question the articles answer": (Action.ANSWER, ""),
    "A follow-up": (Action.ANSWER, ""),
    "Steps instead of a sentence": (Action.ANSWER, ""),
    "A vague question": (Action.CLARIFY, ""),
    "Something nobody wrote down": (Action.HAND_OFF, HandoffReason.NOTHING_FOUND),
    "An angry customer": (Action.HAND_OFF, HandoffReason.FRUSTRATION),
    "A wish for a person": (Action.HAND_OFF, HandoffReason.WISH),
    "In German": (Action.ANSWER, ""),
    "A draft for approval": (Action.PROPOSE, HandoffReason.POLICY),
}


async def _ask(bot: app.Running, customer: Person, text: str, thread: str | None = None) -> tuple[str, Decision, str]:
    """Ask, and wait for the reply: the thread, what was decided, and what the customer read or an agent got."""
    said = await customer.says(organisation.SUPPORT, text, thread=thread)
    root = thread or said["ts"]
    await customer.reads(
        organisation.SUPPORT,
        thread=root,
        until=lambda message: message.get("user") == BOT and message["ts"] > said["ts"],
    )
    async with bot.runtime.database.reading() as session:
        found = await conversations.by_thread(session, shop.TEAM_ID, organisation.SUPPORT, root)
        assert found is not None
        decision = (await handoffs.decisions(session, shop.TEAM_ID, found.id))[-1]
        replies = [
            each for each in await conversations.messages(session, shop.TEAM_ID, found.id) if each.author == "bot"
        ]
    return root, decision, replies[-1].text


async def test_every_question_to_try_takes_the_path_it_shows() -> None:
    assert set(PATHS) == {each.title for each in shop.TRIES}
    taken: dict[str, tuple[str, str]] = {}
    thread = ""
    async with (
        start.running(port=0, history_weeks=0, data_dir=None, say=print) as (server, bot),
        Person(server.url, shop.CUSTOMERS[0].id) as mara,
    ):
        for each in shop.TRIES:
            follows = thread if each.title == "A follow-up" else None
            root, decision, _ = await _ask(bot, mara, each.text, follows)
            thread = thread or root
            taken[each.title] = (decision.action, decision.reason)
    assert taken == PATHS


async def test_what_customers_ask_is_answered_rightly_or_by_a_person() -> None:
    answers: dict[str, str] = {}
    actions: dict[str, str] = {}
    async with (
        start.running(port=0, history_weeks=0, data_dir=None, say=print) as (server, bot),
        Person(server.url, shop.CUSTOMERS[0].id) as mara,
    ):
        bot.runtime.pace = Pace(1_000)  # she asks for many
        for question in (*(each for each, _ in (*ANSWERED, *FOR_APPROVAL)), *UNKNOWN):
            _, decision, reply = await _ask(bot, mara, question)
            actions[question] = decision.action
            if decision.action == Action.ANSWER:
                answers[question] = reply
    assert [(question, answers[question]) for question in UNKNOWN if question in answers] == []
    wrong = [(question, answers[question]) for question, words in ANSWERED if words not in answers.get(question, words)]
    assert wrong == []
    left_to_people = [question for question, _ in ANSWERED if question not in answers]
    assert len(left_to_people) <= len(ANSWERED) / 10, left_to_people
    assert {actions[question] for question, _ in FOR_APPROVAL} <= {Action.PROPOSE, Action.HAND_OFF}


async def test_the_page_is_up_and_the_shop_has_a_marked_history() -> None:
    said: list[str] = []
    async with start.running(port=0, history_weeks=1, data_dir=None, say=said.append) as (server, bot):
        async with bot.runtime.database.reading() as session:
            simulated = (await session.exec(select(Conversation.simulated))).all()
            waiting = (await session.exec(select(Handoff).where(col(Handoff.state) != "done"))).all()
        assert len(simulated) > 30
        assert all(simulated)
        assert not waiting
        assert set(await bot.runtime.topics()) == {topic.name for topic in shop.TOPICS}
        assert server.url.startswith("http://127.0.0.1:")
    assert any("simulated" in line for line in said)


async def test_a_busy_port_gives_way_to_the_next_and_that_is_said() -> None:
    said: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        async with start.running(port=busy, history_weeks=0, data_dir=None, say=said.append) as (server, _bot):
            assert server.url != f"http://127.0.0.1:{busy}/"
    assert any(f"Port {busy} is busy" in line for line in said)


async def test_cancelling_closes_everything_and_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ready = asyncio.Event()

    def say(line: str) -> None:
        if "Open http" in line:
            ready.set()

    running = asyncio.create_task(start.run(port=0, open_browser=False, history_weeks=0, data_dir=None, say=say))
    await asyncio.wait_for(ready.wait(), 60)
    assert _files(tmp_path)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not _files(tmp_path)


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_named_folder_keeps_the_history_and_gets_no_second_one(tmp_path: Path) -> None:
    counts: list[int] = []
    for _ in range(2):
        async with (
            start.running(port=0, history_weeks=1, data_dir=tmp_path, say=print) as (_server, bot),
            bot.runtime.database.reading() as session,
        ):
            counts.append(len((await session.exec(select(Conversation.id))).all()))
    assert counts[0] == counts[1] > 30
