"""Links are the very ones that a source names, and not made to look like them."""

import pytest

from handoff import links
from handoff.links import KnownLinks, Link

KNOWN = KnownLinks(["See https://help.northpeak.example/returns, or write to care@northpeak.example."])


@pytest.mark.parametrize(
    "text",
    [
        "https://help.northpeak.example/returns",
        "help.northpeak.example/returns/",
        "HTTPS://Help.Northpeak.example/returns.",
        "[here](https://help.northpeak.example/returns)",
        "(see https://help.northpeak.example/returns)",
        "<https://help.northpeak.example/returns|our page>",
        "help.northpeak.example",
    ],
)
def test_a_link_that_a_source_names_is_known_however_it_is_written(text: str) -> None:
    (link,) = links.links(text)
    assert KNOWN.hold(link)
    assert not links.hidden(link)


@pytest.mark.parametrize(
    "text",
    [
        "https://help.northpeak.example/refunds",
        "https://evil.example",
        "[returns](https://evil.example/returns)",
        "<a href='https://evil.example'>help.northpeak.example</a>",
        "javascript://alert",
        "www.evil.example/x",
        "https://help.northpeak.example@evil.example/",
        "evil\u200b.example/x",
    ],
)
def test_any_other_link_is_not(text: str) -> None:
    assert not any(KNOWN.hold(link) for link in links.links(text))
    assert links.links(text)


@pytest.mark.parametrize(
    ("shown", "target"),
    [
        ("https://help.northpeak.example/returns", "https://evil.example"),
        ("help.northpeak.example", "https://evil.example"),
    ],
)
def test_a_link_that_is_shown_as_another_is_hidden(shown: str, target: str) -> None:
    assert links.hidden(Link(target, shown))
    assert not links.hidden(Link(target, "our page"))


@pytest.mark.parametrize(
    "host",
    [
        "help.northpaek.example",
        "help.n0rthpeak.example",
        "help.nоrthpeak.example",
        "northpeak.example.evil.com",
        "northpeak-help.example",
        "help-northpeak.example",
    ],
)
def test_a_host_made_to_look_like_a_known_one_is_told_with_it(host: str) -> None:
    assert KNOWN.resembled(host)


@pytest.mark.parametrize("host", ["northpeak.example", "help.northpeak.example", "post.at", "evil.org"])
def test_a_host_of_its_own_resembles_none(host: str) -> None:
    assert not KNOWN.resembled(host)


def test_addresses_are_compared_whole() -> None:
    assert links.emails("Write to Care@Northpeak.example.") == ("care@northpeak.example",)
    assert KNOWN.hold_email("care@northpeak.example")
    assert not KNOWN.hold_email("refunds@northpeak.example")
