"""Managers press the buttons of a report: details, the numbers as a file, other weeks; also from App Home."""

import csv
import io
from datetime import date, timedelta

import pytest

from bot import reports
from bot.demo.workspace import Person
from bot.reports import reporting
from bot.views.ids import ActionId, ReportRef
from handoff.report import Report
from handoff.window import last_full_week
from storage import kept_reports
from storage.kinds import ResolvedBy
from storage.problem import Problem
from storage.row import now
from tests import weeks
from tests.bot.reports.samples import WHOLE
from tests.integration.dialogue import Json, by_bot, words
from tests.stage import BEN, DESK, MANAGERS, MIA, SEED, Stage
from tests.weeks import Cell

WORKSPACE = SEED.team_id
ZONE = "UTC"
CELLS = [
    Cell(ResolvedBy.AI, "returns", 40, asked=30, rated=20, satisfied=15, confirmed=10),
    Cell(ResolvedBy.HUMAN, "returns", 20, asked=16, rated=12, satisfied=9),
]


async def posted(stage: Stage, person: Person, report: Report, channel: str = MANAGERS) -> Json:
    """Post a report, and wait for its message."""
    await reports.deliver(stage.database, WORKSPACE, channel, report)
    stage.bot.runtime.posted()
    return await person.reads(channel, until=by_bot("Weekly report"))


async def form_with(person: Person, part: str) -> Json:
    """Wait until the open form says something."""

    async def look() -> Json | None:
        form = await person.modal()
        return form if part in words(form) else None

    return await person.until(look)


def options(form: Json) -> list[Json]:
    """What the form's menu offers."""
    return [
        option
        for block in form["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == ActionId.CHOOSE_REPORT
        for option in element["options"]
    ]


async def test_details_show_the_report_as_it_was_posted(stage: Stage) -> None:
    mia = await stage.person(MIA)
    message = await posted(stage, mia, WHOLE)
    await mia.presses(message, ActionId.REPORT_DETAILS, channel=MANAGERS)
    form = await form_with(mia, "Conversations by who resolved them")
    shown = words(form)
    for part in ("(erased)", "gift cards", "Hodges", "Week by week", "2 h 20 min"):
        assert part in shown
    assert form["title"]["text"] == "Report"


async def test_a_report_that_cannot_be_read_any_more_says_how_to_make_it_anew(stage: Stage) -> None:
    mia = await stage.person(MIA)
    message = await posted(stage, mia, WHOLE)
    async with stage.database.transaction() as session:
        kept = await kept_reports.latest(session, WORKSPACE)
        assert kept
        kept.report = "{}"
        session.add(kept)
    await mia.presses(message, ActionId.REPORT_DETAILS, channel=MANAGERS)
    assert "--from 2026-11-16 --to 2026-11-22" in words(await form_with(mia, "another version"))


async def test_a_report_that_is_no_longer_kept_is_not_replaced_unasked_but_can_be_counted_anew(stage: Stage) -> None:
    mia = await stage.person(MIA)
    message = await posted(stage, mia, WHOLE)
    async with stage.database.transaction() as session:
        assert await kept_reports.forget(session, before=now() + timedelta(days=1)) == 1
    await mia.presses(message, ActionId.REPORT_CSV, channel=MANAGERS)
    await mia.reads(MANAGERS, until=by_bot("is no longer kept as it was posted"))
    await mia.presses(message, ActionId.REPORT_DETAILS, channel=MANAGERS)
    form = await form_with(mia, "is no longer kept as it was posted")
    assert "Conversations by who resolved them" not in words(form)
    first = options(form)[0]
    assert first["text"]["text"] == "16–22 Nov 2026, counted anew"
    await mia.presses_in_view(form, ActionId.CHOOSE_REPORT, selected_option=first)
    assert "Weekly report, 16–22 Nov 2026" in words(await form_with(mia, "0 opened, 0 resolved"))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-22", "2026-11-16"),
        ("9999-12-30", "9999-12-31"),
        ("0001-01-01", "0001-01-07"),
        ("2001-01-01", "2026-01-01"),
    ],
)
async def test_days_that_no_report_can_be_on_are_refused_with_the_reason(stage: Stage, first: str, last: str) -> None:
    ref = ReportRef(kept_id="of another workspace", first=date.fromisoformat(first), last=date.fromisoformat(last))
    with pytest.raises(Problem, match=f"There is no report on {first} to {last}"):
        await reporting.found(stage.bot.runtime, ref)


