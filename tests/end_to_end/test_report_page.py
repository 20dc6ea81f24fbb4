"""The report's page in a browser: it fits a phone, and says there what each number is."""

from base64 import b64decode

import pytest
from playwright.async_api import Browser, ViewportSize

from bot import reports
from bot.charts import drawing
from bot.charts.picture import Charts, Order
from tests.bot.reports.samples import NASTY, WHOLE
from tests.end_to_end.conftest import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_WIDE = """() => document.documentElement.scrollWidth - window.innerWidth"""
UNNAMED = """() => [...document.querySelectorAll('tbody td')].filter(cell => {
    const said = getComputedStyle(cell, '::before').content
    return cell.dataset.of && said !== JSON.stringify(cell.dataset.of)
}).length"""
CUT = """() => [...document.querySelectorAll('tbody span, tbody th, p, li, h1, h2')]
    .filter(each => each.getBoundingClientRect().right > window.innerWidth + 0.5).length"""


@pytest.mark.parametrize("width", [320, 360, 420, 600])
@pytest.mark.parametrize("week", [WHOLE, NASTY], ids=["whole", "nasty"])
async def test_the_page_is_no_wider_than_a_phone_and_names_each_cell(
    browser: Browser, width: int, week: reports.Report
) -> None:
    drawn = drawing.draw(Order(report=week, form="svg"))
    charts = Charts(b64decode(drawn.comparison) or None, b64decode(drawn.trend) or None)
    page = await browser.new_page(viewport=ViewportSize(width=width, height=800))
    page.set_default_timeout(PATIENCE)
    await page.set_content(reports.to_html(week, charts))
    assert await page.evaluate(TOO_WIDE) <= 0
    assert await page.evaluate(CUT) == 0
    assert await page.evaluate(UNNAMED) == 0
    await page.close()
