"""What a model is told and shown. The rules are in `prompts/`; customers' words and articles go in as data only."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.drafting.port import DraftRequest, TopicName
from handoff.draft import Author, FoundPassage, Turn
from handoff.visible import visible

MOST_TURNS = 12
LONGEST_TURN = 6_000
"""Characters of one message that the model is shown, half from each end."""

_SHOWN = {Author.CUSTOMER: "customer", Author.BOT: "bot", Author.AGENT: "agent"}
"""Notes and bystanders stay out: the first are not meant for customers, the second ask for somebody else."""

_OUR_TAG = re.compile(r"<(?=\s*/?\s*(?:passages?|conversation|message)\b)", re.IGNORECASE)


@cache
def own_rules() -> str:
    """The rules that come with Baton; `{company}` and `{topics}` stand for those of the team."""
    return (Path(__file__).parent / "prompts" / "reply.md").read_text(encoding="utf-8")


def version(schema: str, rules: str = "") -> str:
    """Names the rules and the form of the answer by their content, so that no change goes unnoticed."""
    return f"reply-{hashlib.sha256(((rules or own_rules()) + schema).encode()).hexdigest()[:8]}"


def system(company: str, topics: Sequence[TopicName], rules: str = "") -> str:
    """The rules, the same for every message of a workspace, so that servers can cache them.

    Args:
        company: the name of the team's company.
        topics: the closed list of topics.
        rules: those of the team, in place of Baton's own.
    """
    listed = "\n".join(f"- `{topic.name}`: {_one_line(topic.title or topic.name)}" for topic in topics)
    return (
        (rules or own_rules()).replace("{company}", _one_line(company)).replace("{topics}", listed or "There are none.")
    )


def user(request: DraftRequest) -> str:
    """The passages and the conversation, each part inside tags that its text cannot close."""
    passages = "\n".join(_passage(name, passage) for name, passage in named(request.passages).items())
    turns = [turn for turn in request.turns if turn.author in _SHOWN][-MOST_TURNS:]
    said = "\n".join(_message(turn) for turn in turns)
    return f"<passages>\n{passages}\n</passages>\n\n<conversation>\n{said}\n</conversation>"


def named(passages: Sequence[FoundPassage]) -> dict[str, FoundPassage]:
    """The short names by which the model cites passages."""
    return {f"S{number}": passage for number, passage in enumerate(passages, start=1)}


def _passage(name: str, passage: FoundPassage) -> str:
    title = _attribute(" › ".join(part for part in (passage.title, passage.heading_path) if part))
    url = f' url="{_attribute(passage.url)}"' if passage.url else ""
    return f'<passage id="{name}" title="{title}"{url}>\n{_data(passage.text)}\n</passage>'


def _message(turn: Turn) -> str:
    text = turn.text
    if len(text) > LONGEST_TURN:
        half = LONGEST_TURN // 2
        text = f"{text[:half]}\n[…]\n{text[-half:]}"
    return f'<message from="{_SHOWN[turn.author]}">\n{_data(text)}\n</message>'


def _data(text: str) -> str:
    return _OUR_TAG.sub("‹", visible(text))


def _attribute(text: str) -> str:
    return _data(_one_line(text)).replace('"', "'").replace(">", "›")


def _one_line(text: str) -> str:
    return " ".join(text.split())
