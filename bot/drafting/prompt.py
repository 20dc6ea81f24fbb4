"""What a model is told and shown. The rules are in `prompts/`; customers' words and articles go in as data only.

What is the same for all messages of a workspace comes first, so that servers can keep it: rules, voice, topics. What
changes from message to message, passages and conversation, comes after it.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.drafting.port import DraftRequest, TopicName
from bot.models import forms
from bot.settings import SettingsProblem
from bot.team import Voice
from handoff.draft import Author, FoundPassage, Turn
from handoff.visible import visible

MOST_TURNS = 12
LONGEST_TURN = 6_000
"""Characters of one message that the model is shown, half from each end."""
NO_VOICE = "Nothing in particular."

_SHOWN = {Author.CUSTOMER: "customer", Author.BOT: "bot", Author.AGENT: "agent"}
"""Notes and bystanders stay out: the first are not meant for customers, the second ask for somebody else."""

_OUR_TAG = re.compile(r"<(?=\s*/?\s*(?:passages?|conversation|message|pictures)\b)", re.IGNORECASE)


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / "prompts" / f"{name}.md").read_text(encoding="utf-8")


def own_rules() -> str:
    """The rules that come with Baton; `{company}`, `{voice}` and `{topics}` stand for those of the team."""
    return _file("reply")


@cache
def every_rule() -> str:
    """All that comes with Baton for a model to be told, for graders too: what no reply may tell."""
    files = sorted(Path(__file__).parents[1].glob("*/prompts/*.md"))
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def rules_of(path: Path | None) -> str:
    """The team's own rules for the model; empty where Baton's hold.

    Raises:
        SettingsProblem: when the file cannot be read, or says nothing.
    """
    if path is None:
        return ""
    try:
        rules = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise SettingsProblem(f"The prompt file {path} cannot be read: {why}.") from error
    if not rules.strip():
        raise SettingsProblem(f"The prompt file {path} is empty: the model would have no rules.")
    return rules


def version(form: str, rules: str = "", voice: Voice | None = None) -> str:
    """Names all that shapes an answer by its content, so that no change goes unnoticed.

    Args:
        form: what the answer must look like, and whatever else the model is set to.
        rules: those of the team, in place of Baton's own.
        voice: of the team.
    """
    told = (rules or own_rules(), _voice(voice or Voice()), forms.in_words(), form)
    return f"reply-{hashlib.sha256(chr(31).join(told).encode()).hexdigest()[:8]}"


def system(company: str, topics: Sequence[TopicName], rules: str = "", voice: Voice | None = None) -> str:
    """The rules, the same for every message of a workspace, so that servers can keep them.

    Args:
        company: the name of the team's company.
        topics: the closed list of topics.
        rules: those of the team, in place of Baton's own; without a place for the voice, it comes at their end.
        voice: how the team wants replies to sound.
    """
    text = rules or own_rules()
    if "{voice}" not in text and voice not in (None, Voice()):
        text = f"{text.rstrip()}\n\n# How this team writes\n{{voice}}\n"
    listed = "\n".join(f"- `{topic.name}`: {_one_line(topic.title or topic.name)}" for topic in topics)
    places = {
        "company": _one_line(company),
        "voice": _voice(voice or Voice()),
        "topics": listed or "There are none.",
    }
    return re.sub(r"\{(company|voice|topics)\}", lambda found: places[found[1]], text)


def _voice(voice: Voice) -> str:
    if voice == Voice():
        return NO_VOICE
    rules = "\n".join(f"- {_one_line(rule)}" for rule in voice.rules)
    text = _file("voice").replace("{tone}", _one_line(voice.tone) or "as above.")
    return text.replace("{rules}", rules).strip()


def user(request: DraftRequest, *, hidden: int = 0) -> str:
    """The passages and the conversation, each part inside tags that its text cannot close.

    `hidden` is how many pictures the customer sent that the model is not shown.
    """
    passages = "\n".join(_passage(name, passage) for name, passage in named(request.passages).items())
    turns = [turn for turn in request.turns if turn.author in _SHOWN][-MOST_TURNS:]
    said = "\n".join(_message(turn) for turn in turns)
    shown = f"<passages>\n{passages}\n</passages>\n\n<conversation>\n{said}\n</conversation>"
    if hidden:
        shown += f"\n\n<pictures>{hidden} sent with the last message that you cannot see.</pictures>"
    return shown


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
