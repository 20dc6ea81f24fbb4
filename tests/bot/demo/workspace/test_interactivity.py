"""Presses, forms, menus, shortcuts and commands, as a Bolt app hears them over Socket Mode."""

from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.demo.workspace.person import Refused
from tests.bot.demo.workspace.place import (
    ADA,
    BEN,
    EVE,
    GENERAL,
    OTHER_TEAM,
    SEED,
    SHARED,
    Json,
    Place,
    actions,
    button,
    modal,
    place,
    plain,
    question,
    refusal,
    section,
)

OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Red", "Blue")]


async def _pressed(home: Place, *blocks: Json, by: str = ADA, channel: str = GENERAL, **chosen: Any) -> Json:
    """Post blocks, press what has the action id `go` in them, and return what the app heard."""
    app, heard = home.app(), list[Json]()

    @app.action("go")
    async def go(ack: Any, body: Json) -> None:
        await ack()
        heard.append(body)

    await home.connect(app)
    person = await home.person(by)
    message = (await home.client.chat_postMessage(channel=channel, text="Press", blocks=list(blocks)))["message"]
    assert await person.presses(message, "go", channel=channel, **chosen) == {"acked": True}
    return heard[0]


async def test_a_press_says_who_pressed_what_where(home: Place) -> None:
    body = await _pressed(home, section(), actions(button(value="42"), block_id="row"))
    assert body["user"] == {"id": ADA, "username": "ada", "name": "ada", "team_id": "T0LOCAL00"}
    action = body["actions"][0]
    assert (action["type"], action["block_id"], action["value"]) == ("button", "row", "42")
    assert action["text"]["text"] == "Go"
    assert (body["channel"]["id"], body["container"]["message_ts"]) == (GENERAL, body["message"]["ts"])
    assert body["trigger_id"]
    assert body["response_url"].startswith(home.server.url)


async def test_a_choice_says_what_was_chosen(home: Place) -> None:
    menu = {"type": "static_select", "action_id": "go", "options": OPTIONS}
    body = await _pressed(home, section(accessory=menu), selected_option=OPTIONS[1])
    assert body["actions"][0]["type"] == "static_select"
    assert body["actions"][0]["selected_option"]["value"] == "blue"


async def test_a_stranger_presses_with_the_team_they_are_of(home: Place) -> None:
    body = await _pressed(home, actions(), by=EVE, channel=SHARED)
    assert (body["user"]["team_id"], body["team"]["id"]) == (OTHER_TEAM, "T0LOCAL00")


async def test_a_press_that_nobody_acknowledges_is_told() -> None:
    async with place(replace(SEED, ack_seconds=0.05)) as home:
        ada = await home.person(ADA)
        message = (await home.client.chat_postMessage(channel=GENERAL, text="x", blocks=[actions()]))["message"]
        assert await ada.presses(message, "go", channel=GENERAL) == {"acked": False, "error": "operation_timeout"}


async def _answers(home: Place, body: Json, **answer: Any) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session, session.post(body["response_url"], json=answer) as response:
        return response.status, await response.json()


async def test_a_response_url_replaces_deletes_and_adds(home: Place) -> None:
    body = await _pressed(home, actions())
    ada, ben = await home.person(ADA), await home.person(BEN)
    await _answers(home, body, text="Changed", replace_original=True)
    assert [(each["text"], each["blocks"]) for each in await ada.history(GENERAL)] == [("Changed", [])]
    await _answers(home, body, text="For Ada")
    await _answers(home, body, text="For all", response_type="in_channel")
    assert [each["text"] for each in await ada.history(GENERAL)] == ["Changed", "For Ada", "For all"]
    assert [each["text"] for each in await ben.history(GENERAL)] == ["Changed", "For all"]
    await _answers(home, body, delete_original=True)
    assert [each["text"] for each in await ben.history(GENERAL)] == ["For all"]


async def test_a_response_url_works_five_times(home: Place) -> None:
    body = await _pressed(home, actions())
    assert [(await _answers(home, body, text=f"{n}"))[0] for n in range(5)] == [200] * 5
    assert await _answers(home, body, text="6") == (404, {"ok": False, "error": "used_url"})
    unknown = {"response_url": f"{home.server.url}answers/unknown"}
    assert await _answers(home, unknown, text="x") == (404, {"ok": False, "error": "expired_url"})


async def test_an_ephemeral_message_is_replaced_by_its_response_url(home: Place) -> None:
    app = home.app()

    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Done", replace_original=True)

    await home.connect(app)
    ada = await home.person(ADA)
    await home.client.chat_postEphemeral(channel=GENERAL, user=ADA, text="Psst", blocks=[actions()])
    shown = await ada.reads(GENERAL, until=lambda message: message["text"] == "Psst")
    await ada.presses(shown, "go", channel=GENERAL)
    await ada.reads(GENERAL, until=lambda message: message["text"] == "Done")
    assert len(await ada.history(GENERAL)) == 1


