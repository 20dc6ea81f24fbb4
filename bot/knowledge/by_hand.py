"""An article that people write in Slack: whether it can be found, and what is stored of it."""

import hashlib
from collections.abc import Sequence

from handoff import language, words
from storage import answers
from storage.kinds import ArticleKind
from storage.knowledge import NewArticle
from storage.passage_index import NewPassage
from storage.shelves import Standing

LEAST_TERMS = 2
"""Of fewer informative words no question is made: a hello, a thanks."""
NOT_FOUND_BY = "Say in a few words what customers ask, so that it can be found."


def asks(text: str) -> bool:
    """Whether a text says enough to be found by."""
    return len(words.informative(text)) >= LEAST_TERMS


def content_hash(title: str, text: str) -> str:
    """The SHA-256, in hexadecimal digits, of what is written."""
    return hashlib.sha256(f"{title}\0{text}".encode(errors="surrogatepass")).hexdigest()


def article(
    article_id: str,
    title: str,
    text: str,
    passages: Sequence[NewPassage],
    *,
    audience: str,
    spoken: str,
    topic: str = "",
    kind: ArticleKind = ArticleKind.ARTICLE,
) -> NewArticle:
    """What is stored of it.

    Args:
        article_id: by which it is known.
        title: what customers ask, or what it is about.
        text: what it says.
        passages: what is found of it.
        audience: who may read it.
        spoken: its language where its own words do not tell.
        topic: of its questions.
        kind: whether it is an answer to one question.
    """
    return NewArticle(
        id=article_id,
        source=answers.SOURCE,
        source_key=article_id,
        title=title,
        url="",
        topic=topic,
        language=language.detect(f"{title}\n{text}") or spoken,
        content_hash=content_hash(title, text),
        passages=passages,
        standing=Standing(audience),
        kind=kind,
    )
