"""Links that nobody vouches for lead nowhere."""

import pytest

from handoff.vouched_links import Vouched
from tests.bot.drafting.requests import passage

CITED = passage(
    "p",
    "Returns",
    "Print the label at https://labels.example.net/print?size=a4 or see [forms](https://forms.example/1).",
)
VOUCHED = Vouched([CITED], ["Shop.example"])


@pytest.mark.parametrize(
    "address",
    [
        "https://help.example/p",
        "https://labels.example.net/print?size=a4",
        "https://forms.example/1",
        "https://shop.example/cart",
        "https://www.shop.example",
        "HTTPS://Forms.Example/1/",
    ],
)
def test_what_the_cited_articles_link_to_and_the_teams_domains_may_be_shown(address: str) -> None:
    text = f"See [this]({address}) or <{address}> or {address}."
    assert VOUCHED.only(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[our page](https://evil.example/x)", "our page (evil.example)"),
        ("see https://evil.example/x?q=1", "see evil.example/x?q=1"),
        ("<https://evil.example/x>", "evil.example/x"),
        ("![logo](https://evil.example/p.png)", "logo (evil.example)"),
        ("![logo](https://shop.example/p.png)", "logo (shop.example)"),
        ("[more](https://labels.example.net/print?size=a4&mail=ada)", "more (labels.example.net)"),
        ("[x](https://shop.example@evil.example/)", "x (shop.example@evil.example)"),
        ("[x](https://notshop.example/)", "x (notshop.example)"),
        ("[x](https://shop.example.evil.example/)", "x (shop.example.evil.example)"),
        ("[x](https://evil.example\\@shop.example/)", "x (evil.example\\@shop.example)"),
        ("[x](https://ѕhop.example/)", "x (ѕhop.example)"),
        ("[x](javascript:alert(1))", "x"),
        ("[x](data:text/html,hi)", "x"),
        ("https://https://evil.example", "https:evil.example"),
    ],
)
def test_other_links_become_words(written: str, shown: str) -> None:
    assert VOUCHED.only(written) == shown
    assert VOUCHED.only(shown) == shown
