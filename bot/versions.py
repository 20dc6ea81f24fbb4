"""Which version of Baton drafted a reply: a certificate holds for the version that earned it, and no other."""

import hashlib

from bot.drafting.port import Drafter
from bot.knowledge import search
from handoff.draft import Draft

KEY_LENGTH = 12


def version_of(drafter: Drafter) -> str:
    """The key of everything that a draft comes from besides the articles: drafter, model, prompt and search.

    Returns:
        12 hexadecimal digits of a SHA-256.
    """
    return _key(drafter.name, drafter.model, drafter.prompt_version)


def version_of_draft(draft: Draft, drafter: Drafter) -> str:
    """The key of what really made a draft: it may be another model than the drafter's first one."""
    if not draft.drafter:
        return version_of(drafter)
    return _key(draft.drafter, draft.model, draft.prompt_version)


def _key(*told: str) -> str:
    parts = (*told, search.VERSION)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]
