"""A confidence model fitted on reviews: better than the one in use, or not at all."""

import math
from random import Random

import numpy as np
import pytest

from handoff import confidence, confidence_fit
from handoff.confidence import ConfidenceModel, Weight
from handoff.confidence_fit import Example, FitRefused
from handoff.learning import ReviewedDraft, learn


def examples(number: int, seed: int = 1, **usual: float) -> list[Example]:
    """Drafts whose rightness hangs on their coverage, whatever the drafter says."""
    chance = Random(seed)
    made: list[Example] = []
    for at in range(number):
        coverage = chance.random()
        right = chance.random() < 1 / (1 + math.exp(-8 * (coverage - 0.4)))
        signals = {"coverage": coverage, "own_confidence": chance.random(), **usual}
        made.append(Example(signals, right, f"conversation {at // 2}"))
    return made


def test_a_fit_learns_what_matters_and_beats_the_prior() -> None:
    found = confidence_fit.fit(examples(400))
    assert found.better
    assert found.candidate.log_loss < found.serving.log_loss
    assert found.candidate.brier < found.serving.brier
    assert found.model.weights["coverage"].weight > 5 * abs(found.model.weights["own_confidence"].weight)
    assert found.model.version.startswith("fit-")
    assert found.as_json()["reviews"] == 400


def test_a_model_that_knows_it_already_is_not_replaced() -> None:
    present = confidence_fit.fit(examples(2_000, seed=7)).model
    assert not confidence_fit.fit(examples(200, seed=8), present).better


def test_a_gain_among_drafts_that_count_little_does_not_make_up_for_a_loss_among_those_that_count_much() -> None:
    gains = np.array([0.1] * 90 + [-0.1] * 10)
    alone = np.arange(100).astype(str)
    assert confidence_fit.surely_better(gains, np.ones(100), alone)
    assert not confidence_fit.surely_better(gains, np.array([1.0] * 90 + [20.0] * 10), alone)


def test_many_drafts_of_one_conversation_are_no_sure_gain() -> None:
    gains = np.array([0.5] * 60 + [-0.4] * 40)
    assert confidence_fit.surely_better(gains, np.ones(100), np.arange(100).astype(str))
    together = np.array(["one"] * 60 + [str(at) for at in range(40)])
    assert not confidence_fit.surely_better(gains, np.ones(100), together)


def test_the_same_reviews_give_the_same_version() -> None:
    assert confidence_fit.fit(examples(200)).model == confidence_fit.fit(examples(200)).model


def test_a_signal_that_is_missing_here_and_there_is_learnt_and_imputed() -> None:
    told = examples(300)
    partly = [
        Example({**each.signals, "support": 0.5 + (at % 10) / 20}, each.right, each.group) if at % 2 else each
        for at, each in enumerate(told)
    ]
    model = confidence_fit.fit(partly).model
    scored = model.score({"coverage": 0.9})
    assert set(scored.imputed) == {"support", "own_confidence"}
    assert {name for name, _ in scored.contributions} == {"coverage"}


def test_a_signal_that_never_varies_or_is_hardly_ever_there_is_left_out() -> None:
    told = [*examples(300, constant=1.0), Example({"coverage": 0.5, "rare": 0.1}, True, "one")]
    assert set(confidence_fit.fit(told).model.weights) == {"coverage", "own_confidence"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (examples(60), "60 reviewed drafts are too few"),
        (
            [Example(each.signals, True, each.group) for each in examples(200)],
            "Only 0 of 200 reviewed drafts were wrong",
        ),
        (
            [Example(each.signals, False, each.group) for each in examples(200)],
            "Only 0 of 200 reviewed drafts were right",
        ),
        ([Example({"coverage": 0.5}, at % 2 == 0, str(at)) for at in range(200)], "No signal varies"),
        ([Example({"coverage": math.nan}, at % 2 == 0, str(at)) for at in range(200)], "No signal varies"),
        ([Example(each.signals, each.right, "one") for each in examples(200)], "All reviewed drafts are of one"),
        ([Example(each.signals, each.right, each.group, math.inf) for each in examples(200)], "0 reviewed drafts"),
    ],
)
def test_what_cannot_teach_is_refused_in_words(told: list[Example], words: str) -> None:
    with pytest.raises(FitRefused, match=words):
        confidence_fit.fit(told)


