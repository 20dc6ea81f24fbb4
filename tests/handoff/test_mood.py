import time

import pytest

from handoff import mood
from handoff.draft import Author, Mood, Turn
from tests.handoff.labelled_conversations import CALM, FRUSTRATED, NEAR_MISSES, WISHES

LIMIT = 0.6
"""The frustration from which a person takes over, as topics start."""


def _turns(*lines: str) -> list[Turn]:
    authors = {"B: ": Author.BOT, "A: ": Author.AGENT}
    return [Turn(authors.get(line[:3], Author.CUSTOMER), line[3:] if line[:3] in authors else line) for line in lines]


def _read(*lines: str) -> Mood:
    return mood.read(_turns(*lines))


@pytest.mark.parametrize("lines", FRUSTRATED, ids=lambda lines: lines[-1][:50])
def test_a_frustrated_customer_is_seen(lines: tuple[str, ...]) -> None:
    read = _read(*lines)
    assert read.frustration >= LIMIT, read
    assert read.sentiment < 0
    assert read.signs


@pytest.mark.parametrize("lines", CALM, ids=lambda lines: lines[-1][:50])
def test_a_calm_customer_with_trouble_is_not_taken_for_frustrated(lines: tuple[str, ...]) -> None:
    read = _read(*lines)
    assert read.frustration < LIMIT, read


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_for_a_person_is_heard(text: str) -> None:
    read = _read(text)
    assert read.wants_person
    assert read.signs[0] == "asks for a person"


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_person_in_a_question_is_no_wish(text: str) -> None:
    assert not _read(text).wants_person


def test_nothing_said_is_no_mood() -> None:
    assert _read() == Mood()
    assert _read("B: Hello, how can I help?") == Mood()
    assert _read("") == Mood()


def test_only_the_last_turn_wishes_for_a_person() -> None:
    assert not _read("talk to a human", "A: I gave you back to Baton.", "How do I wash a jacket?").wants_person


def test_the_same_question_again_is_a_sign() -> None:
    read = _read("Where is my order?", "B: It takes 3 days.", "Where is my order??")
    assert "asked the same question again" in read.signs
    assert read.frustration < LIMIT


def test_the_question_in_other_words_is_a_sign() -> None:
    read = _read("How do I return a broken jacket?", "B: Open a claim.", "So how can the broken jacket be returned")
    assert any("same question" in sign for sign in read.signs)


def test_the_next_question_about_the_same_thing_is_no_repetition() -> None:
    first = "How long does delivery of a tent take?"
    assert not _read(first, "B: 3 days.", "And how long does delivery of a tent to Norway take?").signs


def test_asking_three_times_is_too_much() -> None:
    again = "Where is my order?"
    assert _read(again, "B: 3 days.", again, "B: 3 days.", again).frustration >= 0.55


def test_a_second_wrong_answer_weighs_more_than_the_first() -> None:
    first = _read("How do I pay?", "B: By card.", "That's wrong")
    second = _read(
        "How do I pay?", "B: By card.", "That's wrong", "B: By invoice.", "That's wrong too, not what I asked"
    )
    assert "says the answer was wrong" in first.signs
    assert first.frustration < LIMIT <= second.frustration
    assert "is unhappy for the second time" in second.signs


def test_an_agents_answer_lets_the_anger_rest() -> None:
    angry = "This is ridiculous, I am furious!!"
    alone = _read(angry, "B: Sorry.", "How do I wash it?")
    after_agent = _read(angry, "A: I have sent you a new one.", "How do I wash it?")
    assert after_agent.frustration < alone.frustration


def test_a_no_to_a_question_is_only_its_answer() -> None:
    assert not _read("It leaks", "B: Did you seal the seams?", "No").signs
    assert "says the answer was wrong" in _read("It leaks", "B: Seal the seams.", "No").signs


def test_product_names_in_capitals_are_no_shouting() -> None:
    assert not _read("AURORA GTX JACKET").signs
    assert "writes in capitals" in _read("WHY IS MY JACKET NOT HERE").signs


def test_negation_turns_a_feeling_round() -> None:
    assert _read("not bad at all").frustration == 0
    assert _read("I'm not happy with it").sentiment < 0 < _read("I'm happy with it").sentiment


def test_sentiment_is_good_when_the_customer_is_glad() -> None:
    read = _read("How do I return it?", "B: With the label.", "Perfect, thank you, that helped!")
    assert read.sentiment > 0.3
    assert read.frustration == 0


def test_code_and_links_say_nothing_of_a_mood() -> None:
    assert _read("```WHAT THE FUCK IS THIS SHIT```").frustration == 0
    assert not _read("<https://example.com/talk-to-a-human|talk>").wants_person


@pytest.mark.parametrize(
    "text", ["", "a" * 40_000, "NO! " * 10_000, "talk to the " * 3_300, "i want a real " * 2_800, "<" * 40_000]
)
def test_a_message_of_any_length_is_read_in_bounded_time(text: str) -> None:
    started = time.perf_counter()
    read = _read(text)
    assert time.perf_counter() - started < 0.1
    assert -1 <= read.sentiment <= 1
    assert 0 <= read.frustration <= 1


def test_a_long_conversation_is_read_under_a_millisecond() -> None:
    turns = _turns(*(line for n in range(20) for line in (f"How do I wash jacket number {n}, it got wet", "B: Cold.")))
    mood.read(turns)
    fastest = min(_seconds(turns) for _ in range(20))
    assert fastest < 0.001


def _seconds(turns: list[Turn]) -> float:
    started = time.perf_counter()
    mood.read(turns)
    return time.perf_counter() - started
