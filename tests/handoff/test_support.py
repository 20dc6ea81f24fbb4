"""How far a reply rests on its evidence."""

import pytest

from handoff import support

SOURCE = (
    "You can return unused items within 60 days. Send the parcel to our warehouse in Graz with the label that we send "
    "you by e-mail. We refund the price as soon as the parcel has arrived."
)
RIGHT = "You can return unused items within 60 days."
PARAPHRASE = "Send the unused items to our warehouse in Graz; the refund of the price follows when the parcel arrived."


def of(reply: str, said: str = "", language: str = "en") -> float:
    found = support.support(reply, [SOURCE], said, language)
    assert found is not None
    return found


def test_a_quoted_reply_is_wholly_supported_and_one_about_something_else_hardly() -> None:
    assert of(RIGHT) == 1
    assert of("Dragons guard golden treasure beneath distant mountains.") < 0.1


def test_a_paraphrase_is_below_a_quote_and_far_above_an_invention() -> None:
    assert 0.6 < of(PARAPHRASE) < 1


def test_one_invented_sentence_among_good_ones_shows() -> None:
    one_in_four = of(f"{RIGHT} {RIGHT} {RIGHT} Dragons guard golden treasure.")
    assert one_in_four == pytest.approx((3 / 4 + 0) / 2)


def test_what_a_speaker_tells_of_themselves_has_no_source() -> None:
    assert of(f"I love it, and {RIGHT}") < of(f"Please note it, and {RIGHT}") - 0.1


def test_words_about_oneself_are_those_of_the_language() -> None:
    reply = RIGHT.replace("You", "Ich")
    assert of(reply, language="de") < of(reply, language="en") < 1


def test_a_word_of_the_customer_is_half_a_source() -> None:
    reply = "You can return unused sandals within 60 days."
    nobody, customer = of(reply), of(reply, "can I return my sandals?")
    assert nobody < customer < 1
    assert customer - nobody == pytest.approx((1 - nobody) / 2)


@pytest.mark.parametrize(
    "reply",
    [
        "Here is what our articles say about dragons:",
        "Happy to help!",
        "I'm sorry to hear that.",
        "Ok.",
        "",
        "Es tut mir leid.",
        "https://help.example/dragons/guard/treasure",
    ],
)
def test_a_greeting_a_way_on_and_courtesy_claim_nothing(reply: str) -> None:
    assert support.support(reply, [SOURCE]) is None
    assert of(f"{RIGHT}\n{reply}") == 1


def test_scripts_without_spaces_are_compared_by_pairs_of_characters() -> None:
    source = "未使用の商品は60日以内に返品できます。"
    assert support.support(source, [source], language="ja") == 1
    other = support.support("送料は無料です。明日お届けします。", [source], language="ja")
    assert other is not None
    assert other < 0.3


def test_a_reply_without_evidence_has_no_support() -> None:
    assert support.support(RIGHT, []) == 0
