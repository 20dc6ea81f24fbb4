"""Who is who: agents and managers by user group or id, never people of another organisation."""

import asyncio
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import turnstile

log = structlog.get_logger(__name__)

FRESH_SECONDS = 300.0
"""How long a looked-up group or profile is believed."""


class Role(StrEnum):
    """The three kinds of Slack user."""

    CUSTOMER = "customer"
    AGENT = "agent"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as customers see them."""

    user_id: str
    name: str
    image: str
    team_id: str
    language: str = ""
    deleted: bool = False
    """Whether Slack knows them no more, or as deactivated."""


class People:
    """Roles and profiles of the workspace's people.

    Args:
        client: reads users and user groups.
        team_id: the workspace; people of other teams are always customers.
        agents: user ids (U…, W…), user-group ids (S…) or user-group handles (@support).
        managers: the same; a manager is an agent as well.
    """

    def __init__(self, client: AsyncWebClient, team_id: str, *, agents: Iterable[str], managers: Iterable[str]) -> None:
        self._client, self._team_id = client, team_id
        self._listed = {Role.AGENT: tuple(agents), Role.MANAGER: tuple(managers)}
        self._members: dict[Role, frozenset[str]] = {Role.AGENT: frozenset(), Role.MANAGER: frozenset()}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self._profiles: dict[str, tuple[float, Profile]] = {}

    async def role(self, user_id: str, team_id: str) -> Role:
        """The role of a person; `team_id` is the team that Slack names beside them, empty when it names none."""
        if team_id and team_id != self._team_id:
            return Role.CUSTOMER
        await self._refresh()
        if user_id in self._members[Role.MANAGER]:
            return Role.MANAGER
        if user_id not in self._members[Role.AGENT]:
            return Role.CUSTOMER
        return Role.AGENT

    async def is_agent(self, user_id: str, team_id: str) -> bool:
        """Whether the person may act for the team."""
        return await self.role(user_id, team_id) is not Role.CUSTOMER

    async def managers(self) -> frozenset[str]:
        """The ids of the managers, without people of another organisation."""
        await self._refresh()
        of_team = {user: (await self.profile(user)).team_id for user in self._members[Role.MANAGER]}
        return frozenset(user for user, team_id in of_team.items() if team_id in ("", self._team_id))

    async def profile(self, user_id: str) -> Profile:
        """Name and picture of a person; the bare id when Slack does not tell."""
        known = self._profiles.get(user_id)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            async with turnstile.aside():
                found = await self._client.users_info(user=user_id, include_locale=True)
        except SlackApiError as error:
            why = error.response.get("error")
            log.warning("profile_unknown", user=user_id, error=why)
            return known[1] if known else Profile(user_id, user_id, "", "", deleted=why == "user_not_found")
        user: dict[str, Any] = found.get("user") or {}
        shown = user.get("profile", {})
        name = shown.get("display_name") or user.get("real_name") or user.get("name") or user_id
        locale = str(user.get("locale") or "")[:2]
        gone = bool(user.get("deleted"))
        profile = Profile(user_id, name, shown.get("image_72", ""), user.get("team_id", ""), locale, gone)
        self._profiles[user_id] = (time.monotonic(), profile)
        return profile

    async def among(self, user_id: str, channel_ids: Collection[str]) -> tuple[str, ...]:
        """Those of the channels that this person is in, in order; none when Slack does not tell.

        A channel that is shared with another organisation is named to nobody who is not in it.
        """
        found: set[str] = set()
        cursor: str | None = ""
        while cursor is not None:
            try:
                async with turnstile.aside():
                    page = await self._client.users_conversations(
                        user=user_id,
                        types="public_channel,private_channel",
                        exclude_archived=True,
                        limit=500,
                        cursor=cursor or None,
                    )
            except SlackApiError as error:
                log.warning("channels_unknown", user=user_id, error=error.response.get("error"))
                break
            channels: Iterable[dict[str, str]] = page.get("channels") or []
            found |= {channel["id"] for channel in channels}
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        return tuple(sorted(found.intersection(channel_ids)))

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at < FRESH_SECONDS:
            return
        async with turnstile.aside(), self._reading:
            if time.monotonic() - self._read_at < FRESH_SECONDS:
                return
            try:
                self._members = {role: await self.members(listed) for role, listed in self._listed.items()}
            except SlackApiError as error:
                # The people known so far keep their roles; nobody gains one by a failure.
                log.warning("groups_unknown", error=error.response.get("error"))
            self._read_at = time.monotonic()

    async def members(self, listed: Iterable[str]) -> frozenset[str]:
        """The ids of people (U…, W…) and of those in user groups (S… or @handle), asked anew each time.

        Raises:
            SlackApiError: when a group cannot be read.
        """
        ids: set[str] = set()
        for entry in listed:
            if entry.startswith(("U", "W")):
                ids.add(entry)
                continue
            group = await self._group_id(entry)
            members = await self._client.usergroups_users_list(usergroup=group)
            ids.update(members.get("users") or [])
        return frozenset(ids)

    async def _group_id(self, entry: str) -> str:
        if entry.startswith("S") and entry.isupper():
            return entry
        handle = entry.removeprefix("@")
        groups = (await self._client.usergroups_list()).get("usergroups") or []
        return next((group["id"] for group in groups if group.get("handle") == handle), entry)
