"""Slack's message text to plain words, and back where an agent's own text goes on to a customer."""

import html
import re

_TOKEN = re.compile(r"<([^<>]*)>")
_BROADCAST = re.compile(r"<!(channel|here|everyone|subteam\^[A-Z0-9]+)(?:\|[^<>]*)?>")


def plain(text: str, *, bot_user_id: str = "") -> str:
    """Turn Slack's markup into the words a person typed, without a mention of the bot itself.

    Links become `label (address)`, mentions `@name` or `@id`, channels `#name`, entities their characters.
    """
    if bot_user_id:
        text = text.replace(f"<@{bot_user_id}>", " ")
    return html.unescape(_TOKEN.sub(_spell_out, text)).strip()


def _spell_out(token: re.Match[str]) -> str:
    inside, _, label = token[1].partition("|")
    if inside.startswith("@"):
        return f"@{label or inside[1:]}"
    if inside.startswith("#"):
        return f"#{label or inside[1:]}"
    if inside.startswith("!"):
        return label or f"@{inside[1:].split('^')[0]}"
    address = inside.removeprefix("mailto:").removeprefix("tel:")
    return f"{label} ({address})" if label and label not in (address, inside) else address


def without_broadcasts(text: str) -> str:
    """An agent's text as they formatted it, but nothing that would notify a whole channel."""
    return _BROADCAST.sub(lambda token: f"@{token[1].split('^')[0]}", text)
