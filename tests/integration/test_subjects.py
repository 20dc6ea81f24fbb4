"""Dialogues about what a team keeps for people."""

from pathlib import Path

from sqlmodel import select

from storage.tables import Decision, Handoff
from tests.integration.dialogue import asks, card_for, words
from tests.stage import ADA, ANSWERED, BEN, on_stage

TEAM = """
[subjects.to_people]
"health" = ["allergic reaction", "allergische Reaktion"]
"""


async def test_a_listed_subject_goes_to_a_person_at_once_whatever_the_articles_say(
    database_url: str, tmp_path: Path
) -> None:
    async with on_stage(database_url, tmp_path, team=TEAM) as stage:
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        _, reply = await asks(ada, f"I had allergic reactions to the fabric. {ANSWERED}")
        assert "colleague" in words(reply)
        card = words(await card_for(ben, "I had allergic reactions"))
        assert "A subject that people handle" in card
        assert "health" in card
        async with stage.database.reading() as session:
            decision = (await session.exec(select(Decision))).one()
            handoff = (await session.exec(select(Handoff))).one()
        assert (decision.action, decision.reason) == ("hand_off", "listed_subject")
        assert (handoff.reason, handoff.priority) == ("listed_subject", 0)
