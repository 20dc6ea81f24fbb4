"""What a team decides about its assistant, in a file they keep beside their articles: `baton.toml`.

Secrets and addresses are settings (`bot.settings`); what is here may be read, reviewed and versioned by anybody in the
team. Every section may be left out.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.planned_reports import Reports
from bot.settings import SettingsProblem
from bot.values import Seconds
from handoff import business_hours
from handoff.business_hours import EXAMPLE, WEEKDAYS, BusinessHours
from handoff.survey import SurveyRules


class TeamFileProblem(SettingsProblem):
    """The team's file cannot be used; the message names the line or the key, and what to write."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Voice(_Section):
    """How replies sound, and what they must keep to; for drafters that write."""

    tone: str = ""
    """In a few words, such as "warm, brief, no exclamation marks"."""
    rules: tuple[str, ...] = ()
    """A sentence each."""


class Subjects(_Section):
    """What always goes to a person, whatever a draft would say."""

    to_people: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """By a name that agents read, the words and phrases by which it is heard."""


class Channel(_Section):
    """How Baton behaves in one support channel."""

    gather_seconds: Annotated[float, Field(ge=0, le=120)] = 0.0
    """Messages that one person sends in a row within so many seconds are one question; 0 takes each alone."""
    offer_before_handoff: Annotated[float, Field(ge=0, le=3_600)] | None = None
    """Seconds that an offer of a person waits for the customer's word; 0 hands off at once, none as in the settings."""
    privately_first: bool = False
    """Whether only the asker sees a reply, until they show it to everyone."""


class ArticleRule(_Section):
    """What holds for the articles that fit every pattern of the rule, unless they say otherwise themselves.

    Patterns are those of a shell (`*`, `?`, `[a-z]`), and do not tell capitals from small letters.
    """

    title: str = ""
    """Such as "Internal: *"."""
    path: str = ""
    """Of the article within its source: a path, an id or an address, such as "agents/*"."""
    source: str = ""
    """The folder, file or address that is synced, such as "*/handbook"."""
    audience: str = ""
    """Such as "internal" or "channel:C012AB3CD"."""
    topic: str = ""


class Knowledge(_Section):
    """How articles are read."""

    rules: tuple[ArticleRule, ...] = ()
    """For each property, the first rule that fits an article and names it decides."""


class Links(_Section):
    """Where replies may lead besides what their articles link to."""

    domains: tuple[str, ...] = ()
    """Such as "example.com", with everything below it."""


Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class TeamPrice(_Section):
    """What the team pays for a model, in US dollars for a million tokens."""

    input: Dollars
    output: Dollars
    cached_input: Dollars | None = None
    """Of input that the server still knew; as other input when not told."""
    cache_writes: Dollars | None = None
    """Of input that the server kept for later; as other input when not told."""


class Pane(_Section):
    """What the assistant pane shows to begin with."""

    prompts: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = Field(default=(), max_length=4)
    """Questions, four at most; the titles of the articles that are cited most without any."""


