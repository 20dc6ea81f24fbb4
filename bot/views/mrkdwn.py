"""Text for Slack: escaped, cut to length, and from the Markdown of articles and models to Slack's mrkdwn."""

import re
from collections.abc import Iterator

SECTION = 3000
"""The most characters of a section's text."""

_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s)|<>]+)\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_BULLET = re.compile(r"^(\s*)[-*+]\s+", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*\w])")
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)


def escape(text: str) -> str:
    """Escape the three characters by which text could become a mention, a broadcast or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Cut a text to at most `limit` characters, at the end of a word where there is one, never inside an entity."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(None, 1)[0] if " " in cut[-40:] or "\n" in cut[-40:] else cut
    whole = re.sub(r"&[a-z]{0,4}$", "", at_word)
    return f"{whole.rstrip()}…"


def from_markdown(text: str) -> str:
    """Turn Markdown of an article or a model into Slack's mrkdwn, with everything else escaped.

    Links show their address's host, so that none is disguised.
    """
    parts = _CODE.split(text.replace("\r\n", "\n"))
    return "".join(escape(part) if index % 2 else _words(part) for index, part in enumerate(parts)).strip()


def without_marks(text: str) -> str:
    """Markdown without its marks for bold and links, where one line has to do."""
    return _BOLD.sub(lambda bold: bold[1] or bold[2], _LINK.sub(r"\1", text))


def _words(text: str) -> str:
    links: list[str] = []

    def keep(link: re.Match[str]) -> str:
        host = link[2].split("/")[2]
        label = link[1] if host in link[1] else f"{link[1]} ({host})"
        links.append(f"<{escape(link[2])}|{escape(label)}>")
        return f"\0{len(links) - 1}\0"

    text = escape(_LINK.sub(keep, text.replace("\0", "")))
    text = _BULLET.sub(r"\1• ", text)
    text = _ITALIC.sub(r"_\1_", text)
    text = _BOLD.sub(lambda bold: f"*{bold[1] or bold[2]}*", text)
    text = _HEADING.sub(r"*\1*", text)
    text = _STRUCK.sub(r"~\1~", text)
    return re.sub("\0(\\d+)\0", lambda place: links[int(place[1])], text)


def in_sections(text: str, *, limit: int = SECTION, most: int = 8) -> Iterator[str]:
    """Split a long text at line and word ends into pieces of at most `limit`; what is beyond `most` is cut off."""
    for piece in range(most):
        if len(text) <= limit:
            if text.strip():
                yield text
            return
        if piece == most - 1:
            yield clip(text, limit)
            return
        cut = max(text.rfind("\n", 0, limit), text.rfind(" ", 0, limit))
        cut = cut if cut > limit // 2 else limit
        yield text[:cut]
        text = text[cut:].lstrip()


def link(url: str, label: str) -> str:
    """A link to http(s), or the bare label for any other address."""
    if not re.match(r"https?://[^\s<>|]+$", url):
        return escape(label)
    return f"<{escape(url)}|{escape(label)}>"
