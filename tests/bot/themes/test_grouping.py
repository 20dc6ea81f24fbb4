"""Questions are grouped and named in a process of its own, in their own languages."""

import sys

import pytest

from bot import apart
from bot.themes import grouping
from bot.themes.grouping import Group, Said, Task

DELIVERY = [
    "Can I change the delivery address of my order?",
    "How do I change my delivery address?",
    "I moved: please change the delivery address",
    "Where can I change the delivery address?",
]
GERMAN = [
    "Wie kann ich den Gutschein mit einer Bestellung verrechnen?",
    "Kann ich einen Gutschein nachträglich verrechnen?",
    "Gutschein verrechnen, wie geht das?",
]
ODD = ["Which wax suits a wooden toboggan?", "Is the museum in Graz open on Sundays?"]


def task(*texts: str) -> Task:
    return Task(questions=[Said(id=str(number), text=text) for number, text in enumerate(texts)])


def groups(*texts: str) -> list[Group]:
    return grouping.grouped(task(*texts)).groups


async def test_they_are_grouped_apart_and_this_process_loads_no_scikit_learn() -> None:
    before = "sklearn" in sys.modules
    done = await grouping.run(task(*DELIVERY, *GERMAN, *ODD))
    assert ("sklearn" in sys.modules) is before
    assert [(each.language, len(each.ids)) for each in done.groups] == [("en", 4), ("de", 3)]
    english, german = done.groups
    assert english.name.casefold() == "change delivery address"
    assert german.name.casefold() == "gutschein verrechnen"
    assert set(english.ids) == {"0", "1", "2", "3"}


async def test_a_process_that_fails_is_told_of() -> None:
    with pytest.raises(apart.Failed):
        await apart.run("bot.themes.grouping", b"no task", patience=30.0)


def test_questions_that_share_only_the_form_of_their_order_numbers_are_no_theme() -> None:
    assert groups("Please cancel LF1234567", "Where is my parcel LF7654321", "Invoice for LF1111111?") == []


def test_a_few_questions_that_share_one_word_alone_are_no_theme_and_many_are() -> None:
    refunds = ["When comes my refund?", "My refund is missing", "Refund to another bank", "The refund was too small"]
    assert groups(*refunds[:3]) == []
    (theme,) = groups(*refunds, "Is a refund taxed?", "Refund without a receipt")
    assert "refund" in theme.name.casefold()


def test_what_belongs_to_nothing_stays_alone() -> None:
    assert groups(*ODD, DELIVERY[0]) == []
    assert groups() == []
    assert groups("", "   ", "…", "?") == []


def test_a_question_too_short_to_tell_its_language_is_in_that_of_its_conversation_or_of_most() -> None:
    said = [*task(*GERMAN[:2], *DELIVERY).questions, Said(id="x", text="Gutschein verrechnen", language="de")]
    found = grouping.grouped(Task(questions=[*said, Said(id="y", text="delivery address change")])).groups
    assert {each.language: len(each.ids) for each in found} == {"en": 5, "de": 3}


def test_a_name_that_one_customer_wrote_is_in_no_name_of_a_theme() -> None:
    (theme,) = groups(f"{DELIVERY[0]} Rosalinde Klawuttke", *DELIVERY[1:])
    assert "rosalinde" not in str(theme.name).casefold()
    assert not any("klawuttk" in stem for stem in theme.terms)


@pytest.mark.parametrize("texts", [["😀😀"] * 5, ["x" * 5_000] * 3, ["<@U123> <!channel>"] * 3, ["1234 5678"] * 4])
def test_whatever_was_written_breaks_nothing(texts: list[str]) -> None:
    for each in groups(*texts):
        assert each.name
