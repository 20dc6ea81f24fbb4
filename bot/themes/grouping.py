"""Groups and names questions in a process of its own: the distances take memory that a server would not get back.

Run as `python -m bot.themes.grouping` it reads a Task (a line of JSON, then the bytes of its vectors) and writes what
came of it as Grouped; a server imports `run` instead. Personal data is masked before anything else is done with a text.
"""

import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, Field

from bot import apart
from handoff import language, theme_names, words
from handoff.anonymising import mask

if TYPE_CHECKING:
    import numpy as np

PATIENCE_SECONDS = 120.0
LEAST, LEAST_BY_ONE_WORD = 3, 5
"""Questions that make a theme; those that share a single telling word must be more."""
MOST_CHARACTERS = 600
"""Of a question: enough to tell what it is about."""


class Said(BaseModel):
    """A question, as it was asked."""

    id: str
    text: str
    language: str = ""
    """Of its conversation, should the text itself not tell."""


class Task(BaseModel):
    """The questions to group."""

    questions: list[Said]
    bytes_each: int = 0
    """The size of a vector; 0 where there are none, and words alone tell what resembles what."""
    vectors: bytes = Field(default=b"", exclude=True)
    """Of the questions, one after the other, as 32-bit floats; zeros for one that has none."""
    of_articles: bytes = Field(default=b"", exclude=True)
    """Of passages of the knowledge base, by the same model; see `handoff.theme_groups.meaning`."""

    def to_bytes(self) -> bytes:
        """For another process: the vectors as they are, for as JSON they would hold up the event loop."""
        return b"".join((self.model_dump_json().encode(), b"\n", self.vectors, self.of_articles))

    @classmethod
    def from_bytes(cls, wrote: bytes) -> Self:
        """What `to_bytes` wrote."""
        told, _, numbers = wrote.partition(b"\n")
        task = cls.model_validate_json(told)
        ends = task.bytes_each * len(task.questions)
        return task.model_copy(update={"vectors": numbers[:ends], "of_articles": numbers[ends:]})


class Group(BaseModel):
    """Questions that resemble each other."""

    ids: list[str]
    """The most typical first."""
    language: str
    name: str
    terms: dict[str, float]


class Grouped(BaseModel):
    """The groups, the largest first."""

    groups: list[Group]


async def run(task: Task) -> Grouped:
    """Group apart from this process.

    Raises:
        bot.apart.Failed: when that fails or takes two minutes.
    """
    wrote = await apart.run("bot.themes.grouping", task.to_bytes(), patience=PATIENCE_SECONDS)
    return Grouped.model_validate_json(wrote)


def plain(text: str) -> str:
    """A question without personal data and what stands for it, as themes are made of it."""
    return theme_names.without_hidden(mask(text[:MOST_CHARACTERS]))


def grouped(task: Task) -> Grouped:
    """Group here; only this loads scipy."""
    masked = [each.model_copy(update={"text": mask(each.text[:MOST_CHARACTERS])}) for each in task.questions]
    found = [
        group
        for code, places in _by_language(masked).items()
        for group in _groups(code, [masked[place] for place in places], _meant(task, places))
    ]
    return Grouped(groups=sorted(found, key=lambda group: (-len(group.ids), group.name)))


def _by_language(questions: list[Said]) -> dict[str, list[int]]:
    """The places of the questions by their language; of one that does not tell, its conversation's, or that of most."""
    told = [language.detect(theme_names.without_hidden(each.text)) or each.language for each in questions]
    most = Counter(filter(None, told)).most_common(1)
    usual = most[0][0] if most else ""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, code in enumerate(told):
        found[code or usual].append(place)
    return found


def _meant(task: Task, places: list[int]) -> "np.ndarray | None":
    """What the questions at these places mean; None where words alone must do."""
    if not task.bytes_each:
        return None
    import numpy as np  # noqa: PLC0415 - heavy, and not for whoever imports this module to run it apart

    from handoff import theme_groups  # noqa: PLC0415 - as above

    numbers = task.bytes_each // 4
    vectors, articles = (np.frombuffer(each, "<f4").reshape(-1, numbers) for each in (task.vectors, task.of_articles))
    return theme_groups.meaning(vectors[places], articles)


def _groups(code: str, said: list[Said], meant: "np.ndarray | None") -> list[Group]:
    from handoff import theme_groups  # noqa: PLC0415 - heavy, and not for whoever imports this module to run it apart

    bare = [theme_names.without_hidden(each.text) for each in said]
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(theme_groups.group(bare, meant)):
        if number >= 0:
            places[number].append(place)
    members: list[list[int]] = []
    for together in places.values():
        if len(together) >= LEAST:
            near = None if meant is None else meant[together]
            order = theme_groups.most_typical([bare[place] for place in together], near)
            members.append([together[each] for each in order])
    holding = Counter(stem for text in bare for stem in set(words.informative(text)))
    weights = theme_names.terms([[bare[place] for place in together] for together in members])
    return [
        Group(
            ids=[said[place].id for place in together],
            language=code,
            name=theme_names.of([bare[place] for place in together], terms),
            terms={stem: round(weight, 4) for stem, weight in terms.items()},
        )
        for together, terms in zip(members, weights, strict=True)
        if _tell([bare[place] for place in together], terms, holding if meant is not None else None)
    ]


def _tell(texts: list[str], terms: dict[str, float], holding: Counter[str] | None) -> bool:
    """Whether questions share enough words to be a theme; one is enough for many, and for those that mean the same.

    Args:
        texts: the questions.
        terms: their telling stems.
        holding: in how many of all questions each stem is, where it is known what they mean: most of those that hold
            the one word must be these, for a theme called "Card" would tell nobody anything.
    """
    stems = theme_names.shared(texts, terms)
    if len(stems) > 1 or len(texts) >= LEAST_BY_ONE_WORD:
        return len(stems) > 0  # else there would be no name
    if not stems or holding is None:
        return False
    return sum(stems[0] in words.informative(text) for text in texts) > holding[stems[0]] / 2


if __name__ == "__main__":
    sys.stdout.write(grouped(Task.from_bytes(sys.stdin.buffer.read())).model_dump_json())
