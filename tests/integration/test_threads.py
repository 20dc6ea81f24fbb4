"""Dialogues in which an agent splits two questions of one breath, or merges two threads of one customer."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import turn
from bot.demo.workspace import Person
from bot.queues import outcomes
from bot.reports import gather
from bot.slack import posts
from bot.views.ids import ActionId, BlockId
from handoff import window
from storage.outbox import Claimed
from storage.queues import Outbox
from storage.row import now
from storage.tables import Conversation
from tests.integration.dialogue import (
    Json,
    asked_how_it_went,
    asks,
    bot_posts,
    by_bot,
    card_for,
    claims,
    has_button,
    words,
)
from tests.stage import ADA, ANSWERED, BELLA, BEN, DESK, EVE, SEED, SUPPORT, UNKNOWN, Stage

FIRST, SECOND = "Do you sponsor paragliding in Bhutan?", "How do I become an ambassador of your brand?"
TWO = f"{FIRST} {SECOND}"
OTHER = "Can I get my name engraved on a carabiner?"
UNDO_SPLIT, UNDO_MERGE = has_button(ActionId.UNDO_SPLIT), has_button(ActionId.UNDO_MERGE)


async def all_conversations(stage: Stage) -> list[Conversation]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Conversation).order_by(Conversation.id))).all())


def way(card: Json, name: str) -> Json:
    """The option of the card's menu."""
    menus = [each for block in card["blocks"] for each in block.get("elements", ()) if each.get("type") == "overflow"]
    return next(option for menu in menus for option in menu["options"] if f'"{name}"' in option["value"])


async def opens(agent: Person, card: Json, name: str) -> Json:
    """Choose in the card's menu, and wait for the form."""
    await agent.presses(card, ActionId.OTHER_WAYS, channel=DESK, selected_option=way(card, name))
    return await agent.modal()


def in_two(second: str, stays: str = FIRST) -> Json:
    def field(block: BlockId, text: str) -> Json:
        return {block: {block: {"type": "plain_text_input", "value": text}}}

    return field(BlockId.SECOND, second) | field(BlockId.STAYS, stays)


def chosen(form: Json, part: str) -> Json:
    """The conversation whose first words hold `part`, chosen in the form."""
    (menu,) = [block["element"] for block in form["blocks"] if block.get("block_id") == BlockId.MERGE_WITH]
    option = next(each for each in menu["options"] if part in each["text"]["text"])
    return {BlockId.MERGE_WITH: {ActionId.MERGE_WITH: {"type": "static_select", "selected_option": option}}}


def filled(form: Json, block: BlockId) -> str:
    (field,) = [each["element"] for each in form["blocks"] if each.get("block_id") == block]
    return str(field.get("initial_value", ""))


async def told(agent: Person, part: str, thread: str | None = None) -> Json:
    """Wait for a word that only this agent reads."""
    return await agent.reads(
        DESK, thread=thread, until=lambda each: bool(each.get("is_ephemeral")) and part in words(each)
    )


async def press_both(agents: tuple[Person, Person], message: Json, action: ActionId, why: str, thread: str) -> None:
    """Two agents press the same button at once, and one of them reads why nothing happened."""
    await asyncio.gather(*(agent.presses(message, action, channel=DESK) for agent in agents))
    waiting = [asyncio.create_task(told(agent, why, thread)) for agent in agents]
    done, late = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for each in late:
        each.cancel()
    assert [each.exception() for each in done] == [None]


async def card_of_second(agent: Person) -> Json:
    """Wait for the card of the question that was split off; the first card holds its words as well."""
    return await agent.reads(DESK, until=lambda each: has_button("claim")(each) and "split it off" in words(each))


async def opened_thread(customer: Person, channel: str = SUPPORT) -> Json:
    return await customer.reads(
        channel,
        until=lambda each: bool(each.get("bot_id")) and "your other question goes on in this thread" in words(each),
    )


async def splits(stage: Stage, agent: Person, channel: str | None = None) -> tuple[Json, Json, Json]:
    """Ada asks two questions in one breath and the agent splits them; returns question, card and second thread."""
    ada = await stage.person(ADA)
    question, _ = await asks(ada, TWO, channel or SUPPORT)
    card = await card_for(agent, FIRST)
    form = await opens(agent, card, "split")
    assert (await agent.submits(form, in_two(SECOND)))["result"] == "closed"
    return question, card, await opened_thread(ada, channel or SUPPORT)


