"""What people answered becomes knowledge when one of them says so, and other customers are answered with it at once."""

from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.commands import answers as commands
from bot.commands.answers import NoSuchAnswer
from bot.demo.workspace import Person
from bot.views.ids import ActionId, BlockId
from storage import answers, cited_articles
from storage.answer_pairs import AnswerChange, AnswerPair
from storage.library import Article
from storage.row import now
from storage.tables import Decision
from tests.integration.dialogue import Json, asks, card_for, claims, has_button, words
from tests.stage import ADA, ANSWERED, BELLA, BEN, CARL, DESK, EVE, MIA, SEED, SUPPORT, UNKNOWN, Stage

WORKSPACE = SEED.team_id
IN_OTHER_WORDS = "Would you sponsor a paragliding championship?"
SAYS = "We sponsor climbing events in the Alps alone, no paragliding. Write to +43 660 1234567."
TEACH, FORGET = ActionId.TEACH_ANSWER, ActionId.FORGET_ANSWER


async def solved_by(stage: Stage, agent: Person, says: str = SAYS, question: str = UNKNOWN) -> Json:
    """A question that nobody knows is asked, answered by an agent and resolved; returns the closed card."""
    ada = await stage.person(ADA)
    asked, _ = await asks(ada, question)
    card = await card_for(agent, question)
    await claims(agent, card)
    await agent.says(DESK, says, thread=card["ts"])
    await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: says[:30] in words(each))
    held = await shown(agent, card, has_button("resolve"))
    await agent.presses(held, "resolve", channel=DESK)
    return await shown(agent, card, has_button(TEACH))


async def shown(agent: Person, card: Json, until: Any) -> Json:
    return await agent.reads(DESK, until=lambda each: each["ts"] == card["ts"] and until(each))


def typed(question: str, answer: str, audience: str = "customer") -> Json:
    option = {"value": audience, "text": {"type": "plain_text", "text": "Every customer"}}
    return {
        BlockId.ANSWER_QUESTION: {BlockId.ANSWER_QUESTION: {"type": "plain_text_input", "value": question}},
        BlockId.ANSWER_TEXT: {BlockId.ANSWER_TEXT: {"type": "plain_text_input", "value": answer}},
        BlockId.ANSWER_AUDIENCE: {ActionId.ANSWER_AUDIENCE: {"type": "static_select", "selected_option": option}},
    }


def prefilled(view: Json) -> tuple[str, str]:
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    return fields[BlockId.ANSWER_QUESTION]["initial_value"], fields[BlockId.ANSWER_TEXT]["initial_value"]


async def taught(stage: Stage, agent: Person, answer: str = "") -> Json:
    """The same, and taught; returns the card."""
    card = await solved_by(stage, agent)
    await agent.presses(card, TEACH, channel=DESK)
    view = await agent.modal()
    question, given = prefilled(view)
    await agent.submits(view, typed(question, answer or given))
    return await shown(agent, card, has_button(FORGET))


async def pairs(stage: Stage) -> list[AnswerPair]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(AnswerPair))).all())


async def changes(stage: Stage) -> list[tuple[str, str]]:
    async with stage.database.reading() as session:
        found = await session.exec(select(AnswerChange).order_by(col(AnswerChange.id)))
        return [(each.event, each.by) for each in found]


async def test_a_taught_answer_answers_the_next_customer_at_once_in_other_words(stage: Stage) -> None:
    ben, carl = await stage.person(BEN), await stage.person(CARL)
    await taught(stage, ben, "We sponsor climbing events in the Alps alone.")
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "We sponsor climbing events in the Alps alone." in words(reply)
    assert "our team" in words(reply)
    assert UNKNOWN not in words(reply)
    async with stage.database.reading() as session:
        last = (await session.exec(select(Decision).order_by(col(Decision.id).desc()))).first()
    assert last is not None
    assert last.action == "answer"
    (pair,) = await pairs(stage)
    assert (pair.used, pair.taught_by, pair.given_by) == (1, BEN, BEN)


