"""What a call costs."""

from pathlib import Path

import pytest

from bot import team
from bot.costs import prices
from bot.costs.prices import Price
from handoff.draft import Usage


def test_cached_input_costs_less_and_what_is_kept_costs_more() -> None:
    price = Price(input=2.0, output=8.0, cached_input=0.5, cache_writes=2.5)
    usage = Usage(tokens_in=1_000_000, tokens_out=100_000, tokens_cached=400_000)
    assert price.dollars(usage) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.8)
    assert price.dollars(usage, tokens_written=600_000) == pytest.approx(0.6 * 2.5 + 0.4 * 0.5 + 0.8)
    assert Price(2.0, 8.0).dollars(usage) == pytest.approx(2.8)


def test_more_cached_tokens_than_tokens_never_pay_back() -> None:
    assert Price(2.0, 8.0, 0.5).dollars(Usage(10, 0, tokens_cached=99), 99) == pytest.approx(10 * 0.5 / 1e6)


def test_a_dated_version_costs_what_its_family_does_and_no_other() -> None:
    assert prices.of("gpt-4.1-mini-2025-04-14") == prices.LISTED["gpt-4.1-mini"]
    assert prices.of("gpt-4.1-nothing") == prices.FREE
    assert prices.is_known("gpt-6.1-terra")
    assert not prices.is_known("our-own")


def test_cached_input_of_every_listed_model_costs_less_than_other_input() -> None:
    for name, price in prices.LISTED.items():
        assert price.cached_input is not None, name
        assert 0 < price.cached_input < price.input < price.output, name


def test_the_teams_own_prices_go_first(tmp_path: Path) -> None:
    path = tmp_path / "baton.toml"
    path.write_text('[prices.our-own]\ninput = 0.3\noutput = 0.9\n[prices."gpt-4.1"]\ninput = 1\noutput = 4\n')
    own = prices.own(team.read(path))
    assert prices.of("our-own", own) == Price(0.3, 0.9)
    assert prices.of("gpt-4.1", own) == Price(1, 4)
    assert prices.of("gpt-4.1-mini", own) == prices.LISTED["gpt-4.1-mini"]


@pytest.mark.parametrize("told", ["input = -1\noutput = 2", "input = 1", "input = nan\noutput = 1", "in = 1\nout = 2"])
def test_a_price_that_is_none_is_named(tmp_path: Path, told: str) -> None:
    path = tmp_path / "baton.toml"
    path.write_text(f"[prices.m]\n{told}\n")
    with pytest.raises(team.TeamFileProblem, match=r"prices\.m"):
        team.read(path)
