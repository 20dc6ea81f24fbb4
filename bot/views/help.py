"""Answers to the slash command."""

from bot.views import block, mrkdwn
from bot.views.post import Post

COMMANDS = {
    "agent": "`/baton review` shows the drafts that wait for a review.\n"
    "`/baton search WORDS` shows what the articles say, those for agents too.\n"
    "`/baton help` shows this. Open handoffs are in App Home and in the desk channel.",
    "manager": "`/baton report` posts the report of the last full week in the managers' channel.\n"
    "`/baton review` shows the drafts that wait for a review.\n"
    "`/baton search WORDS` shows what the articles say, those for agents too.\n"
    "`/baton help` shows this. Topics and their policies are in App Home.",
    "customer": "Ask your question in the support channel, or write to me directly. A person is one button away.",
}


def command_help(role: str) -> Post:
    """What the command can do for this role."""
    return block.paragraph(
        f"*Baton answers customers, and knows when to pass the baton to a person.*\n{COMMANDS[role]}"
    )


def report_started() -> Post:
    """The report is on its way."""
    return block.paragraph("The report of the last full week is on its way to the managers' channel.")


def unknown_command(text: str, role: str) -> Post:
    """An unknown word after the command."""
    return block.paragraph(
        f"I don't know `{mrkdwn.clip(mrkdwn.escape(text.replace('`', ' ').strip()), 80)}`.\n{COMMANDS[role]}"
    )
