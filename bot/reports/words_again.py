"""What customers wrote is not kept with a report: it is read again, as far as it is still there.

So a customer who is erased is erased in old reports too, and what they changed or took back is not shown as it was.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import excerpts
from bot.themes import finding
from handoff.report import Report
from handoff.report_parts import Excerpt
from storage import asked_in_vain, standing, themes
from storage.database import Database
from storage.endings import Rating
from storage.tables import Conversation


def without_words(report: Report) -> Report:
    """The report with no word of a customer."""
    silent = {"question": "", "comment": ""}
    return report.model_copy(
        update={
            "best": tuple(each.model_copy(update=silent) for each in report.best),
            "worst": tuple(each.model_copy(update=silent) for each in report.worst),
            "themes": tuple(each.model_copy(update={"examples": ()}) for each in report.themes),
        }
    )


async def with_words(database: Database, report: Report) -> Report:
    """The report with what customers wrote, masked."""
    async with database.reading() as session:
        best, worst = [
            tuple([await _reread(session, report, each) for each in found]) for found in (report.best, report.worst)
        ]
        examples = await _examples(session, report)
    named = tuple(each.model_copy(update={"examples": examples.get(each.key, ())}) for each in report.themes)
    return report.model_copy(update={"best": best, "worst": worst, "themes": named})


async def _reread(session: AsyncSession, report: Report, excerpt: Excerpt) -> Excerpt:
    key = (report.workspace_id, excerpt.conversation_id)
    conversation, rating = await session.get(Conversation, key), await session.get(Rating, key)
    if conversation is None:
        return excerpt.model_copy(update={"conversation_id": "", "question": excerpts.ERASED, "link": ""})
    resolution = await standing.last_of(session, conversation, report.window.since, report.window.until)
    question = await excerpts.question_of(session, conversation, resolution)
    return excerpt.model_copy(update={"question": question, "comment": excerpts.comment_of(rating, resolution)})


async def _examples(session: AsyncSession, report: Report) -> dict[str, tuple[str, ...]]:
    if not report.themes:
        return {}
    window = report.window
    found: dict[str, tuple[str, ...]] = {}
    for each in await themes.of_window(session, report.workspace_id, window.since, window.until):
        cases = [(conversation_id, message_id) for conversation_id, message_id in each.asked[: 2 * finding.EXAMPLES]]
        asked = await asked_in_vain.read(session, report.workspace_id, cases)
        order = {message_id: place for place, (_, message_id) in enumerate(cases)}
        asked.sort(key=lambda question: order.get(question.message_id, len(order)))
        found[each.theme_key] = tuple(finding.examples([question.text for question in asked]))
    return found
