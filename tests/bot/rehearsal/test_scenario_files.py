"""Scenarios as people write them: what is read, and how a mistake is told."""

from pathlib import Path

import pytest

from bot.rehearsal import scenario_files
from bot.rehearsal.scenario import Act, Checks, Move, Scenario
from bot.rehearsal.scenario_files import ScenarioProblem
from storage.kinds import HandoffReason

WHOLE = """\
about: Two days late
customer:
  who: Ada
  language: de
  facts:
    - when: order number
      says: LF0000001
says: Where is it?
reactions:
  answer:
    - says: And now?
    - thanks
  clarify: insists
checks:
  must_hand_off: [wish, frustration]
  must_cite: late-parcel
  must_say: 42
  must_not_say: /re[fg]und/
  most_turns: 3
known_weakness:
  must_cite: it is not written yet
"""


def parsed(text: str) -> Scenario:
    return next(iter(scenario_files.parse(text, Path("late.yaml")))).scenario


def problem(text: str) -> str:
    with pytest.raises(ScenarioProblem) as raised:
        list(scenario_files.parse(text, Path("late.yaml")))
    return str(raised.value)


def test_a_whole_scenario_is_read() -> None:
    scenario = parsed(WHOLE)
    assert (scenario.name, scenario.about, scenario.says) == ("late", "Two days late", "Where is it?")
    assert scenario.customer.facts[0].when == ("order number",)
    assert scenario.reactions.answer == (Move(act=Act.SAYS, text="And now?"), Move(act=Act.THANKS))
    assert scenario.reactions.clarify == (Move(act=Act.INSISTS),)
    assert scenario.checks.must_hand_off == (HandoffReason.WISH, HandoffReason.FRUSTRATION)
    assert (scenario.checks.must_cite, scenario.checks.must_say) == (("late-parcel",), ("42",))
    assert scenario.known_weakness == {"must_cite": "it is not written yet"}


def test_true_stands_for_every_reason_of_a_handoff() -> None:
    assert parsed("says: hi\nchecks:\n  must_hand_off: true").checks.must_hand_off == tuple(HandoffReason)


def test_a_file_may_hold_several() -> None:
    text = "says: one\nchecks: {must_answer: true}\n---\nname: second\nsays: two\nchecks: {must_answer: true}\n"
    found = list(scenario_files.parse(text, Path("both.yaml")))
    assert [(each.scenario.name, each.line) for each in found] == [("both-1", 1), ("second", 4)]


def test_a_file_without_words_may_be_sent() -> None:
    assert parsed("attaches_file: true\nchecks:\n  must_hand_off: policy").says == ""


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("says: hi\nchecks:\n  must_cit: x", 3, "checks.must_cit: there is no such field; did you mean must_cite?"),
        ("says: hi\nsing: la\nchecks: {must_answer: true}", 2, "sing: there is no such field (there are name, about"),
        ("says: hi", 1, "checks: is missing"),
        ("checks:\n  must_answer: true", 1, "`says` is missing"),
        ("says: hi\nchecks:\n  most_turns: 0", 3, "checks.most_turns: input should be greater than or equal to 1"),
        ("says: hi\nchecks:\n  must_hand_off: anger", 3, "'wish', 'frustration'"),
        ("says: hi\nchecks: {}", 2, "checks: name at least one check"),
        ("says: hi\nchecks:\n  must_say: /(/", 3, "between the slashes stands no regular expression"),
        ("says: hi\nchecks:\n  must_say: yes", 3, "put it in quotes"),
        ("says: hi\nreactions:\n  answer: dance\nchecks: {must_answer: true}", 3, "write one of thanks, insists"),
        (
            "says: hi\nchecks:\n  must_answer: true\nknown_weakness:\n  must_cite: x",
            1,
            "known_weakness names must_cite, which is not checked here (must_answer)",
        ),
        (
            "says: hi\nchecks:\n  must_hand_off: true\n  must_not_hand_off: true",
            2,
            "must_hand_off and must_not_hand_off cannot both hold",
        ),
        ("says: hi\nsays: ho\nchecks: {must_answer: true}", 2, "says: stands here twice; keep one"),
        ("- says: hi", 1, "a scenario is lines of `field: value`"),
        ("says: [hi", 1, "this is no YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(text: str, line: int, words: str) -> None:
    told = problem(text)
    assert told.startswith(f"late.yaml:{line}: ")
    assert words in told


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_is_told(text: str) -> None:
    assert "the file is empty" in problem(text)


def test_yaml_that_is_nested_without_end_or_makes_objects_is_no_scenario() -> None:
    assert "this is no YAML" in problem("[" * 5000)
    assert "this is no YAML" in problem("says: !!python/object/apply:os.system [ls]")


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("says: hi\nchecks: {must_cit: x}")
    (tmp_path / "b.yml").write_text("says: hi\nchecks: {must_answer: maybe, most_turns: 99}")
    with pytest.raises(ScenarioProblem) as raised:
        scenario_files.read([tmp_path])
    assert len(str(raised.value).splitlines()) == 3
    assert "a.yaml:2" in str(raised.value)
    assert "b.yml:2" in str(raised.value)


def test_two_scenarios_of_one_name_are_told(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.yaml").write_text("says: hi\nchecks: {must_answer: true}")
    with pytest.raises(ScenarioProblem, match=r"'same' is the name of the one in .*one/same\.yaml:1 already"):
        scenario_files.read([tmp_path])


def test_the_order_is_that_of_the_names_and_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text("says: hi\nchecks: {must_answer: true}")
    found = scenario_files.read([tmp_path / "b.yaml", tmp_path])
    assert [each.scenario.name for each in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("no.yaml", None, "no such file or folder"),
        ("latin.yaml", "says: für".encode("latin-1"), "not UTF-8"),
        ("big.yaml", b"a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_files_that_cannot_be_read_are_told(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ScenarioProblem, match=words):
        scenario_files.read([tmp_path / name])


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioProblem, match="there is no scenario"):
        scenario_files.read([tmp_path])


def test_every_check_has_a_name_that_says_must_most_or_judge() -> None:
    assert all(name.startswith(("must_", "most_", "judge")) for name in Checks.model_fields)
