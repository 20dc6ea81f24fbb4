"""Themes by what questions mean: vectors come from a real server on this machine, and words do when it fails."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from math import nan

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot import erasing
from bot.costs.account import Books
from bot.costs.budget import Budget
from bot.knowledge import embedding
from bot.settings import Settings
from bot.themes import finding, grouping, vectors
from bot.themes.grouping import Grouped, Said, Task
from bot.themes.vectors import Asker
from handoff.report_parts import Theme
from handoff.window import Window
from storage import costs
from storage.database import Database
from storage.ids import new_id
from storage.kinds import CallPurpose
from storage.row import now
from storage.spending import ModelCall
from storage.tables import Message
from storage.theme_tables import QuestionVector
from tests import embedding_server, vain, weeks
from tests.bot.themes.test_finding import GIFT_CARDS, NEXT, WEEK, ZONE, middle
from tests.embedding_server import EmbeddingServer
from tests.weeks import WORKSPACE

MONEY = ("Please reimburse me", "Who will reimburse the deposit?", "I want my cash returned")
"""They mean the same; the last one shares no word with the others."""
UNLIKE = tuple(
    "toboggan anvil bassoon cactus dynamo easel falcon gazebo hammock igloo jigsaw kayak lantern magnet nutmeg oboe "
    "parasol quiver rudder saddle tambourine umbrella violin walnut xylophone yoghurt zeppelin trellis".split()
)
"""Matters of their own, enough of them to tell what all questions have in common."""

CAUSES = {
    "refused": ["wrong_key"],
    "not_numbers": ["invalid_output"],
    "of_two_sizes": [],
    "late": ["timeout"],
    "budget": ["budget"],
}
"""How it may fail, and what the log says of it."""


def embed(texts: Sequence[str], numbers: int = 32) -> list[list[float]]:
    """A model to which all texts are somewhat alike, that knows getting money back, and gift cards, in any words."""
    return [[2.0, *(float(place == _matter(text)) for place in range(numbers))] for text in texts]


def _matter(text: str) -> int:
    said = text.casefold()
    if "reimburse" in said or "returned" in said:
        return 0
    return next((place for place, word in enumerate(UNLIKE, start=2) if word in said), 1)


@pytest.fixture(autouse=True)
async def workspace(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def here(task: Task) -> Grouped:
        return grouping.grouped(Task.from_bytes(task.to_bytes()))

    monkeypatch.setattr(grouping, "run", here)
    await weeks.add_workspace(database)


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with embedding_server.running(embed) as running:
        yield running


@pytest.fixture
async def by(database: Database, server: EmbeddingServer) -> AsyncIterator[Asker]:
    built = embedding.build(Settings(embedding_model="small-1", embedding_base_url=server.url))
    assert built
    yield Asker(Budget(Books(database, WORKSPACE, ZONE), 0.0), built)
    await built.close()


async def asked(database: Database, window: Window, texts: Sequence[str], customer_id: str = "U9") -> None:
    for text in texts:
        await vain.asked(database, text, middle(window), customer_id=customer_id)


async def all_asked(database: Database) -> None:
    await asked(database, WEEK, [*MONEY, *(f"{word}?" for word in UNLIKE)])


async def found(database: Database, window: Window, by: Asker | None = None) -> list[Theme]:
    return list((await finding.anew(database, WORKSPACE, window, by))["themes"])


async def kept(database: Database) -> list[QuestionVector]:
    async with database.reading() as session:
        return [*(await session.exec(select(QuestionVector).order_by(col(QuestionVector.message_id)))).all()]


async def test_what_means_the_same_in_other_words_is_one_theme_and_each_question_is_asked_about_once(
    database: Database, server: EmbeddingServer, by: Asker
) -> None:
    await all_asked(database)
    await asked(database, WEEK, MONEY[:1])  # the same words again
    assert await found(database, WEEK) == []  # by words
    (theme,) = await found(database, WEEK, by)
    assert (theme.questions, theme.name) == (4, "Reimburse")
    assert set(theme.examples) == set(MONEY)
    (texts,) = server.asked
    assert len(texts) == len(set(texts)) == len(MONEY) + len(UNLIKE)
    assert await found(database, WEEK, by) == [theme]
    assert await found(database, WEEK) == [theme]  # a report has no model, and finds what the night has found
    assert len(server.asked) == 1
    async with database.reading() as session:
        (call,) = (await session.exec(select(ModelCall))).all()
    assert (call.purpose, call.model, call.outcome) == (CallPurpose.EMBEDDING, "small-1", "ok")


async def test_a_handful_of_questions_is_left_to_their_words(database: Database, by: Asker) -> None:
    await asked(database, WEEK, [*MONEY, *GIFT_CARDS])
    assert [each.questions for each in await found(database, WEEK, by)] == [4]


@pytest.mark.parametrize("broken", list(CAUSES))
async def test_whatever_fails_leaves_themes_to_words(
    database: Database, server: EmbeddingServer, by: Asker, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    await all_asked(database)
    await asked(database, WEEK, GIFT_CARDS)
    by_words = await found(database, WEEK)
    if broken == "refused":
        server.fails_with = 401
    elif broken == "not_numbers":
        server.raw = [nan, 1.0]
    elif broken == "of_two_sizes":
        monkeypatch.setattr(vectors, "BATCH", 20)
        server.embed = lambda texts: embed(texts, 32 + len(server.asked) % 2)
    elif broken == "late":
        monkeypatch.setattr(vectors, "PATIENCE_SECONDS", 0.0)
    else:
        spent = ModelCall(
            workspace_id=WORKSPACE,
            id=new_id(),
            day=by.budget.books.day(),
            purpose=CallPurpose.DRAFT,
            model="m",
            dollars=2.0,
            elapsed_ms=1.0,
        )
        async with database.transaction() as session:
            await costs.add(session, [spent])
        by = Asker(Budget(by.budget.books, 1.0), by.endpoint)
    with capture_logs() as logs:
        assert await found(database, WEEK, by) == by_words
    assert [each.questions for each in by_words] == [4]
    assert [each["cause"] for each in logs if each["event"] == "questions_without_vectors"] == CAUSES[broken]
    assert broken != "budget" or server.asked == []


async def test_no_personal_data_is_told(database: Database, server: EmbeddingServer, by: Asker) -> None:
    await asked(database, WEEK, ["Please reimburse eva@example.com or call +43 660 1234567", *MONEY[1:]])
    await found(database, WEEK, by)
    told = str(server.asked)
    assert "reimburse" in told
    assert "eva" not in told
    assert "1234567" not in told


async def test_other_words_another_model_and_another_size_are_asked_about_anew(
    database: Database, server: EmbeddingServer, by: Asker
) -> None:
    await asked(database, WEEK, MONEY)
    await found(database, WEEK, by)
    async with database.transaction() as session:
        message = (await session.exec(select(Message).order_by(col(Message.id)))).first()
        assert message
        message.text = "Please reimburse me soon"
        session.add(message)
    await found(database, WEEK, by)
    assert [len(texts) for texts in server.asked] == [3, 1]
    server.embed = lambda texts: embed(texts, 64)
    await asked(database, WEEK, GIFT_CARDS[:1])
    await found(database, WEEK, by)
    assert {len(each.vector) for each in await kept(database)} == {65 * 4}
    by.endpoint.model = "small-2"
    await found(database, WEEK, by)
    assert {each.model for each in await kept(database)} == {"small-2"}


async def test_a_vector_goes_with_its_message_and_with_time(database: Database, by: Asker) -> None:
    await asked(database, WEEK, MONEY[:2], customer_id="U0ERASED0")
    taken_back = await vain.asked(database, MONEY[2], middle(WEEK))
    await asked(database, WEEK, GIFT_CARDS)
    await found(database, WEEK, by)
    assert len(await kept(database)) == 7
    await erasing.erase(database, WORKSPACE, "U0ERASED0")
    assert len(await kept(database)) == 5
    async with database.transaction() as session:
        message = await session.get(Message, (WORKSPACE, taken_back[1]))
        assert message
        message.deleted_at = now()
        session.add(message)
        old = (await session.exec(select(QuestionVector).where(QuestionVector.message_id != taken_back[1]))).first()
        assert old
        old.made_at = now() - vectors.KEPT - timedelta(days=1)
        session.add(old)
    await vectors.make(by, [])
    assert len(await kept(database)) == 3


async def test_a_theme_keeps_its_key_and_name_when_words_give_way_to_a_model_and_a_model_to_another(
    database: Database, by: Asker
) -> None:
    await asked(database, WEEK, [f"{word}?" for word in UNLIKE])
    await asked(database, WEEK, GIFT_CARDS)
    (first,) = await found(database, WEEK)
    await asked(database, NEXT, GIFT_CARDS[:2])
    (by_meaning,) = await found(database, NEXT, by)
    by.endpoint.model = "small-2"
    (by_another,) = await found(database, NEXT, by)
    assert {(each.key, each.name) for each in (first, by_meaning, by_another)} == {(first.key, first.name)}
    assert (by_another.questions, by_another.last_week) == (2, 4)


async def test_vectors_reach_the_process_that_groups() -> None:
    texts = [*MONEY, *(f"{word}?" for word in UNLIKE)]
    said = [Said(id=str(place), text=text, language="en") for place, text in enumerate(texts)]
    made = b"".join(vector for vector in map(_as_bytes, embed(texts)))
    task = Task(questions=said, bytes_each=33 * 4, vectors=made)
    read = Task.from_bytes(task.to_bytes())
    assert (read.questions, read.bytes_each, read.vectors, read.of_articles) == (said, 33 * 4, made, b"")


def _as_bytes(numbers: Sequence[float]) -> bytes:
    from array import array

    return array("f", numbers).tobytes()
