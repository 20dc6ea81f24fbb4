"""Slack's mrkdwn to safe HTML: what is not known markup is text, and every text is escaped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from markupsafe import Markup, escape

from bot.demo.page import emoji

_FENCE = re.compile(r"```\n?(.*?)```", re.DOTALL)
_TOKEN = re.compile(r"<([^<>\n]+)>|`([^`\n]+)`")
_SPAN = re.compile(r"(?<![\w*_~])([*_~])(?=\S)((?:(?!\1).)+?)(?<=\S)\1(?![\w*_~])")
_TAGS = {"*": "strong", "_": "em", "~": "del"}
_KEPT = re.compile("\0(\\d+)\0")
_BARE_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'\0]+[^\s<>\"'\0.,;:!?)\]]")
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)
_ADDRESS_IN_CODE = re.compile(r"<((?:https?:|mailto:)[^|<>\n]+)(?:\|([^<>\n]*))?>")
_DATE_PART = re.compile(r"\{(\w+)\}")
_QUOTE = re.compile(r"(&gt;|>) ?")
_QUOTE_ALL = re.compile(r"(&gt;|>){3} ?")
_POINT = re.compile(r"\s*([•◦▪‣-]|\d{1,3}[.)]) +(?=\S)")


def _itself(identifier: str) -> str:
    return identifier


@dataclass(frozen=True)
class Names:
    """How people, channels and user groups are called, and which can be chosen in menus, each as (id, name)."""

    user: Callable[[str], str]
    channel: Callable[[str], str]
    group: Callable[[str], str] = _itself
    people: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()


def safe_address(address: str) -> str:
    """An address that a link may lead to (http, https, mailto), or nothing."""
    return address if _SAFE_ADDRESS.fullmatch(address) else ""


def link(address: str, words: object) -> Markup:
    """A link that opens beside the page, or the words alone when the address is not a safe one."""
    safe = safe_address(address)
    form = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return form.format(safe, words) if safe else escape(words)


def html(text: str, names: Names) -> Markup:
    """Render mrkdwn text, in which `&`, `<` and `>` of words are entities, as HTML."""
    out: list[Markup] = []
    for index, part in enumerate(_FENCE.split(text.replace("\0", ""))):
        if index % 2:
            out.append(Markup("<pre>{}</pre>").format(_code(part.rstrip("\n"))))
        elif words := part.strip("\n") if index else part.removesuffix("\n"):
            out.append(_lines(words, names))
    return Markup("").join(out)


def plain(text: str) -> Markup:
    """Render plain text: escaped, with emoji and line breaks."""
    return Markup("<br>").join(escape(line) for line in emoji.replace(text).split("\n"))


def _lines(text: str, names: Names) -> Markup:
    """Lines by their kind: quotes and points stand as blocks, the others follow each other."""
    out: list[Markup] = []
    for kind, group in groupby(_kinds(text.split("\n")), key=lambda each: each[0]):
        rows = [_point(line, names) if kind == "point" else _inline(line, names) for _, line in group]
        if kind == "quote":
            out.append(Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(rows)))
        elif kind == "point":
            out.extend(rows)
        else:
            out.append(Markup("<br>").join(rows))
    return Markup("").join(out)


def _point(line: str, names: Names) -> Markup:
    mark = _POINT.match(line)
    end = mark.end() if mark else 0
    form = Markup('<span class="point"><span>{}</span> <span>{}</span></span>')
    return form.format(mark[1] if mark else "", _inline(line[end:], names))


def _kinds(lines: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for index, line in enumerate(lines):
        if start := _QUOTE_ALL.match(line):
            return [*found, ("quote", line[start.end() :]), *(("quote", each) for each in lines[index + 1 :])]
        if start := _QUOTE.match(line):
            found.append(("quote", line[start.end() :]))
        else:
            found.append(("point" if _POINT.match(line) else "text", line))
    return found


def _inline(text: str, names: Names) -> Markup:
    """One line. Code and tokens are put aside first, so that no span is looked for inside them."""
    kept: list[Markup] = []

    def keep(token: re.Match[str]) -> str:
        kept.append(_token(token[1], names) if token[1] else Markup("<code>{}</code>").format(_code(token[2])))
        return f"\0{len(kept) - 1}\0"

    return _spans(_TOKEN.sub(keep, text), kept)


def _spans(text: str, kept: list[Markup]) -> Markup:
    """Bold, italic and struck text. The nesting ends by itself: a span holds no mark of its own kind."""
    out: list[Markup] = []
    last = 0
    for span in _SPAN.finditer(text):
        tag = _TAGS[span[1]]
        out.append(_words(text[last : span.start()], kept))
        out.append(Markup(f"<{tag}>{{}}</{tag}>").format(_spans(span[2], kept)))
        last = span.end()
    return Markup("").join([*out, _words(text[last:], kept)])


def _words(text: str, kept: list[Markup]) -> Markup:
    parts = _KEPT.split(text)
    return Markup("").join(kept[int(part)] if index % 2 else _linked(part) for index, part in enumerate(parts))


def _linked(text: str) -> Markup:
    words, last = _unescape(text), 0
    out: list[Markup] = []
    for found in _BARE_ADDRESS.finditer(words):
        out += [escape(emoji.replace(words[last : found.start()])), link(found[0], found[0])]
        last = found.end()
    return Markup("").join([*out, escape(emoji.replace(words[last:]))])


def _code(text: str) -> str:
    return _unescape(_ADDRESS_IN_CODE.sub(lambda found: found[2] or found[1], text))


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token(inside: str, names: Names) -> Markup:
    target, _, label = inside.partition("|")
    label = _unescape(label)
    if target.startswith("@"):
        return Markup('<span class="mention">@{}</span>').format(label or names.user(target[1:]))
    if target.startswith("#"):
        return Markup('<span class="mention">#{}</span>').format(label or names.channel(target[1:]))
    if target.startswith("!date^"):
        return _date(target, label)
    if target.startswith("!subteam^"):
        group = label or names.group(target.removeprefix("!subteam^"))
        return Markup('<span class="mention">@{}</span>').format(group.removeprefix("@"))
    if target.startswith("!"):
        return Markup('<span class="mention broadcast">@{}</span>').format(label or target[1:].split("^")[0])
    address = _unescape(target)
    if not safe_address(address):
        return escape(label or f"<{address}>")
    return link(address, label or address.removeprefix("mailto:"))


def _date(target: str, label: str) -> Markup:
    _, seconds, form, *address = [*target.split("^"), "", ""][:5]
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return escape(label)
    shown = _DATE_PART.sub(lambda part: _date_part(at, part[1]), form) or label
    time = Markup('<time datetime="{}" data-format="{}">{}</time>').format(at.isoformat(), form, shown)
    return link(_unescape(address[0]), time) if address[0] else time


def _date_part(at: datetime, part: str) -> str:
    if part.startswith("time"):
        return at.strftime("%H:%M")
    return at.strftime("%Y-%m-%d" if part == "date_num" else "%b %d")