async def merges(stage: Stage, agent: Person) -> tuple[Json, Json, Json, Json]:
    """Ada asks twice and the agent merges the second into the first; returns both questions and both cards."""
    ada = await stage.person(ADA)
    first, _ = await asks(ada, UNKNOWN)
    card = await card_for(agent, UNKNOWN)
    second, _ = await asks(ada, OTHER)
    other_card = await card_for(agent, OTHER)
    form = await opens(agent, card, "merge")
    assert (await agent.submits(form, chosen(form, "engraved")))["result"] == "closed"
    await agent.reads(DESK, thread=card["ts"], until=UNDO_MERGE)
    card = await agent.reads(
        DESK, until=lambda each: each["ts"] == card["ts"] and "Asked in another thread" in words(each)
    )
    return first, second, card, other_card


# Split


async def test_two_questions_in_one_breath_are_split_and_each_is_answered_in_its_thread(stage: Stage) -> None:
    ada, ben, bella = await stage.person(ADA), await stage.person(BEN), await stage.person(BELLA)
    question, _ = await asks(ada, TWO)
    card = await card_for(ben, FIRST)
    await claims(ben, card)
    form = await opens(ben, await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"]), "split")
    assert (filled(form, BlockId.STAYS), filled(form, BlockId.SECOND)) == (FIRST, SECOND)
    assert FIRST in words({"blocks": form["blocks"]})
    await ben.submits(form, in_two(SECOND))
    opener = await opened_thread(ada)
    assert f"<@{ADA}>" in words(opener)
    assert SECOND in words(opener)
    pointer = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Your other question"))
    assert f"p{opener['ts'].replace('.', '')}" in words(pointer)
    second_card = await card_of_second(bella)
    assert FIRST not in words(second_card)
    await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"] and "The other question" in words(each))

    await claims(bella, second_card)
    await bella.says(DESK, "Write to our team of ambassadors.", thread=second_card["ts"])
    await ada.reads(SUPPORT, thread=opener["ts"], until=lambda each: "team of ambassadors" in words(each))
    await ada.says(SUPPORT, "Thank you, to which address?", thread=opener["ts"])
    await bella.reads(DESK, thread=second_card["ts"], until=by_bot("to which address"))
    await ben.says(DESK, "We do not.", thread=card["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=lambda each: "We do not." in words(each))

    first, second = await all_conversations(stage)
    assert (second.split_from, second.state, second.thread_ts) == (first.id, "with_human", opener["ts"])
    assert first.state == "with_human"


async def test_in_direct_messages_the_second_question_has_a_thread_and_plain_words_stay_with_the_first(
    stage: Stage,
) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    direct = await ada.direct()
    _, card, opener = await splits(stage, ben, direct)
    second_card = await card_of_second(ben)
    await ada.says(direct, "By the way, I mean the one in Paro.")
    await ben.reads(DESK, thread=card["ts"], until=by_bot("the one in Paro"))
    await ada.says(direct, "I have a lot of followers.", thread=opener["ts"])
    await ben.reads(DESK, thread=second_card["ts"], until=by_bot("a lot of followers"))
    assert len(await all_conversations(stage)) == 2


async def test_a_split_is_undone_while_nobody_works_on_the_second(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, card, opener = await splits(stage, ben)
    second_card = await card_of_second(ben)
    await ada.says(SUPPORT, "It is about skiing.", thread=opener["ts"])
    await ben.reads(DESK, thread=second_card["ts"], until=by_bot("about skiing"))
    split = await ben.reads(DESK, thread=card["ts"], until=UNDO_SPLIT)
    bella = await stage.person(BELLA)
    await press_both((ben, bella), split, ActionId.UNDO_SPLIT, "taken back meanwhile", card["ts"])
    await ada.reads(SUPPORT, thread=opener["ts"], until=by_bot("goes on in your other thread"))
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("answered here as well"))
    await ben.reads(DESK, thread=card["ts"], until=by_bot("about skiing"))
    await ben.reads(DESK, thread=card["ts"], until=by_bot("took this back"))
    await ben.reads(DESK, until=lambda each: each["ts"] == second_card["ts"] and "Merged" in words(each))
    first, second = await all_conversations(stage)
    assert (second.state, second.closed_as, second.merged_into) == ("resolved", "merged", first.id)


async def test_a_split_is_not_undone_once_an_agent_has_the_second(stage: Stage) -> None:
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    _, card, _ = await splits(stage, ben)
    await claims(bella, await card_of_second(bella))
    split = await ben.reads(DESK, thread=card["ts"], until=UNDO_SPLIT)
    await ben.presses(split, ActionId.UNDO_SPLIT, channel=DESK)
    await told(ben, "too late to undo this: an agent has the second question", card["ts"])
    assert [each.state for each in await all_conversations(stage)] == ["waiting", "with_human"]


async def test_two_agents_split_the_same_card_and_the_second_keeps_what_they_typed(stage: Stage) -> None:
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    ada = await stage.person(ADA)
    await asks(ada, TWO)
    card = await card_for(ben, FIRST)
    bens, bellas = await opens(ben, card, "split"), await opens(bella, card, "split")
    assert (await ben.submits(bens, in_two(SECOND)))["result"] == "closed"
    refused = await bella.submits(bellas, in_two(SECOND))
    assert refused["result"] == "errors"
    assert "meanwhile" in refused["errors"][BlockId.SECOND]
    assert len(await all_conversations(stage)) == 2


async def test_an_empty_second_question_is_refused_in_the_form(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    form = await opens(ben, await card_for(ben, UNKNOWN), "split")
    assert (filled(form, BlockId.STAYS), filled(form, BlockId.SECOND)) == (UNKNOWN, "")
    refused = await ben.submits(form, in_two("   "))
    assert "Write the question" in refused["errors"][BlockId.SECOND]
    assert len(await all_conversations(stage)) == 1


@pytest.mark.parametrize("name", ["split", "merge"])
async def test_only_agents_of_the_own_organisation_split_and_merge(stage: Stage, name: str) -> None:
    ada, ben, eve = await stage.person(ADA), await stage.person(BEN), await stage.person(EVE)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await eve.presses(card, ActionId.OTHER_WAYS, channel=DESK, selected_option=way(card, name))
    await told(eve, "Only the support team's agents")


async def test_a_split_of_what_was_resolved_meanwhile_is_refused_in_the_form(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, TWO)
    card = await card_for(ben, FIRST)
    await claims(ben, card)
    claimed = await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"])
    form = await opens(ben, claimed, "split")
    await ben.presses(claimed, "resolve", channel=DESK)
    refused = await ben.submits(form, in_two(SECOND))
    assert "resolved already" in refused["errors"][BlockId.SECOND]
    assert len(await all_conversations(stage)) == 1


async def test_who_takes_back_the_message_is_told_of_on_both_cards(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, card, _ = await splits(stage, ben)
    await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"] and "The other question" in words(each))
    second_card = await card_of_second(ben)
    await ada.edits(SUPPORT, question["ts"], f"{FIRST} How do I become an ambassador in Nepal?")
    await ben.reads(DESK, thread=card["ts"], until=by_bot("in Nepal"))
    await ben.reads(DESK, thread=second_card["ts"], until=by_bot("in Nepal"))


async def test_what_an_agent_writes_before_the_thread_is_opened_is_posted_in_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    open_thread = posts.open_thread

    def held_up(session: AsyncSession, *given: Any, **named: Any) -> None:
        open_thread(session, *given, **named)
        (opener,) = [each for each in session.new if isinstance(each, Outbox) and each.purpose == "thread"]
        opener.available_at = now() + timedelta(hours=1)

    monkeypatch.setattr(posts, "open_thread", held_up)
    await asks(ada, TWO)
    await ben.submits(await opens(ben, await card_for(ben, FIRST), "split"), in_two(SECOND))
    second_card = await card_of_second(ben)
    await claims(ben, second_card)
    await ben.says(DESK, "Write to our team of ambassadors.", thread=second_card["ts"])
    async with stage.database.transaction() as session:
        await session.exec(update(Outbox).where(col(Outbox.purpose) == "thread").values(available_at=now()))
    stage.bot.runtime.posted()
    opener = await opened_thread(ada)
    await ada.reads(SUPPORT, thread=opener["ts"], until=lambda each: "team of ambassadors" in words(each))
    assert (await all_conversations(stage))[1].thread_ts == opener["ts"]


async def test_a_thread_that_cannot_be_opened_is_told_to_the_desk(stage: Stage) -> None:
    ben = await stage.person(BEN)
    await splits(stage, ben)
    second_card = await card_of_second(ben)
    async with stage.database.transaction() as session:
        row = (await session.exec(select(Outbox).where(Outbox.purpose == "thread"))).one()
        refused = Claimed(
            row.workspace_id,
            row.id,
            row.lane,
            row.method,
            row.purpose,
            row.conversation_id,
            row.message_id,
            row.channel_id,
            row.payload,
            None,
            None,
            False,
            1,
            row.created_at,
            "",
        )
        assert await outcomes.after_refused(session, refused, "is_archived")
    stage.bot.runtime.posted()
    await ben.reads(DESK, thread=second_card["ts"], until=by_bot("is_archived"))


# Merge


async def test_two_threads_are_merged_and_what_is_written_in_the_second_comes_to_the_first(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    first, second, card, other_card = await merges(stage, ben)
    merged = await ben.reads(DESK, thread=card["ts"], until=UNDO_MERGE)
    assert OTHER in words(merged)
    assert "*Baton:*" not in words(merged), "that a person is coming is no part of what was said"
    word = await ada.reads(SUPPORT, thread=second["ts"], until=by_bot("goes on in your other thread"))
    assert f"p{first['ts'].replace('.', '')}" in words(word)
    joined = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("answered here as well"))
    assert OTHER in words(joined)
    done = await ben.reads(DESK, until=lambda each: each["ts"] == other_card["ts"] and "Merged" in words(each))
    assert not has_button("claim")(done)

    said = await ada.says(SUPPORT, "In gold, please.", thread=second["ts"])
    await ben.reads(DESK, thread=card["ts"], until=by_bot("In gold, please."))
    passed = await ada.reads(SUPPORT, thread=second["ts"], until=lambda each: bool(each.get("is_ephemeral")))
    assert "passed that on" in words(passed)
    await ada.edits(SUPPORT, said["ts"], "In silver, please.")
    await ben.reads(DESK, thread=card["ts"], until=by_bot("In silver, please."))

    one, two = await all_conversations(stage)
    assert (two.state, two.closed_as, two.merged_into, two.resolved_by) == ("resolved", "merged", one.id, None)
    assert one.state == "waiting"


async def test_a_merged_conversation_is_not_surveyed_and_counts_in_no_arm(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    first, second, card, _ = await merges(stage, ben)
    await claims(ben, card)
    claimed = await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"])
    await ben.presses(claimed, "resolve", channel=DESK)
    await asked_how_it_went(stage, ada, first["ts"])
    assert not any(has_button("rate_5")(each) for each in await bot_posts(ada, second["ts"]))
    all_days = window.days(date(2000, 1, 1), date(2100, 1, 1), "UTC")
    report = await gather.build(stage.database, SEED.team_id, all_days, "UTC")
    assert (report.opened, report.unresolved, sum(arm.resolved for arm in report.arms)) == (1, 0, 1)


async def test_a_merge_is_undone_and_the_second_goes_on_in_its_own_thread(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    first, second, card, other_card = await merges(stage, ben)
    merged = await ben.reads(DESK, thread=card["ts"], until=UNDO_MERGE)
    bella = await stage.person(BELLA)
    await press_both((ben, bella), merged, ActionId.UNDO_MERGE, "taken back already", card["ts"])
    await ada.reads(SUPPORT, thread=second["ts"], until=by_bot("goes on here again"))
    await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("Your other question"))
    again = await ben.reads(DESK, until=lambda each: each["ts"] == other_card["ts"] and has_button("claim")(each))
    await claims(ben, again)
    await ada.says(SUPPORT, "In gold, please.", thread=second["ts"])
    await ben.reads(DESK, thread=other_card["ts"], until=by_bot("In gold, please."))
    assert [(each.state, each.closed_as) for each in await all_conversations(stage)] == [
        ("waiting", ""),
        ("with_human", ""),
    ]


async def test_what_the_ai_has_is_merged_and_given_back_to_it_by_the_undo(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    second, _ = await asks(ada, ANSWERED)
    form = await opens(ben, card, "merge")
    await ben.submits(form, chosen(form, "How many days"))
    merged = await ben.reads(DESK, thread=card["ts"], until=UNDO_MERGE)
    assert "30 days" in words(merged)
    _, two = await all_conversations(stage)
    assert (two.state, two.resolution_due_at) == ("resolved", None)
    await ben.presses(merged, ActionId.UNDO_MERGE, channel=DESK)
    await ada.reads(SUPPORT, thread=second["ts"], until=by_bot("goes on here again"))
    _, two = await all_conversations(stage)
    assert (two.state, two.resolution_due_at is not None) == ("with_ai", True)


async def test_a_question_that_is_being_answered_while_it_is_merged_goes_to_the_agent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    second, _ = await asks(ada, ANSWERED)
    thinks, may_go_on, think = asyncio.Event(), asyncio.Event(), turn.think

    async def think_long(*given: Any) -> Any:
        considered = await think(*given)
        thinks.set()
        await may_go_on.wait()
        return considered

    monkeypatch.setattr(turn, "think", think_long)
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=second["ts"])
    async with asyncio.timeout(60):
        await thinks.wait()
    form = await opens(ben, card, "merge")
    assert (await ben.submits(form, chosen(form, "How many days")))["result"] == "closed"
    may_go_on.set()
    await ben.reads(DESK, thread=card["ts"], until=by_bot("What does standard delivery cost?"))
    assert [(each.state, each.closed_as) for each in await all_conversations(stage)] == [
        ("waiting", ""),
        ("resolved", "merged"),
    ]
    assert not any("4.90 euros" in words(each) for each in await bot_posts(ada, second["ts"]))


async def test_two_agents_merge_crosswise_and_one_reads_why_not(stage: Stage) -> None:
    ada, ben, bella = await stage.person(ADA), await stage.person(BEN), await stage.person(BELLA)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await asks(ada, OTHER)
    other_card = await card_for(ben, OTHER)
    bens, bellas = await opens(ben, card, "merge"), await opens(bella, other_card, "merge")
    assert (await ben.submits(bens, chosen(bens, "engraved")))["result"] == "closed"
    refused = await bella.submits(bellas, chosen(bellas, "paragliding"))
    assert "merged into another one" in refused["errors"][BlockId.MERGE_WITH]
    assert [each.closed_as for each in await all_conversations(stage)] == ["", "merged"]


async def test_what_another_agent_has_is_not_merged_under_their_hands(stage: Stage) -> None:
    ada, ben, bella = await stage.person(ADA), await stage.person(BEN), await stage.person(BELLA)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await asks(ada, OTHER)
    await claims(bella, await card_for(bella, OTHER))
    form = await opens(ben, card, "merge")
    refused = await ben.submits(form, chosen(form, "engraved"))
    assert "Bella Rossi has this one" in refused["errors"][BlockId.MERGE_WITH]


async def test_direct_messages_are_not_merged_into_a_channel(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await asks(ada, OTHER, await ada.direct())
    private_card = await card_for(ben, OTHER)
    await ben.presses(card, ActionId.OTHER_WAYS, channel=DESK, selected_option=way(card, "merge"))
    await told(ben, "nothing to merge")
    form = await opens(ben, private_card, "merge")
    assert "in another channel" in words({"blocks": form["blocks"]})
    await ben.submits(form, chosen(form, "paragliding"))
    await ben.reads(DESK, thread=private_card["ts"], until=UNDO_MERGE)


async def test_a_button_in_a_merged_thread_says_where_it_goes_on(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    second, answer = await asks(ada, ANSWERED)
    form = await opens(ben, card, "merge")
    await ben.submits(form, chosen(form, "How many days"))
    await ada.reads(SUPPORT, thread=second["ts"], until=by_bot("goes on in your other thread"))
    await ada.presses(answer, "want_person", channel=SUPPORT)
    await ada.reads(
        SUPPORT,
        thread=second["ts"],
        until=lambda each: bool(each.get("is_ephemeral")) and "other thread" in words(each),
    )
    assert [each.state for each in await all_conversations(stage)] == ["waiting", "resolved"]
