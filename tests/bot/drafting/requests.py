"""Requests as the tests of the drafters need them."""

from bot.drafting.port import DraftRequest, TopicName
from handoff.draft import Author, FoundPassage, Turn

TOPICS = (TopicName("returns", "Returns and refunds"), TopicName("delivery", "Delivery"))


def passage(id_: str, title: str, text: str, **told: str | float) -> FoundPassage:
    """A passage that a search found; told are the fields that matter to the test."""
    fields: dict[str, str | float] = {
        "article_id": f"article of {id_}",
        "url": f"https://help.example/{id_}",
        "heading_path": "",
        "topic": "returns",
        "language": "en",
        "score": 2.5,
        "coverage": 1.0,
    }
    return FoundPassage(passage_id=id_, title=title, text=text, **{**fields, **told})  # pyright: ignore[reportArgumentType]


def asks(*said: str, passages: tuple[FoundPassage, ...] = (), topics: tuple[TopicName, ...] = TOPICS) -> DraftRequest:
    """A customer's messages, the last of which is to be answered."""
    return DraftRequest([Turn(Author.CUSTOMER, each) for each in said], passages, topics, "Larkfell")
