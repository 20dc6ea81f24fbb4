"""Writing, reading, threads, files and what is unread, in a browser."""

import asyncio
import base64

import pytest
from playwright.async_api import Route, expect

from tests.end_to_end.page.conftest import Shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGNgYPiPjkaGwHBEAAB1Q2ec0VEW5AAAAABJRU5ErkJggg=="
)


async def test_a_question_opens_its_thread_and_the_answer_comes_there(shown: Shown) -> None:
    await shown.say("customer", "count my *tents* <b>")
    customer = shown.pane("customer")
    await expect(customer.get_by_role("button", name="Back to #support")).to_be_visible()
    await expect(customer.locator("strong", has_text="tents")).to_be_visible()
    await expect(customer.get_by_text("Pressed 0 times")).to_be_visible()
    await expect(customer.get_by_role("textbox", name="Message", exact=True)).to_have_value("")
    assert shown.complaints == []


async def test_shift_enter_begins_a_line_and_enter_sends(shown: Shown) -> None:
    box = shown.pane("desk").get_by_role("textbox", name="Message", exact=True)
    await box.fill("one")
    await box.press("Shift+Enter")
    await box.press_sequentially("two")
    await expect(box).to_have_value("one\ntwo")
    await box.press("Enter")
    await expect(shown.pane("desk").locator("[data-ts]")).to_contain_text("one")
    assert [each["text"] for each in shown.workspace.people.history("U2", "C2")] == ["one\ntwo"]


async def test_what_one_writes_others_see_at_once_and_no_page_is_loaded_anew(shown: Shown) -> None:
    await shown.page.evaluate("window.untouched = true")
    await shown.pane("managers").get_by_role("tab", name="desk").click()
    await shown.say("desk", "Anyone free?")
    await expect(shown.pane("managers").get_by_text("Anyone free?")).to_be_visible()
    assert await shown.page.evaluate("window.untouched")


async def test_what_is_unread_is_counted_until_it_is_seen(shown: Shown) -> None:
    await shown.say("desk", "Look at this")
    tab = shown.pane("managers").get_by_role("tab", name="desk")
    await expect(tab.locator(".unread")).to_have_text("1")
    await tab.click()
    await expect(shown.pane("managers").locator(".fresh-line")).to_be_visible()
    await expect(tab.locator(".unread")).to_have_count(0)


async def test_reading_a_channel_does_not_ask_the_server_for_ever(shown: Shown) -> None:
    await shown.say("desk", "quiet")
    await expect(shown.pane("desk").get_by_text("quiet")).to_be_visible()
    asked: list[str] = []
    shown.page.on("request", lambda request: asked.append(request.url))
    while True:  # on a busy machine what came before is asked for first, and ends
        asked.clear()
        await shown.page.wait_for_timeout(600)
        if all(url.endswith("/client/team?user=") for url in asked):  # the connection is looked at now and then
            break


async def test_a_reply_in_a_thread_is_marked_new_on_its_root(shown: Shown) -> None:
    root = await shown.workspace.people.post("U3", "C2", "Root")
    await expect(shown.pane("desk").get_by_text("Root")).to_be_visible()
    await shown.workspace.people.post("U3", "C2", "A reply", root["ts"])
    link = shown.pane("desk").get_by_role("button", name="1 reply")
    await expect(link).to_have_class("thread-link fresh")
    await link.click()
    await expect(shown.pane("desk").get_by_text("A reply")).to_be_visible()
    await shown.pane("desk").get_by_role("button", name="Back to #desk").click()
    await expect(link).to_have_class("thread-link")


async def test_who_leaves_a_thread_while_their_reply_is_on_its_way_does_not_find_it_marked_new(shown: Shown) -> None:
    sent, went_back = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        sent.set()
        await went_back.wait()
        await route.continue_()

    root = await shown.workspace.people.post("U3", "C2", "Root")
    row = shown.pane("desk").locator(f'[data-ts="{root["ts"]}"]')
    await row.hover()
    await row.get_by_role("button", name="Reply in thread").click()
    await shown.page.route("**/client/post", slowly)
    await shown.say("desk", "Mine")
    await sent.wait()
    await shown.pane("desk").get_by_role("button", name="Back to #desk").click()
    await expect(shown.pane("desk").get_by_role("button", name="Back to #desk")).to_be_hidden()
    went_back.set()
    await expect(shown.pane("desk").get_by_role("button", name="1 reply")).to_have_class("thread-link")


