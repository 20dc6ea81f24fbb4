"""What a text gives away is found, and what only looks like it stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import personal_data
from handoff.personal_data import Kind, find, is_card, is_iban, redact
from tests.handoff.personal_data import LEARNED, UNSEEN, count

SURE = (Kind.CARD, Kind.IBAN, Kind.EMAIL, Kind.SECRET)


@pytest.mark.parametrize("name", [LEARNED, UNSEEN])
def test_labelled_sentences_keep_what_was_promised(name: str) -> None:
    counts = count(name)
    assert min(counts.there[kind] for kind in (*SURE, Kind.PHONE)) >= 14
    for kind in SURE:
        assert counts.recall(kind) >= 0.98, counts.missed
    assert counts.recall(Kind.PHONE) >= 0.95, counts.missed
    for kind in Kind:
        assert counts.precision(kind) >= 0.95, counts.imagined


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("４１１１ １１１１ １１１１ １１１１ ok", "[card] ok"),
        ("41\u200b11 1111 11\u200d11 1111", "[card]"),
        ("write to ada\u200b@example.com now", "write to [email] now"),
        ("SSN 078-05-1120 and passport no. X1234567A", "SSN [id] and passport no. [id]"),
        ("codice fiscale RSSMRA85T10A562S", "codice fiscale [id]"),
        ("postgresql://baton:hunter2@db/baton", "postgresql://baton:[secret]@db/baton"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "[secret]"),
        ("my card number is 4111 1111 1111 1112", "my card number is [card]"),
        ("IBAN DE89 3704 0044 0532 0130 01", "IBAN [iban]"),
    ],
    ids=["full width", "zero width", "zero width address", "ids", "tax code", "signed in", "key", "typo", "iban typo"],
)
def test_it_is_found_however_it_is_written(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_the_same_thing_is_the_same_however_it_is_spaced() -> None:
    one, other = find("4111 1111 1111 1111 or 4111-1111-1111-1111")
    assert one.bare == other.bare
    assert [each.bare for each in find("Ada@Example.com, ada@example.com")] == ["ada@example.com"] * 2


@given(st.text(max_size=300))
def test_findings_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for each in find(text):
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        end = each.end


@given(st.text(alphabet="0123456789 +-@.abAB:/", max_size=200))
def test_nothing_is_found_in_what_was_redacted(text: str) -> None:
    assert not [each for each in find(redact(text)) if each.kind in (Kind.EMAIL, Kind.CARD, Kind.IBAN)]


def test_check_digits() -> None:
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")
    assert not is_card("0000000000000000")
    assert is_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("DE89 3704 0044 0532 0130 01")
    assert not is_iban("XX89 3704 0044 0532 0130 00")


def test_a_very_long_text_is_read_to_its_end() -> None:
    for part in ("a@", "1 ", "dot ", "password is ", "://a:b", "DE89 ", "eyJaaaaaaaa."):
        personal_data.find(part * (40_000 // len(part)))  # a quadratic search would not come back
