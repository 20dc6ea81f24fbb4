"""What customers ask in vain becomes an article: drafted by one press, reviewed, put in use, and forgotten again."""

from datetime import timedelta
from typing import Any, cast

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.blocks import ActionsBlock

from bot.demo.workspace import Person
from bot.listeners import form, theme_buttons
from bot.listeners.press import Press
from bot.themes import article, finding
from bot.views import themes as view
from bot.views.ids import ActionId, BlockId, CallbackId
from handoff.audience import CUSTOMER, INTERNAL
from handoff.report_parts import Theme
from handoff.window import Window
from storage import answers, cited_articles, themes
from storage.answer_pairs import AnswerPair
from storage.library import Article
from storage.row import now
from tests.integration.dialogue import Json, asks, by_bot, card_for, claims, has_button, words
from tests.stage import ADA, BEN, CARL, DESK, EVE, MANAGERS, MIA, SEED, SHARED, SUPPORT, Stage

WORKSPACE = SEED.team_id
ASKED = (
    "Do you sponsor paragliding championships in Bhutan?",
    "Would you sponsor our paragliding championship?",
    "Who decides which paragliding championships you sponsor?",
)
IN_OTHER_WORDS = "Could you be the sponsor of a paragliding championship?"
SAYS = "We sponsor climbing events in the Alps alone, no paragliding. Call +43 660 1234567."
ANSWER = "We sponsor climbing events in the Alps alone."


async def a_theme(stage: Stage) -> Theme:
    """Three customers ask in vain; an agent answers the first of them."""
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    for number, question in enumerate(ASKED):
        asked, _ = await asks(ada, question)
        if number == 0:
            card = await card_for(ben, question)
            await claims(ben, card)
            await ben.says(DESK, SAYS, thread=card["ts"])
            await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: "climbing events" in words(each))
    moment = now()
    window = Window(since=moment - timedelta(days=6), until=moment + timedelta(days=1))
    (theme,) = (await finding.of_report(stage.database, WORKSPACE, window))["themes"]
    return theme


async def with_button(stage: Stage, person: Person, key: str) -> Json:
    """A message of the report with the theme's button."""
    blocks = [ActionsBlock(elements=[view.draft_button(key)]).to_dict()]
    sent = await stage.bot.runtime.client.chat_postMessage(channel=MANAGERS, text="Report", blocks=blocks)
    return await person.reads(MANAGERS, until=lambda each: each["ts"] == sent["ts"])


def typed(title: str, text: str, audience: str) -> Json:
    option = {"value": audience, "text": {"type": "plain_text", "text": "x"}}
    return {
        BlockId.ARTICLE_TITLE: {BlockId.ARTICLE_TITLE: {"type": "plain_text_input", "value": title}},
        BlockId.ARTICLE_TEXT: {BlockId.ARTICLE_TEXT: {"type": "plain_text_input", "value": text}},
        BlockId.ARTICLE_AUDIENCE: {ActionId.ARTICLE_AUDIENCE: {"type": "static_select", "selected_option": option}},
    }


def prefilled(modal: Json) -> tuple[str, str, str]:
    fields = {block["block_id"]: block["element"] for block in modal["blocks"] if block["type"] == "input"}
    readers = fields[BlockId.ARTICLE_AUDIENCE]["initial_option"]["value"]
    return fields[BlockId.ARTICLE_TITLE]["initial_value"], fields[BlockId.ARTICLE_TEXT]["initial_value"], readers


async def pair(stage: Stage, key: str) -> AnswerPair | None:
    async with stage.database.reading() as session:
        return await answers.of_conversation(session, WORKSPACE, f"{answers.ABOUT_THEME}{key}")


