"""What managers read between reports is whole, honest about chance, and fits into Slack."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.views import alert
from bot.views.alert import WORDS, Shown
from handoff.watches import Kind

SHOWN = Shown(
    alert_id="a1",
    kind=Kind.RATINGS,
    topic="Returns & refunds",
    since=date(2026, 11, 24),
    seen=41,
    bad=17,
    usual=0.16,
    learnt_from=812,
    years=4.0,
    false_alarms=1.0,
    links=["https://acme.slack.com/archives/C1/p1", "https://acme.slack.com/archives/C1/p2"],
)


def says(shown: Shown) -> str:
    return str(alert.raised(shown).blocks)


def test_an_alert_tells_what_was_seen_since_when_the_usual_and_how_sure_it_is() -> None:
    told = says(SHOWN)
    seen = "Since Tuesday 24 November, 59 % (36–78 %) of 41 ratings were 4 or 5."
    assert f"{seen} Usually it is 84 % (learnt from 812)." in told
    assert "at most once in 4 years here" in told
    assert "up to 1 false alarm a year" in told
    assert "conversation 1" in told
    assert "What to do now" in told


def test_buttons_of_several_alerts_are_told_apart_by_a_screen_reader() -> None:
    spoken = [
        each["accessibility_label"]
        for one in alert.raised(SHOWN).blocks
        for each in one.get("elements", ())
        if each.get("type") == "button"
    ]
    assert spoken == [
        "Seen: Ratings have fallen in Returns & refunds",
        "Mute for 4 weeks: Ratings have fallen in Returns & refunds",
    ]


def test_a_few_outcomes_are_told_as_counts() -> None:
    shown = replace(SHOWN, kind=Kind.MODEL, topic="", seen=6, bad=4, usual=0.02, learnt_from=0)
    assert "4 of 6 messages got no usable reply from the model, and went to people. Up to 2 % is usual." in says(shown)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_words_and_fits(kind: Kind) -> None:
    reasons = {f"reason {number}": number for number in range(9)}
    for shown in (replace(SHOWN, kind=kind), replace(SHOWN, kind=kind, topic="x" * 400, reasons=reasons)):
        post = alert.raised(shown)
        assert len(post.blocks) <= 7
        assert all(len(str(block)) < 3_000 for block in post.blocks)
        assert "{" not in post.text
    for became_usual in (True, False):
        over = alert.over(kind, "", since=SHOWN.since, seen=0, bad=0, usual=0.3, became_usual=became_usual)
        assert over.text
    assert set(WORDS) == set(Kind)


def test_what_was_pressed_is_shown_with_its_way_back() -> None:
    assert "Not seen after all" in says(replace(SHOWN, seen_by="U0MIA0000"))
    assert "Seen by <@U0MIA0000>" in says(replace(SHOWN, seen_by="U0MIA0000"))
    muted = says(replace(SHOWN, muted_until=datetime(2026, 12, 24, tzinfo=UTC)))
    assert "Muted until 24 December" in muted
    assert "Unmute" in muted


def test_an_alert_that_is_over_says_so_and_asks_for_nothing() -> None:
    told = says(replace(SHOWN, ended_on=date(2026, 12, 3)))
    assert "Over since 3 December: it is back to the usual." in told
    assert "Ratings are back to the usual" in told
    assert "Ratings have fallen" not in told.partition("'section'")[0], "the headline no longer cries alarm"
    assert "By chance alone" not in told
    assert "What to do now" not in told
    assert "alert_seen" not in told
    assert "is the usual now" in says(replace(SHOWN, ended_on=date(2026, 12, 3), became_usual=True))


def test_a_topics_title_is_shown_literally() -> None:
    post = alert.raised(replace(SHOWN, topic="<!channel> & co"))
    assert "<!channel>" not in post.text
