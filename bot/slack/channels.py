"""Turns the channels of the settings, ids or #names, into ids."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from storage.problem import Problem


@dataclass(frozen=True, slots=True)
class Channels:
    """Where Baton works, by channel id."""

    support: frozenset[str]
    desk: str
    managers: str
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """The #name of each channel that was looked up by it."""


class UnknownChannel(Problem):
    """A channel of the settings does not exist, or the bot cannot see it."""


async def resolve_channels(client: AsyncWebClient, settings: Settings, more: Collection[str] = ()) -> Channels:
    """Look up the names among the settings' channels and those of the team's file (`more`); ids are taken as they are.

    Raises:
        UnknownChannel: names the channel and what to do.
    """
    wanted = [*settings.support_channels, settings.desk_channel, settings.managers_channel, *more]
    names = await _ids_by_name(client) if any(is_name(each) for each in wanted) else {}
    support = frozenset(_id(each, names) for each in settings.support_channels)
    called = {_id(each, names): f"#{each.removeprefix('#')}" for each in wanted if is_name(each)}
    return Channels(support, _id(settings.desk_channel, names), _id(settings.managers_channel, names), called)


async def find_channel(client: AsyncWebClient, channel: str) -> str:
    """The id of a channel, by its id or its #name.

    Raises:
        UnknownChannel: names the channel and what to do.
    """
    return _id(channel, await _ids_by_name(client) if is_name(channel) else {})


def is_name(channel: str) -> bool:
    """Whether a channel is given by its #name, which Slack has to look up, and not by its id."""
    return channel.startswith("#") or not channel.isupper()


def _id(channel: str, names: dict[str, str]) -> str:
    if not is_name(channel):
        return channel
    name = channel.removeprefix("#")
    if name not in names:
        raise UnknownChannel(
            f"There is no channel #{name} that Baton can see. Invite the bot to it (/invite @Baton), "
            "or set the channel's id instead of its name."
        )
    return names[name]


async def _ids_by_name(client: AsyncWebClient) -> dict[str, str]:
    found: dict[str, str] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = await client.conversations_list(
            types="public_channel,private_channel", exclude_archived=True, limit=500, cursor=cursor or None
        )
        channels: Iterable[dict[str, str]] = page.get("channels") or []
        found |= {channel["name"]: channel["id"] for channel in channels}
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
    return found