async def test_the_form_shows_what_was_asked_and_answered_without_personal_data(stage: Stage) -> None:
    ben = await stage.person(BEN)
    card = await solved_by(stage, ben)
    await ben.presses(card, TEACH, channel=DESK)
    question, answer = prefilled(await ben.modal())
    assert question == UNKNOWN
    assert answer.startswith("We sponsor climbing events")
    assert "1234567" not in answer


async def test_the_form_leaves_out_what_was_asked_and_solved_before(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    asked, answer = await asks(ada, ANSWERED)
    await ada.presses(answer, "solved", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: "marking this as solved" in words(each))
    await ada.says(SUPPORT, UNKNOWN, thread=asked["ts"])
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    await ben.says(DESK, SAYS, thread=card["ts"])
    await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: SAYS[:30] in words(each))
    await ben.presses(await shown(ben, card, has_button("resolve")), "resolve", channel=DESK)
    await ben.presses(await shown(ben, card, has_button(TEACH)), TEACH, channel=DESK)
    assert prefilled(await ben.modal())[0] == UNKNOWN


async def test_managers_read_on_app_home_what_was_taught_and_forget_it_there(stage: Stage) -> None:
    ben, mia = await stage.person(BEN), await stage.person(MIA)
    await taught(stage, ben)
    home = await mia.opens_home()
    assert UNKNOWN in str(home)
    await mia.presses_in_view(home, FORGET)
    home = await mia.until(lambda: _home_without(mia, UNKNOWN))
    assert "None yet" in str(home)
    assert (await changes(stage))[-1] == ("forgotten", MIA)


async def _home_without(person: Person, words_: str) -> Json | None:
    home = await person.opens_home()
    return home if words_ not in str(home) else None