class Desk(_Section):
    """When people are at the desk, in the team's time zone, and what they speak."""

    mon: tuple[str, ...] = ()
    """Such as "09:00-17:30"; a list for a day with a break. A day that is left out is closed."""
    tue: tuple[str, ...] = ()
    wed: tuple[str, ...] = ()
    thu: tuple[str, ...] = ()
    fri: tuple[str, ...] = ()
    sat: tuple[str, ...] = ()
    sun: tuple[str, ...] = ()
    holidays: frozenset[date] = frozenset()
    """Such as 2026-12-25."""
    languages: tuple[str, ...] = ()
    """Codes of the languages that somebody there speaks, such as "en" and "de"."""
    longest_gap_minutes: Annotated[float, Field(gt=0, le=60)] = 5.0
    """At most so long a pause between two deeds of a person counts as work."""

    @model_validator(mode="before")
    @classmethod
    def _short_names(cls, given: dict[str, Any]) -> dict[str, Any]:
        for key in set(given) - set(cls.model_fields):
            if key.lower()[:3] in WEEKDAYS:
                raise ValueError(f'"{key}" is no key of [desk]. Write {", ".join(WEEKDAYS)}.')
        return given

    @field_validator(*WEEKDAYS, mode="before")
    @classmethod
    def _one_or_more(cls, given: Any) -> tuple[str, ...]:
        spans: list[Any] = [given] if isinstance(given, str) else list(given) if isinstance(given, list | tuple) else []
        if not all(isinstance(span, str) for span in spans) or (given and not spans):
            raise ValueError(f"{given} is no span of time. Write one {EXAMPLE}.")
        return tuple(spans)

    @field_validator("holidays", mode="before")
    @classmethod
    def _days_of_the_calendar(cls, given: Any) -> frozenset[date]:
        try:
            return frozenset(each if type(each) is date else date.fromisoformat(each) for each in given)
        except (TypeError, ValueError) as error:
            raise ValueError(f"not all of {given} are days. Write them as in [2026-12-25, 2026-12-26].") from error

    @field_validator("languages")
    @classmethod
    def _codes(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for each in given:
            if not re.fullmatch("[a-z]{2}", each):
                raise ValueError(f'"{each}" is no code of a language. Write one such as "en" or "de".')
        return given

    @model_validator(mode="after")
    def _possible(self) -> Self:
        business_hours.week_of(self._days)
        return self

    @property
    def _days(self) -> dict[str, tuple[str, ...]]:
        return {name: getattr(self, name) for name in WEEKDAYS}

    @property
    def longest_gap(self) -> timedelta:
        """As a length of time."""
        return timedelta(minutes=self.longest_gap_minutes)

    def hours(self, time_zone: str) -> BusinessHours | None:
        """The hours in the team's time zone; None where no day has any, so that only clock hours are told."""
        week = business_hours.week_of(self._days)
        return BusinessHours(week, time_zone, self.holidays) if any(week) else None


class Survey(_Section):
    """When customers are asked how it went, the same for whoever resolved the conversation; times such as 2m or 7d."""

    delay: Annotated[Seconds, Field(ge=0, le=86_400)] = 60.0
    """From the resolution until the customer is asked; one who writes again in that time is not."""
    contact_days: Annotated[float, Field(ge=0, le=365)] = 7.0
    """Nobody is asked twice within so many days, unless about a conversation that was reopened; 0 for no such rule."""
    reminder_after: Annotated[Seconds, Field(ge=0)] = 0.0
    """From asking until the one reminder; 0 for none."""
    expires_after: Annotated[Seconds, Field(ge=3_600, le=30 * 86_400)] = 7 * 86_400.0
    """From asking until a score no longer counts."""

    @model_validator(mode="after")
    def _reminds_in_time(self) -> "Survey":
        if self.reminder_after >= self.expires_after:
            raise ValueError("reminder_after has to be shorter than expires_after")
        return self

    @property
    def rules(self) -> SurveyRules:
        """The same as spans of time."""
        return SurveyRules(
            delay=timedelta(seconds=self.delay),
            contact=timedelta(days=self.contact_days),
            reminder=timedelta(seconds=self.reminder_after),
            expires=timedelta(seconds=self.expires_after),
        )


class Comparison(_Section):
    """How the AI is compared with people."""

    resolution_days: Annotated[int, Field(ge=1, le=60)] = 7
    """Days in which a customer who returns with the same matter takes a resolution back."""
    holdout: Annotated[float, Field(ge=0, le=0.2)] = 0.0
    """The share, 0 to 0.2, of the conversations the AI could take that a lot sends straight to people."""


class Alerts(_Section):
    """What managers hear between reports."""

    false_alarms_a_year: Annotated[float, Field(ge=0, le=50)] = 1.0
    """How many alerts that chance alone raised are accepted a year, in the mean; fewer come later. 0 for no alerts."""


class TeamFile(_Section):
    """Everything in `baton.toml`."""

    voice: Voice = Voice()
    subjects: Subjects = Subjects()
    links: Links = Links()
    desk: Desk = Desk()
    pane: Pane = Pane()
    survey: Survey = Survey()
    comparison: Comparison = Comparison()
    alerts: Alerts = Alerts()
    channels: Mapping[str, Channel] = Field(default_factory=dict)
    """By channel id or #name."""
    knowledge: Knowledge = Knowledge()
    customer_groups: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """By name, the people (U…), user groups (S… or @handle) and organisations (T…) in it."""
    reports: Reports = ()
    """Those that come by the clock, besides the weekly one of the settings."""
    prices: Mapping[str, TeamPrice] = Field(default_factory=dict)
    """By model, where it differs from what its maker lists, or nobody lists it."""

    def channel(self, *names: str) -> Channel:
        """The behaviour in a channel, by its id or its #name; the usual one where the file names neither."""
        return next((self.channels[name] for name in names if name in self.channels), Channel())


def read(path: Path | None) -> TeamFile:
    """Read the file; without one, everything is as usual.

    Raises:
        TeamFileProblem: when it is missing, is no TOML, or has a key or a value that means nothing.
    """
    if path is None:
        return TeamFile()
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TeamFileProblem(f"The team's file {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TeamFileProblem(f"The team's file {path} is no TOML: {error}.") from error
    try:
        return TeamFile.model_validate(found)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {_words(each['msg'])}" for each in error.errors())
        raise TeamFileProblem(f"The team's file {path} has something that cannot be used: {told}.") from error


def _words(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".")
