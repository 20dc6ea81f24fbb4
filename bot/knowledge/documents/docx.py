"""Word documents: as HTML with their headings, then read like any page."""

import io
import re
import zipfile
from typing import Any

from bot.knowledge.documents import html
from bot.knowledge.documents.document import Text, Unreadable
from bot.knowledge.documents.formats import Format, Given

MOST_UNPACKED = 200_000_000
"""Bytes of all parts together: a small file can unpack to more than any memory holds."""
TITLE, LONGEST_PROPERTIES = "docProps/core.xml", 100_000
_TITLE = re.compile(r"<dc:title>([^<]+)</dc:title>")
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read(given: Given) -> Text:
    """Read a document.

    Raises:
        Unreadable: when it is none, unpacks to too much, or holds no text.
    """
    raw = given.raw
    if raw.startswith(_OLD_WORD):
        raise Unreadable("encrypted, or an old Word file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
            title = _title(parts)
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged, or no Word document (.docx)") from error
    import mammoth  # noqa: PLC0415 - heavy

    converted: Any = mammoth.convert_to_html(io.BytesIO(raw), style_map=STYLES, convert_image=_no_picture)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not converted.value.strip():
        raise Unreadable("no text")
    text = html.read(Given(Format.HTML, f"<html><body>{converted.value}</body></html>".encode()))
    return Text(text.body, text.title or title)


def _title(parts: zipfile.ZipFile) -> str:
    if TITLE not in parts.namelist() or parts.getinfo(TITLE).file_size > LONGEST_PROPERTIES:
        return ""
    found = _TITLE.search(parts.read(TITLE).decode(errors="replace"))
    return found[1].strip() if found else ""


def _no_picture(_: object) -> list[object]:
    return []
