"""An article about a theme: drafted from what people replied, saved for agents first, put in use, and forgotten again.

It is an answer pair like any that was taught: listed, counted, and taken back in the same places. What was written is
kept when it is forgotten, so that the form has it again.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge import by_hand, passages
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import themes as view
from bot.views.ids import ThemeRef
from bot.views.post import Post, View
from handoff.anonymising import mask
from handoff.audience import CUSTOMER, INTERNAL
from storage import answers, asked_in_vain, cited_articles, knowledge, themes
from storage.answer_pairs import AnswerPair
from storage.asked_in_vain import Question
from storage.ids import new_id
from storage.kinds import ThemeState
from storage.knowledge import NewArticle
from storage.row import now
from storage.tables import Message
from storage.theme_tables import Theme

PURPOSE = "theme"
WINDOWS, MOST_CASES = 8, 40
"""From how many windows, and how many conversations, a draft is made."""
MOST_SECTIONS = 6
MOST_NAMES = 12
"""People whose names are looked up to be masked: a form must open within three seconds."""
GONE = "This theme is no longer there, so nothing was saved."


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote and wants to be an article."""

    title: str
    text: str
    audience: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made of."""

    questions: Sequence[Question]
    replies: dict[str, list[Message]]
    """Of people, by conversation."""
    audiences: tuple[str, ...]
    """Who may be chosen to read it: agents first, so that somebody reviews it."""
    rests_on: list[dict[str, str]]


async def form(runtime: Runtime, ref: ThemeRef) -> View | Post:
    """The form with a draft, or with what was saved before; why there is none."""
    async with runtime.database.reading() as session:
        theme = await themes.by_key(session, runtime.workspace_id, ref.theme)
        if theme is None:
            return view.gone()
        material = await _material(session, theme)
        pair = await _pair(session, theme)
        audience = await _audience(session, pair) if pair else INTERNAL
    names = await _names(runtime, material)
    masked = [mask(each.text, names) for each in material.questions]
    asked = _each_once(masked)
    audiences = sorted(material.audiences, key=lambda each: each != audience)
    if pair:
        saved = pair.forgotten_at is None
        return view.form(ref, pair.question, pair.answer, audiences, asked, saved=saved)
    answered: dict[str, tuple[str, list[str]]] = {}
    for each, text in zip(material.questions, masked, strict=True):
        if replies := material.replies.get(each.conversation_id):
            _, told = answered.setdefault(_alike(text), (text, []))
            told += [mask(reply.text, names) for reply in replies]
    sections = [*answered.values()][:MOST_SECTIONS]
    return view.form(ref, theme.name, view.body(sections, asked), audiences, asked)


def _each_once(questions: Sequence[str]) -> list[str]:
    first: dict[str, str] = {}
    for each in questions:
        first.setdefault(_alike(each), each)
    return [*first.values()]


def _alike(question: str) -> str:
    """What two questions share that differ in capitals and spaces alone."""
    return " ".join(question.split()).casefold()


async def save(runtime: Runtime, by: str, ref: ThemeRef, written: Written) -> dict[str, str]:
    """Make what somebody wrote an article, and tell the managers' channel.

    Returns:
        Why it was not saved, by the field that is to be changed; nothing when it was.
    """
    title, text = written.title.strip(), written.text.strip()
    if errors := _errors(title, text):
        return errors
    async with runtime.database.transaction() as session:
        theme = await themes.by_key(session, runtime.workspace_id, ref.theme, lock=True)
        if theme is None:
            return {"text": GONE}
        material = await _material(session, theme)
        if written.audience not in material.audiences:
            return {"audience": "Choose who may read it."}
        before = await _pair(session, theme)
        anew = before is None or before.forgotten_at is not None
        await _store(session, theme, Written(title, text, written.audience), material.rests_on, by)
        _tell(session, runtime, view.saved(by, ref, title, written.audience, anew=anew))
    return {}


async def publish(runtime: Runtime, by: str, ref: ThemeRef) -> Post | None:
    """Let the article answer customers; returns the word to show in place of the button's message."""
    async with runtime.database.transaction() as session:
        theme = await themes.by_key(session, runtime.workspace_id, ref.theme, lock=True)
        pair = await _pair(session, theme) if theme else None
        if theme is None or pair is None or pair.forgotten_at is not None:
            return view.nothing_written()
        material = await _material(session, theme)
        audience = next((each for each in material.audiences if each != INTERNAL), "")
        if not audience:
            return view.for_agents_alone()
        if await _audience(session, pair) == INTERNAL:
            await _store(session, theme, Written(pair.question, pair.answer, audience), pair.rests_on, by)
            _tell(session, runtime, view.published(by, ref, pair.question, audience))
    return None


