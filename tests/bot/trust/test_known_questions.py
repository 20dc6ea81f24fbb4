"""What reviewers said of earlier questions, learnt at night, weighs the next draft."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot import erasing, trust
from bot.thinking.weighing import in_use
from bot.trust import basis as bases
from bot.trust import fitting, nightly
from handoff.recognition import SIGNALS, Recogniser, keyed
from storage import fits
from storage.audits import Audited
from storage.evidence import ConfidenceFit, KnownQuestions, Review
from storage.ids import new_id
from storage.kinds import FitState, ReviewVerdict
from storage.library import Article
from storage.tables import Conversation, Decision, DraftRow, Message
from tests import evidence
from tests.integration.dialogue import asks
from tests.stage import ADA, ANSWERED, CARL, SEED, SUPPORT, on_stage
from tests.stage import Stage as Theatre

WORKSPACE = SEED.team_id
NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
ASKED = {
    "returns.md": ("how do I return the {}", "can I send my {} back", "may I return an unused {}"),
    "delivery.md": (
        "when does the {} arrive",
        "how long does delivery of a {} take",
        "what does express cost for a {}",
    ),
    "warranty.md": ("the {} is broken", "is there a warranty on the {}", "who repairs my torn {}"),
}
THINGS = ("tent", "lamp", "backpack", "stove", "jacket", "rope", "boots")


@pytest.fixture
async def theatre(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Theatre]:
    """A running bot, the nights of which the tests begin themselves."""

    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr(trust, "learn", nothing)
    async with on_stage(database_url, tmp_path) as opened:
        yield opened


async def reviewed(theatre: Theatre, count: int) -> None:
    """Drafts that were right just when they cite the article that such questions have."""
    chance = random.Random(5)
    async with theatre.database.transaction() as session:
        articles = {each.source_key: each.id for each in (await session.exec(select(Article))).all()}
        for number in range(count):
            right_one = chance.choice(list(ASKED))
            cited = right_one if chance.random() < 0.7 else chance.choice([key for key in ASKED if key != right_one])
            place: dict[str, Any] = {"channel_id": SUPPORT, "thread_ts": f"{number}.0", "customer_id": ADA}
            session.add(Conversation(workspace_id=WORKSPACE, id=f"c{number}", **place))
            await session.flush()
            said: dict[str, Any] = {"author": "customer", "author_id": ADA, "ts": f"{number}.0", "channel_id": SUPPORT}
            text = chance.choice(ASKED[right_one]).format(chance.choice(THINGS))
            message = Message(workspace_id=WORKSPACE, id=new_id(), conversation_id=f"c{number}", text=text, **said)
            session.add(message)
            draft = DraftRow(
                workspace_id=WORKSPACE,
                id=f"d{number}",
                conversation_id=f"c{number}",
                message_id=message.id,
                text="So it is.",
                citations=[{"article_id": articles[cited], "passage_id": "", "title": cited, "url": ""}],
            )
            session.add(draft)
            signals = {"own_confidence": chance.random(), "coverage": chance.random()}
            verdict = ReviewVerdict.RIGHT if cited == right_one else ReviewVerdict.WRONG
            row = evidence.review(number, workspace_id=WORKSPACE, signals=signals, verdict=verdict)
            row.draft_id, row.conversation_id = draft.id, f"c{number}"
            session.add(row)


async def test_questions_learnt_at_night_weigh_the_next_draft(theatre: Theatre) -> None:
    await reviewed(theatre, 120)
    assert await nightly.learn(theatre.bot.runtime, NIGHT)
    async with theatre.database.reading() as session:
        fit = await fits.newest(session, ConfidenceFit, WORKSPACE, FitState.SERVING)
        assert fit is not None
        assert "known_cited" in fit.weights["weights"]
        assert await fits.recogniser(session, WORKSPACE, fit.version)
    ada = await theatre.person(ADA)
    await asks(ada, ANSWERED)
    async with theatre.database.reading() as session:
        newest = select(Decision).order_by(col(Decision.id).desc()).limit(1)
        decision = (await session.exec(newest)).one()
    assert decision.confidence_version == fit.version
    assert decision.signals["known_cited"] == 1
    assert "known_cited" in {name for name, _ in decision.contributions}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_drafts_that_it_weighed_itself_are_evidence_about_a_model_that_recognises(theatre: Theatre) -> None:
    await reviewed(theatre, 120)
    await nightly.learn(theatre.bot.runtime, NIGHT)
    basis = await bases.of_runtime(theatre.bot.runtime)
    assert basis.weighing.recognises
    assert basis.weighing.recogniser is not None
    theirs, own = (
        Audited("d", "c", 0.9, version, {"coverage": 0.5}, wrong=False, verdict="right", fault="")
        for version in ("another", basis.versions.confidence)
    )
    assert len(basis.evidence([theirs, own])) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_recogniser_that_cannot_be_read_leaves_the_weights_by_hand(theatre: Theatre) -> None:
    await reviewed(theatre, 120)
    await nightly.learn(theatre.bot.runtime, NIGHT)
    async with theatre.database.transaction() as session:
        (await session.exec(select(KnownQuestions))).one().recogniser = b"rust"
    async with theatre.database.reading() as session:
        weighing = await in_use(session, WORKSPACE)
    assert SIGNALS.isdisjoint(weighing.confidence.weights)


async def test_who_is_erased_leaves_no_word_of_their_own_in_the_recogniser(theatre: Theatre) -> None:
    await reviewed(theatre, 120)
    async with theatre.database.transaction() as session:
        rights = select(Review.conversation_id).where(Review.verdict == ReviewVerdict.RIGHT)
        right = [int(each.removeprefix("c")) for each in (await session.exec(rights)).all()]
        said = {each.conversation_id: each for each in (await session.exec(select(Message))).all()}
        said[f"c{right[0]}"].text += " for my quokka"
        for number in right[1::2]:
            conversation = await session.get_one(Conversation, (WORKSPACE, f"c{number}"))
            conversation.customer_id = said[conversation.id].author_id = CARL
        of_carl = {key for number in right[1::2] for block in keyed(said[f"c{number}"].text) for key in block}
    await nightly.learn(theatre.bot.runtime, NIGHT)
    before = await learnt(theatre)
    assert any("quok" in key for key in before.features)

    await erasing.erase(theatre.database, WORKSPACE, ADA)

    after = await learnt(theatre)
    assert not any("quok" in key for key in after.features)
    assert {key for key in after.features if key[0] in "wc"} == of_carl
    question = said[f"c{right[1]}"].text
    known, same = before.recognise(question), after.recognise(question)
    assert known
    assert same
    assert same.answer == known.answer


@pytest.fixture
async def of_a_quokka(theatre: Theatre) -> Theatre:
    """One in which half of the questions are Carl's, and Ada alone asked about a quokka."""
    await reviewed(theatre, 120)
    async with theatre.database.transaction() as session:
        rights = select(Review.conversation_id).where(Review.verdict == ReviewVerdict.RIGHT)
        right = sorted((await session.exec(rights)).all())
        said = {each.conversation_id: each for each in (await session.exec(select(Message))).all()}
        said[right[0]].text += " for my quokka"
        for conversation_id in right[1::2]:
            conversation = await session.get_one(Conversation, (WORKSPACE, conversation_id))
            conversation.customer_id = said[conversation_id].author_id = CARL
    return theatre


