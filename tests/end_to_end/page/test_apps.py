"""Buttons, forms, menus, commands and App Home of an app, in a browser."""

import asyncio

import pytest
from playwright.async_api import Locator, Route, expect

from tests.bot.demo.page.every_block import MESSAGE, field
from tests.end_to_end.page.conftest import Shown
from tests.end_to_end.page.tiny_app import form

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def counter(shown: Shown) -> Locator:
    """The customer's pane with the message that counts."""
    await shown.say("customer", "count")
    customer = shown.pane("customer")
    await expect(customer.get_by_text("Pressed 0 times")).to_be_visible()
    return customer


async def opened(shown: Shown) -> Locator:
    """The form over the customer's pane."""
    customer = await counter(shown)
    await customer.get_by_role("button", name="Form").click()
    dialog = customer.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="A form")).to_be_visible()
    return dialog


async def filled(dialog: Locator) -> None:
    await dialog.get_by_label("Name", exact=True).fill("Ada")
    await dialog.get_by_label("Size", exact=True).select_option(label="Medium")
    await dialog.get_by_role("radio", name="Blue").check()


async def test_a_press_changes_the_message(shown: Shown) -> None:
    customer = await counter(shown)
    await customer.get_by_role("button", name="Count").click()
    await expect(customer.get_by_text("Pressed 1 times")).to_be_visible()
    await customer.get_by_role("button", name="Count").press("Enter")
    await expect(customer.get_by_text("Pressed 2 times")).to_be_visible()
    await expect(customer.get_by_role("button", name="Count")).to_be_focused()


async def test_a_press_that_nobody_answers_says_so_and_can_be_tried_again(shown: Shown) -> None:
    customer = await counter(shown)
    deaf = customer.get_by_role("button", name="Deaf")
    seen_busy = asyncio.Event()

    async def once_seen(route: Route) -> None:
        await seen_busy.wait()
        await route.continue_()

    await shown.page.route("**/client/press", once_seen)
    shown.gives_up_soon()
    await deaf.click()
    await expect(deaf).to_have_attribute("aria-busy", "true")
    seen_busy.set()
    await expect(customer.get_by_role("alert").filter(has_text="did not answer in time")).to_be_visible()
    await expect(deaf).not_to_have_attribute("aria-busy", "true")


async def test_a_dangerous_press_asks_first(shown: Shown) -> None:
    customer = await counter(shown)
    question = shown.page.get_by_role("dialog", name="Really?")
    await customer.get_by_role("button", name="Clear").click()
    await question.get_by_role("button", name="Leave it").click()
    await expect(customer.get_by_text("Pressed 0 times")).to_be_visible()
    await customer.get_by_role("button", name="Clear").click()
    await question.get_by_role("button", name="Do it").click()
    await expect(customer.get_by_text("Pressed 0 times")).to_be_hidden()


async def test_a_form_covers_its_own_pane_and_leaves_the_others_live(shown: Shown) -> None:
    dialog = await opened(shown)
    await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    await shown.say("desk", "Still talking")
    await expect(shown.pane("desk").get_by_text("Still talking")).to_be_visible()
    await expect(dialog).to_be_visible()


async def test_a_form_says_under_the_field_what_is_missing(shown: Shown) -> None:
    dialog = await opened(shown)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.locator('[data-input-block="name_block"] .error')).to_have_text(
        "Please complete this required field."
    )
    await expect(dialog.locator('[data-input-block="story_block"] .error')).to_be_hidden()
    await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    await dialog.get_by_label("Name", exact=True).fill("A")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.locator('[data-input-block="name_block"] .error')).to_contain_text("at least 2")
    assert shown.app.submitted.empty()


async def test_every_field_arrives_as_slack_sends_it(shown: Shown) -> None:
    dialog = await opened(shown)
    await filled(dialog)
    await dialog.get_by_label("Story", exact=True).fill("two\nlines")
    await dialog.get_by_label("Rich story").fill("rich")
    await dialog.get_by_label("Grouped").select_option(label="Large")
    await dialog.get_by_label("Day", exact=True).fill("2026-02-03")
    await dialog.get_by_label("Hour", exact=True).fill("09:30")
    await dialog.get_by_role("checkbox", name="Gift wrap").check()
    await dialog.locator("summary", has_text="Small").click()
    await dialog.get_by_role("group", name="Sizes").get_by_role("checkbox", name="Large").check()
    receipt = {"name": "r.txt", "mimeType": "text/plain", "buffer": b"paid"}
    await dialog.get_by_label("Receipt").set_input_files([receipt])  # pyright: ignore[reportArgumentType]
    await dialog.get_by_role("button", name="Save").click()
    values = await shown.app.submitted.get()
    await expect(dialog).to_be_hidden()
    said = {action: value for block in values.values() for action, value in block.items()}
    assert said["name"]["value"] == "Ada"
    assert said["story"]["value"] == "two\nlines"
    assert said["rich_story"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "rich"
    assert said["pieces"]["value"] == "2"
    assert said["mail"]["value"] is None
    assert said["form_size"]["selected_option"]["value"] == "m"
    assert said["grouped"]["selected_option"]["value"] == "l"
    assert [each["value"] for each in said["sizes"]["selected_options"]] == ["s", "l"]
    assert said["people"]["selected_users"] == []
    assert said["colour"]["selected_option"]["value"] == "blue"
    assert [each["value"] for each in said["extras"]["selected_options"]] == ["gift"]
    assert said["form_day"]["selected_date"] == "2026-02-03"
    assert said["form_hour"]["selected_time"] == "09:30"
    assert said["moment"]["selected_date_time"] // 60 == 1700000000 // 60
    assert said["receipt"]["files"][0]["name"] == "r.txt"


async def test_errors_of_the_app_stand_under_their_field_and_words_stay(shown: Shown) -> None:
    dialog = await opened(shown)
    await filled(dialog)
    shown.app.answer = {"response_action": "errors", "errors": {"name_block": "That name is taken."}}
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert").filter(has_text="That name is taken.")).to_be_visible()
    await expect(dialog.get_by_label("Name", exact=True)).to_have_value("Ada")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()


async def test_a_form_can_open_one_above_it_and_comes_back_as_it_was(shown: Shown) -> None:
    dialog = await opened(shown)
    await filled(dialog)
    second = form("Second", [field("More", "plain_text_input", "more_words", optional=True)])
    shown.app.answer = {"response_action": "push", "view": second}
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("heading", name="Second")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog.get_by_role("heading", name="A form")).to_be_visible()
    await expect(dialog.get_by_label("Name", exact=True)).to_have_value("Ada")
    shown.app.answer = {"response_action": "update", "view": form("Thanks", second["blocks"])}
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("heading", name="Thanks")).to_be_visible()
    shown.app.answer = {"response_action": "clear"}
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()


