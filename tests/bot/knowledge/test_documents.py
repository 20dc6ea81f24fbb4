"""Reading the documents of a source: nothing that one author got wrong stops the rest."""

from pathlib import Path

import pytest

from bot.knowledge import documents
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
        "bad.md": "the front matter is no YAML mapping",
        "empty.md": "empty",
        "latin.md": "not UTF-8 text",
        "list.md": "the front matter is no YAML mapping",
        "kb.jsonl line 2": "no JSON",
        "kb.jsonl line 3": "no JSON object",
        "kb.jsonl line 4": "no id",
        "kb.jsonl#b": "no content",
    }


def test_a_rule_at_the_top_without_an_end_is_text(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "---\nNo front matter here")
    assert read(tmp_path)[0][0].body == "---\nNo front matter here"


def test_hidden_files_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, ".git/x.md", "x")
    write(tmp_path, "picture.png", b"\x89PNG")
    write(tmp_path, "a.md", "x")
    assert [each.key for each in read(tmp_path)[0]] == ["a.md"]


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
