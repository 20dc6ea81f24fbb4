"""What an agent finds among the articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

from bot.views import answers, block, mrkdwn
from bot.views.post import Post
from handoff.audience import CUSTOMER, INTERNAL

EXCERPT, MOST_ASKED, MOST_SHOWN = 300, 100, 10
USAGE = "Write what you look for after it, such as `/baton search return a tent`."
FOR_AGENTS = ":lock: *For agents only*: do not pass it on as it stands."


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """A passage, where it stands, and who may read it."""

    title: str
    heading_path: str
    url: str
    text: str
    audience: str


def found(wanted: str, articles: Sequence[FoundArticle]) -> Post:
    """The passages, best first; what not every customer may read says so."""
    asked = mrkdwn.escape(mrkdwn.clip(" ".join(wanted.split()), MOST_ASKED))
    if not articles:
        return block.paragraph(f"No article says anything about “{asked}”. A question like this would go to a person.")
    title = f"Articles on “{asked}”, as you may read them:"
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=title))]
    for each in articles[:MOST_SHOWN]:
        blocks += _shown(each)
    return Post.of(title, blocks)


def nothing_asked() -> Post:
    """The command came without words."""
    return block.paragraph(USAGE)


def _shown(article: FoundArticle) -> Iterator[Block]:
    path = f" › {article.heading_path}" if article.heading_path else ""
    text = mrkdwn.clip(mrkdwn.escape(mrkdwn.in_one_line(article.text)), EXCERPT)
    named = f"*{mrkdwn.link(article.url, f'{article.title}{path}')}*"
    yield SectionBlock(text=MarkdownTextObject(text=f"{named}\n{text}"))
    if article.audience == INTERNAL:
        yield ContextBlock(elements=[MarkdownTextObject(text=FOR_AGENTS)])
    elif CUSTOMER not in article.audience.split():
        who = ", ".join(answers.audience_in_words(tag) for tag in article.audience.split())
        yield ContextBlock(elements=[MarkdownTextObject(text=f"Who may read it: {mrkdwn.escape(who)}")])
