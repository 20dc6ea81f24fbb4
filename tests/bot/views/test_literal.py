"""Words of customers and models stay words in every modal: Slack makes no links or mentions of its own of them."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View as ViewModel

from bot.views.post import as_view
from tests.syntax import nodes

VIEWS = sorted((Path(__file__).parents[3] / "bot" / "views").glob("*.py"))


def calls(found: Iterable[ast.AST], name: str) -> Iterator[ast.Call]:
    for node in found:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_every_modal_goes_out_with_literal_words(path: Path) -> None:
    found = nodes(path)
    literal = {id(argument) for call in calls(found, "as_view") for argument in call.args}
    assert all(id(call) in literal for call in calls(found, "ViewModel"))


def test_a_modal_says_verbatim_wherever_it_holds_markup() -> None:
    text = MarkdownTextObject(text="@channel see https://evil.example")
    shown = as_view(ViewModel(type="home", blocks=[SectionBlock(text=text), ContextBlock(elements=[text])]))
    section, context = shown["blocks"]
    assert section["text"]["verbatim"] is True
    assert context["elements"][0]["verbatim"] is True
