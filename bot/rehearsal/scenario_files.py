"""Reads scenarios from YAML, and says of each mistake where it is and what to do."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from bot.rehearsal.scenario import Checks, Customer, Fact, Reactions, Scenario
from storage.problem import Problem

ENDINGS = frozenset({".yaml", ".yml"})
LARGEST_FILE = 1_000_000
"""Bytes."""

_FIELDS: dict[str, type[BaseModel]] = {
    "": Scenario,
    "customer": Customer,
    "facts": Fact,
    "reactions": Reactions,
    "checks": Checks,
}
Place = tuple[int | str, ...]


class ScenarioProblem(Problem):
    """Scenarios cannot be read; each line names a file, a line in it, the field, and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario, and where it is written."""

    path: Path
    line: int
    scenario: Scenario

    @property
    def shown_path(self) -> str:
        """The path as short as it can be from here."""
        here = Path.cwd()
        return str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


def read(sources: Sequence[Path]) -> list[Written]:
    """Read the scenarios of files and folders, in the order of their names. A file may hold several, cut by `---`.

    Raises:
        ScenarioProblem: naming every mistake in every file, or that there is nothing to read.
    """
    found: list[Written] = []
    wrong: list[str] = []
    for path in _files(sources):
        try:
            found.extend(_file(path))
        except ScenarioProblem as problem:
            wrong.append(str(problem))
    wrong.extend(_twice(found))
    if wrong:
        raise ScenarioProblem("\n".join(wrong))
    return sorted(found, key=lambda each: each.scenario.name)


def _files(sources: Sequence[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    for source in sources:
        if source.is_dir():
            inside = [path for path in sorted(source.rglob("*")) if path.suffix.lower() in ENDINGS and path.is_file()]
            if not inside:
                raise ScenarioProblem(f"{source}: there is no scenario (.yaml) in this folder")
            files.update(dict.fromkeys(inside))
        elif source.is_file():
            files[source] = None
        else:
            raise ScenarioProblem(f"{source}: there is no such file or folder")
    return list(files)


def _twice(found: Sequence[Written]) -> Iterator[str]:
    first: dict[str, Written] = {}
    for each in found:
        before = first.setdefault(each.scenario.name, each)
        if before is not each:
            yield (
                f"{each.path}:{each.line}: name: {each.scenario.name!r} is the name of the one in "
                f"{before.path}:{before.line} already; give it another"
            )


def _file(path: Path) -> list[Written]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ScenarioProblem(f"{path}: larger than {LARGEST_FILE // 1_000_000} MB; that is no scenario")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioProblem(f"{path}: not UTF-8 text") from error
    except OSError as error:
        raise ScenarioProblem(f"{path}: cannot be read: {error.strerror}") from error
    return list(parse(text, path))


def parse(text: str, path: Path) -> Iterator[Written]:
    """Read the scenarios of one file's text.

    Raises:
        ScenarioProblem: naming every mistake in it.
    """
    try:
        nodes = [node for node in yaml.compose_all(text, yaml.SafeLoader) if node is not None]
        documents = [each for each in yaml.safe_load_all(text) if each is not None]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioProblem(f"{path}:{line}: this is no YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ScenarioProblem(f"{path}: this is no YAML: {' '.join(str(error).split())[:160]}") from error
    if not documents:
        raise ScenarioProblem(f"{path}: the file is empty; write `says:` and `checks:` at least")
    wrong: list[str] = []
    found: list[Written] = []
    for number, (node, document) in enumerate(zip(nodes, documents, strict=True), start=1):
        name = path.stem if len(documents) == 1 else f"{path.stem}-{number}"
        mistakes = [f"{path}:{_line(node, place)}: {_at(place)}{words}" for place, words in _mistakes(node, document)]
        wrong.extend(mistakes)
        if not mistakes:
            found.append(Written(path, node.start_mark.line + 1, Scenario.model_validate({"name": name} | document)))
    if wrong:
        raise ScenarioProblem("\n".join(wrong))
    yield from found


def _mistakes(node: yaml.Node, document: Any) -> Iterator[tuple[Place, str]]:
    if not isinstance(document, dict):
        yield (), "a scenario is lines of `field: value`, with `says:` and `checks:` at least"
        return
    yield from (((*place,), "stands here twice; keep one") for place in _doubled(node, ()))
    try:
        Scenario.model_validate(document)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            place = tuple(error["loc"])
            yield place, _advice(place, dict(error))


def _doubled(node: yaml.Node, place: Place) -> Iterator[Place]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*place, key.value)
            seen.add(str(key.value))
            yield from _doubled(value, (*place, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _doubled(value, (*place, number))


def _advice(place: Place, error: dict[str, Any]) -> str:
    words = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        known = _known_beside(place)
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        return f"there is no such field; did you mean {near[0]}?" if near else f"there is no such field ({_all(known)})"
    if error["type"] == "missing":
        return "is missing"
    return words[0].lower() + words[1:]


def _known_beside(place: Place) -> list[str]:
    above = [part for part in place[:-1] if isinstance(part, str)]
    model = _FIELDS.get(above[-1] if above else "")
    return list(model.model_fields) if model else []


def _all(known: Sequence[str]) -> str:
    return f"there are {', '.join(known)}" if known else "look at docs/rehearsal.md"


def _at(place: Place) -> str:
    return f"{'.'.join(str(part) for part in place)}: " if place else ""


def _line(node: yaml.Node, place: Place) -> int:
    """The line of the deepest part of a place that is written."""
    mark = node.start_mark
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in reversed(node.value) if key.value == part), None)
            if found is None:
                break
            mark, node = found[0].start_mark, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
    return mark.line + 1
