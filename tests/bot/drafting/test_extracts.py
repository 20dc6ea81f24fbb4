"""Taking passages apart and quoting them: lists stay whole, order is kept."""

import pytest

from bot.drafting import extracts
from handoff import words
from tests.bot.drafting.requests import passage


def quoted(text: str, question: str) -> str:
    (best, *_) = sorted(
        extracts.sections(passage("p", "Title", text)),
        key=lambda section: -len(section.all_terms & set(words.informative(question))),
    )
    return extracts.quote(best, dict.fromkeys(words.informative(question), 1.0))


FILLER = " ".join(f"Sentence number {number} tells of other matters entirely." for number in range(20))


def test_a_short_section_is_quoted_whole() -> None:
    text = "### Fees\n\nNone at all.\n\n### Limits\n\nFive a day. Nine a week.\n\n- Monday\n- Friday"
    assert quoted(text, "limits") == "Five a day. Nine a week.\n\n- Monday\n- Friday"


def test_steps_are_never_quoted_alone_and_keep_their_introduction() -> None:
    steps = "To return a tent:\n1. Open the order.\n2. Choose *Return*.\n   Guests use the link.\n3. Print the label."
    assert quoted(f"{FILLER}\n\n{steps}\n\n{FILLER}", "how do I return and print a label") == steps


def test_of_a_long_list_the_fitting_items_come_in_their_order() -> None:
    items = [f"- Item {number} is about {subject} " + "and so on " * 6 for number, subject in enumerate("abcdefghijkl")]
    items[2], items[7] = "- Stoves need gas.", "- Gas is sold in shops, stoves too."
    assert quoted("\n".join(items), "gas stoves") == f"{items[2]}\n{items[7]}"


def test_of_long_text_the_telling_sentences_come_in_their_order() -> None:
    text = f"Refunds take five days. {FILLER} A refund goes to the card you paid with."
    assert quoted(text, "refund to my card, how many days") == (
        "Refunds take five days. A refund goes to the card you paid with."
    )


def test_a_list_whose_items_stand_apart_is_one_list() -> None:
    (section,) = extracts.sections(passage("p", "T", "1. One\n\n2. Two\n\n3. Three"))
    assert [len(block.units) for block in section.blocks] == [3]


@pytest.mark.parametrize("kind", ["| a | b |\n| - | - |\n| 1 | 2 |", "```\n# not a heading\n- not an item\n```"])
def test_tables_and_code_are_quoted_as_they_stand(kind: str) -> None:
    assert kind in quoted(f"Before.\n\n{kind}\n\nAfter.", "before")


def test_numbers_and_abbreviations_inside_a_sentence_do_not_end_it() -> None:
    (section,) = extracts.sections(passage("p", "T", "It costs 5.90 euros, e.g. for boots. Tents cost more."))
    assert [unit.text for unit in section.blocks[0].units] == [
        "It costs 5.90 euros, e.g. for boots.",
        "Tents cost more.",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "### Only a heading"])
def test_nothing_to_quote_makes_no_section(text: str) -> None:
    assert extracts.sections(passage("p", "T", text)) == []
