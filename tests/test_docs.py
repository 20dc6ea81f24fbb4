"""The pages that are made from the code are as the code says, and the pages that people wrote point at what exists."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, description
from tests import pages

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|<img[^>]+src=\"([^\"]+)\"")
WRITTEN = sorted([*pages.ROOT.glob("*.md"), *(pages.ROOT / "docs").glob("**/*.md")])


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
