"""Listed subjects are heard in any inflection, and nothing else is."""

import pytest

from handoff.subjects import Heard, Subjects

LISTED = Subjects.of(
    {
        "legal": ["lawyer", "small claims", "Anwalt", "avocat"],
        "health": ["allergic reaction", "allergische Reaktion"],
        "nothing": ["!!"],
    }
)


@pytest.mark.parametrize(
    ("text", "subject", "phrase"),
    [
        ("I am talking to my lawyers.", "legal", "lawyer"),
        ("See you in the SMALL CLAIMS court", "legal", "small claims"),
        ("Ich gehe zum Anwalt!", "legal", "Anwalt"),
        ("Mon avocat vous écrira", "legal", "avocat"),
        ("I had an allergic reaction to the fabric", "health", "allergic reaction"),
        ("Meine Tochter hatte allergische Reaktionen", "health", "allergische Reaktion"),
    ],
)
def test_a_listed_subject_is_heard_in_any_inflection(text: str, subject: str, phrase: str) -> None:
    assert LISTED.heard(text) == Heard(subject, phrase)


@pytest.mark.parametrize(
    "text", ["", "!!", "A small scratch, and my claim", "claims small", "Is the jacket made for allergics?"]
)
def test_what_is_not_listed_is_not_heard(text: str) -> None:
    assert LISTED.heard(text) is None


def test_without_a_list_nothing_is_heard() -> None:
    assert Subjects().heard("lawyer") is None
