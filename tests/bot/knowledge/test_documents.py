"""Reading the documents of a source: nothing that one author got wrong stops the rest."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import documents, passages
from bot.knowledge.documents import Document, SourceProblem, Unread


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def read(source: Path) -> tuple[list[Document], list[Unread]]:
    every = list(documents.read_all(source))
    return [each for each in every if isinstance(each, Document)], [each for each in every if isinstance(each, Unread)]


def test_front_matter_names_title_address_topic_and_language(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a/b.md",
        "---\ntitle: Send it back\nurl: https://x.example/b\ntopic: returns\nlanguage: DE\n---\nText",
    )
    assert read(tmp_path)[0] == [Document("a/b.md", "Send it back", "Text", "https://x.example/b", "returns", "de")]


def test_without_a_title_the_first_heading_or_the_file_name_is_it(tmp_path: Path) -> None:
    write(tmp_path, "one.md", "intro\n\n## How to pay\n\ntext")
    write(tmp_path, "track-your_order.md", "Only text.")
    assert [each.title for each in read(tmp_path)[0]] == ["How to pay", "track your order"]


def test_json_lines_are_articles(tmp_path: Path) -> None:
    write(
        tmp_path,
        "kb.jsonl",
        '{"id": 7, "title": "T", "content": "C", "topic": "billing"}\n\n{"id":"b","content":"# H\\nx"}',
    )
    assert read(tmp_path / "kb.jsonl")[0] == [
        Document("7", "T", "C", topic="billing"),
        Document("b", "H", "# H\nx"),
    ]
    assert [each.key for each in read(tmp_path)[0]] == ["kb.jsonl#7", "kb.jsonl#b"]


def test_broken_documents_are_named_with_the_reason_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, "bad.md", "---\ntitle: [unclosed\n---\nText")
    write(tmp_path, "empty.md", "---\ntitle: Nothing\n---\n\n")
    write(tmp_path, "latin.md", "Größe".encode("latin-1"))
    write(tmp_path, "list.md", "---\n- a\n---\nText")
    write(
        tmp_path, "kb.jsonl", '{"id": "a", "content": "x"}\n{broken\n[1]\n{"content": "x"}\n{"id": "b", "content": ""}'
    )
    write(tmp_path, "good.md", "Good.")
    good, unread = read(tmp_path)
    assert [each.key for each in good] == ["good.md", "kb.jsonl#a"]
    assert {each.key: each.why.split(":")[0] for each in unread} == {
        "bad.md": "the front matter cannot be read",
        "empty.md": "empty",
        "latin.md": "not UTF-8 text",
        "list.md": "the front matter cannot be read",
        "kb.jsonl line 2": "no JSON",
        "kb.jsonl line 3": "no JSON object",
        "kb.jsonl line 4": "no id",
        "kb.jsonl#b": "no content",
    }


def test_a_rule_at_the_top_without_an_end_is_text(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "---\nNo front matter here")
    assert read(tmp_path)[0][0].body == "---\nNo front matter here"


@pytest.mark.parametrize(
    "written",
    [
        "---\nAudience: internal\nValid-Until: 2027-01-31\n---\n# T\nx",
        "\ufeff---\r\naudience: internal\r\nvalid until: 2027-01-31\r\n---\r\n# T\r\nx",
        "\n\n---\naudience: [internal]\nvalid_until: 2027-01-31\n...\n# T\nx",
        '+++\naudience = "internal"\nvalid_until = 2027-01-31\n+++\n# T\nx',
    ],
)
def test_front_matter_holds_however_it_is_written(tmp_path: Path, written: str) -> None:
    write(tmp_path, "a.md", written)
    ((found,), _) = read(tmp_path)
    assert (found.audience, found.title, found.body) == ("internal", "T", "# T\nx")
    assert found.valid_until == datetime(2027, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("---\ntitle: Costs\naudience: internal\n\n# T\nx", "it never ends; write a line of ---"),
        ('+++\naudience = "internal"\n---\nx', r"it never ends; write a line of \+\+\+"),
        ("---\naudiance: internal\n---\nx", "'audiance' is no property; is audience meant"),
        ("---\nvalid_untill: 2027-01-31\n---\nx", "is valid_until meant"),
    ],
)
def test_what_was_meant_to_keep_an_article_from_somebody_is_not_overlooked(
    tmp_path: Path, written: str, why: str
) -> None:
    write(tmp_path, "a.md", written)
    (_, (unread,)) = read(tmp_path)
    assert re.search(why, unread.why)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("```sh\n# no heading\n```\n## Wax ##\nx", "Wax"),
        ("#hashtag first\n\nCare of boots\n=====\nx", "Care of boots"),
        ("Plain words\n\n---\n\nmore", "a"),
    ],
)
def test_the_first_heading_is_a_heading(tmp_path: Path, written: str, title: str) -> None:
    write(tmp_path, "a.md", written)
    assert read(tmp_path)[0][0].title == title


def test_no_line_is_lost_whichever_way_lines_end(tmp_path: Path) -> None:
    write(tmp_path, "a.md", b"# T\rfirst\r\rsecond\r\n\r\nthird\n\nfourth")
    ((found,), _) = read(tmp_path)
    assert " ".join(passages.cut(found.body, found.title)[0].text.split()) == "first second third fourth"


def test_hidden_files_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, ".git/x.md", "x")
    write(tmp_path, "picture.png", b"\x89PNG")
    write(tmp_path, "a.md", "x")
    assert [each.key for each in read(tmp_path)[0]] == ["a.md"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "SLACK_BOT_TOKEN=xoxb")
    write(tmp_path, "elsewhere/b.md", "x")
    write(tmp_path, "help/..data/a.md", "Wax.")  # as Kubernetes mounts a folder
    help_ = tmp_path / "help"
    (help_ / "a.md").symlink_to("..data/a.md")
    (help_ / "stolen.txt").symlink_to(tmp_path / "secret.txt")
    (help_ / "more").symlink_to(tmp_path / "elsewhere")
    (help_ / "lost.md").symlink_to("nowhere.md")
    good, unread = read(help_)
    assert [(each.key, each.body) for each in good] == [("a.md", "Wax.")]
    assert {each.key: each.why for each in unread} == {
        "more": "a link that leads out of the folder",
        "stolen.txt": "a link that leads out of the folder",
        "lost.md": "a link that leads nowhere",
    }


def test_a_folder_within_that_cannot_be_read_hides_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md", "x")
    write(tmp_path, "locked/b.md", "x")
    scan = os.scandir

    def refuses(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuses)
    (_, (unread,)) = read(tmp_path)
    assert (unread.key, unread.why, unread.hides) == ("locked", "cannot be read: Permission denied", "locked/")


def test_a_file_that_vanishes_while_the_folder_is_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "x")
    write(tmp_path, "b.md", "x")
    reading = iter(documents.read_all(tmp_path))
    assert next(reading).key == "a.md"
    (tmp_path / "b.md").unlink()
    (gone,) = reading
    assert isinstance(gone, Unread)
    assert gone.why == "cannot be read: No such file or directory"


def test_what_a_database_refuses_is_taken_out(tmp_path: Path) -> None:
    write(tmp_path, "kb.jsonl", '{"id": "a", "title": "T\\u0000", "content": "C\\u0000 \\ud800 x"}')
    (found,), _ = read(tmp_path)
    assert (found.title, found.body) == ("T", "C ? x")


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_source_with_nothing_to_read_is_refused_with_a_clear_word(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceProblem, match=r"no folder or file|no Markdown"):
        read(tmp_path / name)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.png", b"PNG")
    with pytest.raises(SourceProblem, match="neither Markdown"):
        read(tmp_path / "a.png")
