"""What goes out is checked against Slack's limits as the SDK does it, in fewer steps."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject, SectionBlock

from bot.views import block
from bot.views.post import Post, as_json
from tests.steps import steps

LONGEST_SECTION, MOST_BUTTONS = 3000, 25


def test_what_is_beyond_a_limit_of_slack_is_refused() -> None:
    too_long = SectionBlock(text=MarkdownTextObject(text="w" * (LONGEST_SECTION + 1)))
    with pytest.raises(SlackObjectFormationError, match="3000"):
        Post.of("Hello", [too_long])


def test_a_limit_of_what_a_block_holds_is_kept_too() -> None:
    inside = block.button("Yes", "yes", "w" * 2001)
    with pytest.raises(SlackObjectFormationError, match="2000"):
        Post.of("Hello", [ActionsBlock(elements=[inside])])


def test_a_row_of_buttons_is_turned_into_json_in_a_third_of_the_steps() -> None:
    row: Block = ActionsBlock(elements=[block.button("Yes", "yes", str(number)) for number in range(MOST_BUTTONS)])
    assert as_json(row) == row.to_dict()
    assert steps(lambda: as_json(row)) < steps(row.to_dict) / 3
