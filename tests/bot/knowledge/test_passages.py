"""Cutting articles: along headings, lists and tables whole, nothing lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import passages
from bot.knowledge.passages import ENOUGH_WORDS, MOST_WORDS

LONG = " ".join(["word"] * 110) + "."


def test_sections_that_are_long_enough_stand_alone_with_the_path_of_their_headings() -> None:
    cuts = passages.cut(
        f"# Guide\n\n## Returns\n\n{LONG} {LONG}\n\n### Abroad\n\n{LONG} {LONG}\n\n## Pay\n\n{LONG} {LONG}"
    )
    assert [cut.heading_path for cut in cuts] == ["Guide › Returns", "Guide › Returns › Abroad", "Guide › Pay"]


def test_small_neighbours_share_a_passage_and_keep_their_headings() -> None:
    cuts = passages.cut("## Fees\n\nNone.\n\n## Limits\n\n- 5 a day\n- 9 a week")
    assert [cut.text for cut in cuts] == ["### Fees\n\nNone.\n\n### Limits\n\n- 5 a day\n- 9 a week"]
    assert cuts[0].heading_path == ""


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    (cut,) = passages.cut("# Send it back\n\nText.", "Send it back")
    assert (cut.heading_path, cut.text) == ("", "Text.")


def test_markup_in_a_heading_is_left_out_of_the_path() -> None:
    (cut,) = passages.cut(f"## The **big** [guide](https://x.example) `now` ##\n\n{LONG}")
    assert cut.heading_path == "The big guide now"


def test_a_long_list_is_cut_between_items_and_a_long_table_keeps_its_head() -> None:
    items = "\n".join(f"- item {number} " + "a " * 20 + "\n  more of it" for number in range(20))
    for cut in passages.cut(items):
        assert cut.text.startswith("- item")
        assert len(cut.text.split()) <= MOST_WORDS
    table = "| size | length |\n| --- | --- |\n" + "\n".join(f"| {number} | {'b ' * 20}|" for number in range(20))
    parts = passages.cut(table)
    assert len(parts) > 1
    assert all(part.text.startswith("| size | length |\n| --- | --- |\n| ") for part in parts)


def test_a_heading_inside_code_is_no_heading() -> None:
    (cut,) = passages.cut("## Install\n\n```\n# a comment\nrun\n```")
    assert cut.heading_path == "Install"
    assert "# a comment" in cut.text


def test_headings_without_text_make_no_passage() -> None:
    assert passages.cut("# A\n\n## B\n") == []


def test_a_text_without_sentence_ends_is_cut_all_the_same() -> None:
    cuts = passages.cut(" ".join(["word"] * 1000))
    assert [len(cut.text.split()) for cut in cuts] == [220, 220, 220, 220, 120]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 400)), min_size=1, max_size=12))
def test_every_word_of_the_text_is_kept_and_no_passage_is_too_long(sections: list[tuple[int, int]]) -> None:
    body, written = "", []
    for number, (level, length) in enumerate(sections):
        told = [f"w{number}x{each}" for each in range(length)]
        written += told
        body += ("#" * level + f" heading{number}\n\n" if level else "") + " ".join(told) + "\n\n"
    cuts = passages.cut(body)
    kept = [word for cut in cuts for word in cut.text.split() if word.startswith("w")]
    assert kept == written
    assert all(len(cut.text.split()) <= MOST_WORDS + 2 * len(sections) + 3 for cut in cuts)
    assert len(cuts) <= 1 + 2 * len(written) / ENOUGH_WORDS + len(sections)
