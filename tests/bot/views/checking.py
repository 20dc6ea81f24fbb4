"""Holds a post to Slack's limits by the local workspace's own check."""

from typing import Any

from bot.demo.workspace import blocks
from bot.views.post import Post

MOST_TEXT = 40_000


def fits(post: Post) -> Post:
    """The post, when Slack would take it.

    Raises:
        SlackError: naming what is wrong where.
    """
    assert 0 < len(post.text) <= MOST_TEXT
    if post.blocks:
        blocks.check(list(post.blocks), most=blocks.IN_MESSAGES)
    return post


def view_fits(view: dict[str, Any]) -> dict[str, Any]:
    """The view, when Slack would take it."""
    blocks.check_view(view, view["type"])
    return view
