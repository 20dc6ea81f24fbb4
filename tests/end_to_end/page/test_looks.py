"""How the page stands: half a screen, dark, contrast, the keyboard, the connection."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from bot.demo.workspace import WorkspaceServer
from tests.bot.demo.page.every_block import FORM, MESSAGE
from tests.end_to_end.page.conftest import Shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of normal size."""
POOR_CONTRAST = """
least => {
  const channel = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r / 255, g / 255, b / 255, a / 255];
  };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.push(rgba(getComputedStyle(each).backgroundColor));
    let under = [1, 1, 1];
    for (const [r, g, b, a] of layers.reverse()) under = [r, g, b].map((value, i) => value * a + under[i] * (1 - a));
    return under;
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isSeen = walker.currentNode.data.trim() && element.checkVisibility({checkOpacity: true});
    if (!isSeen || element.closest("svg, option, .tools")) continue;
    const [front, back] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const words = walker.currentNode.data.trim().slice(0, 30);
    if (ratio < least) poor.push(`${ratio.toFixed(2)} ${element.className} ${words}`);
  }
  return poor;
}
"""


UNNAMED = """
() => {
  const words = (element) => (element?.textContent || "").trim();
  const named = (element) => element.getAttribute("aria-label")?.trim() || element.title.trim()
    || (element.getAttribute("aria-labelledby") || "").split(/\\s+/).some((id) => words(document.getElementById(id)))
    || [...(element.labels || [])].some(words)
    || (element.matches("button, a, summary, [role=menuitem]")
        && (words(element) || [...element.querySelectorAll("img[alt], [aria-label]")].length));
  const shown = (element) => `${element.tagName} ${element.outerHTML.slice(0, 90)}`;
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const used = "a[href], button, summary, input:not([type=hidden]), select, textarea, dialog[open], [role=region]";
  for (const each of all(used))
    if (!named(each)) faults.push(`no name: ${shown(each)}`);
  for (const each of all("img, svg")) if (!each.hasAttribute("alt") && each.getAttribute("aria-hidden") !== "true")
    faults.push(`no words: ${shown(each)}`);
  for (const each of all("ol > *, ul > *")) if (!each.matches("li:not([role])")) faults.push(`no item: ${shown(each)}`);
  for (const each of all("[tabindex]")) if (each.tabIndex > 0) faults.push(`jumps the queue: ${shown(each)}`);
  for (const each of all("button, a[href], summary")) if (each.querySelector("button, a[href], input, select"))
    faults.push(`one in the other: ${shown(each)}`);
  const ids = all("[id]").map((each) => each.id);
  faults.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: #${id}`));
  if (!document.documentElement.lang) faults.push("no language");
  return faults;
}
"""
"""What leaves people with a screen reader or a keyboard alone: WCAG 2.2, criteria 1.1.1, 1.3.1, 2.4.3 and 4.1.2."""


async def test_everything_has_a_name_for_those_who_do_not_see_it(shown: Shown) -> None:
    await shown.say("customer", "count")
    await expect(shown.pane("customer").get_by_text("Pressed 0 times")).to_be_visible()
    await shown.app.client.chat_postMessage(channel="C2", text="all", blocks=MESSAGE)
    await shown.workspace.people.post("U3", "C2", "Last")
    await expect(shown.pane("desk").get_by_text("Last")).to_be_visible()
    await shown.pane("managers").get_by_role("tab", name="App Home").click()
    await expect(shown.pane("managers").get_by_text("Seen 1 times")).to_be_visible()
    await shown.pane("customer").get_by_role("button", name="Form").click()
    await expect(shown.pane("customer").get_by_role("dialog")).to_be_visible()
    assert await shown.page.evaluate(UNNAMED) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_can_be_read_in_light_and_in_dark(shown: Shown, scheme: str) -> None:
    await shown.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await shown.say("customer", "count <https://example.com> `code` @Ben Okafor")
    await expect(shown.pane("customer").get_by_text("Pressed 0 times")).to_be_visible()
    await shown.app.client.chat_postMessage(channel="C2", text="all", blocks=MESSAGE)
    await shown.app.client.chat_postEphemeral(channel="C2", user="U2", text="psst <!here>")
    await expect(shown.pane("desk").get_by_text("psst")).to_be_visible()
    await shown.app.client.chat_postMessage(channel="C3", text="unread")
    await shown.pane("managers").get_by_role("tab", name="App Home").click()
    await expect(shown.pane("managers").get_by_text("Seen 1 times")).to_be_visible()
    assert await shown.page.evaluate(POOR_CONTRAST, LEAST_CONTRAST) == []
    await shown.pane("customer").get_by_role("button", name="Form").click()
    await shown.pane("customer").get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(shown.pane("customer").get_by_text("Please complete").first).to_be_visible()
    assert await shown.page.evaluate(POOR_CONTRAST, LEAST_CONTRAST) == []


async def test_the_theme_follows_the_system_until_it_is_chosen_and_is_remembered(shown: Shown) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = await shown.page.evaluate(background)
    await shown.page.emulate_media(color_scheme="dark")
    dark = await shown.page.evaluate(background)
    assert light != dark
    await shown.page.get_by_role("button", name="Switch between light and dark").click()
    assert await shown.page.evaluate(background) == light
    await shown.page.reload()
    assert await shown.page.evaluate(background) == light


