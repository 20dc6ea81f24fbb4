import pytest

from handoff import language

SENTENCES = {
    "en": [
        "Where is my order?",
        "How do I return a jacket that does not fit",
        "It doesn't work",
        "I NEED A REFUND NOW",
    ],
    "de": ["Wo ist meine Bestellung?", "Kann ich per Rechnung zahlen?", "Mein Zelt ist undicht", "Weiß ich nicht"],
    "fr": ["Où est ma commande ?", "Je veux parler à un conseiller", "Quels sont les délais de livraison ?"],
    "es": ["¿Dónde está mi pedido?", "Quiero hablar con una persona", "Cuanto tarda el envio a Madrid"],
    "it": ["Dov'è il mio ordine?", "Come posso restituire una giacca?", "Quanto tempo ci vuole per la consegna?"],
    "pt": ["Onde está a minha encomenda?", "Vocês enviam para o Brasil?", "Quero falar com uma pessoa"],
    "nl": ["Waar is mijn bestelling?", "Ik wil met een mens praten", "Hoe lang duurt de levering?"],
    "pl": ["Gdzie jest moje zamówienie?", "Chcę rozmawiać z człowiekiem"],
    "sv": ["Var är min beställning?", "Jag vill prata med en människa"],
    "da": ["Jeg vil gerne tale med et menneske"],
    "fi": ["Missä tilaukseni on?"],
    "cs": ["Jak můžu vrátit bundu?"],
    "tr": ["Siparişim nerede?", "Bir ceketi nasıl iade edebilirim?"],
    "ru": ["Где мой заказ?", "Хочу поговорить с человеком про Kestrel"],
    "uk": ["Де моє замовлення?"],
    "ar": ["أين طلبي؟"],
    "fa": ["سفارش من کجاست؟ چطور پیگیری کنم"],
    "he": ["איפה ההזמנה שלי?"],
    "zh": ["我的订单在哪里？", "转人工"],
    "ja": ["注文はどこですか？"],
    "ko": ["제 주문은 어디에 있나요?"],
    "el": ["Πού είναι η παραγγελία μου;"],
    "hi": ["मेरा ऑर्डर कहाँ है?"],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts])
def test_a_short_question_tells_its_language(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize("text", ["", "   ", "👍", "refund", "Kestrel 55", "12345", ":tada:", "PayPal?", "xyzzy foo"])
def test_what_says_nothing_has_no_language(text: str) -> None:
    assert language.detect(text) == ""


@pytest.mark.parametrize("text", ["```for i in the: print(a)```", "https://example.com/the/and/of", "the.and@is.was"])
def test_code_links_and_addresses_do_not_count(text: str) -> None:
    assert language.detect(text) == ""


def test_a_quoted_name_in_another_script_does_not_change_the_language() -> None:
    assert language.detect("Do you have the jacket called «Ветер» in your shop?") == "en"


def test_typographic_apostrophes_read_like_straight_ones() -> None:
    assert language.detect("It doesn’t work") == language.detect("It doesn't work") == "en"


@pytest.mark.parametrize(
    "text", ["a ñ" * 13_000, "`" * 40_000, "<" * 40_000, "<a" * 20_000, "x" * 40_000, "é'" * 20_000]
)
def test_only_the_beginning_of_a_huge_message_is_read(text: str) -> None:
    assert language.detect(text) == language.detect(text[:2_000])
