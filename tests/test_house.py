"""The house stands: imports go down, listeners hold no queries and no blocks, and nothing lies on the lawn."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.syntax import nodes

ROOT = Path(__file__).parent.parent
FLOORS = ("storage", "handoff", "bot")
"""From the lowest up; each may import those below it."""

TOP_LEVEL = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "docs",
    "handoff",
    "manifests",
    "pyproject.toml",
    "storage",
    "tests",
}
LONGEST_FILE = 480
"""Lines; a file past about 400 is probably two rooms."""

AT_START = ("openai", "matplotlib", "scipy", "sklearn", "numpy", "pandas", "alembic", "jinja2")
"""Libraries that a bot must not load before it needs them."""


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, also inside its functions."""
    found = set[str]()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return frozenset(found)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("package", FLOORS)
def test_imports_go_down_the_house_only(package: str) -> None:
    above = FLOORS[FLOORS.index(package) + 1 :]
    upwards = [
        f"{named(path)} imports {module}"
        for path in sources(package)
        for module in imports(path)
        if module.split(".")[0] in (*above, "tests")
    ]
    assert upwards == []


def test_storage_and_rules_know_no_slack_no_model_and_no_network() -> None:
    outside = {"slack_bolt", "slack_sdk", "openai", "aiohttp", "httpx", "httpx2", "requests", "socket"}
    found = [
        f"{named(path)} imports {module}"
        for package in ("storage", "handoff")
        for path in sources(package)
        for module in imports(path)
        if module.split(".")[0] in outside
    ]
    assert found == []


def test_listeners_build_no_blocks_and_run_no_queries() -> None:
    # Enumerations of the tables module are words that both sides share; rows and queries are not for listeners.
    forbidden = ("slack_sdk.models", "sqlalchemy", "sqlmodel.select", "sqlmodel.col")
    found = [
        f"{named(path)} imports {module}"
        for path in sources("bot/listeners")
        for module in imports(path)
        if module.startswith(forbidden)
    ]
    assert found == []


def test_views_are_pure() -> None:
    impure = ("sqlmodel", "sqlalchemy", "aiohttp", "slack_sdk.web", "slack_bolt", "storage.database", "bot.runtime")
    found = [
        f"{named(path)} imports {module}"
        for path in sources("bot/views")
        for module in imports(path)
        if module.startswith(impure)
    ]
    assert found == []


def test_no_two_modules_import_each_other() -> None:
    paths = {module_name(path): path for package in FLOORS for path in sources(package)}
    needs = {name: set(modules_imported(path, paths)) - {name} for name, path in paths.items()}
    circles = sorted(f"{one} and {other}" for one in needs for other in needs[one] if one in reaches(needs, other))
    assert circles == []


def test_no_two_rooms_know_each_other() -> None:
    """A room is a folder of `bot`, or a module that lies beside them: who knows whom must be one direction."""
    paths = {module_name(path): path for path in sources("bot")}
    needs: dict[str, set[str]] = {}
    for name, path in paths.items():
        known = {room(module, paths) for module in modules_imported(path, paths)}
        needs.setdefault(room(name, paths), set()).update(known - {room(name, paths)})
    circles = sorted(f"{one} and {other}" for one in needs for other in needs[one] if one in reaches(needs, other))
    assert circles == []


def room(module: str, paths: dict[str, Path]) -> str:
    inside = paths[module].relative_to(ROOT / "bot").parts
    return f"bot/{inside[0].removesuffix('.py')}"


def test_the_page_of_the_house_names_every_room_above_those_it_knows() -> None:
    page = (ROOT / "docs" / "house.md").read_text()
    table = page[page.index("| room |") : page.index("Beside them lie")]
    named = [
        name
        for line in table.splitlines()[2:]
        if line
        for name in re.findall(r"`(\w+)`|\[(\w+)\.py\]", line.split("|")[1])
    ]
    order = [one or other for one, other in named]
    paths = {module_name(path): path for path in sources("bot")}
    rooms = {path.parent.name for path in paths.values() if path.parent.parent == ROOT / "bot"}
    beside = {path.stem for path in paths.values() if path.parent == ROOT / "bot" and "__" not in path.stem}
    unnamed = (rooms - set(order)) | {name for name in beside - set(order) if f"`{name}.py`" not in page}
    assert unnamed == set()
    upwards = [
        f"{name} knows {known}"
        for name, path in paths.items()
        for known in {room(module, paths).removeprefix("bot/") for module in modules_imported(path, paths)}
        if (own := room(name, paths).removeprefix("bot/")) in order
        and known in order
        and order.index(known) < order.index(own)
    ]
    assert upwards == []


def module_name(path: Path) -> str:
    return named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def modules_imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the house that a file imports; `from package import module` means the module."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((name if name in known else node.module) for name in full)


def reaches(needs: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for module in needs.get(waiting.pop(), set()) - seen:
            seen.add(module)
            waiting.append(module)
    return seen


def test_nothing_unexpected_lies_on_the_top_level() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an unpacked archive has no history to ask
        return
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_a_file_is_one_room() -> None:
    rooms = [path for package in FLOORS for path in sources(package) if "versions" not in path.parts]
    lengths = {named(path): len(path.read_text().splitlines()) for path in rooms}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_the_tests_of_a_room_lie_in_a_folder_of_its_name() -> None:
    here = ROOT / "tests" / "bot"
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    beside = {path.stem for path in (ROOT / "bot").glob("*.py")} | {"manifests"}
    folders = {path.parent.name for path in here.glob("*/__init__.py")}
    lying = {path.stem.removeprefix("test_") for path in here.glob("test_*.py")}
    assert (folders - rooms, lying - beside) == (set(), set())


def test_a_starting_bot_loads_nothing_heavy() -> None:
    code = f"import sys, bot.app; print(*sorted(set({AT_START!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
