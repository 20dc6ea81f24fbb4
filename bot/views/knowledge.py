"""What managers read when articles cannot be brought up to date."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from bot.views import mrkdwn
from bot.views.post import Post

MOST_NAMED = 10
LONGEST = 250
KEPT = "What was known before stays in use. You read this once; `baton doctor` names it until it is mended."


def source_failed(source: str, why: str) -> Post:
    """A source could not be read at all."""
    title = f"Articles could not be brought up to date from {source}"
    return _post(title, [f"*{_shown(title)}*", _shown(why)])


def articles_failed(source: str, failed: Sequence[tuple[str, str]]) -> Post:
    """Some articles of a source could not be read: their keys, and why."""
    many = "1 article" if len(failed) == 1 else f"{len(failed):,} articles"
    title = f"{many} of {source} could not be read"
    more = [f"… and {len(failed) - MOST_NAMED:,} more."] if len(failed) > MOST_NAMED else []
    lines = [f"• {_shown(f'{key}: {why}')}" for key, why in failed[:MOST_NAMED]]
    return _post(title, [f"*{_shown(title)}*", *lines, *more])


def _post(title: str, lines: Sequence[str]) -> Post:
    words = SectionBlock(text=MarkdownTextObject(text="\n".join(lines)))
    return Post.of(_shown(title), [words, ContextBlock(elements=[MarkdownTextObject(text=KEPT)])])


def _shown(text: str) -> str:
    return mrkdwn.clip(mrkdwn.escape(text), LONGEST)
