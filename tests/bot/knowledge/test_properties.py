"""What holds for an article: its own words, then the team's rules, then what its source was given."""

from datetime import UTC, datetime

import pytest

from bot.knowledge.documents import Document, Reading
from bot.knowledge.documents.document import Text, Unreadable
from bot.knowledge.documents.properties import document_of, parse_audience
from bot.team import ArticleRule


def read(reading: Reading | None = None, key: str = "a.md", shown: str = "Boots", **about: object) -> Document:
    return document_of(key, Text("Wax.", shown, about), reading or Reading())


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", "customer"),
        ("Internal", "internal"),
        ("channel:C012AB, group:vip", "channel:C012AB group:vip"),
        ("organisation:T9XYZ customer", "customer organisation:T9XYZ"),
    ],
)
def test_an_audience_is_stored_as_tags(written: str, stored: str) -> None:
    assert parse_audience(written) == stored


@pytest.mark.parametrize("written", ["staff", "channel:#support", "organization:T1", "internal, customer", "group:"])
def test_an_audience_that_means_nothing_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(Unreadable, match=r"write customer, internal|stands alone"):
        parse_audience(written)


def test_a_group_that_the_team_never_named_is_refused() -> None:
    assert parse_audience("group:vip", frozenset({"vip"})) == "group:vip"
    with pytest.raises(Unreadable, match="names no group"):
        parse_audience("group:vpi", frozenset({"vip"}))


def test_its_own_word_goes_before_a_rule_and_a_rule_before_the_source() -> None:
    rules = (
        ArticleRule(title="internal: *", audience="internal"),
        ArticleRule(path="billing/*", topic="billing"),
        ArticleRule(source="*/agents", audience="internal"),
    )
    reading = Reading("/docs/agents", audience="customer", topic="other", rules=rules)
    ruled = read(reading, "billing/a.md", "Internal: Refunds")
    assert (ruled.audience, ruled.topic) == ("internal", "billing")
    own = read(reading, "billing/a.md", "Internal: Refunds", audience=["customer"], topic="returns")
    assert (own.audience, own.topic) == ("customer", "returns")
    plain = read(Reading("/docs/shop", audience="internal", topic="other", rules=rules))
    assert (plain.audience, plain.topic) == ("internal", "other")


def test_a_day_is_the_teams_and_the_last_one_holds_to_its_end() -> None:
    found = read(Reading(time_zone="Europe/Berlin"), valid_from="2026-07-01", valid_until="2026-07-31")
    assert found.valid_from == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert found.valid_until == datetime(2026, 7, 31, 22, tzinfo=UTC)
    timed = read(valid_until="2026-07-31T10:00+02:00")
    assert timed.valid_until == datetime(2026, 7, 31, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"valid_until": "soon"}, "valid_until cannot be read as a time: write a day"),
        ({"valid_from": "2026-02-02", "valid_until": "2026-02-01"}, "is not after valid_from"),
        ({"valid_until": "9999-12-31"}, "beyond all times"),
        ({"url": "javascript:alert(1)"}, "must begin with https://"),
        ({"title": ["a", "b"]}, "title must be one line"),
        ({"replaces": [["a"]]}, "replaces must be a list"),
        ({"audience": {"a": 1}}, "audience must be one line"),
    ],
)
def test_a_property_that_cannot_be_used_is_named(about: dict[str, object], why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        document_of("a.md", Text("Wax.", about=about), Reading())


def test_what_it_replaces_is_a_list_or_a_line() -> None:
    assert read(replaces=["old.md", "older.md"]).replaces == read(replaces="old.md, older.md").replaces