async def test_an_article_is_drafted_reviewed_put_in_use_and_forgotten_again(stage: Stage) -> None:
    theme = await a_theme(stage)
    assert theme.questions == 3
    mia, carl = await stage.person(MIA), await stage.person(CARL)
    await mia.presses(await with_button(stage, mia, theme.key), ActionId.DRAFT_ARTICLE, channel=MANAGERS)
    modal = await mia.modal()
    title, text, readers = prefilled(modal)
    assert title == theme.name
    assert modal["title"]["text"] == "Draft an article"
    assert text.startswith(f"## {ASKED[0]}\n\nWe sponsor climbing events in the Alps alone")
    assert "1234567" not in text
    assert readers == INTERNAL
    assert all(question in str(modal) for question in ASKED)

    await mia.submits(modal, typed("Sponsoring paragliding championships", ANSWER, readers))
    card = await mia.reads(MANAGERS, until=has_button(ActionId.PUBLISH_ARTICLE))
    assert "It informs agents alone for now." in words(card)
    await mia.presses(card, ActionId.DRAFT_ARTICLE, channel=MANAGERS)
    modal = await mia.modal()
    assert modal["title"]["text"] == "Change the article"
    assert view.AS_SAVED in str(modal)
    await mia.closes(modal)
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert ANSWER not in words(reply)

    await mia.presses(card, ActionId.PUBLISH_ARTICLE, channel=MANAGERS)
    await mia.reads(MANAGERS, until=by_bot("put an article in use"))
    _, reply = await asks(carl, f"{IN_OTHER_WORDS} Thanks")
    assert ANSWER in words(reply)
    async with stage.database.reading() as session:
        row = await themes.by_key(session, WORKSPACE, theme.key)
    assert row is not None
    assert row.state == "drafted"

    in_use = await mia.reads(MANAGERS, until=by_bot("put an article in use"))
    await mia.presses(in_use, ActionId.FORGET_ARTICLE, channel=MANAGERS)
    gone = await mia.reads(MANAGERS, until=by_bot("forgot the article"))
    _, reply = await asks(carl, f"{IN_OTHER_WORDS} Cheers")
    assert ANSWER not in words(reply)
    await mia.presses(gone, ActionId.DRAFT_ARTICLE, channel=MANAGERS)
    modal = await mia.modal()
    assert prefilled(modal)[:2] == ("Sponsoring paragliding championships", ANSWER)
    assert modal["title"]["text"] == "Draft an article"


async def test_a_question_that_several_asked_stands_in_the_draft_once_with_what_each_was_told(stage: Stage) -> None:
    ben = await stage.person(BEN)
    for customer, question, reply in (
        (ADA, ASKED[0], "No, climbing alone."),
        (CARL, ASKED[0].upper(), "Next year perhaps."),
        (EVE, ASKED[1], ""),
    ):
        channel = SHARED if customer == EVE else SUPPORT
        who = await stage.person(customer)
        asked, _ = await asks(who, question, channel=channel)
        if reply:
            card = await card_for(ben, question)
            await claims(ben, card)
            await ben.says(DESK, reply, thread=card["ts"])
            await who.reads(channel, thread=asked["ts"], until=lambda each, said=reply: said in words(each))
    moment = now()
    window = Window(since=moment - timedelta(days=6), until=moment + timedelta(days=1))
    (theme,) = (await finding.of_report(stage.database, WORKSPACE, window))["themes"]
    form = await article.form(stage.bot.runtime, view.ThemeRef(theme=theme.key))
    assert isinstance(form, dict)
    _, text, _ = prefilled(form)
    assert text.casefold().count(ASKED[0].casefold()) == 1
    assert "climbing alone" in text
    assert "Next year perhaps" in text
    asked_again = form["blocks"][1]["text"]["text"]
    assert len(asked_again.splitlines()) == 3


@pytest.mark.parametrize(
    ("title", "text", "audience", "why"),
    [
        ("It", ANSWER, INTERNAL, "Say in a few words"),
        ("Sponsoring championships", "  ", INTERNAL, "Write what Baton should answer"),
        ("Sponsoring championships", f"## Q\n\n{view.TO_BE_WRITTEN}", INTERNAL, "Put the answer in the place of"),
        ("Sponsoring championships", ANSWER, "group:vip", "Choose who may read it"),
    ],
)
async def test_a_form_that_lacks_something_stays_open_and_says_what(
    stage: Stage, title: str, text: str, audience: str, why: str
) -> None:
    theme = await a_theme(stage)
    mia = await stage.person(MIA)
    await mia.presses(await with_button(stage, mia, theme.key), ActionId.DRAFT_ARTICLE, channel=MANAGERS)
    answer = await mia.submits(await mia.modal(), typed(title, text, audience))
    assert why in str(answer)
    assert (await mia.modal())["callback_id"] == CallbackId.ARTICLE_FORM
    assert await pair(stage, theme.key) is None


