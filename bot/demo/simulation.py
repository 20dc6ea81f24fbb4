"""Plays weeks of conversations of the sample shop that never happened, as rows. Pure: the same seed, the same weeks.

The mix is meant to be believable, not flattering: the AI is good where articles settle things (orders, delivery),
weak in repairs, which a manager has therefore put under approval a week before the end; about two in five customers
rate; people answer in their working hours.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.odds import ODDS, EvenDraws
from bot.demo.past_conversation import PastConversation
from bot.demo.past_effort import efforts
from bot.demo.past_evidence import Versions
from bot.demo.past_rows import ArticleTitle, Rows
from bot.demo.shop import organisation
from storage import endings, evidence, spending, tables

A_DAY = (11, 10, 9, 9, 9, 6, 6)
"""Conversations, Monday to Sunday."""
HOURS = (0, 0, 0, 0, 0, 0, 1, 3, 7, 10, 11, 10, 8, 9, 9, 9, 9, 8, 6, 5, 5, 4, 2, 0)
"""How often customers write in each hour of the day."""

TABLES = {
    "conversations": tables.Conversation,
    "resolutions": endings.Resolution,
    "messages": tables.Message,
    "drafts": tables.DraftRow,
    "decisions": tables.Decision,
    "handoffs": tables.Handoff,
    "surveys": endings.Survey,
    "ratings": endings.Rating,
    "reviews": evidence.Review,
    "efforts": spending.Effort,
}
"""The table of each kind of row, parents first."""


def play(
    workspace_id: str,
    articles: Mapping[str, ArticleTitle],
    *,
    until: datetime,
    weeks: int,
    seed: int,
    versions: Versions,
) -> Rows:
    """Play the weeks that end at `until`; a conversation that would end later is left out."""
    chance = Random(seed)  # noqa: S311 - nothing secret is drawn
    rows, even, numbers = Rows(), EvenDraws(chance), iter(range(1_000_000))
    for opened_at in _openings(chance, until, weeks):
        topic = chance.choices(list(ODDS), [odds.weight for odds in ODDS.values()])[0]
        played = PastConversation(workspace_id, articles, chance, even, numbers, opened_at, until, topic, versions)
        played.play()
        if played.now < until:
            rows.add(played.rows)
    rows.efforts.extend(efforts(rows, workspace_id))
    return rows


def _openings(chance: Random, until: datetime, weeks: int) -> Iterator[datetime]:
    zone = ZoneInfo(organisation.TIME_ZONE)
    last = until.astimezone(zone).date()
    moments: list[datetime] = []
    for back in range(weeks * 7, -1, -1):
        day = last - timedelta(days=back)
        for _ in range(max(0, A_DAY[day.weekday()] + chance.randint(-2, 2))):
            hour = chance.choices(range(24), HOURS)[0]
            at = time(hour, chance.randrange(60), chance.randrange(60), chance.randrange(1_000_000))
            moments.append(datetime.combine(day, at, zone).astimezone(UTC))
    first = until - timedelta(weeks=weeks)
    yield from (moment for moment in sorted(moments) if first <= moment < until)
