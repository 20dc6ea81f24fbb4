"""What managers read about the version on trial."""

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from bot.views import mrkdwn
from bot.views.post import Post

HEADLINE = "The version on trial has proved itself in a topic."
SILENT = (
    "It goes on drafting in silence. Once it is made the version in use, this topic keeps its autonomy; "
    "`baton versions` tells what would happen to the others."
)
ANSWERS = "From now on it answers alone in its share of the conversations on this topic."


def proved(statement: str, *, answers: bool) -> Post:
    """It has a certificate of its own.

    Args:
        statement: the certificate in a sentence.
        answers: whether it answers a share of the conversations, and does not only draft in silence.
    """
    words = f"*{HEADLINE}*\n{mrkdwn.escape(statement)}"
    return Post.of(
        f"{HEADLINE} {mrkdwn.escape(statement)}",
        [
            SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(words, mrkdwn.SECTION))),
            ContextBlock(elements=[MarkdownTextObject(text=ANSWERS if answers else SILENT)]),
        ],
    )
