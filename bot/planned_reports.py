"""Which reports come by the clock: the weekly one of the settings, and those that the team's file names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from bot.settings import Settings, SettingsProblem, variable
from bot.values import TimeOfDay, TimeZone
from handoff.due import LAST_DAY, WEEKDAYS, Every, Rhythm
from handoff.window import Window, days

WEEKLY = "weekly"
"""The name of the report that the settings plan."""
OFF = "off"
NAME = re.compile(r"\w[\w .-]{0,39}")
USUAL_DAYS = {Every.DAY: "", Every.WEEK: "mon", Every.MONTH: "1"}
LONG_WEEKDAYS = {
    day.casefold(): day[:3].casefold()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
}


def _as_text(given: object) -> object:
    """A time or a number as TOML gives it, or a weekday written out, as it is written elsewhere."""
    if isinstance(given, time):
        return given.strftime("%H:%M")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if isinstance(given, str):
        folded = given.strip().casefold()
        return LONG_WEEKDAYS.get(folded, folded if folded in (*WEEKDAYS, LAST_DAY) else given)
    return given


def _as_name(given: str) -> str:
    if not NAME.fullmatch(given):
        raise ValueError(f"{given!r} is no name: write letters, digits, spaces, dots and hyphens, 40 at most")
    return given


class ReportOfTeam(BaseModel):
    """A report that the team's file names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, AfterValidator(_as_name)]
    """By which it is known in lists and in the terminal; of letters, digits, spaces, dots and hyphens."""
    every: Every = Every.WEEK
    day: Annotated[str, BeforeValidator(_as_text)] = ""
    """Of a weekly one mon to sun, of a monthly one 1 to 28 or "last"; Monday and the first when not said."""
    at: Annotated[TimeOfDay, BeforeValidator(_as_text)] = "09:00"
    time_zone: TimeZone | None = None
    """The team's when not said."""
    channel: str = ""
    """An id or #name; the managers' channel when not said."""

    @model_validator(mode="after")
    def _comes_on_a_day(self) -> "ReportOfTeam":
        self.rhythm("UTC")
        return self

    def rhythm(self, time_zone: str) -> Rhythm:
        """When it comes, in its own time zone or else the team's."""
        day = self.day or USUAL_DAYS[self.every]
        return Rhythm(self.every, time.fromisoformat(self.at), self.time_zone or time_zone, day)


def _each_name_once(given: tuple[ReportOfTeam, ...]) -> tuple[ReportOfTeam, ...]:
    known = set[str]()
    for report in given:
        if report.name.casefold() in known:
            raise ValueError(f'two reports are called "{report.name}"; give each a name of its own')
        known.add(report.name.casefold())
    return given


def _as_list(given: object) -> object:
    if isinstance(given, dict):
        raise ValueError("write [[reports]], in two brackets, before each report")
    return given


Reports = Annotated[tuple[ReportOfTeam, ...], BeforeValidator(_as_list), AfterValidator(_each_name_once)]


@dataclass(frozen=True, slots=True)
class Plan:
    """A report that comes by the clock: its name, when, and where to, by a channel's id or #name."""

    name: str
    rhythm: Rhythm
    channel: str
    by_team: bool = False
    """Whether the team's file names it."""

    @property
    def job(self) -> str:
        """Under which its runs are claimed: what it is about is part of it, when and where it comes is not."""
        return f"report {self.rhythm.every} {self.name.casefold()}"

    def window(self, first: date, last: date) -> Window:
        """These days in its time zone."""
        return days(first, last, self.rhythm.time_zone)

    def newest(self, moment: datetime) -> tuple[date, date]:
        """The first and the last day of the newest day, week or month that is over at `moment`."""
        today = moment.astimezone(ZoneInfo(self.rhythm.time_zone)).date()
        first, _ = self.rhythm.around(today)
        return self.rhythm.around(first - timedelta(days=1))


def plans(settings: Settings, reports: Sequence[ReportOfTeam]) -> tuple[Plan, ...]:
    """All reports that come by the clock; `reports` are those of the team's file.

    Raises:
        SettingsProblem: when the file's report has the name of the one that the settings plan.
    """
    found = list[Plan]()
    if settings.report_day != OFF:
        rhythm = Rhythm(
            Every.WEEK, time.fromisoformat(settings.report_time), settings.time_zone, day=settings.report_day
        )
        found.append(Plan(WEEKLY, rhythm, settings.managers_channel))
    for report in reports:
        if found and not found[0].by_team and report.name.casefold() == WEEKLY:
            raise SettingsProblem(
                f'The team\'s file names a report "{report.name}", which is what the one of {variable("report_day")} '
                f"is called. Give it another name there, or set {variable('report_day')}={OFF}."
            )
        channel = report.channel or settings.managers_channel
        found.append(Plan(report.name, report.rhythm(settings.time_zone), channel, by_team=True))
    return tuple(found)
