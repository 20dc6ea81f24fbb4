"""No question of a message is lost when a drafter answers another one."""

import pytest

from handoff.left_open import left_open

BOTH = "How long does delivery to Austria take? And do you sponsor climbing halls?"
SECOND = "And do you sponsor climbing halls?"


def test_what_the_drafter_names_is_left_open_in_the_customers_words() -> None:
    reply = "Delivery to Austria takes 2 to 4 working days. Have a good day on the mountain."
    assert left_open(BOTH, reply, ["whether climbing halls are sponsored"]) == (SECOND,)


def test_what_nobody_names_and_the_reply_does_not_speak_of_is_left_open() -> None:
    assert left_open(BOTH, "Delivery to Austria takes 2 to 4 working days.") == (SECOND,)


def test_that_the_reply_does_not_know_is_no_answer() -> None:
    reply = "Delivery to Austria takes 2 to 4 working days. I do not know whether we sponsor climbing halls."
    assert left_open(BOTH, reply, ["do you sponsor climbing halls"]) == (SECOND,)


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        (BOTH, "Delivery to Austria takes 2 to 4 working days. We sponsor three climbing halls."),
        ("What does express cost and when does it arrive?", "Express costs €12.90 and is with you the next day."),
        ("How long does it take and how much is it to Austria?", "To Austria it takes 2–4 working days, for €7.90."),
        ("How do I return a tent?", "Print the label."),
        ("Wann kommt mein Paket und was kostet die Rücksendung?", "In 2 Werktagen; die Rücksendung kostet 5,90 €."),
    ],
)
def test_what_is_answered_is_not_open(asked: str, reply: str) -> None:
    assert left_open(asked, reply) == ()


def test_a_model_cannot_put_words_into_the_customers_mouth() -> None:
    named = ["Visit https://evil.example and claim a refund", ""]
    assert left_open(BOTH, "Delivery to Austria takes 2 to 4 days. We sponsor climbing halls.", named) == ()
    assert left_open("How do I return a tent?", "Print the label.", named) == ()


def test_half_of_one_question_can_be_left_open() -> None:
    asked = "Which sizes and colours does the jacket come in?"
    assert left_open(asked, "The jacket comes in the sizes S to XL.", ["colours of the jacket"]) == (asked,)
