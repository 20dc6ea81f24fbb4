"""The pages that are made from the code are as the code says, and the pages that people wrote point at what exists."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.settings import Settings, description, variable
from tests import pages
from tests.benchmarks.__main__ import BENCHMARKS

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|<img[^>]+src=\"([^\"]+)\"")
WRITTEN = sorted([*pages.ROOT.glob("*.md"), *(pages.ROOT / "docs").glob("**/*.md")])
NAMING = [*(page for page in WRITTEN if page.name != "CHANGELOG.md"), *sorted((pages.ROOT / "bot").glob("**/*.py"))]
"""Whatever tells people a command: the pages, and the texts in the code."""
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
BATON = re.compile(r"^(?:- run: )?(?:\.venv/bin/)?(?:baton|python -m bot) +(.+)$")
OF_DEVELOPMENT = {"BATON_TEST_POSTGRES_URL", "BATON_TEST_BROWSER", "BATON_BENCH_DATA"}
BENCHMARK = re.compile(r"python -m tests\.benchmarks((?: [a-z_]+)+)")


@pytest.mark.parametrize(("path", "text"), pages.pages().items(), ids=lambda part: getattr(part, "name", ""))
def test_a_made_page_is_as_the_code_says(path: Path, text: str) -> None:
    assert path.read_text() == text, "run `make docs`"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_in_whole_sentences(name: str) -> None:
    assert re.fullmatch(r"[A-Z].+\.", description(name)), name


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    linked = {target for found in LINK.findall(page.read_text()) for target in found if target}
    local = {target for target in linked if not target.startswith(("http://", "https://", "mailto:"))}
    assert [target for target in sorted(local) if not (page.parent / target).exists()] == []


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    readme = (pages.ROOT / "README.md").read_text()
    assert [page.name for page in (pages.ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in readme] == []


def _told(page: Path) -> Iterator[str]:
    """What a page or a source file tells people to type, a line each."""
    text = page.read_text()
    if page.suffix == ".md":
        for block in FENCED.findall(text):
            yield from (line.strip() for line in block.splitlines())
        text = FENCED.sub("", text)
    yield from CODE.findall(text)


def _commands(page: Path) -> Iterator[str]:
    """What follows `baton` wherever it is told."""
    for line in _told(page):
        if found := BATON.match(line):
            yield re.sub(r"\s+#.*", "", found[1])


def _unknown(words: list[str]) -> Iterator[str]:
    """The words of a command that the command line does not know."""
    command: Any = typer.main.get_command(app)
    while words and getattr(command, "commands", None) and not words[0].startswith("-"):
        if words[0] not in command.commands:
            yield words[0]
            return
        command = command.commands[words.pop(0)]
    known = {name for each in command.params for name in each.opts} | {"--help", "-h", "--version"}
    yield from (word for word in words if word.startswith("-") and word.partition("=")[0] not in known)


@pytest.mark.parametrize("page", [page for page in NAMING if any(_commands(page))], ids=lambda page: page.name)
def test_commands_that_people_are_told_exist(page: Path) -> None:
    told = {command: list(_unknown(shlex.split(command, posix=False))) for command in _commands(page)}
    assert {command: unknown for command, unknown in told.items() if unknown} == {}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_settings_targets_and_benchmarks_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text()
    settings = {variable(name) for name in Settings.model_fields} | OF_DEVELOPMENT
    assert set(re.findall(r"\bBATON_[A-Z_]+[A-Z]\b", text)) <= settings
    targets = set(re.findall(r"^([a-z]+):.*## ", (pages.ROOT / "Makefile").read_text(), re.MULTILINE))
    told = {found[1] for line in _told(page) if (found := re.match(r"make ([a-z]+)\b", line))}
    assert told <= targets
    assert {name for names in BENCHMARK.findall(text) for name in names.split()} <= set(BENCHMARKS)
