"""What a reply claims without a source is caught, and what its sources hold passes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from handoff import guard
from handoff.draft import Author, FoundPassage, Turn
from handoff.guard import Claim
from tests.handoff.labelled_replies import RIGHT, WRONG, case

ELSEWHERE = FoundPassage("p2", "a2", "Repairs", "", "", "A repair costs €25 and takes 3 weeks.", "", "en", 1.0, 1.0)


@pytest.mark.parametrize(("source", "said", "reply"), RIGHT)
def test_what_its_sources_hold_passes(source: str, said: str, reply: str) -> None:
    assert guard.caught(*case(source, said, reply)) == ()


@pytest.mark.parametrize(("source", "said", "reply"), WRONG)
def test_what_no_source_holds_is_caught_and_told_in_words(source: str, said: str, reply: str) -> None:
    found = guard.caught(*case(source, said, reply))
    assert found
    assert all(each.reason.endswith(".") for each in found)


def claims_of(reply: str, source: str = "returns", said: str = "") -> list[Claim]:
    return [each.claim for each in guard.caught(*case(source, said, reply))]


def test_a_passage_that_was_found_and_not_cited_is_no_source() -> None:
    draft, passages, turns = case("returns", "", "A repair costs €25.")
    assert Claim.FACT in [each.claim for each in guard.caught(draft, [*passages, ELSEWHERE], turns)]
    both = replace(draft, citations=("p1", "p2"))
    assert guard.caught(both, [*passages, ELSEWHERE], turns) == ()


def test_a_reply_without_a_citation_has_no_source_for_anything() -> None:
    draft, passages, turns = case("returns", "", "You can return unused items within 60 days of delivery.")
    assert {each.claim for each in guard.caught(replace(draft, citations=()), passages, turns)} == {
        Claim.FACT,
        Claim.STATEMENT,
    }


def test_a_question_back_may_rest_on_any_passage_and_may_invent_no_link() -> None:
    draft, passages, turns = case("returns", "", "")
    question = replace(draft, citations=(), answerable=False, clarifying_question="Is it about “Return an item”?")
    assert guard.caught(question, passages, turns) == ()
    tempting = replace(question, clarifying_question="Did you see https://evil.example/login?")
    assert [each.claim for each in guard.caught(tempting, passages, turns)] == [Claim.LINK]


def test_a_sentence_that_a_source_says_is_never_caught_whatever_another_one_denies() -> None:
    draft, passages, turns = case("returns", "", "")
    text = (
        "# Cards\n\nA new card may need to be activated before it\ncan be used. Old cards need not be activated.\n\n"
        "- I have sent it."
    )
    source = replace(passages[0], text=text)
    for quote in ("A new card may need to be activated before it can be used.", "**I have sent it.**"):
        assert guard.caught(replace(draft, text=quote), [source], turns) == ()
    torn = replace(draft, text="Old cards need be activated.")
    assert guard.caught(torn, [source], turns)


def test_what_an_agent_said_holds_as_an_article_does() -> None:
    draft, passages, turns = case("returns", "", "As agreed, we will refund you €17.50 for the boots.")
    assert guard.caught(draft, passages, turns)
    agreed = Turn(Author.AGENT, "We agreed on a refund of 17,50 € for the boots.")
    assert guard.caught(draft, passages, [agreed, *turns]) == ()


def test_the_customers_number_holds_what_is_repeated_and_nothing_that_is_promised() -> None:
    assert claims_of("You paid 81 euros for it.", said="I paid €81 and the boots are bad") == []
    assert claims_of("You will receive €81.", said="I paid €81, pay me back") == [Claim.FACT]


def test_a_customers_link_is_no_source() -> None:
    said = "is https://cheap.example yours?"
    assert claims_of("Yes: https://cheap.example", said=said) == [Claim.LINK]


def test_each_claim_is_told_once() -> None:
    assert claims_of("It costs €9. Yes, €9.") == [Claim.FACT]


def test_a_contradiction_is_told_as_one() -> None:
    assert claims_of("Gift cards can be returned.") == [Claim.CONTRADICTION]


def test_a_reply_in_another_language_is_held_to_its_facts_alone() -> None:
    assert claims_of("Gutscheine sind vom Umtausch leider immer ausgeschlossen.") == []
    assert claims_of("Das Etikett für die Rücksendung kostet 7 €.") == [Claim.FACT]


@pytest.mark.parametrize("odd", ["", "😀" * 5_000, "1" * 30_000, "[](" * 5_000, "a@" * 10_000, "<a href=" * 3_000])
def test_odd_input_ends_soon_and_without_an_error(odd: str) -> None:
    draft, passages, turns = case("returns", odd, "")
    guard.caught(replace(draft, text=odd), passages, turns)


@pytest.mark.parametrize(
    "reply",
    [
        "What is your password?",
        "Please send us your card number.",
        "Bitte nennen Sie uns Ihre Kartennummer.",
        "Tell me the PIN.",
    ],
)
def test_a_question_for_a_secret_is_caught_in_a_reply_and_in_a_question_back(reply: str) -> None:
    assert Claim.ASKS_TOO_MUCH in claims_of(reply)


@pytest.mark.parametrize(
    "reply", ["Never send us your card number.", "Forgotten passwords are reset on the sign-in page."]
)
def test_a_warning_about_secrets_asks_for_none(reply: str) -> None:
    assert Claim.ASKS_TOO_MUCH not in claims_of(reply)


HONEST = "You can return unused items within 60 days of delivery."


def test_a_reply_that_is_longer_than_one_message_is_left_to_an_agent_and_not_cut() -> None:
    long = f"{HONEST}\n\n" * (guard.MOST_CHARACTERS // len(HONEST))
    assert claims_of(f"{HONEST}\n\n" * 60) == []
    assert claims_of(long) == [Claim.TOO_LONG]
    marked = "Is 1 < 2?\n" * 50
    assert Claim.TOO_LONG not in claims_of(marked)
    assert Claim.TOO_LONG in claims_of("<" * (guard.MOST_CHARACTERS // 4 + 1))


def test_of_a_reply_of_endless_sentences_only_so_many_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[int] = []
    twists = guard._twists  # pyright: ignore[reportPrivateUsage]

    def counted(asserted: Sequence[str], *more: Any) -> Any:
        checked.append(len(asserted))
        return twists(asserted, *more)

    monkeypatch.setattr(guard, "_twists", counted)
    for endless in ("A. B. C. " * 800, "x\n" * 3_000, "".join(f"{n}! " for n in range(1_500))):
        assert Claim.TOO_LONG in claims_of(endless)
    assert max(checked) <= guard.MOST_SENTENCES
    assert Claim.TOO_LONG not in claims_of("A. " * guard.MOST_SENTENCES)
