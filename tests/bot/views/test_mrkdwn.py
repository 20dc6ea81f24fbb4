"""Text for Slack: nothing that a customer or a model writes becomes a mention or a disguised link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from bot.views import mrkdwn
from bot.views.post import Post, literal


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


def test_markdown_in_one_line_is_plain_words() -> None:
    text = "### Which tent?\n\n- **Tarn 1**: one [person](https://x.example)\n- `Tarn 2`\u200b: two"
    assert mrkdwn.in_one_line(text) == "Which tent? • Tarn 1: one person • Tarn 2: two"


def test_a_link_shows_where_it_leads() -> None:
    assert mrkdwn.from_markdown("[your bank](https://evil.example/x)") == (
        "<https://evil.example/x|your bank (evil.example)>"
    )
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


@pytest.mark.parametrize("address", ["javascript:alert", "returns.md", "mailto:a@example.com", "tel:1", "#top", ""])
def test_a_link_to_anything_but_the_web_becomes_its_label(address: str) -> None:
    assert mrkdwn.from_markdown(f"see [our **page**]({address})") == "see our page"


@pytest.mark.parametrize(
    "address",
    [
        "https://bank.example@evil.example/x",
        "https://evil.example\\@bank.example/",
        "https://bаnk.example/",
        "https://[bank",
        "//evil.example",
        "data:text/html,x",
    ],
)
def test_an_address_that_hides_where_it_leads_becomes_its_label(address: str) -> None:
    assert mrkdwn.from_markdown(f"see [bank.example]({address})") == "see bank.example"
    assert "<" not in mrkdwn.link(address, "bank.example")


def test_a_bare_address_is_a_link_that_shows_itself_and_no_words_become_one() -> None:
    assert mrkdwn.from_markdown("See https://help.example/a_b_c.") == (
        "See <https://help.example/a_b_c|https://help.example/a_b_c>."
    )
    assert mrkdwn.from_markdown("help.example @channel #general") == "help.example @channel #general"


def test_slack_makes_nothing_of_its_own_out_of_words() -> None:
    section = SectionBlock(text=MarkdownTextObject(text="evil.example @here"), fields=[MarkdownTextObject(text="x")])
    (block,) = Post.of("evil.example", [section]).blocks
    assert block["text"]["verbatim"] is True
    assert all(each["verbatim"] for each in block["fields"])
    assert "verbatim" not in literal({"type": "plain_text", "text": "x"})


def test_unseen_characters_do_not_reach_slack() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "evil") + "\u200b\u202e\ufeff"
    for shown in (
        mrkdwn.escape(f"a{hidden}b"),
        mrkdwn.from_markdown(f"a{hidden}b"),
        mrkdwn.link("https://a.example", f"a{hidden}b"),
    ):
        assert shown in ("ab", "<https://a.example|ab>")


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("https://bank.example", "https://evil.example"),
        ("https://bank.example/?evil.example", "https://evil.example"),
        ("evil.example.bank.example", "https://evil.example"),
        ("evil.example@bank.example", "https://evil.example"),
        ("\u202eelpmaxe.knab", "https://evil.example"),
    ],
)
def test_no_label_pretends_to_lead_elsewhere(label: str, address: str) -> None:
    shown = mrkdwn.from_markdown(f"[{label}]({address})")
    assert shown.endswith(" (evil.example)>")
    assert "\u202e" not in shown


def test_an_address_that_names_itself_is_shown_once() -> None:
    for label in ("https://help.example/a", "help.example", "help.example/a"):
        assert mrkdwn.from_markdown(f"[{label}](https://help.example/a)") == f"<https://help.example/a|{label}>"
    assert mrkdwn.from_markdown("<https://help.example/a>") == "<https://help.example/a|https://help.example/a>"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("## **Returns** ##", "*Returns*"),
        ("***very***", "*_very_*"),
        ("a\n\n---\n\nb", "a\n\n\nb"),
        ("```python\na < b\n```", "```\na &lt; b\n```"),
        ("![a tent](https://img.example/t.png)", "<https://img.example/t.png|a tent (img.example)>"),
        ("[a](https://en.example/wiki/Tent_(shelter))", "<https://en.example/wiki/Tent_(shelter)|a (en.example)>"),
        ("snake__case__name and 2 * 3 * 4", "snake__case__name and 2 * 3 * 4"),
    ],
)
def test_marks_that_slack_does_not_know_are_turned_into_its_own(markdown: str, shown: str) -> None:
    assert mrkdwn.from_markdown(markdown) == shown


LINKED = "see <https://help.example/returns|Returns & refunds>".replace("&", "&amp;") + " &lt;b&gt; "
TOKENS = re.compile(r"<https://[^<>|]*\|[^<>|]*>|&(?:amp|lt|gt);")


@given(st.integers(min_value=60, max_value=400), st.integers(min_value=0, max_value=60))
def test_a_cut_keeps_links_and_entities_whole(limit: int, shift: int) -> None:
    text = "x" * shift + LINKED * 20
    for piece in (mrkdwn.clip(text, limit), *mrkdwn.in_sections(text, limit=limit, most=100)):
        assert len(piece) <= limit
        assert not re.search(r"[<>&]", TOKENS.sub("", piece))


def test_code_over_two_sections_stays_code_in_both() -> None:
    pieces = list(mrkdwn.in_sections("```" + "line of code\n" * 400 + "```", most=9))
    assert len(pieces) > 1
    assert all(piece.count("```") == 2 for piece in pieces)
    cut = mrkdwn.clip("```" + "line of code\n" * 400 + "```", 200)
    assert cut.count("```") == 2
    assert len(cut) <= 200
