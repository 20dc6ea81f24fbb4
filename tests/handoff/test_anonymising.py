"""Masking: what has a form is hidden, what a question is about stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.anonymising import is_card, is_iban, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("card: 5500-0055-5555-5559.", "card: [card]."),
        ("378282246310005", "[card]"),
        ("4111 1111 1111 1112", "[number]"),
        ("DE89 3704 0044 0532 0130 00 is my account", "[iban] is my account"),
        ("at GB82WEST12345698765432.", "at [iban]."),
        ("DE89 3704 0044 0532 0130 01", "[number]"),
        ("DE89\u00a03704\u202f0044\u20090532\u00a00130\u00a000", "[iban]"),
        ("DE89-3704-0044-0532-0130-00", "[iban]"),
        ("4111\u20111111\u20111111\u20111111", "[card]"),
        ("4111\u20091111\u20091111\u20091111", "[card]"),
        ("call +49 \u2013 170 \u2013 1234567 please", "call [phone] please"),
        ("0170 / 1234567", "[phone]"),
        ("ada@mail.exa\u200bmple or ada@\u00admail.example", "[email] or [email]"),
        ("xoxb-1234\u200b56789012-abcdefghijkl", "[token]"),
        ("write to ada.lind+shop@mail.example.co.uk!", "write to [email]!"),
        ("<mailto:ada@mail.example|ada@mail.example>", "[email]"),
        ("ada[at]mail.example, or ada (at) mail (dot) example", "[email], or [email]"),
        ("ada＠mail．example", "[email]"),
        ("my password is Blue-Heron! and it fails", "my password is [token] and it fails"),
        ("call +49 (0)30 1234567 please", "call [phone] please"),
        ("call <tel:+4915112345678|0151 12345678> please", "call [phone] please"),
        ("0151-234 567 89", "[phone]"),
        ("(555) 123-4567", "[phone]"),
        ("030/1234567", "[phone]"),
        ("customer 1234567890", "customer [number]"),
        ("<@U0ADA0000> and <@U0BEN0000|ben> in <#C0HELP00|help>", "[person] and [person] in [place]"),
        ("by U0ADA0000 in C0SUPPORT", "by [id] in [id]"),
        ("xoxb-123456789012-abcdefghijkl", "[token]"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def", "token [token]"),
        ("sk-proj-abcdefghijklmnop1234", "[token]"),
        ("my password is hunter22, why?", "my password is [token], why?"),
        ("PIN: 4711", "PIN: [token]"),
        ("0123456789abcdef0123456789abcdef", "[token]"),
        ("see https://ada:pw@shop.example/orders/1?token=abc#x", "see https://shop.example/orders/1"),
        ("from 192.168.10.24", "from [address]"),
        ("Lindenstraße 12a, Leipzig", "[address], Leipzig"),
        ("I live at 12 Old Mill Road", "I live at [address]"),
        ("order LF1234567 and RMA-20345", "order LF0000000 and RMA-00000"),
        ("My name is Ada Lind and", "My name is [name] and"),
        ("ich heiße Jörg.", "ich heiße [name]."),
        ("Viele Grüße\nAda Lind", "Viele Grüße\n[name]"),
    ],
)
def test_personal_data_is_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "How long does delivery to Austria take?",
        "The Tarn 2 weighs 1.7 kg and stands 70 km/h, water column 20,000 mm",
        "It costs €1,234.50 or 12.90 or 16,90 €",
        "On 2026-11-02, or 02.11.2026, or 2/11/2026, at 14:00",
        "size 42, EN 417, 230 g, -12 degrees, R 4.6, 48h",
        "this is not about my last order",
        "my name is not important",
        "I want a refund, my token broke",
        "STANDARD DELIVERY and CANCEL ORDERS",
        "https://help.example/en/return-an-item",
        "between 2024 and 2026, or 2024\u20132026, and 3 \u2013 5 days",
        "02/11/2026 \u2013 04/11/2026, at 09 / 12 / 15",
        "from 1 November to 24 December",
        "This is URGENT, this is NOT a joke",
        "120 / 90 / 60 days, by tier",
        "doc_checking_accounts_light_green_account_011",
        "I am at this point tired of it; look at the dot on the map",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    assert mask(text) == text


def test_names_that_are_told_are_hidden_whole_in_parts_and_in_any_letters() -> None:
    text = "I'm ADA, Ada Lind. Ada's boots; lind called. Adam and Linda not."
    assert mask(text, ["Ada Lind"]) == "I'm [name], [name]. [name] boots; [name] called. Adam and Linda not."


def test_names_of_two_letters_are_words_as_well() -> None:
    assert mask("It is to Bo", ["Bo", "It"]) == "It is to Bo"


def test_masking_twice_changes_nothing_more() -> None:
    text = "Ada, 4111 1111 1111 1111, ada@x.example, +49 30 1234567, LF1234567, DE89370400440532013000"
    once = mask(text, ["Ada"])
    assert mask(once, ["Ada"]) == once


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_can_be_masked(text: str) -> None:
    assert isinstance(mask(text, ["Ada Lind"]), str)


@given(st.integers(10**12, 10**18 - 1))
def test_one_check_digit_in_ten_makes_a_card(body: int) -> None:
    assert sum(is_card(f"{body}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    "account",
    ["DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "NO9386011117947", "fr1420041010050500013m02606"],
)
def test_accounts_with_right_check_digits_are_ibans_and_no_neighbour_is(account: str) -> None:
    assert is_iban(account)
    wrong = [f"{account[:2]}{digits:02}{account[4:]}" for digits in range(100) if f"{digits:02}" != account[2:4]]
    assert sum(map(is_iban, wrong)) <= 1  # 02 to 98 are the check digits; 00, 01 and 99 repeat three of them


@pytest.mark.parametrize(
    "digits", ["", "0" * 16, "1" * 16, "411111111111111", "41111111111111111111", "4111x11111111111"]
)
def test_what_is_no_card_is_none(digits: str) -> None:
    assert not is_card(digits)
