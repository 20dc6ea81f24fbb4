"""Which version of Baton drafted a reply: a certificate holds for the version that earned it, and no other."""

import hashlib

from bot.drafting.port import Drafter
from bot.knowledge import search

KEY_LENGTH = 12


def version_of(drafter: Drafter) -> str:
    """The key of everything that a draft comes from besides the articles: drafter, model, prompt and search.

    Returns:
        12 hexadecimal digits of a SHA-256.
    """
    parts = (drafter.name, drafter.model, drafter.prompt_version, search.VERSION)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]
