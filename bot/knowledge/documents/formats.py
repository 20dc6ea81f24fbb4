"""The formats that articles are written in, and by what each is recognised."""

from dataclasses import dataclass
from enum import StrEnum

JSON_LINES = frozenset({".jsonl", ".ndjson"})


class Format(StrEnum):
    """How one document is written."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Given:
    """The bytes of one document, and how they are to be read."""

    form: Format
    raw: bytes
    url: str = ""
    """Where a page was fetched; links in it are relative to this."""
    charset: str = ""
    """What the web server said of a page's encoding; its own word counts without it."""


SUFFIXES = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
}
CONTENT_TYPES = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/markdown": Format.MARKDOWN,
    "text/plain": Format.TEXT,
    "application/pdf": Format.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
}

KINDS = "Markdown (.md), HTML (.html), PDF (.pdf), Word (.docx), text (.txt) or JSON Lines (.jsonl)"
"""What to tell people who gave something else."""
