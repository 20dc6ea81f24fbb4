"""Block Kit to HTML, as pure functions of Slack's JSON."""

from typing import Any

from markupsafe import Markup, escape

from bot.demo.page import emoji, mrkdwn
from bot.demo.page.elements import element, image, text_of
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]


def render(blocks: list[Json], names: Names) -> Markup:
    """All blocks of a message, a modal or an App Home."""
    return Markup("").join(_block(block, names) for block in blocks)


def _block(block: Json, names: Names) -> Markup:
    kind, block_id = block.get("type", ""), block.get("block_id", "")
    match kind:
        case "header":
            return Markup('<h3 class="b-header">{}</h3>').format(text_of(block.get("text"), names))
        case "section":
            return _section(block, block_id, names)
        case "context":
            parts = Markup("").join(element(each, block_id, names) for each in block.get("elements", []))
            return Markup('<div class="b-context">{}</div>').format(parts)
        case "actions" | "context_actions":
            parts = Markup("").join(element(each, block_id, names) for each in block.get("elements", []))
            return Markup('<div class="b-actions">{}</div>').format(parts)
        case "divider":
            return Markup('<hr class="b-divider">')
        case "image":
            title = text_of(block.get("title"), names)
            caption = Markup("<figcaption>{}</figcaption>").format(title) if title else ""
            shown = image(block.get("image_url", ""), block.get("alt_text", ""))
            return Markup('<figure class="b-image">{}{}</figure>').format(shown, caption)
        case "input":
            return _input(block, block_id, names)
        case "rich_text":
            parts = Markup("").join(_rich(each, names) for each in block.get("elements", []))
            return Markup('<div class="b-rich">{}</div>').format(parts)
        case "markdown":
            return Markup('<div class="b-markdown">{}</div>').format(_markdown(str(block.get("text", ""))))
        case "table":
            return _table(block, names)
        case _:
            return Markup('<div class="unknown">({})</div>').format(kind)


def _section(block: Json, block_id: str, names: Names) -> Markup:
    text = Markup('<div class="text">{}</div>').format(text_of(block.get("text"), names)) if block.get("text") else ""
    fields = Markup("").join(Markup("<div>{}</div>").format(text_of(each, names)) for each in block.get("fields") or [])
    grid = Markup('<div class="fields">{}</div>').format(fields) if fields else ""
    side = block.get("accessory")
    accessory = Markup('<div class="accessory">{}</div>').format(element(side, block_id, names)) if side else ""
    return Markup('<div class="b-section"><div class="main">{}{}</div>{}</div>').format(text, grid, accessory)


def _input(block: Json, block_id: str, names: Names) -> Markup:
    label = text_of(block.get("label"), names)
    optional = Markup(" <small>(optional)</small>") if block.get("optional") else ""
    hint = Markup('<p class="hint">{}</p>').format(text_of(block.get("hint"), names)) if block.get("hint") else ""
    return Markup(
        '<div class="b-input" data-input-block="{}"><label><span class="label">{}{}</span>{}</label>{}'
        '<p class="error" role="alert" hidden></p></div>'
    ).format(block_id, label, optional, element(block.get("element") or {}, block_id, names), hint)


def _rich(part: Json, names: Names) -> Markup:
    match part.get("type"):
        case "rich_text_section":
            return Markup("<p>{}</p>").format(_run(part, names))
        case "rich_text_list":
            tag = "ol" if part.get("style") == "ordered" else "ul"
            rows = Markup("").join(Markup("<li>{}</li>").format(_run(each, names)) for each in part.get("elements", []))
            return Markup(f"<{tag}>{{}}</{tag}>").format(rows)
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_run(part, names))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_run(part, names))
        case _:
            return Markup("")


def _run(part: Json, names: Names) -> Markup:
    return Markup("").join(_piece(each, names) for each in part.get("elements", []))


def _piece(piece: Json, names: Names) -> Markup:
    match piece.get("type"):
        case "text":
            shown = Markup(str(escape(piece.get("text", ""))).replace("\n", "<br>"))
        case "link":
            address = mrkdwn.safe_address(piece.get("url", ""))
            words = piece.get("text") or piece.get("url", "")
            form = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'
            shown = Markup(form).format(address, words) if address else escape(words)
        case "user":
            shown = Markup('<span class="mention">@{}</span>').format(names.user(piece.get("user_id", "")))
        case "channel":
            shown = Markup('<span class="mention">#{}</span>').format(names.channel(piece.get("channel_id", "")))
        case "broadcast":
            shown = Markup('<span class="mention broadcast">@{}</span>').format(piece.get("range", ""))
        case "emoji":
            shown = escape(emoji.character(piece.get("name", "")))
        case _:
            shown = Markup("")
    for style, tag in (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "del")):
        if (piece.get("style") or {}).get(style):
            shown = Markup(f"<{tag}>{{}}</{tag}>").format(shown)
    return shown


def _markdown(text: str) -> Markup:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where a markdown block is shown

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")
    return Markup(parser.render(text))


def _table(block: Json, names: Names) -> Markup:
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_cell(cell, names) for cell in row))
        for row in block.get("rows", [])
    )
    return Markup('<div class="b-table"><table>{}</table></div>').format(rows)


def _cell(cell: Json, names: Names) -> Markup:
    inside = _rich_cell(cell, names) if cell.get("type") == "rich_text" else escape(str(cell.get("text", "")))
    return Markup("<td>{}</td>").format(inside)


def _rich_cell(cell: Json, names: Names) -> Markup:
    return Markup("").join(_rich(each, names) for each in cell.get("elements", []))