def test_a_fit_that_does_not_converge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence_fit, "MOST_STEPS", 1)
    with pytest.raises(FitRefused, match="did not converge"):
        confidence_fit.fit(examples(300))


def test_figures_of_probabilities() -> None:
    right = np.array([True] * 90 + [False] * 10)
    good = confidence_fit.metrics(np.full(100, 0.9), right)
    assert good.brier == pytest.approx(0.09)
    assert good.log_loss == pytest.approx(-(0.9 * math.log(0.9) + 0.1 * math.log(0.1)))
    perfect = confidence_fit.metrics(right.astype(float), right)
    assert perfect.ece == pytest.approx(0)
    assert confidence_fit.metrics(1 - right.astype(float), right).ece == pytest.approx(1)


def test_a_model_survives_its_column() -> None:
    model = confidence_fit.fit(examples(200)).model
    assert ConfidenceModel.from_json(model.as_json()) == model
    assert ConfidenceModel.from_json(confidence.PRIOR.as_json()) == confidence.PRIOR


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"format": 1, "version": "x", "bias": 0.0, "weights": {}},
        {"format": 2, "version": "x", "bias": 0.0, "weights": {"coverage": [1, 0, 1]}},
        {"format": 1, "version": "x", "bias": 10**400, "weights": {"coverage": [1, 0, 1]}},
        {"format": 1, "version": "x", "bias": "nan", "weights": {"coverage": [1, 0, 1]}},
        {"format": 1, "version": "x", "bias": 0.0, "weights": {"coverage": [1, 0, 0]}},
        {"format": 1, "version": "x", "bias": 0.0, "weights": {"coverage": [1]}},
        {"format": 1, "version": "x", "bias": 0.0, "weights": []},
    ],
)
def test_what_is_no_model_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="confidence model"):
        ConfidenceModel.from_json(stored)


def test_odd_signals_are_imputed_and_the_weightiest_never_overflows() -> None:
    model = ConfidenceModel("m", 0.0, {"coverage": Weight(5.0, 0.5), "support": Weight(1.0, 0.5)})
    scored = model.score({"coverage": math.nan, "support": math.inf})
    assert scored.value == 0.5
    assert set(scored.imputed) == {"coverage", "support"}
    assert 0 < model.score({"coverage": -1e9}).value < 1e-9


def asked(number: int, seed: int) -> list[ReviewedDraft]:
    """Drafts that are right just when they cite the article that such questions have."""
    chance, made = Random(seed), list[ReviewedDraft]()
    subjects = {"returns": "return the {}", "delivery": "when will the {} arrive", "repairs": "my {} is broken"}
    for at in range(number):
        article = chance.choice(list(subjects))
        thing = chance.choice(("tent", "lamp", "stove", "jacket", "rope"))
        cited = article if chance.random() < 0.7 else chance.choice([each for each in subjects if each != article])
        signals = {"own_confidence": chance.random(), "coverage": chance.random()}
        example = Example(signals, cited == article, f"conversation {at}")
        made.append(ReviewedDraft(subjects[article].format(thing), (cited,), example))
    return made


def test_questions_that_were_asked_before_make_the_model_better() -> None:
    learnt = learn(asked(300, seed=3))
    assert learnt.recogniser is not None
    assert learnt.fit.better
    assert learnt.fit.model.weights["known_cited"].weight > 0.5
    plain = learn(asked(300, seed=3), questions=False)
    assert plain.recogniser is None
    assert learnt.fit.candidate.log_loss < plain.fit.candidate.log_loss - 0.2


def test_without_known_questions_the_signals_alone_are_learnt() -> None:
    told = [ReviewedDraft("", (), each) for each in examples(300)]
    assert learn(told).recogniser is None