async def test_what_happens_outside_an_open_thread_is_counted_on_the_way_back(shown: Shown) -> None:
    root = await shown.workspace.people.post("U3", "C2", "Root")
    row = shown.pane("desk").locator(f'[data-ts="{root["ts"]}"]')
    await row.hover()
    await row.get_by_role("button", name="Reply in thread").click()
    await shown.workspace.people.post("U3", "C2", "Elsewhere")
    await expect(shown.pane("desk").locator("[data-missed]")).to_have_text("1")


async def test_who_reads_above_is_told_of_new_messages_and_who_writes_sees_the_end(shown: Shown) -> None:
    for number in range(40):
        await shown.workspace.people.post("U3", "C2", f"line {number}")
    desk = shown.pane("desk")
    await expect(desk.get_by_text("line 39")).to_be_in_viewport()
    await desk.locator("[data-messages]").evaluate("list => { list.scrollTop = 0; }")
    await shown.workspace.people.post("U3", "C2", "the newest")
    below = desk.get_by_role("button", name="New messages")
    await expect(below).to_be_visible()
    await expect(desk.get_by_text("line 0", exact=True)).to_be_in_viewport()
    await below.click()
    await expect(desk.get_by_text("the newest")).to_be_in_viewport()
    await expect(below).to_be_hidden()
    await desk.locator("[data-messages]").evaluate("list => { list.scrollTop = 0; }")
    await shown.say("desk", "my own")
    await expect(desk.get_by_text("my own")).to_be_in_viewport()


