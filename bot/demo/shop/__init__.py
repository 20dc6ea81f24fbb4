"""Larkfell, a made-up outdoor shop in Leipzig: its help articles, its people, and questions to try."""

from pathlib import Path

from bot.demo.shop.organisation import AGENTS, CUSTOMERS, GUEST, MANAGERS, NAME, TEAM_ID, TIME_ZONE, seed
from bot.demo.shop.topics import TOPICS, ShopTopic
from bot.demo.shop.tries import TRIES

ARTICLES = Path(__file__).parent / "articles"
"""The folder of help articles, Markdown with front matter."""
TEAM_FILE = Path(__file__).parent / "baton.toml"
"""What the shop decided about its assistant."""
SCENARIOS = Path(__file__).parent / "scenarios"
"""The folder of scenarios for rehearsals on them."""

__all__ = [
    "AGENTS",
    "ARTICLES",
    "CUSTOMERS",
    "GUEST",
    "MANAGERS",
    "NAME",
    "SCENARIOS",
    "TEAM_FILE",
    "TEAM_ID",
    "TIME_ZONE",
    "TOPICS",
    "TRIES",
    "ShopTopic",
    "seed",
]
