"""A message is taken apart where it asks two things, and left whole where it asks one."""

import pytest

from handoff import questions
from handoff.questions import Split


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "How long do I have to return something, and how much does shipping to Austria cost?",
            ("How long do I have to return something", "how much does shipping to Austria cost?"),
        ),
        ("How do I cancel my order? And what does a repair cost?", None),
        (
            "Wie lange dauert der Versand nach Österreich und was kostet die Rücksendung?",
            ("Wie lange dauert der Versand nach Österreich", "was kostet die Rücksendung?"),
        ),
        (
            "Combien coûte la livraison et quand arrive mon colis ?",
            ("Combien coûte la livraison", "quand arrive mon colis ?"),
        ),
        ("¿Cuánto cuesta el envío y cómo devuelvo la tienda?", None),
        ("how long does delivery take\nhow much is it to austria", None),
        ("Please cancel my order. Also, how long does a refund take?", None),
        ("Is the jacket waterproof?\nWhich sizes do you have?", None),
    ],
)
def test_two_questions_are_two(text: str, asked: tuple[str, ...] | None) -> None:
    found = questions.split(text)
    assert len(found) == 2
    assert asked in (None, found.asked)


@pytest.mark.parametrize(
    "text",
    [
        "How long does delivery take?",
        "How and when do I get my money back?",
        "My tent leaks. Can I return it?",
        "Can I return the boots and the jacket together?",
        "Where is my order? Any ideas?",
        "How do I return a tent? Can anyone help me with this?",
        "Wie gebe ich ein Zelt zurück? Können Sie mir helfen?",
        "When I opened the box, the pole was broken. Can I return it?",
        "When I opened the box the pole was broken. What I need is a new one",
        "I pressed cancel and what I got was an error",
        "",
        "The jacket is red. The boots are brown.",
        "x" * 5000 + "? And how? What is it?",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert questions.split(text) == Split((text,))


def test_statements_are_kept_beside_the_questions() -> None:
    found = questions.split("I bought a tent last week. How do I return it? And how much does the label cost?")
    assert found.asked == ("How do I return it?", "And how much does the label cost?")
    assert found.told == "I bought a tent last week."


def test_a_message_of_many_questions_is_a_matter_of_its_own() -> None:
    text = "What is a tent? What is a stove? What is a boot? What is a rope? What is a map?"
    assert questions.split(text) == Split((text,))


def test_a_reply_speaks_of_a_question_when_it_holds_most_of_it() -> None:
    reply = "You can cancel an order in your account; the money is back within 3 days."
    assert questions.speaks_of(reply, "When is the money back?")
    assert not questions.speaks_of(reply, "How much does shipping to Austria cost?")
