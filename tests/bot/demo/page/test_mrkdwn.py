"""Slack's mrkdwn as HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.page import mrkdwn
from tests.bot.demo.page.reading import Read, dangers
from tests.swiftness import stretched, takes

NAMES = mrkdwn.Names(
    user=lambda user: {"U1": "Ada Lind", "U2": "<b>Bo</b>"}.get(user, user),
    channel=lambda channel: {"C1": "support"}.get(channel, channel),
    group=lambda group: {"S1": "agents"}.get(group, group),
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("*bold*", "<strong>bold</strong>"),
        ("_italic_", "<em>italic</em>"),
        ("~struck~", "<del>struck</del>"),
        ("*bold _and italic_*", "<strong>bold <em>and italic</em></strong>"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("* not bold *", "* not bold *"),
        ("a\nb", "a<br>b"),
        ("&lt;b&gt; &amp; co", "&lt;b&gt; &amp; co"),
        ("<@U1>", '<span class="mention">@Ada Lind</span>'),
        ("<@U1|ada>", '<span class="mention">@ada</span>'),
        ("<#C1>", '<span class="mention">#support</span>'),
        ("<!subteam^S1>", '<span class="mention">@agents</span>'),
        ("<!here>", '<span class="mention broadcast">@here</span>'),
        (":tada: :nothing_such:", "🎉 :nothing_such:"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("&gt;&gt;&gt; all\nof it", "<blockquote>all<br>of it</blockquote>"),
        ("```a *b*\n```", "<pre>a *b*</pre>"),
    ],
)
def test_known_markup_is_shown_as_slack_shows_it(said: str, shown: str) -> None:
    assert mrkdwn.html(said, NAMES) == shown


def test_bold_reaches_across_a_link_and_leaves_its_address_alone() -> None:
    shown = str(mrkdwn.html("*see <https://example.com/a_b_c*d|the _page_> now*", NAMES))
    assert Read(shown).all("a")[0]["href"] == "https://example.com/a_b_c*d"
    assert shown.startswith("<strong>see ")
    assert Read(shown).is_whole


def test_links_open_beside_the_page_and_tell_nothing_of_it() -> None:
    (link,) = Read(mrkdwn.html("<https://example.com|here>", NAMES)).all("a")
    assert link == {"href": "https://example.com", "target": "_blank", "rel": "noopener noreferrer"}


def test_a_bare_address_becomes_a_link_without_the_full_stop_after_it() -> None:
    read = Read(mrkdwn.html("See https://example.com/a?b=1&amp;c=2.", NAMES))
    assert read.all("a")[0]["href"] == "https://example.com/a?b=1&c=2"
    assert read.text == "See https://example.com/a?b=1&c=2."


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "file:///etc"],
)
def test_only_web_and_mail_addresses_become_links(address: str) -> None:
    read = Read(mrkdwn.html(f"<{address}|press here>", NAMES))
    assert read.elements == []
    assert read.text == "press here"


def test_points_of_a_list_hang_beside_their_marks() -> None:
    shown = str(mrkdwn.html("Bring\n• a tent\n1. a *mat*", NAMES))
    assert shown.count('class="point"') == 2
    assert Read(shown).text == "Bring• a tent1. a mat"


def test_a_date_is_written_and_falls_back_to_its_words() -> None:
    (moment,) = Read(mrkdwn.html("<!date^1700000000^{date_short} at {time}|x>", NAMES)).all("time")
    assert moment["datetime"] == "2023-11-14T22:13:20+00:00"
    assert mrkdwn.html("<!date^never^{date}|later>", NAMES) == "later"
    assert mrkdwn.html("<!date^99999999999999^{date}|later>", NAMES) == "later"


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "*<img src=x onerror=alert(1)>*",
        "<https://example.com|<b>x</b>>",
        '<https://example.com/"onmouseover="alert(1)|x>',
        "<@U2>",
        "`</code><script>`",
        "```</pre><script>```",
        "<!date^1700000000^{date}<b>^javascript:alert(1)|x>",
        "\0000\0 *\0001\0*",
    ],
)
def test_no_text_becomes_html(said: str) -> None:
    assert dangers(mrkdwn.html(said, NAMES)) == []
    assert "script" not in {tag for tag, _ in Read(mrkdwn.html(said, NAMES)).elements}


@given(st.text(alphabet="<>&;|*_~`!@#^:/.ab1 \n\0'\"-•", max_size=80))
def test_any_text_gives_whole_and_harmless_html(said: str) -> None:
    shown = str(mrkdwn.html(said, NAMES))
    assert Read(shown).is_whole
    assert dangers(shown) == []


@pytest.mark.parametrize("piece", ["*a ", "_", "*_~", "`", "<", "&gt;", "```", "https://", "- ", "*a* ", "\0001\0"])
def test_the_longest_message_is_rendered_at_once(piece: str) -> None:
    longest = (piece * 40_000)[:40_000]
    assert takes(lambda: mrkdwn.html(longest, NAMES), times=1) < stretched(2)
