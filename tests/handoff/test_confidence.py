"""Confidence: each sign of a reply that cannot be trusted lowers it, and says so in plain words."""

import math
from dataclasses import replace

import pytest

from handoff import confidence, signals
from handoff.draft import Author, Draft, FoundPassage, Mood, Turn

SOURCE = FoundPassage(
    passage_id="p1",
    article_id="a1",
    title="Return an item",
    url="https://help.example/return",
    heading_path="Costs",
    text="Send unused items back within 60 days. A return costs 5.90 euros. Write to returns@help.example.",
    topic="returns",
    language="en",
    score=2.4,
    coverage=0.95,
)
OTHER = replace(SOURCE, passage_id="p2", article_id="a2", title="Delivery", text="Parcels take 2 days.", score=1.0)
TURNS = (Turn(Author.CUSTOMER, "How long do I have to send an unused item back?"),)
DRAFT = Draft(
    text="You can send unused items back within 60 days.",
    citations=("p1",),
    topic="returns",
    answerable=True,
    own_confidence=0.9,
    mood=Mood(),
    language="en",
)


def value(draft: Draft = DRAFT, *passages: FoundPassage, turns: tuple[Turn, ...] = TURNS) -> float:
    return confidence.assess(draft, passages or (SOURCE, OTHER), turns).value


def test_a_well_supported_answer_is_well_above_the_starting_threshold_and_none_far_below() -> None:
    assert value() > 0.75
    assert value(replace(DRAFT, text="", citations=(), answerable=False, own_confidence=0.2)) < 0.1


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        (replace(DRAFT, own_confidence=0.3), "not sure of its reply (30\u00a0%)"),
        (replace(DRAFT, citations=()), "names no source"),
        (replace(DRAFT, text="Unicorns grant wishes. Dragons guard treasure."), "not supported by its sources"),
        (
            replace(DRAFT, text="You can send items back within 90 days."),
            "numbers, dates, links or addresses that its sources do not contain (1)",
        ),
        (replace(DRAFT, language=""), "language of the question"),
        (replace(DRAFT, answerable=False), "found no answer"),
    ],
)
def test_each_bad_sign_of_the_draft_lowers_it_and_is_named(worse: Draft, words: str) -> None:
    assessed = confidence.assess(worse, (SOURCE, OTHER), TURNS)
    assert assessed.value < value() - 0.05
    assert any(words in reason for reason in assessed.reasons), assessed.reasons


@pytest.mark.parametrize(
    "passages",
    [
        (replace(SOURCE, coverage=0.3), OTHER),
        (replace(SOURCE, score=0.2), replace(OTHER, score=0.1)),
        (SOURCE, replace(OTHER, score=2.39)),
    ],
)
def test_weak_finds_lower_it(passages: tuple[FoundPassage, ...]) -> None:
    assert value(DRAFT, *passages) < value()


def test_words_that_no_article_knows_lower_it() -> None:
    strange = (Turn(Author.CUSTOMER, "How long do I have to send an unused zeppelin propeller back?"),)
    assert value(turns=strange) < value()
    assert confidence.assess(DRAFT, (SOURCE,), strange).signals["unknown_words"] == pytest.approx(0.6)


def test_the_customers_own_number_is_no_unknown_word() -> None:
    numbered = (Turn(Author.CUSTOMER, f"{TURNS[0].text} My order is LF0012345."),)
    unknown = confidence.assess(DRAFT, (SOURCE,), numbered).signals["unknown_words"]
    plain = confidence.assess(DRAFT, (SOURCE,), (Turn(Author.CUSTOMER, f"{TURNS[0].text} My order."),))
    assert unknown == plain.signals["unknown_words"]


def test_names_and_dates_must_stand_in_a_source_too() -> None:
    assert signals.unsupported_names("Ask Karla Jensen, or Return it to Hermes.", [SOURCE]) == [
        "Karla",
        "Jensen",
        "Hermes",
    ]
    assert signals.unsupported_names("You can ask Karla.", [SOURCE], "Is Karla there?") == []
    assert signals.unsupported_facts("It arrives on Tuesday, in March.", [SOURCE]) == ["Tuesday", "March"]
    german = replace(DRAFT, text="Bitte die Ware zur Post bringen.", language="de")
    assert "unsupported_names" not in signals.signals(german, (replace(SOURCE, language="de"),), TURNS)


