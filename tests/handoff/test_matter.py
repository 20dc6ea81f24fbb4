"""A customer's new question is held against what they had asked before."""

import pytest

from handoff.matter import same_matter

BEFORE = "How many days do I have to return an unused item?"


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (BEFORE, BEFORE),
        (BEFORE, "I still want to return my item, it is unused"),
        ("Where is my order LF2345678?", "I am still waiting for LF2345678, please help"),
        ("hello\nMy jacket leaks at the seams", "The seams of the jacket leak again"),
    ],
)
def test_who_asks_the_same_again_comes_back_with_it(earlier: str, new: str) -> None:
    assert same_matter(earlier, new, earlier_topic="returns", new_topic="returns")
    assert same_matter(new, earlier, earlier_topic="returns", new_topic="returns")


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (BEFORE, "Which shoes do you have in size 48?"),
        ("Where is my order LF2345678?", "Can I cancel LF2999999 before it ships?"),
        ("", BEFORE),
        ("Can I talk to a person please?", ""),
    ],
)
def test_another_question_is_another_matter(earlier: str, new: str) -> None:
    assert not same_matter(earlier, new, earlier_topic="returns", new_topic="returns")


def test_another_topic_is_another_matter_unless_one_is_unknown() -> None:
    assert not same_matter(BEFORE, BEFORE, earlier_topic="returns", new_topic="delivery")
    assert same_matter(BEFORE, BEFORE, earlier_topic="returns", new_topic="")
    assert same_matter(BEFORE, BEFORE, earlier_topic="", new_topic="returns")
