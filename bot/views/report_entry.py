"""The way to the reports from a manager's App Home."""

from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.views import figures, mrkdwn
from bot.views.ids import ActionId, ReportRef

NONE_YET = "*Reports*\nNone yet: the first one comes after the first full week. `/baton report` makes one now."


@dataclass(frozen=True, slots=True)
class LastReport:
    """The report that was made last."""

    ref: ReportRef
    headline: str
    link: str
    """Where it was posted; empty when Slack does not have it."""
    simulated: str = ""
    """What of it did not really happen, in words."""
    trouble: str = ""
    """Why it could not be posted, in words; empty when it was, or is on its way."""


def on_home(last: LastReport | None) -> list[Block]:
    """The last report's verdict, and the buttons to all that it says and to earlier ones."""
    if last is None:
        return [SectionBlock(text=MarkdownTextObject(text=NONE_YET))]
    days = figures.day_range(last.ref.first, last.ref.last)
    where = f" · {mrkdwn.link(last.link, 'open it')}" if last.link else ""
    simulated = f" · {mrkdwn.escape(last.simulated)}" if last.simulated else ""
    text = f"*The last report*, {days}{simulated}{where}\n{mrkdwn.escape(last.headline)}"
    if last.trouble:
        text += f"\n:warning: {last.trouble}. It is kept: *Details* shows it, and `baton doctor` says what to do."
    value = last.ref.pack()
    buttons = [
        ButtonElement(text=PlainTextObject(text=name), action_id=action, value=value)
        for name, action in (("Details", ActionId.REPORT_DETAILS), ("Other weeks", ActionId.OTHER_REPORTS))
    ]
    return [
        SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION))),
        ActionsBlock(elements=buttons),
    ]