def test_a_long_conversation_lowers_it() -> None:
    assert value(turns=(*TURNS, *TURNS, *TURNS)) < value()


def test_the_contributions_add_up_to_the_confidence_and_the_weightiest_come_first() -> None:
    assessed = confidence.assess(DRAFT, (SOURCE, OTHER), TURNS)
    log_odds = confidence.PRIOR.bias + sum(part for _, part in assessed.contributions)
    assert assessed.value == pytest.approx(1 / (1 + math.exp(-log_odds)))
    weights = [abs(part) for _, part in assessed.contributions]
    assert weights == sorted(weights, reverse=True)
    weighed = {name for name, _ in assessed.contributions}
    assert weighed == set(assessed.signals) == set(confidence.PRIOR.weights) - set(assessed.imputed)
    assert assessed.imputed == ("token_confidence", "cross_checks")
    assert assessed.version == confidence.VERSION


def test_a_reply_in_another_language_than_its_source_is_not_compared_word_by_word() -> None:
    german = replace(DRAFT, text="Sie haben 60 Tage Zeit.", language="de")
    assert "support" not in signals.signals(german, (SOURCE,), TURNS)
    assert "support" in signals.signals(german, (replace(SOURCE, language="de"),), TURNS)


@pytest.mark.parametrize(
    ("reply", "facts"),
    [
        ("Within 60 days for €5.90.", []),
        ("It is 5,9 euros, as of 60 days.", []),
        ("See https://help.example/return.", []),
        ("Write to returns@help.example!", []),
        ("1. Open it.\n2. Send it.", []),
        ("My order 4711 is yours", []),
        ("It takes 61 days.", ["61 days"]),
        ("See https://evil.example/return", ["https://evil.example/return"]),
        ("Mail refunds@help.example or call 0800-123", ["refunds@help.example", "0800-123"]),
        ("By 12/24/2026 you get 1,000 euros", ["12/24/2026", "1,000 euros"]),
    ],
)
def test_numbers_links_and_addresses_must_stand_in_a_source_or_in_the_question(reply: str, facts: list[str]) -> None:
    assert signals.unsupported_facts(reply, [SOURCE], "it is order 4711") == facts


def test_a_number_is_the_same_however_it_is_written() -> None:
    basis = replace(SOURCE, text="It costs 1,250.50 euros or 2.000 points, and 007.")
    assert signals.unsupported_facts("1250.5 and 2000 and 7 and 2,000", [basis]) == []


def test_odd_input_gives_a_low_confidence_and_no_error() -> None:
    empty = Draft("", (), "", answerable=False, own_confidence=0, mood=Mood(), language="")
    for turns in ((), (Turn(Author.CUSTOMER, ""),), (Turn(Author.CUSTOMER, "😀" * 20_000),)):
        assert confidence.assess(empty, (), turns).value < 0.05
    assert 0 <= confidence.assess(replace(DRAFT, own_confidence=7), (SOURCE,), TURNS).value <= 1


def test_the_models_own_doubt_counts_and_its_silence_says_nothing() -> None:
    silent = confidence.assess(DRAFT, (SOURCE, OTHER), TURNS).value
    sure, doubting = (
        confidence.assess(replace(DRAFT, token_confidence=share), (SOURCE, OTHER), TURNS).value for share in (1.0, 0.2)
    )
    assert doubting < silent < sure


def test_a_reason_for_a_draft_is_known_as_one_whatever_its_digits() -> None:
    for told in ("78", "99.6", "over 99.99"):
        assert confidence.speaks_for(f"The drafter is sure of its reply ({told}\u00a0%).")
        assert not confidence.speaks_for(f"The drafter is not sure of its reply ({told}\u00a0%).")
