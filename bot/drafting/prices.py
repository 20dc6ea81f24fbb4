"""What models cost, in US dollars for a million tokens in and out, as their makers list them."""

PRICES: dict[str, tuple[float, float]] = {
    "gpt-4.1": (2.0, 8.0),
    "gpt-4.1-mini": (0.4, 1.6),
    "gpt-4.1-nano": (0.1, 0.4),
    "gpt-4o": (2.5, 10.0),
    "gpt-4o-mini": (0.15, 0.6),
    "gpt-5": (1.25, 10.0),
    "gpt-5-mini": (0.25, 2.0),
    "gpt-5-nano": (0.05, 0.4),
    "o4-mini": (1.1, 4.4),
}


def dollars(model: str, tokens_in: int, tokens_out: int) -> float:
    """What a call cost; 0 for a model without a listed price. A dated version costs what its family does."""
    family = max((name for name in PRICES if model == name or model.startswith(f"{name}-20")), key=len, default="")
    price_in, price_out = PRICES.get(family, (0.0, 0.0))
    return (tokens_in * price_in + tokens_out * price_out) / 1_000_000
