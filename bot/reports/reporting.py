"""Reports of a running bot: gathered with what only it knows, found again by a button, listed for a choice."""

from contextlib import suppress
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import reports
from bot.reports.keeping import Unreadable
from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import standings
from bot.views import figures, report_words, undelivered
from bot.views.ids import ReportRef
from bot.views.report_details import Choice
from bot.views.report_entry import LastReport
from handoff import window
from handoff.report import Report
from handoff.window import Window
from storage import kept_reports, resolutions
from storage.kept_reports import KeptReport, Listed
from storage.problem import Problem
from storage.row import now


class NoLongerKept(Problem):
    """The report that a button stands under was forgotten, or never was; the message says what to do."""


KEPT_LISTED = 24
WEEKS_LISTED = 12
OF_TODAY = timedelta(days=7)
"""A report that ended longer ago does not tell of today."""
EARLIEST, LONGEST = date(2000, 1, 1), timedelta(days=1000)
"""Of what a button may ask for."""
NAMES = {"day": "daily", "week": "weekly", "month": "monthly"}


async def build(runtime: Runtime, stretch: Window, time_zone: str = "") -> Report:
    """Gather the report on a stretch of time, with links to its conversations and the topics near a certificate.

    Its days are told in `time_zone`, the team's when not said. Topics are near a certificate today, so an older report
    says nothing of it.
    """
    report = await reports.build(
        runtime.database,
        runtime.workspace_id,
        stretch,
        time_zone or runtime.time_zone,
        runtime.team,
        thread_link=runtime.thread_link,
    )
    if stretch.until < now() - OF_TODAY:
        return report
    basis = await bases.of_runtime(runtime)
    async with runtime.database.reading() as session:
        near = reports.close(await standings.every(session, basis))
    return report.model_copy(update={"moves": (*report.moves, *near)})


async def found(runtime: Runtime, ref: ReportRef) -> Report:
    """The report that a button stands under: as it was kept, or made for its days where it names none that is kept.

    Raises:
        NoLongerKept: when it names one that is not there.
        keeping.Unreadable: when it was kept by another version of Baton.
        Problem: when there can be no report on such days.
    """
    if ref.kept_id:
        async with runtime.database.reading() as session:
            kept = await kept_reports.get(session, runtime.workspace_id, ref.kept_id)
        if kept:
            return await reports.with_words(runtime.database, reports.read(kept))
    today = now().astimezone(ZoneInfo(runtime.time_zone)).date()
    if not (EARLIEST <= ref.first <= ref.last <= today and ref.last - ref.first < LONGEST):
        raise Problem(f"There is no report on {ref.first} to {ref.last}. Choose one of the other weeks.")
    if ref.kept_id:
        raise NoLongerKept(
            f"The report on {figures.day_range(ref.first, ref.last)} is no longer kept as it was posted. "
            "Its days can be counted anew, by what is known today."
        )
    return await build(runtime, window.days(ref.first, ref.last, runtime.time_zone))


async def last(session: AsyncSession, runtime: Runtime) -> LastReport | None:
    """The report that was made last; None before the first."""
    kept = await kept_reports.latest(session, runtime.workspace_id)
    if kept is None:
        return None
    link = runtime.thread_link(kept.channel_id, kept.ts) if kept.ts else ""
    trouble = f"It could not be posted in {undelivered.place(kept)}: {undelivered.why(kept.trouble)}"
    return LastReport(_ref_of(kept), kept.headline, link, _simulated(kept), trouble if kept.trouble else "")


def _simulated(kept: KeptReport) -> str:
    """What of a report did not really happen; nothing where this version of Baton cannot read it."""
    with suppress(Unreadable):
        return report_words.simulated(reports.read(kept))
    return ""


async def send_csv(runtime: Runtime, ref: ReportRef, channel_id: str, thread_ts: str = "") -> Report:
    """Post the numbers of a report as a file, in a thread or a channel; returns the report."""
    report = await found(runtime, ref)
    async with runtime.database.transaction() as session:
        reports.put_csv(session, runtime.workspace_id, channel_id, report, thread_ts=thread_ts)
    runtime.posted()
    return report


async def own_messages(runtime: Runtime, user_id: str) -> str:
    """The channel of a person's own messages with Baton."""
    opened: dict[str, str] = (await runtime.client.conversations_open(users=user_id)).get("channel") or {}
    return opened["id"]


async def choices(runtime: Runtime) -> list[Choice]:
    """What can be looked at: the kept reports, and each full week back to the first conversation; the newest first."""
    async with runtime.database.reading() as session:
        kept = await kept_reports.listed(session, runtime.workspace_id, limit=KEPT_LISTED)
        weeks = await _weeks(session, runtime)
    by_days: dict[tuple[date, date], Choice] = {}
    for each in reversed(kept):
        ref = _ref_of(each)
        named = f" ({NAMES[each.every]})" if each.every in NAMES else ""
        by_days[ref.first, ref.last] = Choice(ref, f"{figures.day_range(ref.first, ref.last)}{named}")
    for first, last in weeks:
        choice = Choice(ReportRef(first=first, last=last), figures.day_range(first, last))
        by_days.setdefault((first, last), choice)
    return sorted(by_days.values(), key=lambda choice: (choice.ref.last, choice.ref.first), reverse=True)


def anew(ref: ReportRef) -> Choice:
    """The choice to count the days of a report that is no longer kept."""
    days = ReportRef(first=ref.first, last=ref.last)
    return Choice(days, f"{figures.day_range(ref.first, ref.last)}, counted anew")


def _ref_of(kept: KeptReport | Listed) -> ReportRef:
    first, last = date.fromisoformat(kept.first_day), date.fromisoformat(kept.last_day)
    return ReportRef(kept_id=kept.id, first=first, last=last)


async def _weeks(session: AsyncSession, runtime: Runtime) -> list[tuple[date, date]]:
    """The full weeks, the newest first, back to the one in which the first conversation was opened."""
    zone = ZoneInfo(runtime.time_zone)
    newest = window.last_full_week(now(), runtime.time_zone).since.astimezone(zone).date()
    weeks: list[tuple[date, date]] = []
    for back in range(WEEKS_LISTED):
        first = newest - timedelta(weeks=back)
        last = first + timedelta(days=6)
        until = window.days(first, last, runtime.time_zone).until
        if not await resolutions.any_opened_before(session, runtime.workspace_id, until):
            break
        weeks.append((first, last))
    return weeks
