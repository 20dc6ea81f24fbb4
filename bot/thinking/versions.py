"""Which version of Baton drafted a reply: a certificate holds for the version that earned it, and no other."""

import hashlib

from bot.drafting.port import Drafter
from bot.knowledge import search
from handoff import guard
from handoff.draft import Draft

KEY_LENGTH = 12


def version_of(drafter: Drafter, checks: str = "") -> str:
    """The key of everything that a draft comes from besides the articles: drafter, model, prompt, search and guard.

    Args:
        drafter: what drafts.
        checks: the version of the graders whose agreement is a part of every draft's confidence; empty for none.

    Returns:
        12 hexadecimal digits of a SHA-256.
    """
    return _key(drafter.name, drafter.model, drafter.prompt_version, checks=checks)


def version_of_draft(draft: Draft, drafter: Drafter, checks: str = "") -> str:
    """The key of what really made a draft: it may be another model than the drafter's first one."""
    if not draft.drafter:
        return version_of(drafter, checks)
    return _key(draft.drafter, draft.model, draft.prompt_version, checks=checks)


def _key(*told: str, checks: str) -> str:
    parts = (*told, search.VERSION, guard.VERSION, *([checks] if checks else []))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]
