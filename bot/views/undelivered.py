"""What managers read about a report that Slack does not take: where it was to go, why it cannot, and what to do."""

from datetime import date

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from bot.views import figures, mrkdwn
from bot.views.post import Post
from storage.kept_reports import KeptReport, Listed

WHY = {
    "channel_not_found": "there is no such channel that Baton can see",
    "is_archived": "the channel is archived",
    "not_in_channel": "Baton is not in that channel",
    "restricted_action": "Baton may not write in that channel",
    "restricted_action_read_only_channel": "nobody but its owners may write in that channel",
}
INVITE = "Write `/invite @Baton` in {channel}."
ELSEWHERE = "Name another channel in `BATON_MANAGERS_CHANNEL`, or beside the report in `baton.toml`, and restart Baton."
MENDS = {
    "channel_not_found": f"If the channel is private: {INVITE[0].lower()}{INVITE[1:]} If it is gone: {ELSEWHERE}",
    "is_archived": f"Unarchive {{channel}}. Or: {ELSEWHERE}",
    "not_in_channel": INVITE,
}
EXAMINE = "`baton doctor` says what is wrong, and how to mend it."
TRIES_ON = "Baton tries again by itself for about 40 minutes. After that `{again}` posts it."
ONCE = "`{again}` posts it then."
LONGEST = 80


def undelivered(kept: Listed, *, tried_again: bool) -> Post:
    """The report, why it did not arrive, and what to do; `tried_again` while Baton goes on by itself."""
    title = f"{name(kept)} could not be posted in {place(kept)}"
    after = (TRIES_ON if tried_again else ONCE).format(again=again(kept))
    lines = [
        f"*{title}*: {why(kept.trouble)}.",
        f"It says: {mrkdwn.escape(kept.headline)}",
        f"{mend(kept, place(kept))} {after}",
    ]
    blocks = [
        SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip("\n".join(lines), mrkdwn.SECTION))),
        ContextBlock(elements=[MarkdownTextObject(text=f"The report is kept: `{show(kept)}` shows it.")]),
    ]
    return Post.of(title, blocks)


def mend(kept: Listed, channel: str) -> str:
    """What to do, so that Slack takes it; `channel` is how its readers find it."""
    # What is no trouble of the channel, such as a token that was revoked, another channel would not mend.
    usual = ELSEWHERE if kept.trouble in WHY else EXAMINE
    return MENDS.get(kept.trouble, usual).format(channel=channel)


def name(kept: Listed) -> str:
    """Such as "The report “weekly” on 16-22 Nov 2026"."""
    days = figures.day_range(date.fromisoformat(kept.first_day), date.fromisoformat(kept.last_day))
    called = f" “{mrkdwn.escape(kept.schedule)}”" if kept.schedule else ""
    return f"The report{called} on {days}"


def why(trouble: str) -> str:
    """Slack's word, in words."""
    return WHY.get(trouble, f"Slack refuses it ({mrkdwn.escape(trouble)})")


def place(kept: Listed | KeptReport) -> str:
    """The channel, as people find it: by a link where its id is known."""
    return f"<#{kept.channel_id}>" if kept.channel_id else mrkdwn.clip(mrkdwn.escape(kept.channel), LONGEST)


def again(kept: Listed) -> str:
    """The command that posts the report once its channel is in order."""
    if kept.schedule:
        return f'baton schedule run "{mrkdwn.escape(kept.schedule)}" --window {kept.first_day} --again'
    return f"baton report --from {kept.first_day} --to {kept.last_day} --post"


def show(kept: Listed) -> str:
    """The command that shows the report as it was made."""
    return f"baton report --kept {kept.id}"
