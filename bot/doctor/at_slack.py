"""What the doctor asks Slack: tokens, scopes, channels and people."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.doctor.check import Check, not_set
from bot.settings import Settings, description, variable
from bot.slack import scopes
from bot.slack.channels import UnknownChannel, resolve_channels

MOST_SKEW_SECONDS = 60.0
"""Slack refuses signatures that are five minutes old; a clock this far off is on its way there."""

Unreachable = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


def client_of(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that waits when Slack asks for it: a person waits for the table, and no customer does."""
    return AsyncWebClient(
        settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None,
        base_url=settings.slack_api_url,
        session=session,
        timeout=20,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


async def token(settings: Settings, client: AsyncWebClient) -> AsyncSlackResponse | Check:
    """Who the bot token belongs to, or the check that failed."""
    if not settings.slack_bot_token:
        return not_set("bot token", "slack_bot_token")
    try:
        return await client.auth_test()
    except Unreachable as error:
        return Check("bot token", ok=False, found=_why(error), mend=_token_advice(error, "slack_bot_token"))


async def checks(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Check]:
    """The connection, the channels, and who agents and managers are."""
    yield await _connection(settings, client)
    async for check in _channels(settings, client):
        yield check
    for name in ("agents", "managers"):
        yield await _people(name, getattr(settings, name), client)


def scopes_granted(headers: Mapping[str, Any]) -> Check:
    """Hold the scopes that Slack's answer names against those that Baton needs."""
    granted = {scope.strip() for scope in _header(headers, "x-oauth-scopes").split(",")} - {""}
    if not granted:
        return Check("scopes", ok=True, found="Slack does not say which it granted")
    without = scopes.OPTIONAL - granted
    if missing := sorted(scopes.needed() - granted - scopes.OPTIONAL):
        return Check(
            "scopes",
            ok=False,
            found=f"missing {', '.join(missing)}",
            mend="Paste a manifest of the folder manifests/ into your app's page App Manifest, then reinstall the app.",
        )
    if without:
        words = "the assistant pane suggests no questions, and its chats have no titles"
        return Check("scopes", ok=True, found=f"all that must be; without {', '.join(sorted(without))} {words}")
    extra = sorted(granted - scopes.needed())
    return Check("scopes", ok=True, found=f"all granted; not needed: {', '.join(extra)}" if extra else "all granted")


def clock(headers: Mapping[str, Any]) -> Check:
    """Compare this machine's clock with the time that Slack's answer names."""
    try:
        theirs = parsedate_to_datetime(_header(headers, "date"))
    except ValueError:
        return Check("clock", ok=True, found="Slack does not say what time it is")
    skew = (datetime.now(UTC) - theirs).total_seconds()
    return Check(
        "clock",
        ok=abs(skew) <= MOST_SKEW_SECONDS,
        found=f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Slack's",
        mend="Set this machine's clock, best by NTP: Slack's signatures expire after five minutes.",
    )


async def _connection(settings: Settings, client: AsyncWebClient) -> Check:
    if settings.mode == "http":
        if not settings.slack_signing_secret:
            return not_set("signing secret", "slack_signing_secret")
        found = f"set; listening will be on {settings.http_host}:{settings.http_port}/slack/events"
        return Check("signing secret", ok=True, found=found)
    if not settings.slack_app_token:
        return not_set("app-level token", "slack_app_token")
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except Unreachable as error:
        return Check("app-level token", ok=False, found=_why(error), mend=_token_advice(error, "slack_app_token"))
    return Check("app-level token", ok=True, found="Socket Mode opens a connection")


async def _channels(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Check]:
    wanted = {
        "support channel": ("support_channels", settings.support_channels),
        "desk channel": ("desk_channel", tuple(filter(None, [settings.desk_channel]))),
        "managers' channel": ("managers_channel", tuple(filter(None, [settings.managers_channel]))),
    }
    for what, (name, channels) in wanted.items():
        if not channels:
            yield not_set(what, name)
        for channel in channels:
            yield await _channel(what, name, channel, settings, client)


async def _channel(what: str, name: str, channel: str, settings: Settings, client: AsyncWebClient) -> Check:
    try:
        alone = {"support_channels": (channel,), "desk_channel": channel, "managers_channel": channel}
        channel_id = (await resolve_channels(client, settings.model_copy(update=alone))).desk
        info = cast("dict[str, Any]", (await client.conversations_info(channel=channel_id))["channel"])
    except UnknownChannel as problem:
        return Check(what, ok=False, found=f"{channel} is not known", mend=str(problem))
    except Unreachable as error:
        invite = "Check the id, and invite the bot: /invite @Baton in that channel."
        return Check(what, ok=False, found=f"{channel}: {_why(error)}", mend=f"{invite} It is {variable(name)}.")
    shown = f"#{info.get('name', channel)} ({channel_id})"
    if not info.get("is_member"):
        return Check(what, ok=False, found=f"{shown}: the bot is no member", mend="Write /invite @Baton in it.")
    if name == "desk_channel" and not info.get("is_private"):
        shown += ", which everybody can read: a private one protects your customers"
    return Check(what, ok=True, found=shown)


async def _people(name: str, listed: tuple[str, ...], client: AsyncWebClient) -> Check:
    if not listed:
        return Check(name, ok=name != "agents", found="none", mend=f"Set {variable(name)}. {description(name)}")
    counts: list[str] = []
    for entry in listed:
        try:
            counts.append(await _counted(entry, client))
        except LookupError as problem:
            return Check(name, ok=False, found=str(problem), mend=f"Correct {variable(name)}. {description(name)}")
        except Unreachable as error:
            return Check(name, ok=False, found=f"{entry}: {_why(error)}", mend=f"Correct {variable(name)}.")
    return Check(name, ok=True, found=", ".join(counts))


async def _counted(entry: str, client: AsyncWebClient) -> str:
    if entry.startswith(("U", "W")):
        user = cast("dict[str, Any]", (await client.users_info(user=entry))["user"])
        return f"{user.get('name', entry)} ({entry})"
    groups: list[dict[str, Any]] = (await client.usergroups_list()).get("usergroups") or []
    group = next((each for each in groups if entry in (each["id"], each["handle"], f"@{each['handle']}")), None)
    if group is None:
        raise LookupError(f"there is no user group {entry}")
    members: list[str] = (await client.usergroups_users_list(usergroup=group["id"])).get("users") or []
    if not members:
        raise LookupError(f"the user group {entry} is empty")
    return f"@{group['handle']} with {len(members)} people"


def _why(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return f"Slack cannot be reached ({type(error).__name__})"


def _token_advice(error: Exception, name: str) -> str:
    if isinstance(error, SlackApiError):
        return f"Set {variable(name)} anew. {description(name)}"
    return f"Check the network, and {variable('slack_api_url')}."


def _header(headers: Mapping[str, Any], name: str) -> str:
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
