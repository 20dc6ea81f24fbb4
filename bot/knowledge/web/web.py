"""What a reader of addresses is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.knowledge.documents import Reading
from storage.knowledge import KnownArticle


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are read."""

    reading: Reading = field(default_factory=Reading)
    known: Mapping[str, KnownArticle] = field(default_factory=dict[str, KnownArticle])
    """The articles that are stored of the source, by address."""
    private_addresses: bool = False
    """Whether pages may be fetched from addresses that only this network reaches."""
    fetched: Callable[[int, int], None] | None = None
    """Hears how many pages are fetched, and how many there are."""