async def test_on_half_a_screen_the_panes_are_tabs_and_count_what_is_unread(shown: Shown) -> None:
    await shown.page.set_viewport_size(ViewportSize(width=700, height=900))
    await expect(shown.pane("customer")).to_be_visible()
    await expect(shown.pane("desk")).to_be_hidden()
    await shown.workspace.people.post("U3", "C2", "A card")
    tab = shown.page.get_by_role("tab", name="Agents' desk")
    await expect(tab.locator(".unread")).to_have_text("1")
    await tab.click()
    await expect(shown.pane("desk").get_by_text("A card")).to_be_visible()
    await expect(shown.pane("customer")).to_be_hidden()
    await expect(tab.locator(".unread")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 420, 700, 1000, 1200, 1500, 2200])
async def test_nothing_sticks_out_sideways(shown: Shown, width: int) -> None:
    await shown.page.set_viewport_size(ViewportSize(width=width, height=900))
    await shown.app.client.chat_postMessage(channel="C1", text="all", blocks=MESSAGE)
    await shown.workspace.people.post("U2", "C1", "x" * 300)
    await expect(shown.pane("customer").get_by_text("xxxxxxxx")).to_be_visible()
    wide = "box => box.scrollWidth - box.clientWidth"
    assert await shown.page.locator("body").evaluate(wide) == 0
    assert await shown.pane("customer").locator("[data-messages]").evaluate(wide) == 0


async def test_everything_is_reached_by_the_keyboard(shown: Shown) -> None:
    root = await shown.workspace.people.post("U3", "C2", "First")
    await shown.workspace.people.post("U3", "C2", "Second")
    desk = shown.pane("desk")
    await expect(desk.get_by_text("Second")).to_be_visible()
    await desk.locator("[data-messages]").focus()
    await shown.page.keyboard.press("ArrowUp")
    await shown.page.keyboard.press("ArrowUp")
    await expect(desk.locator(f'[data-ts="{root["ts"]}"]')).to_be_focused()
    await shown.page.keyboard.press("Enter")
    await expect(desk.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    await shown.page.keyboard.type("By keyboard alone")
    await shown.page.keyboard.press("Enter")
    await expect(desk.get_by_text("By keyboard alone")).to_be_visible()
    await shown.page.keyboard.press("Escape")
    await expect(desk.locator(f'[data-ts="{root["ts"]}"]')).to_be_focused()
    await desk.get_by_role("tab", name="desk").focus()
    await shown.page.keyboard.press("ArrowRight")
    await expect(desk.get_by_role("tab", name="support")).to_have_attribute("aria-selected", "true")


async def test_a_menu_is_walked_and_closed_by_the_keyboard(shown: Shown) -> None:
    await shown.say("desk", "mine")
    menu = shown.pane("desk").get_by_label("Message menu")
    await menu.focus()
    await shown.page.keyboard.press("Enter")
    await shown.page.keyboard.press("ArrowDown")
    await expect(shown.pane("desk").get_by_role("menuitem", name="Edit message")).to_be_focused()
    await shown.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await expect(shown.pane("desk").get_by_role("menuitem", name="Edit message")).to_be_hidden()


async def test_what_did_not_change_is_not_read_out_again(shown: Shown) -> None:
    await shown.say("desk", "one")
    first = shown.pane("desk").locator("[data-ts]").first
    await first.evaluate("row => { row.marked = true; }")
    await shown.say("desk", "two")
    await expect(shown.pane("desk").get_by_text("two")).to_be_visible()
    assert await first.evaluate("row => row.marked")
    assert await shown.pane("desk").locator("[data-messages]").get_attribute("aria-live") == "polite"


async def test_many_pages_in_one_browser_stay_live(shown: Shown) -> None:
    others = [await shown.page.context.new_page() for _ in range(4)]
    for other in others:
        await other.goto(shown.url)
    await shown.say("desk", "Does everyone see this?")
    for other in others:
        await expect(other.locator('[data-pane="desk"]').get_by_text("Does everyone see this?")).to_be_visible()


async def test_the_connection_of_the_app_is_told(shown: Shown) -> None:
    mark = shown.page.locator("[data-connection]")
    await expect(mark).to_have_text("Tiny is connected")
    await shown.app.line.close_async()
    await expect(mark).to_have_text("Tiny is reconnecting…")


async def test_without_an_app_the_page_says_that_it_is_starting(browser: Browser, server: WorkspaceServer) -> None:
    page = await browser.new_page()
    await page.goto(server.url)
    await expect(page.locator("[data-connection]")).to_have_text("Tiny is starting…")
    await page.locator('[data-pane="managers"] [data-channel="home"]').click()
    await expect(page.get_by_text("as soon as it is connected")).to_be_visible()
    await page.close()


async def test_a_form_fits_half_a_screen(shown: Shown) -> None:
    await shown.page.set_viewport_size(ViewportSize(width=700, height=600))
    await shown.say("customer", "count")
    await shown.pane("customer").get_by_role("button", name="Form").click()
    dialog = shown.pane("customer").get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
    assert await dialog.locator("[data-input-block]").count() == len(FORM)