async def test_only_managers_get_at_a_report(stage: Stage) -> None:
    ben = await stage.person(BEN)
    message = await posted(stage, ben, WHOLE, DESK)
    for action in (ActionId.REPORT_DETAILS, ActionId.REPORT_CSV, ActionId.OTHER_REPORTS):
        await ben.presses(message, action, channel=DESK)
        await ben.reads(DESK, until=by_bot("Only the managers can read the reports."))
        assert await ben.looks("views") == []
    assert [each for each in await ben.history(DESK, message["ts"]) if each.get("files")] == []


async def test_the_numbers_come_as_a_file_into_the_thread(stage: Stage) -> None:
    mia = await stage.person(MIA)
    message = await posted(stage, mia, WHOLE)
    await mia.presses(message, ActionId.REPORT_CSV, channel=MANAGERS)
    reply = await mia.reads(MANAGERS, thread=message["ts"], until=lambda each: bool(each.get("files")))
    (file,) = reply["files"]
    assert file["name"] == "baton-2026-11-16-2026-11-22.csv"
    rows = list(csv.DictReader(io.StringIO(await text_of(stage, file))))
    assert rows[0]["arm"] == "ai"


async def text_of(stage: Stage, file: Json) -> str:
    headers = {"Authorization": f"Bearer {SEED.app.bot_token}"}
    session = stage.bot.runtime.client.session
    assert session
    async with session.get(file["url_private_download"], headers=headers) as answer:
        return await answer.text()


async def test_other_weeks_are_chosen_from_kept_ones_and_from_what_happened(stage: Stage) -> None:
    mia = await stage.person(MIA)
    newest = last_full_week(now(), ZONE)
    for back in (0, 1, 2):
        window = last_full_week(newest.since - timedelta(weeks=back) + timedelta(days=8), ZONE)
        await weeks.add(stage.database, window, CELLS, WORKSPACE)
    message = await posted(stage, mia, WHOLE)
    await mia.presses(message, ActionId.OTHER_REPORTS, channel=MANAGERS)
    form = await form_with(mia, "Which report?")
    offered = options(form)
    assert len(offered) >= 3
    refs = [ReportRef.unpack(option["value"]) for option in offered]
    assert [ref.last for ref in refs] == sorted((ref.last for ref in refs), reverse=True)
    assert sum(bool(ref.kept_id) for ref in refs) == 1
    chosen = next(option for option, ref in zip(offered, refs, strict=True) if not ref.kept_id)
    await mia.presses_in_view(form, ActionId.CHOOSE_REPORT, selected_option=chosen)
    shown = await form_with(mia, "Conversations by who resolved them")
    assert "75 % of 20 (53–89)" in words(shown)
    assert options(shown)  # and on to the next
    await mia.presses_in_view(shown, ActionId.REPORT_CSV)
    own = await mia.direct()
    sent = await mia.reads(own, until=lambda each: bool(each.get("files")))
    assert sent["files"][0]["title"].endswith(": the numbers as CSV")
    told = await form_with(mia, "The CSV is in your messages with Baton.")
    assert "Send me the CSV" not in words(told)  # once is enough
    assert "75 % of 20 (53–89)" in words(told)


async def test_home_leads_managers_to_the_last_report(stage: Stage) -> None:
    mia = await stage.person(MIA)
    await posted(stage, mia, WHOLE)
    await mia.reads(MANAGERS, until=lambda each: bool(each.get("files")))  # so the message before it is noted as posted
    home = await mia.opens_home()
    assert "open it" in words(home)
    assert WHOLE.comparison.headline in words(home)
    await mia.presses_in_view(home, ActionId.REPORT_DETAILS)
    await form_with(mia, "Conversations by who resolved them")
    assert ActionId.REPORT_DETAILS not in words(await (await stage.person(BEN)).opens_home())
