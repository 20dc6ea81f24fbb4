"""What the customer reads about how their conversation flows: an offer of a person, a correction, another thread."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.views import customer, flow_words, mrkdwn
from bot.views.ids import ActionId, ConversationRef
from bot.views.post import Post
from handoff.quoting import quotable

LONGEST_QUESTION = 600


def offer(*, minutes: int, ref: ConversationRef, first: bool, language: str, company: str) -> Post:
    """Nothing reliable was found: a person, or another try? One comes by themselves in so many minutes."""
    words = flow_words.of(language)
    text = f"{words.offer} {words.offer_by_itself.format(minutes=minutes)}"
    yes = _button(words.offer_yes, ActionId.OFFER_ACCEPTED, ref, style="primary")
    again = _button(words.offer_rephrase, ActionId.OFFER_REPHRASED, ref)
    introduction = customer.introduction(language, company) if first else []
    return Post.of(mrkdwn.escape(text), [*introduction, *_section(text), ActionsBlock(elements=[yes, again])])


def offer_closed(language: str) -> Post:
    """What is left of an offer that was answered: its words, without buttons."""
    return _words(flow_words.of(language).offer)


def rephrase(language: str) -> Post:
    """The customer will say it in other words."""
    return _words(flow_words.of(language).rephrase)


def renewed(post: Post, language: str) -> Post:
    """A reply that stands where an earlier one stood, because the question was corrected."""
    note = ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.escape(flow_words.of(language).renewed))])
    blocks = post.blocks or tuple(block.to_dict() for block in _section(post.text))
    return Post(post.text, (note.to_dict(), *blocks))


def withdrawn(language: str) -> Post:
    """The customer took the question back, and nobody works on it."""
    return _words(flow_words.of(language).withdrawn)


def hello(language: str) -> Post:
    """A friendly word to a greeting in a channel, for the one who greeted alone."""
    return _words(flow_words.of(language).hello)


def for_bystander(channel_id: str, language: str) -> Post:
    """Why a question in somebody else's thread is not answered there, and where it would be."""
    text = flow_words.of(language).bystander.format(channel=f"<#{channel_id}>")
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def second_question(customer_id: str, question: str, language: str) -> Post:
    """Opens the thread in which a customer's other question goes on."""
    shown = " ".join(_quoted(question).split())
    words = flow_words.of(language).second_question
    text = words.format(customer=f"<@{customer_id}>", question=shown)
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def goes_on_there(question: str, thread_link: str, language: str) -> Post:
    """Where the other question goes on."""
    short = mrkdwn.clip(" ".join(_quoted(question).split()), 150)
    text = flow_words.of(language).goes_on_there.format(question=short, thread=_thread(thread_link, language))
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def merged(thread_link: str, language: str) -> Post:
    """In which thread a merged conversation goes on."""
    text = flow_words.of(language).merged.format(thread=_thread(thread_link, language))
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def joined(question: str, language: str) -> Post:
    """What was asked elsewhere is answered here as well."""
    text = flow_words.of(language).joined.format(question=" ".join(_quoted(question).split()))
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def passed_on(thread_link: str, language: str) -> Post:
    """What the customer wrote in a merged conversation's thread was passed on to where it goes on."""
    text = flow_words.of(language).passed_on.format(thread=_thread(thread_link, language))
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])


def goes_on_here(language: str) -> Post:
    """A conversation that was merged goes on in its own thread again."""
    return _words(flow_words.of(language).goes_on_here)


def _thread(link: str, language: str) -> str:
    return mrkdwn.link(link, flow_words.of(language).open_thread)


def _quoted(question: str) -> str:
    return mrkdwn.clip(mrkdwn.escape(quotable(question)), LONGEST_QUESTION)


def _words(text: str) -> Post:
    escaped = mrkdwn.escape(text)
    return Post.of(escaped, _section(text))


def _section(text: str) -> Sequence[Block]:
    return [SectionBlock(text=MarkdownTextObject(text=mrkdwn.escape(text)))]


def _button(label: str, action: ActionId, ref: ConversationRef, *, style: str | None = None) -> ButtonElement:
    return ButtonElement(text=PlainTextObject(text=label), action_id=action, value=ref.pack(), style=style)
