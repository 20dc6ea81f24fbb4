"""What a person types, as Slack keeps it: escaped, with links and mentions in angle brackets."""

import re
from collections.abc import Mapping

_KEPT = re.compile(r"<(?:[@#!][^<>\s][^<>]*|(?:https?://|mailto:)[^<>\s][^<>]*)>|&(?:amp|lt|gt);")
_LINK = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'\"]")
_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)")


def as_slack_text(text: str, user_ids: Mapping[str, str]) -> str:
    """Escape what a person typed; what is in Slack's own form already stays as it is.

    Args:
        text: as typed.
        user_ids: the ids of the people by the names by which they are mentioned.
    """
    out: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        out += [_plain(text[end : kept.start()], user_ids), kept[0]]
        end = kept.end()
    return "".join([*out, _plain(text[end:], user_ids)])


def _plain(text: str, user_ids: Mapping[str, str]) -> str:
    if not text:
        return text
    out: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        out += [_words(text[end : link.start()], user_ids), f"<{_escaped(link[0])}>"]
        end = link.end()
    return "".join([*out, _words(text[end:], user_ids)])


def _words(text: str, user_ids: Mapping[str, str]) -> str:
    escaped = _escaped(text)
    if "@" not in escaped:
        return escaped
    return _MENTION.sub(lambda found: f"<@{user_ids[found[1]]}>" if found[1] in user_ids else found[0], escaped)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
