"""The drafter without a model: quotes what answers, asks back when it is vague, and leaves the rest to people."""

import pytest

from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from handoff.draft import Author, Draft, Turn
from tests.bot.drafting.requests import asks, passage

RETURN = passage(
    "return",
    "Return an item",
    "### How do I return an item?\n\n1. Open your order.\n2. Print the label.\n\n### Costs\n\nReturns are free.",
)
DELIVERY = passage(
    "delivery",
    "Delivery times",
    "Within Germany it takes 2 to 4 working days.",
    topic="delivery",
    score=1.2,
    coverage=0.3,
)
RUECKGABE = passage("rueckgabe", "Rückgabe", "Rücksendungen sind kostenlos, wenn das Etikett dran ist.", language="de")


async def draft(request: DraftRequest) -> Draft:
    return await EmbeddedDrafter().draft(request)


async def test_it_quotes_the_steps_that_answer_with_their_source_and_topic() -> None:
    made = await draft(asks("How do I return an item?", passages=(RETURN, DELIVERY)))
    assert made.answerable
    assert made.text == "Here is what our article “Return an item” says:\n\n1. Open your order.\n2. Print the label."
    assert (made.citations, made.topic, made.language) == (("return",), "returns", "en")
    assert made.own_confidence > 0.8
    assert (made.drafter, made.model, made.prompt_version) == ("embedded", "extractive", "quote-1")
    assert made.usage.dollars == 0


async def test_it_answers_in_the_language_of_the_question_from_articles_in_that_language() -> None:
    made = await draft(asks("Sind Rücksendungen kostenlos bei Ihnen?", passages=(RETURN, RUECKGABE)))
    assert made.text.startswith("Dazu steht in unserem Artikel „Rückgabe“:")
    assert (made.language, made.citations) == ("de", ("rueckgabe",))


async def test_without_an_article_in_the_language_it_has_no_answer() -> None:
    made = await draft(asks("¿Cuánto tiempo tengo para una devolución?", passages=(RETURN, DELIVERY)))
    assert (made.answerable, made.text, made.language) == (False, "", "es")


@pytest.mark.parametrize("question", ["Do you have vegan crampons in your Berlin store?", "Why is the sky blue?"])
async def test_thin_evidence_is_no_answer(question: str) -> None:
    weak = passage("weak", "Opening hours", "The Berlin store is open from ten.", score=0.9, coverage=0.3)
    made = await draft(asks(question, passages=(weak,)))
    assert (made.answerable, made.text, made.citations) == (False, "", ())
    assert made.own_confidence < 0.45


async def test_words_that_only_stand_apart_are_weaker_evidence_than_words_that_stand_together() -> None:
    apart = passage("apart", "Gear care", "Oil a stove. Wash the zips. Wax the boots.")
    together = passage("together", "Gear care", "Oil the zips of wet boots.")
    question = "oil zips of boots?"
    scattered = await draft(asks(question, passages=(apart,)))
    compact = await draft(asks(question, passages=(together,)))
    assert compact.own_confidence > scattered.own_confidence + 0.09


async def test_a_vague_question_that_two_articles_fit_alike_is_asked_back() -> None:
    sale = passage("sale", "Return sale items", "Sale items go back within 14 days.")
    gift = passage("gift", "Return gift items", "Gift items go back within 60 days.")
    made = await draft(asks("return items?", passages=(sale, gift)))
    assert made.clarifying_question == (
        "I want to be sure I get this right: is it about “Return sale items” or about “Return gift items”?"
    )
    assert not made.answerable
    named = await draft(asks("return gift items?", passages=(gift, sale)))
    assert named.clarifying_question == ""
    assert named.citations == ("gift",)


async def test_between_topics_it_asks_by_their_titles() -> None:
    one = passage("one", "Costs of returns", "Free.", topic="returns")
    other = passage("other", "Costs of delivery", "Free from 60 euros.", topic="delivery")
    made = await draft(asks("costs?", passages=(one, other)))
    assert "“Returns and refunds” or about “Delivery”" in made.clarifying_question


async def test_two_questions_in_one_message_are_answered_from_two_articles() -> None:
    label = passage("label", "Print a return label", "Open your order and print the label.", coverage=0.6)
    speed = passage("speed", "Express delivery", "Express delivery takes one day.", topic="delivery", coverage=0.5)
    made = await draft(asks("How do I print a return label? And is there express delivery?", passages=(label, speed)))
    assert made.citations == ("label", "speed")
    assert "And from “Express delivery”:\n\nExpress delivery takes one day." in made.text


async def test_a_bare_noun_asks_for_nothing_in_particular() -> None:
    jackets = passage("jackets", "Jacket sizes", "Jackets fit over one layer.")
    bare = await draft(asks("the jacket", passages=(jackets,)))
    asked = await draft(asks("which sizes does the jacket have?", passages=(jackets,)))
    assert bare.own_confidence < 0.6 < asked.own_confidence


async def test_the_mood_is_read_from_the_whole_conversation() -> None:
    calm = await draft(asks("How do I return an item?", passages=(RETURN,)))
    angry = await draft(asks("This is RIDICULOUS!!! Useless!", "I want to talk to a human now", passages=(RETURN,)))
    assert calm.mood.frustration < 0.3
    assert angry.mood.wants_person
    assert angry.mood.frustration > calm.mood.frustration


@pytest.mark.parametrize("text", ["", "😀", "???", "the", "a" * 40_000, "\u202eשלום", "```\ncode\n```"])
async def test_odd_messages_end_in_no_answer(text: str) -> None:
    assert not (await draft(asks(text, passages=(RETURN,)))).answerable


async def test_without_passages_it_has_no_answer() -> None:
    made = await draft(asks("How do I return an item?"))
    assert (made.answerable, made.text, made.topic, made.own_confidence) == (False, "", "", 0.0)


async def test_a_conversation_without_a_customer_has_no_answer() -> None:
    request = DraftRequest([Turn(Author.AGENT, "return item")], (RETURN,), (), "Larkfell")
    assert not (await draft(request)).answerable


async def test_the_name_of_the_company_makes_it_no_surer() -> None:
    plain, named, elsewhere = [
        (await draft(asks(f"{where} delivery", passages=(DELIVERY,)))).own_confidence
        for where in ("the", "Larkfell", "Moorgate")
    ]
    assert named == plain
    assert elsewhere != plain
