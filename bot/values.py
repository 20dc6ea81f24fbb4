"""How values of settings and of the team's file are written: lists, durations, times, time zones, addresses."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _comma_list(given: object) -> object:
    if not isinstance(given, str):
        return given
    return tuple(part for part in (each.strip() for each in given.split(",")) if part)


def _seconds(given: object) -> object:
    """Turn `90`, `90s`, `30m`, `24h` or `7d` into seconds."""
    if not isinstance(given, str):
        return given
    found = _DURATION.fullmatch(given.strip().lower())
    if found is None:
        raise ValueError("write seconds, or a number with s, m, h or d, such as 24h")
    return float(found[1]) * _UNITS[found[2] or "s"]


def _time_zone(given: str) -> str:
    try:
        ZoneInfo(given)
    except Exception as error:
        raise ValueError("write a time zone such as Europe/Berlin, or UTC") from error
    return given


def _time_of_day(given: str) -> str:
    if not _TIME_OF_DAY.fullmatch(given):
        raise ValueError("write hours and minutes such as 09:00")
    return given


def _api_url(given: str) -> str:
    if not given.startswith(("http://", "https://")):
        raise ValueError("write an address that begins with https://")
    return given if given.endswith("/") else given + "/"


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_comma_list)]
Seconds = Annotated[float, BeforeValidator(_seconds)]
Share = Annotated[float, Field(ge=0, le=1)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
ApiUrl = Annotated[str, AfterValidator(_api_url)]