async def _with_form(home: Place, view: Json, /, **ack_with: Any) -> list[Json]:
    """An app that opens a modal on `/form` and acknowledges its submission with `ack_with`."""
    app, heard = home.app(), list[Json]()

    @app.command("/form")
    async def open_form(ack: Any, command: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.view("form")
    async def submitted(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack(**ack_with)

    @app.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    @app.action("go")
    async def go(ack: Any, body: Json, client: Any) -> None:
        heard.append(body)
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section("Second"), submit=None))

    @app.options("find")
    async def find(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack(options=OPTIONS)

    await home.connect(app)
    return heard


async def test_a_form_is_opened_filled_and_closed(home: Place) -> None:
    heard = await _with_form(home, modal(private_metadata="kept"))
    ada = await home.person(ADA)
    assert (await ada.commands(GENERAL, "/form"))["acked"]
    view = await ada.modal()
    assert (await ada.submits(view, {"why": {"text": {"value": "Because"}}}))["result"] == "closed"
    state = heard[0]["view"]["state"]["values"]
    assert state == {"why": {"text": {"type": "plain_text_input", "value": "Because"}}}
    assert heard[0]["view"]["private_metadata"] == "kept"
    assert await ada.looks("views") == []


async def test_what_is_left_empty_is_in_the_values_as_nothing(home: Place) -> None:
    optional = {**question("more"), "optional": True}
    boxes = {"type": "checkboxes", "action_id": "tick", "options": OPTIONS}
    heard = await _with_form(
        home, modal(question(), optional, {**question("boxes"), "element": boxes, "optional": True})
    )
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    await ada.submits(await ada.modal(), {"why": {"text": {"value": "x"}}})
    values = heard[0]["view"]["state"]["values"]
    assert values["more"]["text"] == {"type": "plain_text_input", "value": None}
    assert values["boxes"]["tick"] == {"type": "checkboxes", "selected_options": []}


async def test_slacks_own_app_does_not_send_a_form_that_lacks_something(home: Place) -> None:
    heard = await _with_form(home, modal(question(min_length=3)))
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    view = await ada.modal()
    assert (await ada.submits(view, {}))["errors"] == {"why": "Please complete this required field."}
    assert "at least 3" in (await ada.submits(view, {"why": {"text": {"value": "x"}}}))["errors"]["why"]
    assert heard == []


@pytest.mark.parametrize(
    ("ack_with", "result", "open_after"),
    [
        ({"response_action": "errors", "errors": {"why": "No."}}, "errors", 1),
        ({"response_action": "update", "view": modal(section("Thanks"), submit=None)}, "updated", 1),
        ({"response_action": "push", "view": modal(section("Sure?"), submit=None)}, "pushed", 2),
        ({"response_action": "clear"}, "closed", 0),
        ({}, "closed", 0),
    ],
)
async def test_the_answer_to_a_form_decides_what_is_open(
    home: Place, ack_with: Json, result: str, open_after: int
) -> None:
    await _with_form(home, modal(), **ack_with)
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    answer = await ada.submits(await ada.modal(), {"why": {"text": {"value": "x"}}})
    assert answer["result"] == result
    assert len(await ada.looks("views")) == open_after


async def test_a_pushed_view_lies_on_top_and_closing_shows_the_one_below(home: Place) -> None:
    await _with_form(home, modal(actions(), submit=None))
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    below = await ada.modal()
    await ada.presses_in_view(below, "go")
    stack = await ada.until(lambda: _two(ada))
    assert stack[1]["previous_view_id"] == stack[1]["root_view_id"] == below["id"]
    await ada.closes(stack[1])
    assert (await ada.modal())["id"] == below["id"]


async def _two(person: Any) -> list[Json] | None:
    stack = await person.looks("views")
    return stack if len(stack) == 2 else None


async def test_closing_is_told_only_to_those_who_asked(home: Place) -> None:
    heard = await _with_form(home, modal(notify_on_close=True))
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    await ada.closes(await ada.modal())
    assert (heard[0]["type"], heard[0]["is_cleared"]) == ("view_closed", False)


async def test_a_menu_gets_its_options_from_the_app(home: Place) -> None:
    menu = {"type": "external_select", "action_id": "find", "min_query_length": 1}
    heard = await _with_form(home, modal({**question("colour"), "element": menu}))
    ada = await home.person(ADA)
    await ada.commands(GENERAL, "/form")
    found = await ada.suggestions(await ada.modal(), "find", "re")
    assert found["options"] == OPTIONS
    assert (heard[0]["value"], heard[0]["block_id"]) == ("re", "colour")


async def test_shortcuts_come_from_anywhere_or_from_a_message(home: Place) -> None:
    app, heard = home.app(), list[Json]()

    @app.shortcut("note")
    async def note(ack: Any, body: Json) -> None:
        await ack()
        heard.append(body)

    await home.connect(app)
    ada = await home.person(ADA)
    said = await ada.says(GENERAL, "Remember this")
    await ada.uses_shortcut("note")
    await ada.uses_shortcut("note", GENERAL, said["ts"])
    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert heard[1]["message"]["text"] == "Remember this"
    assert "response_url" not in heard[0]


async def test_a_commands_answer_stays_in_the_thread_where_it_was_given(home: Place) -> None:
    app = home.app()

    @app.command("/say")
    async def say(ack: Any, command: Json) -> None:
        await ack(text=command["text"], response_type="in_channel")

    await home.connect(app)
    ada = await home.person(ADA)
    root = await ada.says(GENERAL, "Question")
    await ada.commands(GENERAL, "/say it loud", thread=root["ts"])
    assert [each["text"] for each in await ada.history(GENERAL, root["ts"])] == ["Question", "it loud"]


async def test_app_home_is_published_opened_and_kept(home: Place) -> None:
    app = home.app()

    @app.event("app_home_opened")
    async def opened(event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [section(f"Hello, was here: {'view' in event}"), actions()]}
        await client.views_publish(user_id=event["user"], view=view)

    await home.connect(app)
    ada = await home.person(ADA)
    first = await ada.opens_home()
    assert first["blocks"][0]["text"]["text"].endswith("False")
    await ada.act("home")
    again = await ada.until(lambda: _home_saying(ada, "True"))
    assert again["id"] == first["id"]
    assert again["hash"] != first["hash"]


async def _home_saying(person: Any, words: str) -> Json | None:
    view = (await person.looks("home"))["view"]
    return view if words in view["blocks"][0]["text"]["text"] else None


async def test_nobody_presses_in_another_persons_view(home: Place) -> None:
    await _with_form(home, modal())
    ada, ben = await home.person(ADA), await home.person(BEN)
    await ada.commands(GENERAL, "/form")
    with pytest.raises(Refused, match="view_not_found"):
        await ben.submits(await ada.modal(), {})


async def test_a_view_is_not_published_for_nobody_nor_as_a_modal(home: Place) -> None:
    assert await refusal(home.client.views_publish(user_id="U0NOBODY0", view=_home_view())) == "user_not_found"
    assert await refusal(home.client.views_publish(user_id=ADA, view=modal())) == "invalid_arguments"


def _home_view() -> Json:
    return {"type": "home", "blocks": [section()]}


async def test_a_view_that_changed_meanwhile_is_not_overwritten(home: Place) -> None:
    first = (await home.client.views_publish(user_id=ADA, view=_home_view()))["view"]
    await home.client.views_publish(user_id=ADA, view=_home_view(), hash=first["hash"])
    stale = home.client.views_publish(user_id=ADA, view=_home_view(), hash=first["hash"])
    assert await refusal(stale) == "hash_conflict"


async def test_a_trigger_opens_one_modal_and_not_for_long() -> None:
    async with place(replace(SEED, trigger_seconds=0.0)) as home:
        old = home.workspace.state.new_trigger(ADA)
        assert await refusal(home.client.views_open(trigger_id=old, view=modal())) == "expired_trigger_id"
    async with place() as home:
        trigger = home.workspace.state.new_trigger(ADA)
        assert await refusal(home.client.views_push(trigger_id=trigger, view=modal())) == "not_found"
        trigger = home.workspace.state.new_trigger(ADA)
        opened = (await home.client.views_open(trigger_id=trigger, view=modal(external_id="mine")))["view"]
        assert await refusal(home.client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
        assert await refusal(home.client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_arguments"
        changed = await home.client.views_update(external_id="mine", view=modal(section("New"), submit=None))
        assert changed["view"]["id"] == opened["id"]
        for _ in range(2):
            await home.client.views_push(trigger_id=home.workspace.state.new_trigger(ADA), view=modal())
        fourth = home.client.views_push(trigger_id=home.workspace.state.new_trigger(ADA), view=modal())
        assert await refusal(fourth) == "push_limit_reached"


async def test_what_was_filled_in_survives_an_update_with_the_same_ids(home: Place) -> None:
    trigger = home.workspace.state.new_trigger(ADA)
    menu = {"type": "static_select", "action_id": "go", "options": OPTIONS}
    view = modal({**question("colour"), "element": menu, "dispatch_action": True})
    opened = (await home.client.views_open(trigger_id=trigger, view=view))["view"]
    app, heard = home.app(), list[Json]()

    @app.action("go")
    async def go(ack: Any, body: Json, client: Any) -> None:
        await ack()
        heard.append(body)
        await client.views_update(view_id=body["view"]["id"], view=view)

    await home.connect(app)
    ada = await home.person(ADA)
    await ada.presses_in_view(opened, "go", selected_option=OPTIONS[0])
    assert heard[0]["view"]["state"]["values"]["colour"]["go"]["selected_option"] == OPTIONS[0]
    assert (await ada.modal())["state"]["values"]["colour"]["go"]["selected_option"] == OPTIONS[0]
