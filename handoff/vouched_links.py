"""Links that somebody vouches for: those that stand in the cited articles, and those to the team's own domains. Pure.

Any other link of a reply becomes words that lead nowhere, with the host it would have led to.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from handoff.draft import FoundPassage

LINK = re.compile(r"!?\[([^\[\]\n]+)\]\(\s*<?([^\s()<>|]*(?:\([^\s()<>|]*\)[^\s()<>|]*)*)>?(?:\s+\"[^\"\n]*\")?\s*\)")
"""A link or a picture in Markdown: its label and its address."""
AUTOLINK = re.compile(r"<(https?://[^\s<>|]+)>", re.IGNORECASE)
BARE = re.compile(r"(?<![<\w])https?://[^\s<>|\"'`\0\\)\]}]+[^\s<>|\"'`\0\\)\]}.,;:!?*_~…]", re.IGNORECASE)
LONGEST_HOST = 60


class Vouched:
    """The links that a reply may hold.

    Args:
        passages: those that the reply cites; their addresses and what their texts link to may be shown.
        domains: of the team, with everything below them, such as `example.com`.
    """

    def __init__(self, passages: Sequence[FoundPassage], domains: Iterable[str] = ()) -> None:
        texts = [f"{each.url}\n{each.text}" for each in passages]
        self._addresses = {_one_way(found) for text in texts for found in _addresses(text)}
        self._domains = tuple(domain.casefold().strip(". ") for domain in domains if domain.strip(". "))

    def allows(self, address: str) -> bool:
        """Whether an address may be shown as a link."""
        host = host_of(address)
        if not host:
            return False
        ours = any(host == domain or host.endswith(f".{domain}") for domain in self._domains)
        return ours or _one_way(address) in self._addresses

    def only(self, text: str) -> str:
        """Markdown with these links alone: of another one its label, or its host and path, stays as words."""
        text = LINK.sub(lambda found: found[0] if self._kept(found) else _as_words(found[2], found[1]), text)
        text = AUTOLINK.sub(lambda found: found[0] if self.allows(found[1]) else _as_words(found[1]), text)
        return BARE.sub(lambda found: found[0] if self.allows(found[0]) else _as_words(found[0]), text)

    def _kept(self, found: re.Match[str]) -> bool:
        return self.allows(found[2]) and not found[0].startswith("!")


def host_of(address: str) -> str:
    """The host that an address of the web leads to; empty for one that hides it, or that leads elsewhere."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    honest = parts.scheme in ("http", "https") and "\\" not in address and "@" not in parts.netloc and host.isascii()
    return host if honest and re.fullmatch(r"[a-z0-9.:\[\]_-]+", host) else ""


def _addresses(text: str) -> Iterable[str]:
    yield from (found[2] for found in LINK.finditer(text))
    yield from (found[0] for found in BARE.finditer(text))
    yield text.partition("\n")[0].strip()


def _one_way(address: str) -> str:
    """An address as others write it too: with a small host, and without a closing slash."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


def _as_words(address: str, label: str = "") -> str:
    """What stays of a link that leads nowhere."""
    if not re.match(r"https?://", address, re.IGNORECASE):
        return label
    bare = re.sub(r"^https?:/*", "", address, flags=re.IGNORECASE).replace("://", ":")
    host = re.split(r"[/?#]", bare)[0][:LONGEST_HOST]
    return f"{label} ({host})" if label else bare
