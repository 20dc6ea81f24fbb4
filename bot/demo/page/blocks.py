"""Block Kit to HTML, as pure functions of Slack's JSON."""

from typing import Any

from markupsafe import Markup, escape

from bot.demo.page import emoji, mrkdwn, rich_text
from bot.demo.page.elements import Label, element, image, text_of
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]


def render(blocks: list[Json], names: Names) -> Markup:
    """All blocks of a message, a modal or an App Home, each in a box whose key the page finds again."""
    return Markup("").join(
        Markup('<div class="block" data-key="{}">{}</div>').format(
            block.get("block_id") or f"block-{index}", _block(block, names)
        )
        for index, block in enumerate(blocks)
    )


def _block(block: Json, names: Names) -> Markup:
    block_id = str(block.get("block_id", ""))
    match block.get("type", ""):
        case "header":
            return Markup('<h3 class="b-header">{}</h3>').format(text_of(block.get("text"), names))
        case "section":
            return _section(block, block_id, names)
        case "context":
            return Markup('<div class="b-context">{}</div>').format(_elements(block, block_id, names))
        case "actions" | "context_actions":
            return Markup('<div class="b-actions">{}</div>').format(_elements(block, block_id, names))
        case "divider":
            return Markup('<hr class="b-divider">')
        case "image":
            return _picture(block, names)
        case "input":
            return _input(block, block_id, names)
        case "rich_text":
            return Markup('<div class="b-rich">{}</div>').format(rich_text.render(block.get("elements", []), names))
        case "markdown":
            return Markup('<div class="b-markdown">{}</div>').format(_markdown(str(block.get("text", ""))))
        case "table":
            return _table(block, names)
        case "video":
            return _video(block, names)
        case "file":
            return Markup('<p class="b-file">📄 {}</p>').format(block.get("external_id", ""))
        case _:
            return _unknown(block, names)


def _elements(block: Json, block_id: str, names: Names) -> Markup:
    return Markup("").join(element(each, block_id, names) for each in block.get("elements", []))


def _section(block: Json, block_id: str, names: Names) -> Markup:
    text = Markup('<div class="text">{}</div>').format(text_of(block.get("text"), names)) if block.get("text") else ""
    fields = Markup("").join(Markup("<div>{}</div>").format(text_of(each, names)) for each in block.get("fields") or [])
    grid = Markup('<div class="fields">{}</div>').format(fields) if fields else ""
    side = block.get("accessory")
    shown = element(side, block_id, names, large=True) if side else ""
    accessory = Markup('<div class="accessory">{}</div>').format(shown) if side else ""
    return Markup('<div class="b-section"><div class="main">{}{}</div>{}</div>').format(text, grid, accessory)


def _picture(block: Json, names: Names) -> Markup:
    title = text_of(block.get("title"), names)
    caption = Markup("<figcaption>{}</figcaption>").format(title) if title else ""
    return Markup('<figure class="b-image">{}{}</figure>').format(image(block), caption)


def _input(block: Json, block_id: str, names: Names) -> Markup:
    optional = bool(block.get("optional"))
    label = Label(str((block.get("label") or {}).get("text", "")), required=not optional)
    hint = Markup('<p class="hint">{}</p>').format(text_of(block.get("hint"), names)) if block.get("hint") else ""
    return Markup(
        '<div class="b-input" data-input-block="{}"{}><span class="label">{}{}</span>{}{}'
        '<p class="error" role="alert" hidden></p></div>'
    ).format(
        block_id,
        Markup(" data-dispatch") if block.get("dispatch_action") else "",
        text_of(block.get("label"), names),
        Markup(' <small class="optional">optional</small>') if optional else "",
        element(block.get("element") or {}, block_id, names, label=label),
        hint,
    )


def _markdown(text: str) -> Markup:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where a markdown block is shown

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    parser.validateLink = lambda url: bool(mrkdwn.safe_address(url))
    tokens = parser.parse(emoji.replace(text))
    for token in tokens:
        for inner in token.children or []:
            if inner.type == "link_open":
                inner.attrSet("target", "_blank")
                inner.attrSet("rel", "noopener noreferrer")
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _table(block: Json, names: Names) -> Markup:
    settings: list[Json | None] = block.get("column_settings") or []
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell(cell, _alignment(settings, column), names) for column, cell in enumerate(row))
        )
        for row in block.get("rows", [])
    )
    return Markup('<div class="b-table" tabindex="0" role="group" aria-label="Table"><table>{}</table></div>').format(
        rows
    )


def _alignment(settings: list[Json | None], column: int) -> str:
    chosen = (settings[column] or {}).get("align") if column < len(settings) else None
    return chosen if chosen in ("center", "right") else "left"


def _cell(cell: Json, align: str, names: Names) -> Markup:
    is_rich = cell.get("type") == "rich_text"
    inside = rich_text.render(cell.get("elements", []), names) if is_rich else escape(str(cell.get("text", "")))
    return Markup('<td class="{}">{}</td>').format(align, inside)


def _video(block: Json, names: Names) -> Markup:
    poster = image({"image_url": block.get("thumbnail_url", ""), "alt_text": block.get("alt_text", "")})
    title = mrkdwn.link(str(block.get("title_url") or block.get("video_url", "")), text_of(block.get("title"), names))
    return Markup('<figure class="b-video">{}<figcaption>▶ {}</figcaption></figure>').format(poster, title)


def _unknown(block: Json, names: Names) -> Markup:
    """A block that this page does not know: its words, so that nothing said is lost."""
    texts = [block[key] for key in ("title", "text", "subtitle", "body") if isinstance(block.get(key), dict)]
    words = Markup("<br>").join(text_of(text, names) for text in texts)
    return Markup('<div class="unknown">{} <small>({})</small></div>').format(words, block.get("type", ""))