async def test_an_agent_may_let_every_customer_read_it_at_once(stage: Stage) -> None:
    theme = await a_theme(stage)
    carl, mia = await stage.person(CARL), await stage.person(MIA)
    ref = view.ThemeRef(theme=theme.key)
    written = theme_buttons.Written("Sponsoring paragliding championships", ANSWER, CUSTOMER)
    assert await theme_buttons.article.save(stage.bot.runtime, BEN, ref, written) == {}
    stage.bot.runtime.posted()
    told = await mia.reads(MANAGERS, until=by_bot("drafted an article"))
    assert not has_button(ActionId.PUBLISH_ARTICLE)(told)
    _, reply = await asks(carl, IN_OTHER_WORDS)
    assert ANSWER in words(reply)


@pytest.mark.parametrize("readers", [(INTERNAL,), ("group:vip", "group:trade")])
async def test_what_rests_on_articles_that_customers_may_not_all_read_stays_with_agents(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, readers: tuple[str, ...]
) -> None:
    theme = await a_theme(stage)
    ref = view.ThemeRef(theme=theme.key)
    title = "Sponsoring paragliding championships"
    saved = theme_buttons.Written(title, ANSWER, INTERNAL)
    assert await theme_buttons.article.save(stage.bot.runtime, BEN, ref, saved) == {}

    async def cited(*_: object) -> list[Article]:
        return [
            Article(
                workspace_id=WORKSPACE,
                id=f"a{number}",
                source="docs",
                source_key=f"{number}",
                title="Goodwill",
                content_hash="h",
                audience=each,
            )
            for number, each in enumerate(readers)
        ]

    monkeypatch.setattr(cited_articles, "of_conversations", cited)
    for audience in (CUSTOMER, *readers[-1:]):
        if audience != INTERNAL:
            written = theme_buttons.Written(title, ANSWER, audience)
            assert "audience" in await theme_buttons.article.save(stage.bot.runtime, BEN, ref, written)
    press = Press(MIA, WORKSPACE, MANAGERS, "1.0", None, "", ref.pack(), "")
    word = await theme_buttons.publish(stage.bot.runtime, press)
    assert word is not None
    assert "rests on articles that are for agents alone" in word.text
    _, reply = await asks(await stage.person(CARL), IN_OTHER_WORDS)
    assert ANSWER not in words(reply)


@pytest.mark.parametrize("action", [ActionId.DRAFT_ARTICLE, ActionId.PUBLISH_ARTICLE, ActionId.FORGET_ARTICLE])
async def test_customers_and_people_of_another_organisation_are_refused(stage: Stage, action: str) -> None:
    theme = await a_theme(stage)
    handler: dict[str, Any] = {
        ActionId.DRAFT_ARTICLE: theme_buttons.open_form,
        ActionId.PUBLISH_ARTICLE: theme_buttons.publish,
        ActionId.FORGET_ARTICLE: theme_buttons.forget,
    }
    ref = view.ThemeRef(theme=theme.key).pack()
    for user, team in ((ADA, WORKSPACE), (EVE, "T0OTHER00"), (BEN, "T0OTHER00")):
        press = Press(user, team, MANAGERS, "1.0", None, action, ref, "")
        word = await theme_buttons.for_agents(handler[action])(stage.bot.runtime, press)
        assert word is not None
        assert "Only the support team's agents" in word.text
    body = {
        "user": {"id": ADA, "team_id": WORKSPACE},
        "view": {"private_metadata": ref, "state": {"values": typed("Sponsoring events", ANSWER, CUSTOMER)}},
    }
    answered: list[dict[str, Any]] = []

    async def ack(**answer: Any) -> None:
        answered.append(answer)

    store = form.submission(stage.bot.runtime, theme_buttons.save, main=BlockId.ARTICLE_TEXT)
    await store(cast("AsyncAck", ack), body)
    assert "Only the support team's agents" in str(answered)
    assert await pair(stage, theme.key) is None


async def test_the_button_of_a_theme_that_is_gone_says_so(stage: Stage) -> None:
    press = Press(MIA, WORKSPACE, MANAGERS, "1.0", None, "", view.ThemeRef(theme="nothing").pack(), "")
    for handler in (theme_buttons.open_form, theme_buttons.publish, theme_buttons.forget):
        word = await handler(stage.bot.runtime, press)
        assert word is not None
        assert "no " in word.text
    ref = view.ThemeRef(theme="nothing")
    written = theme_buttons.Written("Sponsoring events", ANSWER, CUSTOMER)
    assert "no longer there" in str(await theme_buttons.article.save(stage.bot.runtime, MIA, ref, written))
