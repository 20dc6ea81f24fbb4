import random
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest

from handoff import mood, mood_fit, mood_model
from handoff.draft import Author, Turn
from handoff.mood_fit import LabelledMood, MoodFitted, MoodRefused
from handoff.mood_model import PRIOR, MoodModel


@cache
def _fitted(seed: int = 7) -> MoodFitted:
    found = mood_fit.fit(_team(300, seed=seed))
    assert isinstance(found, MoodFitted), found
    return found


def _team(count: int, *, seed: int = 7) -> list[LabelledMood]:
    """A team whose customers write in capitals as a matter of course, and are frustrated when they wait."""
    chance = random.Random(seed)
    labels: list[LabelledMood] = []
    for _ in range(count):
        signals = {"sense": chance.choice([0.05, 0.35, 0.5]), "sentiment": chance.uniform(-1, 0.5)}
        if chance.random() < 0.5:
            signals["shouting"] = 0.32
            signals["sense"] = 0.7
        if waits := chance.random() < 0.4:
            signals["waiting"] = 0.4
        labels.append(LabelledMood(signals, chance.random() < (0.9 if waits else 0.1)))
    return labels


def test_a_teams_labels_teach_what_its_customers_mean() -> None:
    found = _fitted()
    assert found.figures.log_loss < found.figures.log_loss_present
    assert found.figures.auc > found.figures.auc_present
    waits, shouts = {"sense": 0.35, "waiting": 0.4}, {"sense": 0.7, "shouting": 0.32}
    assert found.model.score(waits) > 0.6
    assert found.model.score(shouts) < 0.4
    assert PRIOR.score(waits) < PRIOR.score(shouts)
    assert "300 labels" in found.words


def test_the_same_labels_give_the_same_version() -> None:
    first, again, other = _fitted(), mood_fit.fit(_team(300)), _fitted(8)
    assert isinstance(again, MoodFitted)
    assert first.model.version == again.model.version != other.model.version
    assert first.model.version.startswith("mood-")
    assert len(first.model.version) == len("mood-") + 8


def test_under_two_hundred_labels_nothing_is_fitted_and_the_rest_is_named() -> None:
    found = mood_fit.fit(_team(199))
    assert isinstance(found, MoodRefused)
    assert "199 labels" in found.words
    assert "1 more" in found.words
    assert isinstance(mood_fit.fit([]), MoodRefused)


@pytest.mark.parametrize("frustrated", [True, False])
def test_labels_of_one_kind_teach_nothing(frustrated: bool) -> None:
    found = mood_fit.fit([LabelledMood(each.signals, frustrated) for each in _team(250)])
    assert isinstance(found, MoodRefused)
    assert ("calm" if frustrated else "frustrated") in found.words


def test_labels_by_chance_change_nothing() -> None:
    chance = random.Random(3)
    found = mood_fit.fit(
        [LabelledMood({"sense": 0.5, "sentiment": chance.uniform(-1, 1)}, number % 2 == 0) for number in range(300)]
    )
    assert isinstance(found, MoodRefused)
    assert found.figures is not None
    assert "present weights" in found.words


def test_what_one_conversation_gave_is_not_its_own_test() -> None:
    chance = random.Random(5)
    once = [
        LabelledMood({name: chance.uniform(0, 1) for name in mood_model.SIGNALS}, number % 2 == 0)
        for number in range(60)
    ]
    told_again = [each for each in once for _ in range(5)]
    assert isinstance(mood_fit.fit(told_again), MoodFitted)
    of_one = [replace(each, group=str(place // 5)) for place, each in enumerate(told_again)]
    assert isinstance(mood_fit.fit(of_one), MoodRefused)


def test_a_second_fit_on_the_same_labels_is_no_better_than_the_first() -> None:
    assert isinstance(mood_fit.fit(_team(300), _fitted().model), MoodRefused)


def test_a_model_survives_json_with_its_version() -> None:
    found = _fitted()
    assert MoodModel.from_json(found.model.to_json()) == found.model
    assert MoodModel.from_json(PRIOR.to_json()) is PRIOR


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"bias": "x", "weights": {}},
        {"bias": 0, "weights": [1]},
        {"bias": 0, "weights": {"sense": None}},
        {"bias": 0, "weights": {"unheard_of": 1.0}},
        {"bias": float("nan"), "weights": {"sense": 1.0}},
    ],
)
def test_what_is_no_model_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="mood model"):
        MoodModel.from_json(given)


def test_every_signal_of_a_reading_can_be_weighed() -> None:
    turns = [
        Turn(Author.CUSTOMER, "Where is my jacket order??"),
        Turn(Author.BOT, "It takes 3 days."),
        Turn(Author.CUSTOMER, "WHERE IS MY JACKET ORDER?? Or my lawyer asks!"),
    ]
    found = mood.signals(turns, thumbs_down=1)
    assert {"sense", "sentiment", "asked_again", "thumbs_down", "shouting", "threat"} <= set(found)
    assert set(found) <= set(mood_model.SIGNALS)


def test_a_fitted_model_reads_and_never_unlearns_the_wish() -> None:
    calm = mood_model.fitted(-9.0, {"sense": 0.01})
    read = mood.read([Turn(Author.CUSTOMER, "This is useless!! Let me talk to a human")], model=calm)
    assert read.frustration < 0.1
    assert read.wants_person
    assert mood.read([Turn(Author.CUSTOMER, "This is useless!!")]).frustration > 0.5


def test_reading_a_mood_imports_no_heavy_library() -> None:
    code = (
        "import sys; from handoff import mood, mood_fit; from handoff.draft import Author, Turn; mood.prepare();"
        "mood.read([Turn(Author.CUSTOMER, 'hi')]);"
        "print([name for name in ('sklearn', 'scipy', 'numpy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
