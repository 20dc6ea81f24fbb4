"""Which groups of customers a person is in, as the team's file names them."""

import asyncio
import time
from collections.abc import Mapping, Sequence

import structlog
from slack_sdk.errors import SlackApiError

from bot import turnstile
from bot.slack.people import FRESH_SECONDS, People

log = structlog.get_logger(__name__)


class CustomerGroups:
    """The groups of customers that the team's file names, with their members looked up and believed for a while.

    Args:
        people: looks up user groups.
        listed: by name, the people (U…), user groups (S… or @handle) and organisations (T…) in it.
    """

    def __init__(self, people: People, listed: Mapping[str, Sequence[str]]) -> None:
        self._people = people
        self._organisations = {
            name: frozenset(each for each in entries if _is_organisation(each)) for name, entries in listed.items()
        }
        self._listed = {
            name: tuple(each for each in entries if not _is_organisation(each)) for name, entries in listed.items()
        }
        self._members: dict[str, frozenset[str]] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def of(self, user_id: str, organisation: str) -> frozenset[str]:
        """The groups of a person of this organisation."""
        if not self._listed:
            return frozenset()
        await self._refresh()
        return frozenset(
            name
            for name in self._listed
            if organisation in self._organisations[name] or user_id in self._members.get(name, ())
        )

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at < FRESH_SECONDS:
            return
        async with turnstile.aside(), self._reading:
            if time.monotonic() - self._read_at < FRESH_SECONDS:
                return
            for name, entries in self._listed.items():
                await self._read(name, entries)
            self._read_at = time.monotonic()

    async def _read(self, name: str, entries: Sequence[str]) -> None:
        try:
            self._members[name] = await self._people.members(entries)
        except SlackApiError as error:
            # Whoever is known stays in; nobody comes in by a failure.
            log.warning("customer_group_unknown", group=name, error=error.response.get("error"))


def _is_organisation(entry: str) -> bool:
    return entry.startswith("T") and entry.isupper()