async def test_the_commands_list_show_and_forget(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    ben = await stage.person(BEN)
    await taught(stage, ben)
    capsys.readouterr()
    await commands.show_all(stage.settings, team=WORKSPACE, as_json=False)
    listed = capsys.readouterr().out
    assert UNKNOWN in listed
    assert "used 0 time(s)" in listed
    id_ = listed.split()[0]
    await commands.show(stage.settings, id_, team=WORKSPACE, as_json=False)
    assert f"taught by {BEN}" in capsys.readouterr().out
    await commands.forget(stage.settings, id_, team=WORKSPACE)
    assert "Forgotten" in capsys.readouterr().out
    await commands.forget(stage.settings, id_, team=WORKSPACE)
    assert "forgotten already" in capsys.readouterr().out
    await commands.show_all(stage.settings, team=WORKSPACE, as_json=False)
    assert "No answer was taught yet" in capsys.readouterr().out
    with pytest.raises(NoSuchAnswer, match="lists them"):
        await commands.show(stage.settings, "nothing", team=WORKSPACE, as_json=False)


async def test_nothing_becomes_knowledge_by_itself(stage: Stage) -> None:
    ben, carl = await stage.person(BEN), await stage.person(CARL)
    card = await solved_by(stage, ben)
    await ben.presses(card, TEACH, channel=DESK)
    await ben.modal()
    assert await pairs(stage) == []
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "colleague" in words(reply)


async def test_what_is_forgotten_answers_nobody_and_every_change_is_kept_with_its_author(stage: Stage) -> None:
    ben, bella, carl = await stage.person(BEN), await stage.person(BELLA), await stage.person(CARL)
    card = await taught(stage, ben)
    await bella.presses(card, FORGET, channel=DESK)
    await shown(bella, card, lambda each: not has_button(FORGET)(each))
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "colleague" in words(reply)
    assert await changes(stage) == [("taught", BEN), ("forgotten", BELLA)]


async def test_an_answer_is_changed_in_place(stage: Stage) -> None:
    ben, carl = await stage.person(BEN), await stage.person(CARL)
    card = await taught(stage, ben)
    await ben.presses(card, TEACH, channel=DESK)
    view = await ben.modal()
    await ben.submits(
        view, typed("Do you sponsor paragliding championships?", "From next year on we sponsor paragliding too.")
    )
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "From next year on" in words(reply)
    assert len(await pairs(stage)) == 1
    assert [event for event, _ in await changes(stage)] == ["taught", "changed"]


async def test_an_answer_for_agents_alone_reaches_no_customer(stage: Stage) -> None:
    ben, carl = await stage.person(BEN), await stage.person(CARL)
    card = await solved_by(stage, ben)
    await ben.presses(card, TEACH, channel=DESK)
    await ben.submits(await ben.modal(), typed(UNKNOWN, "Our secret list has it.", "internal"))
    await shown(ben, card, has_button(FORGET))
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "secret" not in words(reply)


async def test_people_of_another_organisation_teach_nothing(stage: Stage) -> None:
    ben, eve = await stage.person(BEN), await stage.person(EVE)
    card = await solved_by(stage, ben)
    await eve.presses(card, TEACH, channel=DESK)
    await eve.reads(DESK, until=lambda each: bool(each.get("is_ephemeral")) and "agents" in words(each))
    assert await pairs(stage) == []


async def test_an_answer_whose_articles_changed_since_is_told_as_maybe_outdated(stage: Stage) -> None:
    ben = await stage.person(BEN)
    await taught(stage, ben)
    async with stage.database.transaction() as session:
        article = (await session.exec(select(Article).where(Article.topic == "returns"))).one()
        cites = {"article_id": article.id, "title": article.title, "content_hash": article.content_hash}
        await session.exec(update(AnswerPair).values(rests_on=[cites]))
    async with stage.database.reading() as session:
        found = await answers.listed(session, WORKSPACE, limit=5)
        assert await answers.outdated(session, WORKSPACE, found) == {}
    changes: list[dict[str, Any]] = [
        {"content_hash": "another"},
        {"content_hash": cites["content_hash"], "valid_until": now()},
        {"valid_until": None, "replaced_by": "another"},
        {"replaced_by": "", "removed_at": now()},
    ]
    for change in changes:
        async with stage.database.transaction() as session:
            await session.exec(update(Article).where(col(Article.topic) == "returns").values(**change))
        async with stage.database.reading() as session:
            assert await answers.outdated(session, WORKSPACE, found) == {found[0].article_id: [cites["title"]]}
    assert cited_articles.as_read([article]) == [cites]
    article.valid_until = now()
    assert cited_articles.as_read([article]) == []  # taught again, it rests on what holds


async def test_a_taught_answer_whose_articles_changed_does_not_answer_alone_until_it_is_taught_again(
    stage: Stage,
) -> None:
    ben, carl = await stage.person(BEN), await stage.person(CARL)
    card = await taught(stage, ben, "We sponsor climbing events in the Alps alone.")
    async with stage.database.transaction() as session:
        article = (await session.exec(select(Article).where(Article.topic == "returns"))).one()
        cites = {"article_id": article.id, "title": article.title, "content_hash": "as it was"}
        await session.exec(update(AnswerPair).values(rests_on=[cites]))
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert "climbing events" not in words(reply)
    proposed = await card_for(ben, IN_OTHER_WORDS)
    assert "may be outdated: “Returning an item” changed since" in words(proposed)
    assert "climbing events in the Alps" in words(proposed)  # as a draft
    await ben.presses(card, TEACH, channel=DESK)
    view = await ben.modal()
    await ben.submits(view, typed(*prefilled(view)))
    _, reply = await asks(carl, f"{IN_OTHER_WORDS} Thanks")
    assert "climbing events in the Alps" in words(reply)


@pytest.mark.parametrize(("question", "answer", "part"), [("hm", "Yes.", "what customers ask"), ("", "", "asks")])
async def test_a_form_that_says_nothing_stays_open(stage: Stage, question: str, answer: str, part: str) -> None:
    ben = await stage.person(BEN)
    card = await solved_by(stage, ben)
    await ben.presses(card, TEACH, channel=DESK)
    view = await ben.modal()
    await ben.submits(view, typed(question, answer))
    assert await pairs(stage) == []
