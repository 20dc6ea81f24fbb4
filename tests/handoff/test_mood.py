from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff import mood
from handoff.draft import Author, Mood, Turn
from tests.benchmarks.mood_conversations import Labelled, load
from tests.handoff.labelled_conversations import CALM, FRUSTRATED, NEAR_MISSES, WISHES
from tests.swiftness import stretched, takes

STARTED = datetime(2026, 3, 2, 9, tzinfo=UTC)
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
    "text",
    [
        *("", "a" * 40_000, "NO! " * 10_000, "talk to the " * 3_300, "i want a real " * 2_800, "<" * 40_000),
        *("mit einem " * 4_000, "not one human " * 3_000, "you 3 weeks " * 3_000, '"' * 40_000, "still. " * 6_000),
    ],
)
def test_a_message_of_any_length_is_read_in_bounded_time(text: str) -> None:
    mood.prepare()
    read = _read(text)
    assert takes(lambda: _read_anew(_turns(text))) < stretched(0.1)
    assert -1 <= read.sentiment <= 1
    assert 0 <= read.frustration <= 1


def test_a_long_conversation_is_read_under_a_millisecond() -> None:
    turns = _turns(*(line for n in range(20) for line in (f"How do I wash jacket number {n}, it got wet", "B: Cold.")))
    mood.prepare()
    _read_anew(turns)
    assert takes(lambda: mood.read(turns), times=20) < stretched(0.001)


def test_what_was_read_before_is_read_the_same_when_it_is_forgotten() -> None:
    turns = _turns("This is useless!!", "B: Sorry.", "Still useless, NOTHING works")
    first = mood.read(turns)
    mood.forget()
    assert mood.read(turns) == first


def _read_anew(turns: list[Turn]) -> Mood:
    mood.forget()
    return mood.read(turns)


def _said_at(*lines: tuple[int, str]) -> list[Turn]:
    """Turns with the minutes at which they were said."""
    return [replace(_turns(line)[0], at=STARTED + timedelta(minutes=minutes)) for minutes, line in lines]


def test_writing_again_into_silence_is_a_sign_of_waiting() -> None:
    asked = "Can you check order 881?"
    soon = mood.read(_said_at((0, asked), (5, "It is the blue one")))
    late = mood.read(_said_at((0, asked), (190, "It is the blue one")))
    later = mood.read(_said_at((0, asked), (3_000, "It is the blue one")))
    assert soon.frustration < 0.1
    assert "waited 3 hours and wrote again" in late.signs
    assert "waited 2 days and wrote again" in later.signs
    assert soon.frustration < late.frustration < later.frustration


def test_an_answered_customer_who_comes_back_has_not_waited() -> None:
    read = mood.read(_said_at((0, "Where are my points?"), (1, "B: Under Account."), (2_000, "When do they expire?")))
    assert not read.signs


def test_a_clock_set_back_is_no_wait() -> None:
    assert not mood.read(_said_at((500, "Where are my points?"), (0, "I mean in the app"))).signs


def test_a_thumbs_down_weighs_and_more_of_them_weigh_more() -> None:
    turns = _turns("How do I wash it?", "B: At 40 degrees.", "Which programme?")
    none, one, three, many = (mood.read(turns, thumbs_down=count) for count in (0, 1, 3, 50))
    assert none.frustration < one.frustration < three.frustration == many.frustration
    assert "pressed thumbs-down" in one.signs
    assert "pressed thumbs-down 3 times" in three.signs
    assert one.frustration < LIMIT


def test_the_same_answer_twice_is_a_sign() -> None:
    read = _read("Which button?", "B: Press the button.", "there are three", "B: Press the button.", "red or blue")
    assert "got the same answer again" in read.signs
    other = _read("Which button?", "B: Press the button.", "there are three", "B: The red one.", "for how long")
    assert "got the same answer again" not in other.signs


def test_a_statement_to_the_face_weighs_more_than_a_question() -> None:
    assert _read("Nine days without water and you send me a survey.").frustration > 0.4
    assert _read("Do I get a survey after nine days without water?").frustration < 0.2


@pytest.mark.parametrize(
    "text",
    ["It is more than 3 days already.", "It has been three weeks.", "It is none of those and still does not work."],
)
def test_an_answer_to_a_question_is_no_complaint(text: str) -> None:
    asked = _read("My refund is late", "B: Since when?", text).frustration
    assert asked < 0.45
    assert asked < _read("My refund is late", "B: Refunds take 3 days.", text).frustration


def test_a_wait_is_counted_once() -> None:
    assert _read("It has been three weeks.").frustration < LIMIT


def test_thanks_calm_even_after_a_thumbs_down() -> None:
    assert mood.read(_turns("How?", "B: So.", "Perfect, that worked!"), thumbs_down=1).frustration == 0


@pytest.mark.parametrize("each", load(), ids=lambda each: each.turns[-1].text[:40])
def test_a_wish_is_heard_and_no_other_is_imagined(each: Labelled) -> None:
    assert mood.read(each.turns).wants_person == each.wants_person


@pytest.mark.parametrize(
    "text",
    [
        "Ich brauche keinen Menschen, nur die Nummer",
        "Je n'ai pas besoin de parler à quelqu'un, juste le prix",
        "No necesito hablar con nadie, solo el precio",
        "Dün bir temsilciyle konuştum, üç gün dedi",
        "Wczoraj rozmawiałem z konsultantem i powiedział trzy dni",
        "Il corriere può chiamare prima?",
        "Can the courier call me before delivery?",
        "I had a call with one of your agents yesterday, he said 3 days",
        "if I want to transfer money can i send it to anyone",
        "I am not a robot box doesn't work",
        "昨日オペレーターと話しましたが、三日かかると言われました",
    ],
)
def test_what_was_said_of_a_person_or_not_wanted_is_no_wish(text: str) -> None:
    assert not _read(text).wants_person
