"""The whole story in a browser, with the real bot and the sample shop: from a question to the managers' report."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.demo import start
from tests.end_to_end.conftest import PATIENCE
from tests.stage import as_patient_as_a_busy_machine_needs, patient

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """The demo's page, with two simulated weeks behind it."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:
        stack.enter_context(as_patient_as_a_busy_machine_needs())
        running = start.running(port=0, history_weeks=2, data_dir=tmp_path, say=print)
        server, bot = await stack.enter_async_context(running)
        patient(bot.app)
        page = await browser.new_page(viewport=ViewportSize(width=1500, height=900))
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        state = server.workspace.state
        state.seed = replace(state.seed, ack_seconds=PATIENCE / 1000, trigger_seconds=PATIENCE / 1000)
        await page.goto(server.url)
        await expect(page.locator("[data-connection]")).to_have_text("Baton is connected")
        yield page
        await page.close()
    assert errors == []


async def say(pane: Locator, words: str) -> None:
    box = pane.get_by_role("textbox", name="Message", exact=True)
    await box.fill(words)
    await box.press("Enter")


@pytest.mark.timeout(600)
async def test_a_customer_is_answered_then_helped_by_a_person_and_the_managers_read_of_it(page: Page) -> None:
    customer, desk, managers = (page.locator(f'[data-pane="{key}"]') for key in ("customer", "desk", "managers"))

    # Ask, and get an answer with its source.
    await customer.get_by_role("button", name="A question the articles answer").click()
    await expect(customer.get_by_role("link", name="Delivery times and costs")).to_be_visible()

    # Get frustrated, and be handed off.
    await say(customer, "This is ridiculous, I have been waiting three weeks for my parcel and nobody answers!")
    await expect(desk.get_by_role("button", name="Claim")).to_be_visible()
    await expect(desk.get_by_text("Frustrated customer")).to_be_visible()

    # Claim as an agent, and reply in the card's thread.
    await desk.get_by_role("button", name="Claim").click()
    await expect(desk.get_by_role("button", name="Resolve")).to_be_visible()
    await expect(customer.get_by_text("Ines Hartmann is here now")).to_be_visible()
    await desk.get_by_role("button", name="1 reply").click()
    await say(desk, "I am sorry, Mara. Your parcel goes out *today*.")
    await expect(customer.locator("[data-ts]", has_text="Your parcel goes out today.")).to_contain_text("Ines Hartmann")
    await expect(desk.locator(".reaction")).to_be_visible()

    # Resolve, and be rated with a comment.
    await desk.get_by_role("button", name="Resolve").click()
    await customer.get_by_role("button", name="5", exact=True).click()
    await customer.get_by_role("button", name="comment").click()
    form = customer.get_by_role("dialog")
    await form.get_by_role("textbox").fill("Quick and kind")
    await form.locator("[type=submit]").click()
    await expect(form).to_be_hidden()

    # The managers see what Baton does, and read the report with its chart.
    await managers.get_by_role("tab", name="App Home").click()
    await expect(managers.get_by_role("heading", name="Topics")).to_be_visible()
    await managers.get_by_role("tab", name="support-managers").click()
    await say(managers, "/baton report")
    chart = managers.get_by_role("img").last
    await expect(chart).to_be_visible()
    assert await chart.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 300
