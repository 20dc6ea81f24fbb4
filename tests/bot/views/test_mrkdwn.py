"""Text for Slack: nothing that a customer or a model writes becomes a mention or a disguised link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import mrkdwn


@pytest.mark.parametrize("attack", ["<!channel>", "<!here|x>", "<@U123>", "<https://evil.example|our bank>", "<#C1>"])
def test_markup_of_others_is_shown_as_it_was_typed(attack: str) -> None:
    for shown in (mrkdwn.escape(attack), mrkdwn.from_markdown(attack), mrkdwn.from_markdown(f"**{attack}**")):
        assert "<" not in shown


@given(st.text(max_size=400))
def test_markdown_never_yields_anything_but_links_to_the_web(text: str) -> None:
    for token in re.findall(r"<([^>]*)>", mrkdwn.from_markdown(text)):
        assert token.startswith(("http://", "https://"))


def test_markdown_reads_as_in_the_article() -> None:
    shown = mrkdwn.from_markdown("# Title\n**bold** and *slanted* ~~gone~~\n- one\n* two\n`a < b`")
    assert shown == "*Title*\n*bold* and _slanted_ ~gone~\n• one\n• two\n`a &lt; b`"


def test_a_link_shows_where_it_leads() -> None:
    assert mrkdwn.from_markdown("[your bank](https://evil.example/x)") == (
        "<https://evil.example/x|your bank (evil.example)>"
    )
    assert mrkdwn.from_markdown("[x](javascript:alert)") == "[x](javascript:alert)"
    assert mrkdwn.link("javascript:alert(1)", "a <b>") == "a &lt;b&gt;"


@given(st.text(max_size=300), st.integers(min_value=2, max_value=200))
def test_clipped_text_is_never_longer_and_never_ends_inside_an_entity(text: str, limit: int) -> None:
    clipped = mrkdwn.clip(mrkdwn.escape(text), limit)
    assert len(clipped) <= limit
    assert not re.search(r"&(amp|lt|gt)?…$", clipped) or "&" not in mrkdwn.escape(text)


@given(st.text(alphabet="ab \n", max_size=9000))
def test_sections_hold_the_whole_text_in_order(text: str) -> None:
    pieces = list(mrkdwn.in_sections(text))
    assert all(len(piece) <= mrkdwn.SECTION for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_what_goes_beyond_the_last_section_is_cut_with_a_sign() -> None:
    pieces = list(mrkdwn.in_sections("word " * 10_000, most=3))
    assert len(pieces) == 3
    assert pieces[-1].endswith("…")
