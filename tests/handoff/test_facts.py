"""Amounts are compared with their units, however they are written."""

import pytest

from handoff.facts import Known, facts


def held(said: str, source: str) -> bool:
    known = Known([source])
    found = facts(said)
    assert found
    return all(known.hold(each) for each in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 days", "two weeks"),
        ("14 days", "a fortnight"),
        ("vierzehn Tage", "14 days"),
        ("24 months", "2 years"),
        ("48 hours", "2 days"),
        ("90 minutes", "1.5 hours"),
        ("within a week", "7 days"),
        ("half an hour", "30 minutes"),
        ("1.000,00 €", "€1,000.00"),
        ("1'000 CHF", "CHF 1000"),
        ("€12", "12 euros"),
        ("It costs €7.10.", "7,10 EUR"),
        ("12,50 EUR", "€12.5"),
        ("50 cents", "€0.50"),
        ("20 %", "20 percent"),
        ("20 por ciento", "20%"),
        ("3-5 working days", "3 bis 5 Werktage"),
        ("3 to 5 business days", "3–5 working days"),
        ("5 jours ouvrés", "5 working days"),
        ("12 March 2026", "2026-03-12"),
        ("March 12th", "am 12. März"),
        ("12/03/2026", "12 March 2026"),
        ("12 de marzo", "12 March"),
        ("9 am", "9:00"),
        ("5 p.m.", "17:00"),
        ("14 Uhr", "2 pm"),
        ("Monday", "montags"),
        ("demain", "tomorrow"),
        ("+43 1 234 5678", "Phone: +43 (1) 234-56-78"),
        ("01 234 5678", "+43 1 234 5678"),
        ("SAVE20", "the code save20"),
        ("2 kg", "2000 g"),
        ("7", "7 days"),
    ],
)
def test_the_same_is_known_in_another_form(one: str, other: str) -> None:
    assert held(one, other)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("12 days", "€12"),
        ("It costs €7.50.", "7.5 days"),
        ("It costs €7.10.", "7.1 days"),
        ("€12", "12 days"),
        ("€12", "$12"),
        ("12 %", "12 euros"),
        ("14 working days", "14 days"),
        ("14 days", "14 working days"),
        ("3 to 5 days", "3 days, or by the sea 5 to 9 days"),
        ("12 March 2027", "12 March 2026"),
        ("12 March", "13 March"),
        ("9 am", "9 pm"),
        ("+43 1 234 5679", "+43 1 234 5678"),
        ("SAVE30", "SAVE20"),
        ("2 kg", "2 g"),
        ("tomorrow", "today"),
        ("Tuesday", "Monday"),
        ("4 days", "3 to 5 days"),
    ],
)
def test_another_unit_value_or_day_is_another_fact(said: str, source: str) -> None:
    assert not held(said, source)


def test_a_table_names_its_unit_once() -> None:
    assert held("3 to 5 working days for €5.90", "| Country | Working days | Price in € |\n| Austria | 3–5 | 5.90 |")
    assert not held("€3", "| Country | Working days |\n| Austria | 3 |")


def test_the_numbers_of_a_list_and_of_links_are_no_facts() -> None:
    assert facts("1. Open it.\n2. Send it.\nThen do step 3 at https://help.example/2026/04.") == ()


def test_a_month_that_is_a_word_too_counts_beside_a_day_alone() -> None:
    assert facts("You may return it, and the planet Mars is red.") == ()
    assert [fact.shown for fact in facts("Until 3 May.")] == ["3 May"]
