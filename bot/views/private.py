"""What others read of a reply that only the customer sees, and what is left of it once everyone can read it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ContextBlock, MarkdownTextObject, SectionBlock

from bot.views import controls, customer, mrkdwn, reply_words
from bot.views.customer import SourceLink
from bot.views.ids import ConversationRef
from bot.views.post import Post


def told(customer_id: str, ref: ConversationRef, language: str) -> Post:
    """The note in the thread: without it Slack would not show what only one person sees, and a reload loses that."""
    text = reply_words.of(language).told_privately.format(customer=f"<@{customer_id}>")
    buttons = [controls.again_button(ref, language), controls.person_button(ref, language)]
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text)), ActionsBlock(elements=buttons)])


def for_everyone(
    text: str, sources: Sequence[SourceLink], *, customer_id: str, ref: ConversationRef, language: str
) -> Post:
    """The reply as everyone reads it, and who shows it."""
    post = customer.answer(text, sources, ref=ref, first=False, language=language, company="")
    by = reply_words.of(language).shown_by.format(customer=f"<@{customer_id}>")
    return Post(post.text, (ContextBlock(elements=[MarkdownTextObject(text=by)]).to_dict(), *post.blocks))


def shown(language: str) -> Post:
    """What stands in the place of a private reply that everyone can read by now."""
    return _note(reply_words.of(language).shown_to_everyone)


def stays(language: str) -> Post:
    """Why a private reply is not shown to everyone."""
    return _note(reply_words.of(language).between_us)


def nothing(language: str) -> Post:
    """There is no private reply to show again."""
    return _note(reply_words.of(language).nothing_to_show)


def changed_already(language: str) -> Post:
    """What the customer found of a reply can be taken back once."""
    return _note(reply_words.of(language).changed_already)


def _note(words: str) -> Post:
    text = mrkdwn.escape(words)
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])
