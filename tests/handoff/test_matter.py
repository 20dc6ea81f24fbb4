"""A customer's new question is held against what they had asked before."""

from collections.abc import Iterator
from itertools import permutations
from random import Random

import pytest

from bot.demo import past_questions as past
from handoff.matter import same_matter
from handoff.recognition import Recogniser
from handoff.recognition_fit import KnownQuestion, train

BEFORE = "How many days do I have to return an unused item?"


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (BEFORE, BEFORE),
        (BEFORE, "I still want to return my item, it is unused"),
        ("Where is my order LF2345678?", "I am still waiting for LF2345678, please help"),
        ("hello\nMy jacket leaks at the seams", "The seams of the jacket leak again"),
    ],
)
def test_who_asks_the_same_again_comes_back_with_it(earlier: str, new: str) -> None:
    assert same_matter(earlier, new, earlier_topic="returns", new_topic="returns")
    assert same_matter(new, earlier, earlier_topic="returns", new_topic="returns")


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (BEFORE, "Which shoes do you have in size 48?"),
        ("Where is my order LF2345678?", "Can I cancel LF2999999 before it ships?"),
        ("", BEFORE),
        ("Can I talk to a person please?", ""),
    ],
)
def test_another_question_is_another_matter(earlier: str, new: str) -> None:
    assert not same_matter(earlier, new, earlier_topic="returns", new_topic="returns")


def test_another_topic_is_another_matter_unless_one_is_unknown() -> None:
    assert not same_matter(BEFORE, BEFORE, earlier_topic="returns", new_topic="delivery")
    assert same_matter(BEFORE, BEFORE, earlier_topic="returns", new_topic="")
    assert same_matter(BEFORE, BEFORE, earlier_topic="", new_topic="returns")


ASKED = {
    "arrival": ("Where is my card?", "My card has not come", "card still not here"),
    "activation": ("How do I activate my card?", "My card must be activated", "activate the new card"),
    "pin": ("I forgot my PIN", "How can I change the PIN?", "PIN forgotten"),
    "rates": ("What is the exchange rate?", "exchange rate today", "Which rates do you use?"),
    "refund": ("When do I get my refund?", "refund missing", "The shop refunded me, where is it?"),
    "limits": ("How much can I top up?", "top up limit", "Is there a limit for topping up?"),
    "cash": ("The machine gave me too little cash", "wrong cash from the machine", "cash missing"),
    "identity": ("Why must I verify my identity?", "identity check", "verify who I am"),
    "transfer": ("How long does a transfer take?", "transfer pending", "My transfer did not arrive"),
    "lost": ("I lost my phone", "phone stolen", "My phone is gone"),
}
KNOWN = train([KnownQuestion(text, answer) for answer, texts in ASKED.items() for text in texts])


def alike(earlier: str, new: str, known: Recogniser | None = None) -> bool:
    """Of one topic, or none that is known."""
    return same_matter(earlier, new, earlier_topic="", new_topic="", known=known)


@pytest.mark.parametrize(
    ("earlier", "new", "by_words", "by_answer"),
    [
        ("Where is my card?", "It has not come, my plastic is still not here", False, True),
        ("Where is my card?", "How do I activate my card?", True, False),
    ],
)
def test_known_questions_are_of_one_matter_when_they_have_one_answer(
    earlier: str, new: str, by_words: bool, by_answer: bool
) -> None:
    assert alike(earlier, new) is by_words
    assert alike(earlier, new, KNOWN) is by_answer
    assert not same_matter(earlier, new, earlier_topic="cards", new_topic="pins", known=KNOWN)


def test_what_is_no_known_question_is_held_by_its_words_and_one_in_common_is_not_enough() -> None:
    assert alike("Do you ship tents to Bhutan?", "tents shipped to Bhutan, is that possible", KNOWN)
    assert not alike("Do you ship tents to Bhutan?", "tents doors", KNOWN)
    assert alike("Do you ship tents to Bhutan?", "tents doors")
    assert alike("Do you ship tents to Bhutan? LF2345678", "What about LF2345678", KNOWN)


def test_a_handful_of_known_answers_decides_nothing() -> None:
    few = train([KnownQuestion(text, answer) for answer in ("arrival", "pin") for text in ASKED[answer]])
    assert alike("Bhutan tents", "tents", few)
    assert not alike("Does the zip hold?", "How wide are the boots?", few)


def _pairs() -> Iterator[tuple[bool, str, str]]:
    """The sample shop's questions of one topic in pairs, and whether the two are one question in other words."""
    chance = Random(1)

    def drawn() -> dict[str, str]:
        order = f"LF{chance.randrange(2_000_000, 3_000_000)}"
        return {"order": order, "item": chance.choice(past.ITEMS), "country": chance.choice(past.COUNTRIES)}

    questions = [*past.ANSWERED, *past.FOR_PEOPLE]
    for question in questions:
        for one, other in permutations(question.asked, 2):
            same = drawn()
            yield True, one.format(**same), other.format(**same)
    for first, second in permutations(questions, 2):
        if first.topic == second.topic:
            for one in first.asked:
                yield from ((False, one.format(**drawn()), other.format(**drawn())) for other in second.asked)


def test_what_the_rule_finds_and_what_it_takes_for_the_same_is_what_the_page_says() -> None:
    found = [(same, same_matter(one, other, earlier_topic="t", new_topic="t")) for same, one, other in _pairs()]
    again = [taken for same, taken in found if same]
    others = [taken for same, taken in found if not same]
    assert 0.45 < sum(again) / len(again) < 0.6
    assert 0.07 < sum(others) / len(others) < 0.11