async def forget(runtime: Runtime, by: str, ref: ThemeRef) -> Post | None:
    """Take the article out of use."""
    async with runtime.database.transaction() as session:
        theme = await themes.by_key(session, runtime.workspace_id, ref.theme, lock=True)
        pair = await _pair(session, theme) if theme else None
        if theme is None or pair is None or not await answers.forget(session, pair, by=by, at=now()):
            return view.nothing_written()
        theme.state, theme.article_id, theme.settled_at = ThemeState.OPEN, "", None
        session.add(theme)
        _tell(session, runtime, view.forgotten(by, ref, pair.question))
    return None


def _errors(title: str, text: str) -> dict[str, str]:
    if not by_hand.asks(title):
        return {"title": by_hand.NOT_FOUND_BY}
    if not text:
        return {"text": "Write what Baton should answer."}
    if view.TO_BE_WRITTEN in text:
        return {"text": f"Put the answer in the place of {view.TO_BE_WRITTEN}."}
    return {}


async def _material(session: AsyncSession, theme: Theme) -> Material:
    """The questions of the last windows with what people replied, those with a reply first."""
    windows = await themes.windows_of(session, theme.workspace_id, theme.key, limit=WINDOWS)
    cases = [(conversation_id, message_id) for each in windows for conversation_id, message_id in each.asked]
    named = dict(reversed(cases[:MOST_CASES]))
    found = {
        each.conversation_id: each for each in await asked_in_vain.read(session, theme.workspace_id, named.items())
    }
    questions = [found[each] for each in reversed(named) if each in found]
    ids = [each.conversation_id for each in questions]
    replies: dict[str, list[Message]] = {}
    for reply in await asked_in_vain.replies_of_people(session, theme.workspace_id, ids):
        replies.setdefault(reply.conversation_id, []).append(reply)
    cited = await cited_articles.of_conversations(session, theme.workspace_id, ids)
    narrow = {each.audience for each in cited if each.audience != CUSTOMER}
    return Material(questions, replies, _audiences(narrow), cited_articles.as_read(cited))


def _audiences(narrow: set[str]) -> tuple[str, ...]:
    """Agents, and those customers who may read all that it rests on: nobody where that is for agents or for several."""
    if not narrow:
        return (INTERNAL, CUSTOMER)
    return tuple(dict.fromkeys((INTERNAL, *narrow))) if len(narrow) == 1 else (INTERNAL,)


async def _pair(session: AsyncSession, theme: Theme) -> AnswerPair | None:
    return await answers.of_conversation(session, theme.workspace_id, f"{answers.ABOUT_THEME}{theme.key}")


async def _audience(session: AsyncSession, pair: AnswerPair) -> str:
    article = (await knowledge.by_ids(session, pair.workspace_id, [pair.article_id])).get(pair.article_id)
    return article.audience if article else INTERNAL


async def _names(runtime: Runtime, material: Material) -> list[str]:
    """The names of those who wrote what the draft shows."""
    wrote = [reply.author_id for replies in material.replies.values() for reply in replies]
    wrote += [each.customer_id for each in material.questions]
    people = list(dict.fromkeys(wrote))[:MOST_NAMES]
    return [profile.name for profile in await asyncio.gather(*(runtime.people.profile(each) for each in people))]


async def _store(
    session: AsyncSession, theme: Theme, written: Written, rests_on: list[dict[str, str]], by: str
) -> None:
    before = await _pair(session, theme)
    article = _article(before.article_id if before else new_id(), theme, written)
    pair = AnswerPair(
        workspace_id=theme.workspace_id,
        article_id=article.id,
        conversation_id=f"{answers.ABOUT_THEME}{theme.key}",
        question=written.title,
        answer=written.text,
        given_by=by,
        rests_on=rests_on,
    )
    await answers.teach(session, pair, article, by=by, at=now())
    if theme.state == ThemeState.OPEN:
        theme.state = ThemeState.DRAFTED
    theme.article_id = article.id
    session.add(theme)


def _article(article_id: str, theme: Theme, made: Written) -> NewArticle:
    cut = passages.to_store(article_id, made.title, passages.cut(made.text, made.title))
    return by_hand.article(article_id, made.title, made.text, cut, audience=made.audience, spoken=theme.language)


def _tell(session: AsyncSession, runtime: Runtime, post: Post) -> None:
    posts.to_channel(session, runtime.workspace_id, runtime.channels.managers, post, purpose=PURPOSE)
