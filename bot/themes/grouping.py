"""Groups and names questions in a process of its own: the distances take memory that a server would not get back.

Run as `python -m bot.themes.grouping` it reads a Task as JSON and writes what came of it as Grouped; a server imports
`run` instead. Personal data is masked before anything else is done with a text.
"""

import sys
from collections import Counter, defaultdict

from pydantic import BaseModel

from bot import apart
from handoff import language, theme_names
from handoff.anonymising import mask

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
    wrote = await apart.run("bot.themes.grouping", task.model_dump_json().encode(), patience=PATIENCE_SECONDS)
    return Grouped.model_validate_json(wrote)


def grouped(task: Task) -> Grouped:
    """Group here; only this loads scipy."""
    masked = [each.model_copy(update={"text": mask(each.text[:MOST_CHARACTERS])}) for each in task.questions]
    found = [group for code, said in _by_language(masked).items() for group in _groups(code, said)]
    return Grouped(groups=sorted(found, key=lambda group: (-len(group.ids), group.name)))


def _by_language(questions: list[Said]) -> dict[str, list[Said]]:
    """The questions by their language; one that does not tell is in that of its conversation, or of most."""
    told = [language.detect(theme_names.without_hidden(each.text)) or each.language for each in questions]
    most = Counter(filter(None, told)).most_common(1)
    usual = most[0][0] if most else ""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for each, code in zip(questions, told, strict=True):
        found[code or usual].append(each)
    return found


def _groups(code: str, said: list[Said]) -> list[Group]:
    from handoff import theme_groups  # noqa: PLC0415 - heavy, and not for whoever imports this module to run it apart

    bare = [theme_names.without_hidden(each.text) for each in said]
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(theme_groups.group(bare)):
        if number >= 0:
            places[number].append(place)
    members: list[list[int]] = []
    for together in places.values():
        if len(together) >= LEAST:
            order = theme_groups.most_typical([bare[place] for place in together])
            members.append([together[each] for each in order])
    weights = theme_names.terms([[bare[place] for place in together] for together in members])
    return [
        Group(
            ids=[said[place].id for place in together],
            language=code,
            name=theme_names.of([bare[place] for place in together], terms),
            terms={stem: round(weight, 4) for stem, weight in terms.items()},
        )
        for together, terms in zip(members, weights, strict=True)
        if len(together) >= LEAST_BY_ONE_WORD or len(theme_names.shared([bare[place] for place in together], terms)) > 1
    ]


if __name__ == "__main__":
    sys.stdout.write(grouped(Task.model_validate_json(sys.stdin.buffer.read())).model_dump_json())
