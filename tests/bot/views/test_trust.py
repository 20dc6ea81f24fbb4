"""What managers read when a promise broke: what can be told apart, and nothing that hides."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.views import block, home, topic_words, trust
from bot.views.home import HomeStats
from bot.views.post import Post
from bot.views.topic_words import Standing
from bot.views.trust import Lately, WrongReply
from handoff.certificate import Missing
from tests.bot.views.checking import fits, view_fits

AT = datetime(2026, 11, 27, 2, 47, tzinfo=UTC)
STANDING = Standing("delivery", "Delivery", "copilot", 0.1, 0.6, 3, alarmed_at=AT)


def said(post: Post) -> str:
    """Every word of it."""
    return str(fits(post).blocks)


def test_the_replies_behind_an_alarm_are_told_apart_and_those_not_shown_are_counted() -> None:
    replies = [WrongReply("wrong", "", f"https://larkfell.slack.example/p{number}") for number in range(11)]
    words = said(trust.alarm(STANDING, why="3 of 3 were wrong.", replies=replies, changes=[]))
    assert all(f"read reply {number}" in words for number in range(1, 9))
    assert "… and 3 more." in words
    assert "Nothing that Baton knows of." in words


def test_articles_that_came_or_changed_are_one_line_of_an_alarm() -> None:
    (one,) = trust.of_articles([("Parcels", AT)])
    assert one == Lately("Article added, changed or removed: “Parcels”", AT)
    (many,) = trust.of_articles([(f"Parcels {number}", AT) for number in range(5)])
    assert many.words == "Articles added, changed or removed: “Parcels 0”, “Parcels 1”, “Parcels 2” and 2 more"
    assert trust.of_articles([]) == []


def test_changes_that_an_alarm_has_no_room_for_are_counted() -> None:
    changes = [Lately(f"Change {number}", AT) for number in range(8)]
    words = said(trust.alarm(STANDING, why="3 of 3 were wrong.", replies=[], changes=changes))
    assert "Change 5" in words
    assert "Change 6" not in words
    assert "… and 2 more." in words


def test_buttons_with_the_same_text_are_told_apart_by_a_screen_reader() -> None:
    others = [STANDING, replace(STANDING, name="orders", title="Orders & <parcels>")]
    shown = view_fits(home.for_manager(HomeStats(0, 0, 0, 0, 0, 0, 0, 0), [], others))
    spoken = [each["accessory"]["accessibility_label"] for each in shown["blocks"] if "accessory" in each]
    assert spoken == ["Manage: Delivery", "Manage: Orders & parcels"]
    alarm = fits(trust.alarm(STANDING, why="3 of 3 were wrong.", replies=[], changes=[]))
    (manage,) = [each for one in alarm.blocks for each in one.get("elements", ()) if each.get("type") == "button"]
    assert manage["accessibility_label"] == "Manage: Delivery"
    assert len(str(block.button("Manage", "manage", "x", about="ü" * 200).to_dict()["accessibility_label"])) == 75


def test_a_look_that_comes_too_early_to_prove_anything_says_so_beside_the_reviews_that_would() -> None:
    lacking = replace(STANDING, missing=Missing(112, "3 of 59 were wrong.", 0.05), until_next=53)
    assert "112 more clean reviews" in topic_words.evidence(lacking)
    assert topic_words.missing(lacking) == (
        "3 of 59 were wrong. The evidence is tested again after 53 more reviews, which cannot prove it yet even if all "
        "are right."
    )
    soon = replace(lacking, missing=Missing(1, "", 0.05), until_next=1)
    assert topic_words.missing(soon).strip() == "The evidence is tested again after 1 more review."


def test_a_promotion_from_a_starting_policy_says_what_changed() -> None:
    words = topic_words.change(
        "promoted",
        {"stage": "autopilot", "unproved": True},
        {"stage": "autopilot", "threshold": 0.27, "certificate_id": "k"},
    )
    assert words == "moved it from its starting policy to a certificate with threshold 0.27"


def test_a_topic_that_answers_nearly_all_or_hardly_anything_is_not_said_to_answer_all_or_nothing() -> None:
    shown = [replace(STANDING, decided=10_000, answered=many) for many in (9_996, 4, 0, 310, 4_400)]
    shares = [topic_words.share(each).replace("\u00a0", " ").removeprefix("answered ") for each in shown]
    assert [each.split(" of ")[0] for each in shares] == ["99.96 %", "0.04 %", "0 %", "3.1 %", "44 %"]
