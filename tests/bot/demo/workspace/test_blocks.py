"""Slack's limits on blocks and views."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.workspace import blocks
from bot.demo.workspace.errors import SlackError
from tests.bot.demo.workspace.place import GENERAL, Place, actions, button, modal, plain, question, refused, section

Json = dict[str, Any]
OPTION = {"text": plain("One"), "value": "1"}


def _select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": [OPTION], **more}


WRONG: list[tuple[str, list[Json], str]] = [
    ("51 blocks", [section()] * 51, "/blocks"),
    ("long section", [section("x" * 3001)], "/blocks/0/text/text"),
    ("empty section", [{"type": "section"}], "/blocks/0"),
    ("empty text", [section("")], "/blocks/0/text/text"),
    ("11 fields", [{"type": "section", "fields": [plain("x")] * 11}], "/blocks/0/fields"),
    ("long field", [{"type": "section", "fields": [plain("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ("long header", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ("formatted header", [{"type": "header", "text": {"type": "mrkdwn", "text": "*x*"}}], "/blocks/0/text/type"),
    ("11 in context", [{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
    ("button in context", [{"type": "context", "elements": [button()]}], "/blocks/0/elements/0/type"),
    ("26 buttons", [actions(*(button(f"b{n}") for n in range(26)))], "/blocks/0/elements"),
    ("no buttons", [{"type": "actions", "elements": []}], "/blocks/0/elements"),
    ("same action id", [actions(button("a"), button("a"))], "/blocks/0/elements"),
    ("long button", [actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ("long value", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ("odd style", [actions(button(style="loud"))], "/blocks/0/elements/0/style"),
    ("long action id", [actions(button("x" * 256))], "/blocks/0/elements/0/action_id"),
    ("long block id", [section(block_id="x" * 256)], "/blocks/0/block_id"),
    ("same block id", [section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
    ("long option", [actions(_select(options=[{"text": plain("x" * 76), "value": "1"}]))], "/options/0/text/text"),
    ("101 options", [actions(_select(options=[OPTION] * 101))], "/blocks/0/elements/0/options"),
    (
        "6 in overflow",
        [section(accessory={"type": "overflow", "options": [OPTION] * 6})],
        "/blocks/0/accessory/options",
    ),
    ("11 boxes", [section(accessory={"type": "checkboxes", "options": [OPTION] * 11})], "/blocks/0/accessory/options"),
    ("long confirm", [actions(button(confirm={"title": plain("x" * 101)}))], "/blocks/0/elements/0/confirm/title/text"),
    ("no alt text", [{"type": "image", "image_url": "https://x.y/z.png"}], "/blocks/0"),
    ("unknown element", [actions({"type": "lever"})], "/blocks/0/elements/0/type"),
    ("unknown block", [{"type": "poem"}], "/blocks/0/type"),
    ("much markdown", [{"type": "markdown", "text": "x" * 6001}] * 2, "markdown"),
    ("101 rows", [{"type": "table", "rows": [[]] * 101}], "/blocks/0/rows"),
    ("no label", [{"type": "input", "element": {"type": "plain_text_input"}}], "/blocks/0/label"),
]


@pytest.mark.parametrize(("wrong", "place"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_breaks_a_limit_is_named_with_its_place(wrong: list[Json], place: str) -> None:
    with pytest.raises(SlackError) as caught:
        blocks.check(wrong, most=blocks.IN_MESSAGES)
    assert caught.value.code == "invalid_blocks"
    assert any(place in message for message in caught.value.more["response_metadata"]["messages"])


def test_what_is_just_inside_the_limits_passes() -> None:
    fits = [
        section("x" * 3000, block_id="b" * 255),
        {"type": "section", "fields": [plain("x" * 2000), *([plain("x")] * 9)]},
        {"type": "header", "text": plain("x" * 150)},
        actions(*(button(f"b{n}", value="x" * 2000) for n in range(25))),
        {"type": "context", "elements": [plain("x")] * 10},
        actions(_select(options=[OPTION] * 100)),
    ]
    blocks.check(fits + [{"type": "divider"}] * 44, most=blocks.IN_MESSAGES)


@pytest.mark.parametrize(
    "shown", [[{"type": "markdown", "text": "x" * 12_000}, section("y" * 1500)], [section("x" * 2900)] * 5]
)
def test_blocks_that_are_short_enough_each_can_be_too_long_together(shown: list[Json]) -> None:
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        blocks.check(shown, most=blocks.IN_MESSAGES)
    blocks.check(shown[:1], most=blocks.IN_MESSAGES)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (modal(private_metadata="x" * 3001), "private_metadata"),
        (modal(title=plain("x" * 25)), "/view/title"),
        (modal(title=None), "/view/title"),
        (modal(submit=None), "submit"),
        (modal(callback_id="x" * 256), "callback_id"),
        (modal(section("x" * 3001)), "/view/blocks/0/text/text"),
        (modal(*([section()] * 101)), "no more than 100 items"),
        ({"type": "home", "blocks": []}, "type modal"),
        ({"type": "modal", "title": plain("x")}, "blocks"),
    ],
)
def test_what_breaks_a_limit_of_a_modal_is_named(view: Json, words: str) -> None:
    with pytest.raises(SlackError) as caught:
        blocks.check_view(view, "modal")
    assert caught.value.code == "invalid_arguments"
    assert any(words in message for message in caught.value.more["response_metadata"]["messages"])


def test_a_view_may_have_a_hundred_blocks() -> None:
    blocks.check_view(modal(*([section()] * 99), question()), "modal")
    blocks.check_view({"type": "home", "blocks": [section()] * 100}, "home")


async def test_the_places_reach_the_app_with_the_error(home: Place) -> None:
    error = await refused(home.client.chat_postMessage(channel=GENERAL, text="Hi", blocks=[section("x" * 3001)]))
    assert error["error"] == "invalid_blocks"
    message = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert error["errors"] == [message]
    assert error["response_metadata"]["messages"] == [f"[ERROR] {message}"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "value"]), inner),
    max_leaves=8,
)
KEYS = (
    "text",
    "fields",
    "elements",
    "accessory",
    "element",
    "label",
    "options",
    "rows",
    "block_id",
    "confirm",
    "title",
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(blocks.KINDS)), st.dictionaries(st.sampled_from(KEYS), JSON_VALUES))
def test_whatever_comes_as_a_block_is_taken_or_refused(kind: str, parts: Json) -> None:
    try:
        blocks.check([{**parts, "type": kind}], most=blocks.IN_MESSAGES)
    except SlackError as error:
        assert error.code in ("invalid_blocks", "msg_blocks_too_long")


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["button", "static_select", "overflow", "plain_text_input", "checkboxes"]),
    st.dictionaries(
        st.sampled_from(["text", "options", "option_groups", "confirm", "value", "placeholder", "max_length", "url"]),
        JSON_VALUES,
    ),
)
def test_whatever_comes_as_an_element_is_taken_or_refused(kind: str, parts: Json) -> None:
    try:
        blocks.check([actions({**parts, "type": kind})], most=blocks.IN_MESSAGES)
    except SlackError as error:
        assert error.code == "invalid_blocks"