def knows_the_quokka(recogniser: Recogniser | None) -> bool:
    assert recogniser
    return any("quok" in key for key in recogniser.features)


async def test_a_running_bot_forgets_the_words_of_whoever_is_erased(of_a_quokka: Theatre) -> None:
    runtime = of_a_quokka.bot.runtime
    await nightly.learn(runtime, NIGHT)
    async with of_a_quokka.database.reading() as session:
        before = await in_use(session, WORKSPACE)
    assert knows_the_quokka(before.recogniser)
    await erasing.erase(of_a_quokka.database, WORKSPACE, ADA)  # as another process does it
    async with of_a_quokka.database.reading() as session:
        after = await in_use(session, WORKSPACE, before)
        again = await in_use(session, WORKSPACE, after)
    assert not knows_the_quokka(after.recogniser)
    assert after.confidence == before.confidence
    assert again.recogniser is after.recogniser


async def test_who_is_erased_while_their_questions_are_learnt_leaves_no_word(
    of_a_quokka: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = fitting.run

    async def run(task: fitting.Task) -> fitting.Fitted:
        fitted = await fit(task)
        if fitted.recogniser:
            assert knows_the_quokka(Recogniser.from_bytes(fitted.recogniser))
            await erasing.erase(of_a_quokka.database, WORKSPACE, ADA)
        return fitted

    monkeypatch.setattr(fitting, "run", run)
    await nightly.learn(of_a_quokka.bot.runtime, NIGHT)
    assert not knows_the_quokka(await learnt(of_a_quokka))


async def test_a_recogniser_that_is_stored_while_somebody_is_erased_loses_their_words(
    of_a_quokka: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = of_a_quokka.bot.runtime
    looked = erasing._out_of_recognisers  # pyright: ignore[reportPrivateUsage]

    async def late(*given: Any) -> Any:
        cleaned = await looked(*given)
        await nightly.learn(runtime, NIGHT)
        return cleaned

    monkeypatch.setattr(erasing, "_out_of_recognisers", late)
    await erasing.erase(of_a_quokka.database, WORKSPACE, ADA)
    assert not knows_the_quokka(await learnt(of_a_quokka))


async def learnt(theatre: Theatre) -> Recogniser:
    async with theatre.database.reading() as session:
        return Recogniser.from_bytes((await session.exec(select(KnownQuestions))).one().recogniser)
