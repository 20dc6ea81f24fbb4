"""A conversation's story, told from its rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.audit import story
from storage.endings import Rating, Survey
from storage.evidence import Review
from storage.library import Article
from storage.stories import Story
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message
from tests import evidence

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


def sealed(**fields: Any) -> Story:
    """The same, with everything that a decision keeps today."""
    tale = handed_off()
    decision = tale.decisions[0].model_copy(
        update={
            "id": "x1",
            "stage": "autopilot",
            "drafter_version": "abc123",
            "confidence_version": "fit-1",
            "contributions": [["own_confidence", 1.2], ["support", -0.9], ["margin", 0.01]],
            "imputed": ["support"],
            "passages": [{"article_id": "a1", "content_hash": "h1", "score": 2.1, "coverage": 0.8}],
            "tolerance": 0.05,
            "unproved": True,
            "sentiment": -0.3,
        }
        | fields
    )
    return replace(tale, decisions=[decision])


def test_a_decision_says_why_it_was_so_sure_and_what_was_guessed() -> None:
    told = story.tell(sealed(), "UTC")
    assert "speaks for it: the drafter's own belief (+1.20)" in told
    assert "speaks against it: sentences that the sources support -0.90 (-0.90, guessed)" in told
    assert "unknown, so that the usual value stood in: sentences that the sources support" in told
    assert "lead over the next article" not in told
    assert "decision x1, by drafter abc123, confidence fit-1" in told


def test_what_was_found_is_named_and_whether_it_reads_otherwise_now() -> None:
    article = Article(workspace_id="T1", id="a1", source="s", source_key="zips.md", title="Zips", content_hash="h1")
    told = story.tell(replace(sealed(), articles={"a1": article}), "UTC", width=200)
    assert "found: Zips (score 2.10, 80% of the question)\n" in told
    article.content_hash = "h2"
    assert "found: Zips (score 2.10, 80% of the question); changed since" in story.tell(
        replace(sealed(), articles={"a1": article}), "UTC", width=200
    )
    assert "article a1 (score 2.10, 80% of the question); gone since" in story.tell(sealed(), "UTC", width=200)


def test_an_unproved_decision_is_marked_and_a_proved_one_names_its_proof() -> None:
    assert "Unproved: it acted alone on a starting policy, without a certificate" in story.tell(sealed(), "UTC")
    proof = evidence.certificate(id="c9", drafter_version="abc123", reviews=312, wrong=6)  # fmt: skip
    proved = replace(sealed(certificate_id="c9", unproved=False), certificates={"c9": proof})
    told = story.tell(proved, "UTC", width=200)
    assert "Certificate c9: at most 5 % of autonomous replies wrong, 90 % sure, from 312 reviews, 6 of them" in told
    assert "withdrawn" not in told
    proof.withdrawn_at, proof.withdrawn_because = at(900), "the tolerance was set to 0.02"
    assert "withdrawn since (the tolerance was set to 0.02)" in story.tell(proved, "UTC", width=200)


def test_reviews_stand_where_they_were_given_and_waiting_ones_under_their_draft() -> None:
    given: dict[str, Any] = {"workspace_id": "T1", "draft_id": "d1", "conversation_id": "c1", "decision_id": "x1"}
    given |= {"topic": "returns", "drafter_version": "abc123", "drafted_at": at(1)}
    reviews = [
        Review(**given, id="r1", drawn="audit", audit=True, verdict="wrong", fault="outdated", note="Old price.",
               reviewer_id="UBELLA", reviewed_at=at(300)),
        Review(**given, id="r2", reading=2, drawn="audit", audit=True),
    ]  # fmt: skip
    told = story.tell(replace(sealed(), reviews=reviews), "UTC")
    assert "review by UBELLA\n            wrong: outdated (drawn by the uniform coin)" in told
    assert "“Old price.”" in told
    assert "waits for review (drawn by the uniform coin, second reading)" in told
    assert told.index("waits for review") < told.index("review by UBELLA")


def test_what_a_version_on_trial_would_have_done_is_told_apart() -> None:
    told = story.tell(sealed(role="shadow"), "UTC")
    assert "in silence, a version on trial would have chosen: hand_off" in told
    assert "decision: hand_off" not in told


def test_who_closed_it_is_told() -> None:
    tale = handed_off()
    assert "closed by" not in story.tell(tale, "UTC")
    tale.conversation.resolved_by_person = "UBEN"
    assert "23:06:10  closed by UBEN" in story.tell(tale, "UTC")
