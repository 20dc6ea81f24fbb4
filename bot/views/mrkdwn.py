"""Text for Slack: escaped, cut to length, and from the Markdown of articles and models to Slack's mrkdwn."""

import re
from collections.abc import Iterator

from handoff.visible import visible
from handoff.vouched_links import AUTOLINK, BARE, LINK, host_of

SECTION = 3000
"""The most characters of a section's text."""
MOST_SECTIONS = 3
"""Slack refuses messages of about 13,200 characters, so a long text keeps room for what stands around it."""
MOST_ALONE = 4
"""Where little else stands in the message."""
ALL = 100
"""Where a text goes on in further messages: more pieces than any text has that a person can type."""
LONGEST_URL = 600
LONGEST_LABEL = 100

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$\n?", re.MULTILINE)
_BULLET = re.compile(r"^(\s*)[-*+]\s+", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)")
_BOLD_ITALIC = re.compile(r"\*\*\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*\*\*")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*\w])")
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_FENCE = "```"
_FENCE_LANGUAGE = re.compile(r"^```[\w+#.-]+\n")
_TOKEN = re.compile(r"<(?:https?://|[@#!])[^<>\n]*>")
_BROKEN_ENTITY = re.compile(r"&[a-z]{0,3}$")


def escape(text: str) -> str:
    """Escape the three characters by which text could become a mention, a broadcast or a link; drop unseen ones."""
    return _marked_as_words(visible(text))


def _marked_as_words(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Cut a text to at most `limit` characters, at the end of a word where there is one near.

    A link or an entity is kept whole or left out, and a block of code that is cut is closed.
    """
    if len(text) <= limit:
        return text
    kept = text[: _end_before(text, limit - 1)].rstrip()
    if kept.count(_FENCE) % 2:
        kept = text[: _end_before(text, limit - 1 - len(_FENCE))].rstrip()
        return f"{kept}…{_FENCE}" if kept.count(_FENCE) % 2 else f"{kept}…"
    return f"{kept}…"


def from_markdown(text: str) -> str:
    """Turn Markdown of an article or a model into Slack's mrkdwn, with everything else escaped.

    Links show their address's host, so that none is disguised; those to anything but http(s) become their label.
    """
    parts = _CODE.split(visible(text))
    return "".join(_code(part) if index % 2 else _words(part) for index, part in enumerate(parts)).strip()


def without_marks(text: str) -> str:
    """Markdown without its marks for bold and links, where one line has to do."""
    return _BOLD.sub(lambda bold: bold[1] or bold[2], LINK.sub(r"\1", text))


def in_one_line(text: str) -> str:
    """Markdown as one line of plain words: without marks, its headings and points one after the other."""
    plain = _BULLET.sub("• ", _HEADING.sub(r"\1", _RULE.sub("", visible(text))))
    return " ".join(without_marks(plain).replace("`", "").split())


def in_sections(text: str, *, limit: int = SECTION, most: int = MOST_SECTIONS) -> Iterator[str]:
    """Split a long text at line and word ends into pieces of at most `limit`; what is beyond `most` is cut off.

    Links and entities stay whole, and a block of code goes on as one in the next piece.
    """
    for _ in range(most - 1):
        if len(text) <= limit:
            break
        end = _end_before(text, limit - len(_FENCE))
        piece, text = text[:end].rstrip(), text[end:].lstrip("\n")
        if piece.count(_FENCE) % 2:
            piece, text = piece + _FENCE, _FENCE + text
        yield piece
    if text.strip():
        yield clip(text, limit)


def link(url: str, label: str) -> str:
    """A link to http(s), or the bare label for any other address, and for one that hides where it leads."""
    shown = clip(" ".join(visible(label).split()) or url, LONGEST_LABEL)
    if not host_of(url) or not re.fullmatch(r"[^\s<>|]+", url) or len(url) > LONGEST_URL:
        return escape(shown)
    return f"<{escape(url)}|{escape(shown)}>"


def _end_before(text: str, limit: int) -> int:
    """Where to cut so that at most `limit` characters stay: after a word if one ends near, never inside a token."""
    end = limit
    for token in _TOKEN.finditer(text, 0, limit + 2 * LONGEST_URL):
        if token.start() < end < token.end():
            end = token.start() or limit
    if broken := _BROKEN_ENTITY.search(text[:end]):
        end = broken.start()
    for mark in ("\n", " "):
        at = text.rfind(mark, end * 2 // 3 if mark == "\n" else max(end - 80, end // 2), end)
        if at > 0 and not any(token.start() < at < token.end() for token in _TOKEN.finditer(text, 0, end)):
            return at
    return end


def _code(part: str) -> str:
    return escape(_FENCE_LANGUAGE.sub("```\n", part))


def _words(text: str) -> str:
    kept: list[str] = []

    def keep(shown: str) -> str:
        kept.append(shown)
        return f"\0{len(kept) - 1}\0"

    text = LINK.sub(lambda found: keep(_open_link(found[2], found[1])), text.replace("\0", ""))
    text = AUTOLINK.sub(lambda found: keep(_open_link(found[1], found[1])), text)
    text = BARE.sub(lambda found: keep(_open_link(found[0], found[0])), text)
    text = _RULE.sub("", _marked_as_words(text))
    text = _HEADING.sub(lambda heading: f"**{heading[1].replace('**', '').replace('__', '')}**", text)
    text = _BULLET.sub(r"\1• ", text)
    text = _BOLD_ITALIC.sub(r"**_\1_**", text)
    text = _ITALIC.sub(r"_\1_", text)
    text = _BOLD.sub(lambda bold: f"*{bold[1] or bold[2]}*", text)
    text = _STRUCK.sub(r"~\1~", text)
    return re.sub("\0(\\d+)\0", lambda place: kept[int(place[1])], text)


def _open_link(url: str, label: str) -> str:
    """A link whose label names the host it leads to, unless it begins with just that host."""
    label = " ".join(without_marks(label).split())
    host = host_of(url)
    if not host:
        return escape(label)
    named = re.match(rf"(?:https?://)?{re.escape(host)}(?![\w.@:-])", label, re.IGNORECASE)
    return link(url, label if named else f"{clip(label, LONGEST_LABEL - len(host[:60]) - 3)} ({host[:60]})")
