"""A conversation's story, told from its rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot import story
from storage.stories import Story
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message, Rating, Survey

START = datetime(2026, 11, 23, 22, 59, 30, tzinfo=UTC)
KEYS: dict[str, Any] = {"workspace_id": "T1", "conversation_id": "c1"}


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def handed_off() -> Story:
    """Asked, not sure enough, claimed, answered, resolved, rated."""
    return Story(
        conversation=Conversation(
            workspace_id="T1",
            id="c1",
            channel_id="C1",
            thread_ts="1.2",
            customer_id="UADA",
            state="resolved",
            topic="returns",
            opened_at=START,
            first_reply_at=at(2),
            resolved_at=at(400),
            resolved_by="ai_then_human",
            confirmation="confirmed",
        ),
        messages=[
            Message(**KEYS, id="m1", author="customer", author_id="UADA", text="Zip broken?", created_at=at(0)),
            Message(**KEYS, id="m2", author="agent", author_id="UBEN", text="Send it in.", created_at=at(90)),
            Message(
                **KEYS,
                id="m3",
                author="customer",
                author_id="UADA",
                text="secret",
                created_at=at(95),
                deleted_at=at(99),
            ),
        ],
        drafts=[
            DraftRow(
                **KEYS,
                id="d1",
                message_id="m1",
                text="We repair zips.",
                citations=[{"title": "Repairs", "url": "https://help.example.com/repairs"}],
                own_confidence=0.4,
                drafter="embedded",
            )
        ],
        decisions=[
            Decision(
                **KEYS,
                id="x1",
                message_id="m1",
                draft_id="d1",
                action="hand_off",
                reason="low_confidence",
                reasons=["Not sure enough of the draft."],
                signals={"coverage": 0.2, "support": -0.9},
                confidence=0.41,
                threshold=0.6,
                frustration=0.1,
                frustration_limit=0.6,
                topic="returns",
                stage="autopilot",
                elapsed_ms=12,
                created_at=at(1),
            )
        ],
        handoffs=[
            Handoff(
                **KEYS,
                id="h1",
                reason="low_confidence",
                summary="A zip.",
                opened_at=at(1),
                claimed_at=at(60),
                claimed_by="UBEN",
                done_at=at(400),
            )
        ],
        survey=Survey(**KEYS, customer_id="UADA", asked_at=at(401)),
        rating=Rating(**KEYS, customer_id="UADA", score=5, comment="Quick!", rated_at=at(450)),
        unposted=[],
    )


def test_everything_that_happened_is_told_in_its_order() -> None:
    told = story.tell(handed_off(), "UTC")
    happened = [
        "resolved by AI, then a person (confirmed)",
        "customer UADA",
        "opened Monday 23 November 2026 22:59:30 UTC, first reply after 2.0 s, resolved after 6.7 min",
        "Zip broken?",
        "decision: hand_off",
        "confidence 0.41 (threshold 0.60)",
        "for a person: AI was unsure",
        "- Not sure enough of the draft.",
        "signals: support -0.90, coverage 0.20",
        "draft by embedded, its own confidence 0.40",
        "source: Repairs <https://help.example.com/repairs>",
        "“We repair zips.”",
        "handoff h1: AI was unsure",
        "claimed by UBEN",
        "agent UBEN",
        "Send it in.",
        "handoff done",
        "survey: UADA was asked",
        "rating: 5 of 5",
        "Quick!",
    ]
    places = [told.find(part) for part in happened]
    assert -1 not in places, happened[places.index(-1)]
    assert places == sorted(places)


def test_what_a_customer_deleted_stays_unread() -> None:
    told = story.tell(handed_off(), "UTC")
    assert "(deleted)" in told
    assert "secret" not in told


def test_a_new_day_of_the_team_is_headed() -> None:
    assert "Tuesday" not in story.tell(handed_off(), "UTC")
    berlin = story.tell(handed_off(), "Europe/Berlin")
    assert "opened Monday 23 November 2026 23:59:30 CET" in berlin
    assert "Tuesday 24 November 2026\n\n00:00:30  claimed by UBEN" in berlin


def test_long_words_stay_within_the_page() -> None:
    tale = handed_off()
    tale.messages[0].text = "long words " * 60
    assert all(len(line) <= 70 for line in story.tell(tale, "UTC", width=70).splitlines() if "long words" in line)


def test_an_address_stays_whole_so_that_it_can_be_copied() -> None:
    tale = handed_off()
    address = f"https://help.example.com/{'very-' * 20}long"
    tale.drafts[0].citations = [{"title": "Repairs", "url": address}]
    assert f"<{address}>" in story.tell(tale, "UTC", width=60)
