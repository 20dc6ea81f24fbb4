"""Reading an answer: out of whatever stands around it, and never bent to fit."""

import json
import math

import pytest

from bot.drafting.answer import Answer, token_confidence
from bot.models.forms import Unreadable, read
from tests.bot.drafting.answers import answer_text

OTHER = json.dumps({"reply": "Not this one.", "citations": []})


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        "Sure! {{not json}} Here:\n{}\nAnything else?",
        "<think>Perhaps " + OTHER.replace("{", "{{").replace("}", "}}") + "?</think>\n{}",
        OTHER.replace("{", "{{").replace("}", "}}") + "\n{}",
        "{}\n\nI hope this helps :-}}",
    ],
)
def test_the_object_is_found_in_what_stands_around_it(around: str) -> None:
    assert read(around.format(answer_text(reply="Print {it}.")), Answer).reply == "Print {it}."


def test_of_two_answers_the_last_one_counts() -> None:
    assert read(f"{answer_text(reply='first')} or better {answer_text(reply='last')}", Answer).reply == "last"


def test_thoughts_are_no_answer() -> None:
    with pytest.raises(Unreadable):
        read(f"<think>{answer_text()}</think> I do not know.", Answer)


@pytest.mark.parametrize(
    ("content", "formless"),
    [
        ("Print the label.", True),
        (OTHER, True),
        (answer_text(own_confidence=7), False),
        ('{"reply": "Pri', False),
        ("", False),
    ],
)
def test_what_no_schema_would_let_pass_is_told_from_what_it_would(content: str, formless: bool) -> None:
    with pytest.raises(Unreadable) as failure:
        read(content, Answer)
    assert failure.value.formless is formless


@pytest.mark.parametrize("hostile", ["{" * 100_000, '{"a":' * 20_000, "[" * 100_000 + "{" * 1000, "{}" * 50_000])
def test_a_hostile_text_is_looked_at_for_a_moment_only(hostile: str) -> None:
    with pytest.raises(Unreadable):
        read(hostile, Answer)


def _tokens(*told: tuple[str, float]) -> list[tuple[bytes, float]]:
    return [(text.encode(), math.log(share)) for text, share in told]


def test_the_probability_is_that_of_the_judgement_alone() -> None:
    told = _tokens(('{"reply": "é', 0.1), ('true", "would', 0.2), ('_sign":', 0.3), (" tr", 0.8), ("ue}", 0.5))
    assert token_confidence(told) == pytest.approx(0.4)
    assert token_confidence(_tokens(('{"would_sign": ', 0.3), ("false", 0.9), ("}", 0.1))) == pytest.approx(0.1)
    assert token_confidence(_tokens(('{"reply": "true"}', 0.5))) is None
    assert token_confidence([]) is None
    assert token_confidence([(b'{"would_sign": true}', -math.inf)]) == 0.0
