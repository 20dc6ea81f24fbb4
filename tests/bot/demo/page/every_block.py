"""One of every block and element of Block Kit, as Slack's reference writes them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str = "") -> Json:
    more: Json = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **more}


SIZES = [option("Small", "s"), option("Medium", "m", "the usual one"), option("Large", "l")]
CONFIRM = {
    "title": plain("Really?"),
    "text": plain("This cannot be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
    "style": "danger",
}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(label: str, kind: str, action_id: str, *, optional: bool = False, hint: str = "", **more: Any) -> Json:
    shown: Json = {
        "type": "input",
        "block_id": f"{action_id}_block",
        "label": plain(label),
        "optional": optional,
        "element": {"type": kind, "action_id": action_id, **more},
    }
    return {**shown, "hint": plain(hint)} if hint else shown


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words, "style": style} if style else {"type": "text", "text": words}


def section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


RICH_TEXT: Json = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        section(
            text("A plain start, "),
            text("bold", bold=True),
            text(", "),
            text("italic", italic=True),
            text(", "),
            text("struck", strike=True),
            text(", "),
            text("code", code=True),
            text(" and a "),
            {"type": "link", "url": "https://example.com/a", "text": "link"},
            text(" for "),
            {"type": "user", "user_id": "U1"},
            text(" in "),
            {"type": "channel", "channel_id": "C1"},
            text(" "),
            {"type": "broadcast", "range": "here"},
            text(" "),
            {"type": "usergroup", "usergroup_id": "S1"},
            text(" "),
            {"type": "emoji", "name": "tada"},
            {"type": "date", "timestamp": 1700000000, "format": "{date_long}", "fallback": "in November"},
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [section(text("tent")), section(text("mat"))],
        },
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [section(text("inner"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(text("stove"))]},
        {"type": "rich_text_quote", "elements": [text("Somebody said so.")]},
        {"type": "rich_text_preformatted", "elements": [text("if a < b:\n    pass")]},
    ],
}

MARKDOWN = "# Steps\n1. **Open** it\n2. Close it\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[site](https://example.com)"

TABLE: Json = {
    "type": "table",
    "block_id": "table",
    "column_settings": [None, {"align": "right"}],
    "rows": [
        [{"type": "raw_text", "text": "Topic"}, {"type": "raw_text", "text": "Share"}],
        [
            {"type": "rich_text", "elements": [section(text("Returns", bold=True))]},
            {"type": "raw_text", "text": "67 %"},
        ],
    ],
}

MESSAGE: list[Json] = [
    {"type": "header", "block_id": "head", "text": plain("A header :tent:")},
    {
        "type": "section",
        "block_id": "text",
        "text": mrkdwn("*Bold* _italic_ ~old~ `code` <https://example.com|a link>"),
        "accessory": {"type": "image", "image_url": "https://example.com/tent.png", "alt_text": "a tent"},
    },
    {"type": "section", "block_id": "fields", "fields": [mrkdwn("*Topic*\nReturns"), mrkdwn("*Since*\ntoday")]},
    {"type": "divider", "block_id": "line"},
    {
        "type": "context",
        "block_id": "context",
        "elements": [
            {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "icon"},
            mrkdwn("From <https://example.com|Returns>"),
        ],
    },
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            button("Default", "default", value="1"),
            button("Primary", "primary", style="primary"),
            button("Danger", "danger", style="danger", confirm=CONFIRM),
            button("Open", "link", url="https://example.com/there"),
            {"type": "overflow", "action_id": "more", "options": [option("First", "1"), option("Second", "2")]},
        ],
    },
    {
        "type": "actions",
        "block_id": "menus",
        "elements": [
            {
                "type": "static_select",
                "action_id": "size",
                "placeholder": plain("Size"),
                "options": SIZES,
                "initial_option": SIZES[1],
            },
            {"type": "users_select", "action_id": "who", "placeholder": plain("Person"), "initial_user": "U2"},
            {"type": "channels_select", "action_id": "where", "placeholder": plain("Channel")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-01-31", "placeholder": plain("Day")},
            {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
        ],
    },
    {
        "type": "image",
        "block_id": "picture",
        "title": plain("A picture"),
        "image_url": "https://example.com/p.png",
        "alt_text": "mountains",
    },
    RICH_TEXT,
    {"type": "markdown", "block_id": "markdown", "text": MARKDOWN},
    TABLE,
    {
        "type": "context_actions",
        "block_id": "feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            },
        ],
    },
    {
        "type": "video",
        "block_id": "video",
        "title": plain("How to pitch"),
        "title_url": "https://example.com/v",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/v.png",
        "alt_text": "a film",
    },
    {"type": "file", "block_id": "file", "external_id": "ABCD1", "source": "remote"},
    {"type": "alert", "block_id": "alert", "text": plain("Something of tomorrow")},
]

FORM: list[Json] = [
    field(
        "Name",
        "plain_text_input",
        "name",
        placeholder=plain("Your name"),
        min_length=2,
        max_length=40,
        focus_on_load=True,
    ),
    field("Story", "plain_text_input", "story", multiline=True, optional=True, hint="As long as you like"),
    field("Rich story", "rich_text_input", "rich_story", optional=True),
    field(
        "Pieces", "number_input", "pieces", is_decimal_allowed=False, min_value="1", max_value="9", initial_value="2"
    ),
    field("Mail", "email_text_input", "mail", optional=True),
    field("Site", "url_text_input", "site", optional=True),
    field("Size", "static_select", "form_size", options=SIZES),
    field(
        "Grouped", "static_select", "grouped", optional=True, option_groups=[{"label": plain("Tops"), "options": SIZES}]
    ),
    field("Sizes", "multi_static_select", "sizes", options=SIZES, initial_options=[SIZES[0]], optional=True),
    field("People", "multi_users_select", "people", optional=True),
    field("Order", "external_select", "order", optional=True, min_query_length=1, placeholder=plain("Search orders")),
    field("Colour", "radio_buttons", "colour", options=[option("Red", "red"), option("Blue", "blue")]),
    field(
        "Extras",
        "checkboxes",
        "extras",
        options=[option("Gift wrap", "gift", "with a bow"), option("Express", "fast")],
        optional=True,
    ),
    field("Day", "datepicker", "form_day", optional=True),
    field("Hour", "timepicker", "form_hour", optional=True),
    field("Moment", "datetimepicker", "moment", initial_date_time=1700000000, optional=True),
    field("Receipt", "file_input", "receipt", optional=True),
]