async def test_a_form_that_was_filled_anew_is_still_closed_by_escape(shown: Shown) -> None:
    dialog = await opened(shown)
    await filled(dialog)
    shown.app.answer = {"response_action": "update", "view": form("Thanks", [MESSAGE[0]])}
    await dialog.get_by_label("Name", exact=True).press("Enter")
    await expect(dialog.get_by_role("heading", name="Thanks")).to_be_visible()
    await shown.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_escape_closes_a_form_and_gives_the_focus_back(shown: Shown) -> None:
    dialog = await opened(shown)
    await shown.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(shown.pane("customer").get_by_role("button", name="Form")).to_be_focused()


async def test_an_external_menu_is_filled_by_the_app(shown: Shown) -> None:
    dialog = await opened(shown)
    await filled(dialog)
    order = dialog.get_by_label("Order", exact=True)
    await order.press_sequentially("7")
    await expect(dialog.locator("datalist option")).to_have_count(3)
    await order.fill("Order 72")
    await dialog.get_by_role("button", name="Save").click()
    values = await shown.app.submitted.get()
    assert values["order_block"]["order"]["selected_option"]["value"] == "o2"


async def test_what_was_chosen_in_an_external_menu_is_not_looked_for_again(shown: Shown) -> None:
    dialog, asked = await opened(shown), list[str]()
    order = dialog.get_by_label("Order", exact=True)
    await order.press_sequentially("7")
    await expect(dialog.locator("datalist option")).to_have_count(3)
    shown.page.on("request", lambda request: asked.append(request.url))
    await shown.page.clock.install()
    await order.fill("Order 72")
    await shown.page.clock.run_for(1_000)
    assert [url for url in asked if "suggest" in url] == []
    await expect(dialog.locator("datalist option").last).to_have_attribute("value", "Order 72")


async def test_menus_in_a_message_tell_the_app_at_once(shown: Shown) -> None:
    client, customer = shown.app.client, shown.pane("customer")
    await client.chat_postMessage(channel="C1", text="menus", blocks=[MESSAGE[5], MESSAGE[6]])
    await customer.get_by_label("Size").select_option(label="Large")
    assert (await shown.app.chosen.get())["selected_option"]["value"] == "l"
    await customer.get_by_label("Person").select_option(label="Ada Lind")
    assert (await shown.app.chosen.get())["selected_user"] == "U1"
    await customer.get_by_label("Day").fill("2026-03-01")
    assert (await shown.app.chosen.get())["selected_date"] == "2026-03-01"
    await customer.get_by_label("More actions").click()
    await customer.get_by_role("menuitem", name="Second").click()
    assert (await shown.app.chosen.get())["selected_option"]["value"] == "2"


async def test_a_command_is_completed_and_its_answer_is_for_one_person(shown: Shown) -> None:
    box = shown.pane("customer").get_by_role("textbox", name="Message", exact=True)
    await box.press_sequentially("/t")
    await expect(shown.pane("customer").get_by_role("button", name="/tiny")).to_be_visible()
    await box.press("Tab")
    await expect(box).to_have_value("/tiny ")
    await box.press_sequentially("hello")
    await box.press("Enter")
    row = shown.pane("customer").locator(".ephemeral")
    await expect(row).to_contain_text("Only visible to you")
    await expect(row.locator("strong", has_text="hello")).to_be_visible()


async def test_an_unknown_command_is_not_sent_and_names_those_that_are(shown: Shown) -> None:
    await shown.say("customer", "/nothing")
    await expect(shown.page.get_by_role("alert").filter(has_text="there is /tiny")).to_be_visible()


async def test_a_shortcut_is_used_on_a_message(shown: Shown) -> None:
    await shown.workspace.people.post("U2", "C1", "Blue tent")
    row = shown.pane("customer").locator("[data-ts]")
    await row.hover()
    await row.get_by_label("Message menu").click()
    await row.get_by_role("menuitem", name="Remember this").click()
    await expect(shown.pane("customer").get_by_text("Remembered: Blue tent")).to_be_visible()


async def test_app_home_is_drawn_when_opened_and_keeps_what_is_typed_when_it_changes(shown: Shown) -> None:
    managers = shown.pane("managers")
    await managers.get_by_role("tab", name="App Home").click()
    await expect(managers.get_by_text("Seen 1 times")).to_be_visible()
    await managers.get_by_label("Note").fill("half a word")
    await managers.get_by_role("button", name="Again").click()
    await expect(managers.get_by_text("Seen 2 times")).to_be_visible()
    await expect(managers.get_by_label("Note")).to_have_value("half a word")
