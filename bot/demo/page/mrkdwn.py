"""Slack's mrkdwn to safe HTML: what is not known markup is text, and every text is escaped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup, escape

from bot.demo.page import emoji

_FENCE = re.compile(r"```\n?(.*?)```", re.DOTALL)
_TOKEN = re.compile(r"<([^<>\n]+)>|`([^`\n]+)`")
_SPANS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "del"),
)
_SAFE_ADDRESS = re.compile(r"^(https?://|mailto:)[^\s\"'<>]+$", re.IGNORECASE)
_DATE_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Names:
    """How people and channels are called."""

    user: Callable[[str], str]
    channel: Callable[[str], str]


def safe_address(address: str) -> str:
    """An address that a link may lead to, or nothing."""
    return address if _SAFE_ADDRESS.match(address) else ""


def html(text: str, names: Names) -> Markup:
    """Render mrkdwn text, in which `&`, `<` and `>` of words are entities, as HTML."""
    out: list[Markup] = []
    for index, part in enumerate(_FENCE.split(text)):
        if index % 2:
            out.append(Markup("<pre>{}</pre>").format(_unescape(part.rstrip("\n"))))
        elif part.strip("\n") or not index:
            out.append(_lines(part, names))
    return Markup("").join(out)


def plain(text: str) -> Markup:
    """Render plain text: escaped, with emoji and line breaks."""
    return _breaks(escape(emoji.replace(text)))


def _lines(text: str, names: Names) -> Markup:
    out: list[Markup] = []
    quoted: list[Markup] = []
    for line in text.split("\n"):
        if line.startswith(("&gt; ", "> ", "&gt;")):
            quoted.append(_inline(re.sub(r"^(&gt;|>) ?", "", line), names))
            continue
        if quoted:
            out.append(Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(quoted)))
            quoted = []
        out.append(_inline(line, names))
    if quoted:
        out.append(Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(quoted)))
    return Markup("<br>").join(out)


def _inline(text: str, names: Names) -> Markup:
    out: list[Markup] = []
    last = 0
    for token in _TOKEN.finditer(text):
        out.append(_words(text[last : token.start()]))
        out.append(_token(token[1], names) if token[1] else Markup("<code>{}</code>").format(_unescape(token[2])))
        last = token.end()
    out.append(_words(text[last:]))
    return _spans(Markup("").join(out))


def _spans(markup: Markup) -> Markup:
    """Bold, italic and struck text; applied to text between tags only, so that an address is never changed."""
    whole = str(markup)
    for pattern, tag in _SPANS:
        pieces = re.split(r"(<[^>]*>)", whole)
        if len(pieces) > 1 and pattern.search(re.sub(r"<[^>]*>", "", whole)):
            whole = _across_tags(whole, pattern, tag)
        else:
            whole = "".join(p if p.startswith("<") else pattern.sub(rf"<{tag}>\1</{tag}>", p) for p in pieces)
    return Markup(whole)


def _across_tags(whole: str, pattern: re.Pattern[str], tag: str) -> str:
    tags: list[str] = []

    def hide(found: re.Match[str]) -> str:
        tags.append(found[0])
        return f"\0{len(tags) - 1}\0"

    hidden = re.sub(r"<[^>]*>", hide, whole)
    marked = pattern.sub(rf"<{tag}>\1</{tag}>", hidden)
    return re.sub("\0(\\d+)\0", lambda place: tags[int(place[1])], marked)


def _words(text: str) -> Markup:
    return escape(emoji.replace(_unescape(text).replace("\0", "")))


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
    if target.startswith("!"):
        return Markup('<span class="mention broadcast">@{}</span>').format(label or target[1:].split("^")[0])
    address = safe_address(_unescape(target))
    if not address:
        return escape(label or _unescape(target))
    shown = label or address.removeprefix("mailto:")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, shown)


def _date(target: str, label: str) -> Markup:
    parts = target.split("^")
    try:
        at = datetime.fromtimestamp(int(parts[1]), UTC)
        form = parts[2]
    except (ValueError, IndexError, OverflowError, OSError):
        return escape(label)
    shown = _DATE_PART.sub(lambda part: _date_part(at, part[1]), form)
    return Markup('<time datetime="{}" data-format="{}">{}</time>').format(at.isoformat(), form, shown)


def _date_part(at: datetime, part: str) -> str:
    if part.startswith("time"):
        return at.strftime("%H:%M")
    return at.strftime("%Y-%m-%d" if part == "date_num" else "%b %d")


def _breaks(markup: Markup) -> Markup:
    return Markup(str(markup).replace("\n", "<br>"))
