"""Questions that were asked before are recognised, and those that were not look like it."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from handoff import recognition_fit
from handoff.recognition import Recogniser, known_signals, letter_features, weighed, word_features
from handoff.recognition_fit import KnownQuestion, NothingToLearn

ASKED = {
    "returns": ("return the {}", "send the {} back", "give the {} back for a refund", "bring back my {}"),
    "delivery": ("when does the {} arrive", "where is my {}", "how long until the {} comes", "track my {} parcel"),
    "repairs": ("my {} is broken", "the {} fell apart", "can you mend my {}", "repair the torn {}"),
}
THINGS = ("tent", "lamp", "backpack", "stove", "jacket")
KNOWN = [
    KnownQuestion(asked.format(thing), answer)
    for answer, ways in ASKED.items()
    for asked, thing in product(ways, THINGS)
]


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return recognition_fit.train(KNOWN)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How can I return the sleeping bag?", "returns"),
        ("WHERE IS MY TENT", "delivery"),
        ("the zip of my jacket is brokne", "repairs"),
    ],
)
def test_a_new_wording_of_a_known_question_finds_its_answer(recogniser: Recogniser, question: str, answer: str) -> None:
    found = recogniser.recognise(question)
    assert found is not None
    assert found.answer == answer


def test_a_question_nobody_asked_looks_like_one(recogniser: Recogniser) -> None:
    known, new = (
        recogniser.recognise("send my stove back"),
        recogniser.recognise("do you sponsor paragliding in Bhutan"),
    )
    assert known is not None
    assert new is not None
    assert known.signals["known_share"] > new.signals["known_share"]
    assert known.signals["known_closeness"] > new.signals["known_closeness"] + 1
    assert known.signals["new_words"] < new.signals["new_words"]
    assert set(known.signals) == set(new.signals)


@pytest.mark.parametrize("text", ["", "  ", "😀😀", "日本語", "Ω"])
def test_what_shares_nothing_with_known_questions_is_not_recognised(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text) is None
    assert known_signals(recogniser, text, ("returns",)) == {}


def test_the_signals_say_whether_a_draft_rests_on_the_article_that_such_questions_had(recogniser: Recogniser) -> None:
    assert known_signals(recogniser, "return the tent", ("faq", "returns"))["known_cited"] == 1
    assert known_signals(recogniser, "return the tent", ("delivery",))["known_cited"] == 0


def test_a_stored_recogniser_is_the_same_one(recogniser: Recogniser) -> None:
    read = Recogniser.from_bytes(recogniser.to_bytes())
    for question in ("return the tent", "where is it", "my lamp is broken", "something else entirely"):
        assert read.recognise(question) == recogniser.recognise(question)


@pytest.mark.parametrize("stored", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_what_is_no_recogniser_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="recogniser"):
        Recogniser.from_bytes(stored)


def test_texts_are_weighed_as_scikit_learn_weighs_them(recogniser: Recogniser) -> None:
    texts = [each.text for each in KNOWN]
    for kind, features in (("w", word_features), ("c", letter_features)):
        analyzer: Any = lambda text, of=features: list(of(text).elements())  # noqa: E731 - it has no other name
        oracle: Any = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True)
        oracle.fit(texts)
        names = [recogniser.features[f"{kind}{name}"] for name in oracle.get_feature_names_out()]
        for question in ("return return the tent", "my lamp, my lamp is BROKEN", "where is the zeppelin"):
            ids, values, words_known = weighed(recogniser, question) or ([], [], 0)
            part = slice(None, words_known) if kind == "w" else slice(words_known, None)
            told = np.zeros(len(recogniser.features))
            told[ids[part]] = values[part]
            assert told[names] == pytest.approx(oracle.transform([question]).toarray()[0], abs=1e-6)


def test_two_answers_are_told_apart_as_well() -> None:
    """Scikit-learn keeps one row for two answers; both sides of it must agree with the training data."""
    two = recognition_fit.train([each for each in KNOWN if each.answer != "repairs"])
    said = [two.recognise(each.text) for each in KNOWN if each.answer != "repairs"]
    right = [each.answer for each in KNOWN if each.answer != "repairs"]
    assert [each.answer if each else "" for each in said] == right


@pytest.mark.parametrize("known", [[], KNOWN[:20], [KNOWN[0], KNOWN[-1]]])
def test_one_answer_alone_cannot_be_learnt(known: list[KnownQuestion]) -> None:
    with pytest.raises(NothingToLearn):
        recognition_fit.train(known)


def test_words_of_questions_that_are_to_be_forgotten_are_gone_unless_others_asked_with_them() -> None:
    own = [KnownQuestion("send the quokka of Ada Lovelace back", "returns"), KnownQuestion("my quokka fell", "repairs")]
    known = recognition_fit.train([*KNOWN, *own])
    forgot = Recogniser.from_bytes(known.without([each.text for each in own]).to_bytes())
    assert {"wlovelac", "wada lovelac", "cquok"} <= set(known.features)
    assert not [key for key in forgot.features if "quok" in key or "lovel" in key]
    assert {"wsend", "wback", "wfell"} <= set(forgot.features)
    asked = forgot.recognise("quokka lovelace")
    assert asked is None or asked.signals["new_words"] == 1
    assert forgot.recognise("send the tent back") == known.recognise("send the tent back")
