"""Block Kit as HTML."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.page import blocks
from bot.demo.page.mrkdwn import Names
from tests.bot.demo.page.every_block import FORM, MESSAGE, RICH_TEXT, SIZES, TABLE, button, field, mrkdwn, option, plain
from tests.bot.demo.page.reading import Read, dangers

Json = dict[str, Any]
NAMES = Names(
    user=lambda user: {"U1": "Ada Lind", "U2": "Ben Okafor"}.get(user, user),
    channel=lambda channel: {"C1": "support"}.get(channel, channel),
    group=lambda group: {"S1": "agents"}.get(group, group),
    people=(("U1", "Ada Lind"), ("U2", "Ben Okafor")),
    places=(("C1", "#support"),),
)


def read(*shown: Json) -> Read:
    return Read(blocks.render(list(shown), NAMES))


@pytest.mark.parametrize("block", [*MESSAGE, *FORM], ids=lambda block: str(block["block_id"]))
def test_every_block_is_whole_harmless_and_keeps_its_key(block: Json) -> None:
    html = str(blocks.render([block], NAMES))
    assert Read(html).is_whole
    assert dangers(html) == []
    assert Read(html).elements[0] == ("div", {"class": "block", "data-key": block["block_id"]})


def test_a_section_shows_text_fields_and_what_stands_beside_them() -> None:
    shown = read(
        {"type": "section", "text": mrkdwn("*a*"), "fields": [mrkdwn("b"), plain("c")], "accessory": button("Go", "go")}
    )
    assert shown.text == "abcGo"
    assert shown.all("button")[0]["data-action-id"] == "go"


def test_a_button_carries_what_a_press_needs() -> None:
    (shown,) = read(
        {"type": "actions", "block_id": "b", "elements": [button("Go", "go", value="7", style="danger")]}
    ).all("button")
    assert {key: value for key, value in shown.items() if key.startswith("data-")} == {
        "data-block-id": "b",
        "data-action-id": "go",
        "data-type": "button",
        "data-value": "7",
    }
    assert shown["class"] == "act danger"


def test_a_button_asks_first_when_it_should() -> None:
    danger = MESSAGE[5]["elements"][2]
    (shown,) = read({"type": "actions", "elements": [danger]}).all("button")
    assert json.loads(shown["data-confirm"])["confirm"] == "Do it"


def test_rich_text_shows_its_styles_mentions_and_nested_lists() -> None:
    html = str(blocks.render([RICH_TEXT], NAMES))
    for piece in (
        "<strong>bold</strong>",
        "<em>italic</em>",
        "<del>struck</del>",
        "<code>code</code>",
        "@Ada Lind",
        "#support",
        "@agents",
        "@here",
        "🎉",
        "<blockquote>Somebody said so.</blockquote>",
        "<pre>if a &lt; b:<br>    pass</pre>",
    ):
        assert piece in html
    assert '<li>mat<ol start="3"><li>inner</li></ol></li></ul><ul><li>stove</li></ul>' in html


def test_a_table_aligns_its_columns() -> None:
    shown = read(TABLE)
    assert [cell["class"] for cell in shown.all("td")] == ["left", "right", "left", "right"]
    assert shown.text == "TopicShareReturns67 %"


def test_markdown_is_rendered_without_html_pictures_or_unsafe_links() -> None:
    said = "**b** <script>x</script> [ok](https://a.example) [no](javascript:alert(1)) ![pic](https://a.example/p.png)"
    html = str(blocks.render([{"type": "markdown", "text": said}], NAMES))
    assert "<strong>b</strong>" in html
    assert dangers(html) == []
    assert [each["href"] for each in Read(html).all("a")] == ["https://a.example", "https://a.example/p.png"]
    assert all(each["rel"] == "noopener noreferrer" for each in Read(html).all("a"))


def test_an_unknown_block_still_shows_its_words() -> None:
    assert "Something of tomorrow" in read({"type": "alert", "text": plain("Something of tomorrow")}).text


def test_an_input_names_its_field_and_says_what_is_optional() -> None:
    shown = read(
        field("Name", "plain_text_input", "name", max_length=9),
        field("Mail", "email_text_input", "mail", optional=True),
    )
    name, mail = shown.all("input")
    assert (name["aria-label"], name["maxlength"], "data-required" in name) == ("Name", "9", True)
    assert (mail["aria-label"], mail["type"], "data-required" in mail) == ("Mail", "email", False)
    assert "optional" in shown.text


@pytest.mark.parametrize(
    ("kind", "more", "chosen"),
    [
        ("static_select", {"options": SIZES, "initial_option": SIZES[2]}, ["l"]),
        ("users_select", {"initial_user": "U2"}, ["U2"]),
        ("channels_select", {"initial_channel": "C1"}, ["C1"]),
        ("conversations_select", {}, []),
    ],
)
def test_a_menu_offers_its_options_and_has_the_first_choice(kind: str, more: Json, chosen: list[str]) -> None:
    shown = read(field("Menu", kind, "menu", **more))
    options = [json.loads(each["data-option"])["value"] for each in shown.all("option") if "selected" in each]
    assert options == chosen
    assert len(shown.all("option")) > 1


@pytest.mark.parametrize(
    ("kind", "more", "chosen"),
    [
        ("multi_static_select", {"options": SIZES, "initial_options": SIZES[:2]}, ["s", "m"]),
        ("multi_users_select", {"initial_users": ["U1"]}, ["U1"]),
        ("checkboxes", {"options": SIZES, "initial_options": [SIZES[1]]}, ["m"]),
        ("radio_buttons", {"options": SIZES, "initial_option": SIZES[0]}, ["s"]),
    ],
)
def test_choices_have_the_first_ones_checked(kind: str, more: Json, chosen: list[str]) -> None:
    shown = read(field("Choices", kind, "choices", **more))
    assert [json.loads(each["data-option"])["value"] for each in shown.all("input") if "checked" in each] == chosen


def test_options_in_groups_keep_their_groups() -> None:
    shown = read(field("Grouped", "static_select", "g", option_groups=[{"label": plain("Tops"), "options": SIZES}]))
    assert shown.all("optgroup")[0]["label"] == "Tops"
    assert len(shown.all("option")) == 4


def test_a_picture_that_slack_keeps_is_shown_by_its_file() -> None:
    shown = read({"type": "image", "alt_text": "chart", "slack_file": {"id": "F1"}})
    assert shown.all("img")[0]["src"] == "/files/F1/picture"


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def evil(value: Any) -> Any:
    """The same blocks with every text, address and id turned against the page."""
    if isinstance(value, dict):
        known: Json = value
        return {key: each if key in ("type", "style") else evil(each) for key, each in known.items()}
    if isinstance(value, list):
        return [evil(each) for each in value]
    if isinstance(value, str):
        return f"javascript:alert(1)//{EVIL}" if value.startswith("http") else value + EVIL
    return value


@pytest.mark.parametrize("block", [*MESSAGE, *FORM], ids=lambda block: str(block["block_id"]))
def test_nothing_that_an_app_says_in_a_block_becomes_html(block: Json) -> None:
    html = str(
        blocks.render(
            [evil(block)], Names(lambda _: EVIL, lambda _: EVIL, people=((EVIL, EVIL),), places=((EVIL, EVIL),))
        )
    )
    assert dangers(html) == []
    assert Read(html).is_whole


@given(st.text(max_size=60))
def test_markdown_of_any_text_is_harmless(said: str) -> None:
    assert dangers(blocks.render([{"type": "markdown", "text": said}], NAMES)) == []


def test_an_option_of_an_overflow_menu_may_lead_to_a_safe_address_only() -> None:
    links = [{**option("a", "a"), "url": "https://a.example"}, {**option("b", "b"), "url": "javascript:alert(1)"}]
    shown = read({"type": "actions", "elements": [{"type": "overflow", "action_id": "o", "options": links}]})
    assert [each["data-url"] for each in shown.all("button")] == ["https://a.example", ""]
