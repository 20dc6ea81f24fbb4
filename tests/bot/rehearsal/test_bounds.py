"""What keeps a rehearsal within bounds: the ceiling, and the results it goes on from."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.drafting.embedded import EmbeddedDrafter
from bot.rehearsal import finished
from bot.rehearsal.finished import Finished, StateProblem, key_of
from bot.rehearsal.purse import CeilingReached, PaidDrafter, Purse
from bot.thinking.versions import version_of
from tests.bot.drafting.requests import asks


async def call(purse: Purse, dollars: float) -> bool:
    try:
        async with purse.call() as pay:
            await asyncio.sleep(0)
            pay(dollars)
    except CeilingReached:
        return False
    return True


async def test_no_call_is_made_that_would_not_fit() -> None:
    purse = Purse(1.0)
    assert [await call(purse, 0.4) for _ in range(4)] == [True, True, False, False]
    assert purse.spent == pytest.approx(0.8)


async def test_calls_at_the_same_time_fit_together() -> None:
    purse = Purse(1.0)
    made = await asyncio.gather(*(call(purse, 0.3) for _ in range(20)))
    assert sum(made) == 3
    assert purse.spent == pytest.approx(0.9)


async def test_a_ceiling_of_nothing_lets_nothing_through_and_none_lets_all() -> None:
    assert not await call(Purse(0.0), 0.1)
    assert all([await call(Purse(), 5.0) for _ in range(3)])


async def test_a_first_call_that_fails_holds_up_no_other() -> None:
    purse = Purse(1.0)

    async def fails() -> None:
        async with purse.call():
            raise RuntimeError

    made = await asyncio.gather(fails(), call(purse, 0.2), call(purse, 0.2), return_exceptions=True)
    assert made[1:] == [True, True]


async def test_a_paid_drafter_is_the_same_version_and_pays() -> None:
    inner = EmbeddedDrafter()
    drafter = PaidDrafter(inner, Purse(0.0))
    assert version_of(drafter) == version_of(inner)
    with pytest.raises(CeilingReached):
        await drafter.draft(asks("How?"))


def test_results_are_found_again_by_their_input(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.jsonl"
    key = key_of("a", {"b": 1})
    Finished(path).put(key, {"x": "ü\nline"})
    assert Finished(path).get(key) == {"x": "ü\nline"}
    assert Finished(path).get(key_of("a", {"b": 2})) is None
    assert path.stat().st_mode & 0o077 == 0


def test_fresh_forgets_and_without_a_path_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    Finished(path).put("k", {"x": 1})
    assert Finished(path, fresh=True).get("k") is None
    assert Finished(path).get("k") is None
    nowhere = Finished(None)
    nowhere.put("k", {"x": 1})
    assert nowhere.get("k") == {"x": 1}


@pytest.mark.parametrize("tail", ['{"key": "half", "res', "\x00\x00", '["no"]', '{"key": "k2"}'])
def test_a_file_that_was_cut_off_loses_that_line_alone(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "state.jsonl"
    Finished(path).put("k", {"x": 1})
    with path.open("a") as file:
        file.write(tail)
    again = Finished(path)
    again.put("next", {"y": 2})
    assert [Finished(path).get(key) for key in ("k", "next", "half")] == [{"x": 1}, {"y": 2}, None]


def test_a_file_that_grows_forgets_the_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finished, "MOST_KEPT", 10)
    path = tmp_path / "state.jsonl"
    state = Finished(path)
    for number in range(12):
        state.put(str(number), {})
    shortened = Finished(path)
    assert [shortened.get(str(number)) is not None for number in (0, 6, 7, 11)] == [False, False, True, True]
    kept: list[Any] = [json.loads(line) for line in path.read_text().splitlines() if line]
    assert len(kept) == 5


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StateProblem, match="Name another file with --state"):
        Finished(tmp_path)


def test_the_usual_file_is_in_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert finished.usual_path() == tmp_path / "baton" / "rehearsed.jsonl"


def test_the_code_that_decides_is_part_of_every_key() -> None:
    assert len(finished.code_version()) == 64
    missing = [within for package, within in finished.WHAT_DECIDES if not (Path(package.__path__[0]) / within).exists()]
    assert missing == [], "what moved must be named where it is now"
