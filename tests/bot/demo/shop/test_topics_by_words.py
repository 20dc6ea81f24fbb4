"""How often customers' words alone tell the topic, where no draft did: on what was asked of the sample shop."""

from random import Random

from bot.demo import past_questions as past
from bot.demo import shop
from bot.knowledge import search, sync
from handoff import topic_vote
from storage.database import Database
from tests import weeks
from tests.weeks import WORKSPACE

WISHES = (*past.WISHES, "I need a human for this.")


async def test_the_words_of_who_asks_for_a_person_at_once_tell_the_topic(database: Database) -> None:
    """The page says what this says: four in five of what articles answer get their topic, and a bare wish gets none."""
    await weeks.add_workspace(database)
    await sync.sync(database, WORKSPACE, shop.ARTICLES)
    told: list[tuple[str, str]] = []
    async with database.reading() as session:
        for question in past.ANSWERED:
            for text in question.asked:
                chance = Random(text)
                filled = text.format(
                    order=f"LF{chance.randrange(2_000_000, 3_000_000)}",
                    item=chance.choice(past.ITEMS),
                    country=chance.choice(past.COUNTRIES),
                )
                said = topic_vote.without_wishes(f"{filled}\n{chance.choice(WISHES)}")
                found = topic_vote.close_enough(await search.search(session, WORKSPACE, said))
                told.append((question.topic, topic_vote.topic_of(found)))
    for wish in WISHES:
        assert not topic_vote.without_wishes(wish)
    named = [(wanted, found) for wanted, found in told if found]
    assert len(named) / len(told) >= 0.9
    assert 0.75 <= sum(wanted == found for wanted, found in named) / len(named) <= 0.87
