"""Reads the documents of a source: a room for each format, and all of them end in the same Document."""

from bot.knowledge.documents.document import Document, Found, Same, SourceProblem, Unread
from bot.knowledge.documents.files import read_all
from bot.knowledge.documents.properties import Reading

__all__ = ["Document", "Found", "Reading", "Same", "SourceProblem", "Unread", "read_all"]
