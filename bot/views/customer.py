"""What the customer reads: answers with their sources, questions back, and that a person is coming."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, MarkdownTextObject, SectionBlock

from bot.views import block, controls, mrkdwn, reply_words, texts
from bot.views.controls import IN_THREAD, Shown
from bot.views.ids import ConversationRef
from bot.views.post import Post
from bot.views.texts import Texts
from handoff.quoting import quotable
from storage.kinds import HandoffReason

MOST_SOURCES = 3
NOTICE = 2800
"""The most characters of a post's text, which notifications and screen readers show."""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """An article that a reply rests on."""

    title: str
    url: str


def sources_of(citations: Iterable[Mapping[str, Any]]) -> tuple[SourceLink, ...]:
    """The articles among a draft's citations, each once, in their order."""
    links = {each["article_id"]: SourceLink(each.get("title", ""), each.get("url", "")) for each in citations}
    return tuple(links.values())


def named(sources: Sequence[SourceLink], *, most: int, more: str = reply_words.EN.more_sources) -> str:
    """The first `most` sources as links, and how many there are beyond them; `more` says that in the reader's words."""
    links = ", ".join(mrkdwn.link(each.url, each.title) for each in sources[:most])
    beyond = len(sources) - most
    return f"{links} {more.format(count=beyond)}" if beyond > 0 else links


def answer(
    text: str,
    sources: Sequence[SourceLink],
    *,
    ref: ConversationRef,
    first: bool,
    language: str,
    company: str,
    shown: Shown = IN_THREAD,
    file_unread: bool = False,
) -> Post:
    """A reply with its sources, and the ways on: solved, whether it helped, or a person.

    `file_unread` is whether a file came with the question that nobody looked into.
    """
    words = texts.of(language)
    body = mrkdwn.from_markdown(text)
    blocks: list[Block] = [*_introduction(words, company, first=first), *_sections(body)]
    if sources:
        links = named(sources, most=MOST_SOURCES, more=reply_words.of(language).more_sources)
        blocks.append(block.context(f"{words.sources}: {links}"))
    if file_unread:
        blocks.append(block.context(reply_words.of(language).file_unread))
    return Post.of(mrkdwn.clip(body, NOTICE), [*blocks, *controls.ways_on(ref, language, shown, solved=True)])


def clarify(question: str, *, ref: ConversationRef, first: bool, language: str, company: str) -> Post:
    """A question back to the customer."""
    words = texts.of(language)
    body = mrkdwn.from_markdown(question)
    blocks = [
        *_introduction(words, company, first=first),
        *_sections(body),
        *controls.ways_on(ref, language, solved=False),
    ]
    return Post.of(mrkdwn.clip(body, NOTICE), blocks)


def empty_message(*, ref: ConversationRef, first: bool, language: str, company: str) -> Post:
    """A friendly question to a message that asks nothing."""
    return clarify(texts.of(language).nothing_said, ref=ref, first=first, language=language, company=company)


def handed_off(reason: HandoffReason, *, language: str, first: bool, company: str) -> Post:
    """A person is coming, and why, in words that blame nobody."""
    words = texts.of(language)
    why = {
        HandoffReason.WISH: words.handed_off_wish,
        HandoffReason.FRUSTRATION: words.handed_off_frustration,
        HandoffReason.NOTHING_FOUND: words.handed_off_not_found,
        HandoffReason.LOW_CONFIDENCE: words.handed_off_unsure,
        HandoffReason.MODEL_FAILED: words.handed_off_failed,
    }.get(reason, words.handed_off_plain)
    text = f"{why} {words.stays_here}"
    return Post.of(text, [*_introduction(words, company, first=first, hint=False), *_sections(mrkdwn.escape(text))])


def rest_handed_off(questions: Sequence[str], language: str) -> Post:
    """A person is coming for what the answer above leaves open."""
    words = texts.of(language)
    asked = mrkdwn.clip(" / ".join(map(quotable, questions)), NOTICE // 2)
    return _words(f"{words.handed_off_rest.format(questions=asked)} {words.stays_here}")


def file_handed_off(*, language: str, first: bool, company: str) -> Post:
    """A person is coming to look at what the customer sent."""
    words = texts.of(language)
    text = f"{reply_words.of(language).file_handed_off} {words.stays_here}"
    return Post.of(text, [*_introduction(words, company, first=first, hint=False), *_sections(mrkdwn.escape(text))])


def introduction(language: str, company: str) -> list[Block]:
    """Who is writing; the way to a person stands elsewhere in the post."""
    return _introduction(texts.of(language), company, first=True, hint=False)


def claimed(agent_name: str, language: str) -> Post:
    """A person has come."""
    return _words(texts.of(language).claimed.format(agent=agent_name))


def resolved(*, by_person: bool, language: str) -> Post:
    """The conversation is marked as solved; writing again reopens it."""
    words = texts.of(language)
    return _words(f"{words.resolved_by_person if by_person else words.resolved_by_ai} {words.reopen_hint}")


def given_back(ref: ConversationRef, language: str) -> Post:
    """The assistant is back, and the way to a person stays."""
    word = _words(texts.of(language).given_back)
    return Post(word.text, (*word.blocks, *(each.to_dict() for each in controls.ways_on(ref, language, solved=False))))


def elsewhere(support_channel_ids: Sequence[str], language: str) -> Post:
    """The way to the channels in which Baton answers."""
    words = texts.of(language)
    channels = ", ".join(f"<#{channel_id}>" for channel_id in support_channel_ids)
    text = words.elsewhere.format(channels=channels) if channels else words.elsewhere_direct
    return Post.of(text, _sections(text))


def _words(text: str) -> Post:
    escaped = mrkdwn.escape(text)
    return Post.of(escaped, _sections(escaped))


def _introduction(words: Texts, company: str, *, first: bool, hint: bool = True) -> list[Block]:
    if not first:
        return []
    text = words.introduction.format(company=mrkdwn.clip(mrkdwn.escape(company), mrkdwn.LONGEST_LABEL))
    return [block.context(f"{text} {words.person_hint}" if hint else text)]


def _sections(text: str) -> list[Block]:
    return [SectionBlock(text=MarkdownTextObject(text=piece)) for piece in mrkdwn.in_sections(text)]
