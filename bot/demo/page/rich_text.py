"""Rich text blocks to HTML: sections, lists, quotes and code, with their styles, links and mentions."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from bot.demo.page import emoji, mrkdwn
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]

STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "del"))
DEEPEST = 8
"""How far a list may be indented; Slack's own limit is 8."""


def render(parts: list[Json], names: Names) -> Markup:
    """The elements of a rich text block; neighbouring lists of different indent become one nested list."""
    out: list[Markup] = []
    for is_list, group in groupby(parts, key=lambda part: part.get("type") == "rich_text_list"):
        if is_list:
            out.append(_lists(list(group), names))
        else:
            out.extend(_part(each, names) for each in group)
    return Markup("").join(out)


def _part(part: Json, names: Names) -> Markup:
    match part.get("type"):
        case "rich_text_section":
            return Markup("<p>{}</p>").format(_run(part, names))
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_run(part, names))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_run(part, names))
        case _:
            return Markup("")


def _lists(lists: list[Json], names: Names) -> Markup:
    """Slack gives nested lists as a row of lists with indents; each indent is one list inside the other."""
    out: list[Markup] = []
    index = 0
    while index < len(lists):
        level = _indent(lists[index])
        inner = index + 1
        while inner < len(lists) and _indent(lists[inner]) > level:
            inner += 1
        out.append(_list(lists[index], lists[index + 1 : inner], names))
        index = inner
    return Markup("").join(out)


def _indent(part: Json) -> int:
    return min(int(part.get("indent") or 0), DEEPEST)


def _list(part: Json, nested: list[Json], names: Names) -> Markup:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    offset = int(part.get("offset") or 0)
    start = Markup(' start="{}"').format(offset + 1) if tag == "ol" and offset else ""
    rows = [_run(each, names) for each in part.get("elements", [])]
    if rows and nested:
        rows[-1] += _lists(nested, names)
    items = Markup("").join(Markup("<li>{}</li>").format(row) for row in rows)
    return Markup(f"<{tag}{{}}>{{}}</{tag}>").format(start, items)


def _run(part: Json, names: Names) -> Markup:
    return Markup("").join(_styled(each, names) for each in part.get("elements", []))


def _styled(piece: Json, names: Names) -> Markup:
    shown = _piece(piece, names)
    for style, tag in STYLES:
        if (piece.get("style") or {}).get(style):
            shown = Markup(f"<{tag}>{{}}</{tag}>").format(shown)
    return shown


def _piece(piece: Json, names: Names) -> Markup:
    match piece.get("type"):
        case "text":
            return Markup("<br>").join(escape(line) for line in str(piece.get("text", "")).split("\n"))
        case "link":
            return mrkdwn.link(str(piece.get("url", "")), piece.get("text") or piece.get("url", ""))
        case "user":
            return _mention("@", names.user(str(piece.get("user_id", ""))))
        case "channel":
            return _mention("#", names.channel(str(piece.get("channel_id", ""))))
        case "usergroup":
            return _mention("@", names.group(str(piece.get("usergroup_id", ""))))
        case "broadcast":
            return Markup('<span class="mention broadcast">@{}</span>').format(piece.get("range", ""))
        case "emoji":
            return escape(emoji.character(str(piece.get("name", ""))))
        case "date":
            return _date(piece)
        case "color":
            return Markup("<code>{}</code>").format(piece.get("value", ""))
        case _:
            return Markup("")


def _mention(mark: str, name: str) -> Markup:
    return Markup('<span class="mention">{}{}</span>').format(mark, name)


def _date(piece: Json) -> Markup:
    try:
        at = datetime.fromtimestamp(int(piece.get("timestamp", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return escape(piece.get("fallback", ""))
    form, fallback = str(piece.get("format", "")), piece.get("fallback") or at.strftime("%Y-%m-%d %H:%M")
    time = Markup('<time datetime="{}" data-format="{}">{}</time>').format(at.isoformat(), form, fallback)
    return mrkdwn.link(str(piece["url"]), time) if piece.get("url") else time
