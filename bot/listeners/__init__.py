"""Slack in: one table of contents of everything that Baton listens to."""

from slack_bolt.async_app import AsyncApp

from bot.listeners import (
    alert_buttons,
    answer_buttons,
    budget_buttons,
    command,
    customer_buttons,
    desk_buttons,
    events,
    home,
    offer_buttons,
    reply_buttons,
    report_buttons,
    review_buttons,
    survey_buttons,
    theme_buttons,
    thread_buttons,
    topic_buttons,
)
from bot.runtime import Runtime


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register every listener."""
    events.register(app)
    home.register(app, runtime)
    customer_buttons.register(app, runtime)
    offer_buttons.register(app, runtime)
    reply_buttons.register(app, runtime)
    desk_buttons.register(app, runtime)
    thread_buttons.register(app, runtime)
    answer_buttons.register(app, runtime)
    theme_buttons.register(app, runtime)
    survey_buttons.register(app, runtime)
    topic_buttons.register(app, runtime)
    review_buttons.register(app, runtime)
    budget_buttons.register(app, runtime)
    report_buttons.register(app, runtime)
    alert_buttons.register(app, runtime)
    command.register(app, runtime)
