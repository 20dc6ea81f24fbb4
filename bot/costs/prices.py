"""What models cost, in US dollars, as their maker listed them on 2026-11-26; a team may set its own in baton.toml."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.team import TeamFile
from handoff.draft import Usage


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float
    cached_input: float | None = None
    """Of input that the server still knew from an earlier request; as other input when not told."""
    cache_writes: float | None = None
    """Of input that the server kept for later requests; as other input when not told."""

    def dollars(self, usage: Usage, tokens_written: int = 0) -> float:
        """What a call cost.

        Args:
            usage: its tokens; the cached ones are among those in.
            tokens_written: of those in, the ones that the server kept for later.
        """
        cached = min(usage.tokens_cached, usage.tokens_in)
        written = min(tokens_written, usage.tokens_in - cached)
        return (
            (usage.tokens_in - cached - written) * self.input
            + cached * (self.input if self.cached_input is None else self.cached_input)
            + written * (self.input if self.cache_writes is None else self.cache_writes)
            + usage.tokens_out * self.output
        ) / 1_000_000


FREE = Price(0.0, 0.0)

LISTED: dict[str, Price] = {
    "gpt-6-astra": Price(10.0, 50.0, 1.0, 12.5),
    "gpt-6.1-sol": Price(2.0, 10.0, 0.1, 2.5),
    "gpt-6.1-terra": Price(1.0, 5.0, 0.05, 1.25),
    "gpt-6-sol": Price(2.0, 10.0, 0.2, 2.5),
    "gpt-6-luna": Price(0.1, 0.5, 0.01, 0.125),
    "gpt-5.6-sol": Price(4.0, 20.0, 0.4, 5.0),
    "gpt-5.6-terra": Price(2.0, 12.0, 0.2, 2.5),
    "gpt-5.6-luna": Price(0.2, 1.2, 0.02, 0.25),
    "gpt-5.5": Price(5.0, 30.0, 0.5),
    "gpt-5.4": Price(2.5, 15.0, 0.25),
    "gpt-5.4-mini": Price(0.75, 4.5, 0.075),
    "gpt-5.4-nano": Price(0.2, 1.25, 0.02),
    "gpt-5.2": Price(1.75, 14.0, 0.175),
    "gpt-5.1": Price(1.25, 10.0, 0.125),
    "gpt-5": Price(1.25, 10.0, 0.125),
    "gpt-5-mini": Price(0.25, 2.0, 0.025),
    "gpt-5-nano": Price(0.05, 0.4, 0.005),
    "gpt-4.1": Price(2.0, 8.0, 0.5),
    "gpt-4.1-mini": Price(0.4, 1.6, 0.1),
    "gpt-4.1-nano": Price(0.1, 0.4, 0.025),
    "gpt-4o": Price(2.5, 10.0, 1.25),
    "gpt-4o-mini": Price(0.15, 0.6, 0.075),
    "o3": Price(2.0, 8.0, 0.5),
    "o4-mini": Price(1.1, 4.4, 0.275),
}

EMBEDDING: dict[str, Price] = {
    "text-embedding-3-small": Price(0.02, 0.0),
    "text-embedding-3-large": Price(0.13, 0.0),
    "text-embedding-ada-002": Price(0.1, 0.0),
}
"""Of models that turn texts into vectors; nothing comes out that is counted in tokens."""


def of(model: str, own: Mapping[str, Price] | None = None) -> Price:
    """The price of a model: the team's own first, then the listed one; a dated version costs what its family does.

    Returns:
        `FREE` for a model that nobody priced.
    """
    for prices in (own or {}, LISTED, EMBEDDING):
        family = max((name for name in prices if model == name or model.startswith(f"{name}-20")), key=len, default="")
        if family:
            return prices[family]
    return FREE


def own(decided: TeamFile) -> dict[str, Price]:
    """The team's own prices, by model."""
    return {model: Price(**told.model_dump()) for model, told in decided.prices.items()}


def is_known(model: str, own: Mapping[str, Price] | None = None) -> bool:
    """Whether anybody priced the model; what another one costs is counted as nothing."""
    return of(model, own) is not FREE