async def test_a_picture_is_posted_and_shown_inline(shown: Shown) -> None:
    files = {"name": "tent.png", "mimeType": "image/png", "buffer": PICTURE}
    await shown.pane("desk").get_by_label("Attach files").set_input_files([files])  # pyright: ignore[reportArgumentType]
    await expect(shown.pane("desk").locator("[data-attached]")).to_contain_text("tent.png")
    await shown.say("desk", "See")
    picture = shown.pane("desk").get_by_role("img", name="tent.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 10
    await expect(shown.pane("desk").locator("[data-attached]")).to_be_hidden()


async def test_a_picture_that_comes_late_does_not_push_the_end_out_of_sight(shown: Shown) -> None:
    for number in range(30):
        await shown.workspace.people.post("U3", "C2", f"line {number}")
    file = shown.workspace.people.upload("U3", "tall.png", PICTURE)
    picture = {"type": "image", "block_id": "p", "slack_file": {"id": file["id"]}, "alt_text": "late"}
    await shown.app.client.chat_postMessage(channel="C2", text="late", blocks=[picture])
    last = shown.pane("desk").locator("[data-ts]").last
    await expect(last.get_by_role("img", name="late")).to_be_in_viewport(ratio=1)
    await last.get_by_role("img", name="late").evaluate("picture => { picture.height = 900; }")
    await last.get_by_role("img", name="late").dispatch_event("load")
    await expect(last.get_by_role("button", name="Reply in thread").first).to_be_in_viewport()


async def test_ones_own_message_is_edited_and_deleted_from_its_menu(shown: Shown) -> None:
    await shown.say("desk", "Helo <there> & *you*")
    row = shown.pane("desk").locator("[data-ts]")
    await row.hover()
    await row.get_by_label("Message menu").click()
    await row.get_by_role("menuitem", name="Edit message").click()
    box = row.get_by_role("textbox", name="Edit message")
    await expect(box).to_have_value("Helo <there> & *you*")
    await box.fill("Hello")
    await box.press("Enter")
    await expect(row).to_contain_text("Hello (edited)")
    await row.hover()
    await row.get_by_label("Message menu").click()
    await row.get_by_role("menuitem", name="Delete message").click()
    await expect(shown.pane("desk").get_by_text("Nobody waits")).to_be_visible()


async def test_reactions_are_added_and_taken_back(shown: Shown) -> None:
    await shown.say("desk", "Done")
    row = shown.pane("desk").locator("[data-ts]")
    await row.hover()
    await row.get_by_label("Add a reaction").click()
    await row.get_by_role("menuitem", name="React with tada").click()
    chip = row.locator(".reaction")
    await expect(chip).to_have_text("🎉 1")
    await chip.click()
    await expect(chip).to_have_count(0)


async def test_a_try_asks_its_question_and_one_in_thread_goes_on(shown: Shown) -> None:
    customer = shown.pane("customer")
    await customer.get_by_role("button", name="A first question").click()
    await expect(customer.get_by_text("Pressed 0 times")).to_be_visible()
    await customer.get_by_text("Things to try").click()
    await customer.get_by_role("button", name="A second one").click()
    await expect(customer.locator("[data-ts]", has_text="and my mats")).to_be_visible()
    assert [each["text"] for each in shown.workspace.people.history("U1", "C1")] == ["count my tents"]


async def test_another_person_takes_a_seat(shown: Shown) -> None:
    await shown.workspace.people.post("U3", "C3", "For managers only")
    desk = shown.pane("desk")
    await desk.get_by_label("Agents' desk: who you are").select_option("U3")
    await desk.get_by_role("tab", name="managers").click()
    await expect(desk.get_by_text("For managers only")).to_be_visible()
    await shown.say("desk", "I am Mia here")
    await expect(shown.pane("managers").get_by_text("I am Mia here")).to_be_visible()


async def test_a_link_to_a_message_opens_it_in_the_pane(shown: Shown) -> None:
    root = await shown.workspace.people.post("U1", "C1", "The customer's words")
    link = f"{shown.url}archives/C1/p{root['ts'].replace('.', '')}"
    await shown.workspace.people.post("U3", "C2", f"<{link}|their thread>")
    await shown.pane("desk").get_by_role("link", name="their thread").click()
    await expect(shown.pane("desk").get_by_text("The customer's words")).to_be_visible()
    await expect(shown.pane("desk").get_by_role("button", name="Back to #support")).to_be_visible()


async def test_words_that_could_not_be_sent_come_back(shown: Shown) -> None:
    await shown.page.route("**/client/post", lambda route: route.abort())
    await shown.say("desk", "Do not lose me")
    await expect(shown.page.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    await expect(shown.pane("desk").get_by_role("textbox", name="Message", exact=True)).to_have_value("Do not lose me")


async def test_the_status_of_the_assistant_is_shown_in_its_thread(shown: Shown) -> None:
    await shown.say("customer", "hello")
    await expect(shown.pane("customer").get_by_role("button", name="Back to #support")).to_be_visible()
    (root,) = shown.workspace.people.history("U1", "C1")
    await shown.app.client.assistant_threads_setStatus(channel_id="C1", thread_ts=root["ts"], status="is thinking")
    await expect(shown.pane("customer").get_by_text("Tiny is thinking")).to_be_visible()
    await shown.app.client.assistant_threads_setStatus(channel_id="C1", thread_ts=root["ts"], status="")
    await expect(shown.pane("customer").get_by_text("Tiny is thinking")).to_be_hidden()


async def test_questions_offered_in_direct_messages_are_asked_by_a_press_and_then_gone(shown: Shown) -> None:
    pane = shown.pane("customer")
    user = await pane.get_attribute("data-user") or ""
    place = shown.workspace.state.im(user).id
    await pane.locator('[data-kind="im"]').first.click()
    prompts = [{"title": "Delivery", "message": "How long does delivery take?"}]
    await shown.app.client.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=prompts, title="Ask me")
    await expect(pane.get_by_text("Ask me")).to_be_visible()
    await pane.get_by_role("button", name="Delivery").click()
    await expect(pane.get_by_text("How long does delivery take?")).to_be_visible()
    await expect(pane.get_by_text("Ask me")).to_be_hidden()
