"""The topic that found articles speak for, and what is left of a message besides the wish for a person."""

import pytest

from handoff import topic_vote
from handoff.draft import FoundPassage


def passage(topic: str, score: float, coverage: float = 0.5) -> FoundPassage:
    return FoundPassage(
        passage_id=f"{topic}{score}",
        article_id=topic,
        title=topic,
        url="",
        heading_path="",
        text="",
        topic=topic,
        language="",
        score=score,
        coverage=coverage,
        content_hash="",
    )


def test_the_topic_is_that_of_the_best_passages_by_their_scores() -> None:
    assert (
        topic_vote.topic_of([passage("returns", 1.0), passage("delivery", 0.7), passage("delivery", 0.6)]) == "delivery"
    )
    ordered = [passage("returns", 1.0), *(passage("delivery", 0.2) for _ in range(3)), passage("delivery", 0.9)]
    assert topic_vote.topic_of(ordered) == "returns"  # the fifth has no vote


def test_without_a_passage_there_is_no_topic() -> None:
    assert topic_vote.topic_of([]) == ""
    assert topic_vote.close_enough([passage("returns", 1.0, coverage=0.1)]) == []


def test_the_vote_is_asked_only_where_it_names_topics_as_drafts_do() -> None:
    alike, unlike = ("returns", [("returns", 1.0)]), ("orders", [("returns", 1.0)])
    assert topic_vote.agrees([alike] * 18 + [unlike] * 2)
    assert not topic_vote.agrees([alike] * 17 + [unlike] * 3)
    assert topic_vote.agrees([unlike] * 19)  # too few to tell
    assert topic_vote.agrees([alike] * 18 + [("orders", [])] * 30)  # nothing was found, so there is nothing to hold


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Can I talk to a person please?", ""),
        ("agent please", ""),
        ("My parcel is late, I want to talk to a person!", "My parcel is late"),
        ("Ich möchte mit einem Menschen sprechen. Mein Zelt ist gerissen.", "Mein Zelt ist gerissen"),
        ("How long does a refund take?", "How long does a refund take"),
    ],
)
def test_a_wish_for_a_person_says_nothing_of_the_matter(said: str, left: str) -> None:
    assert topic_vote.without_wishes(said) == left
