"""Reviews in Slack: gathers what a reader sees, stores what they say, and lets trust draw the consequences."""

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import trust
from bot.desk import working
from bot.runtime import Runtime
from bot.views import review as review_view
from bot.views.customer import sources_of
from bot.views.desk import Line
from bot.views.ids import ReviewRef
from bot.views.post import View
from bot.views.review import Around, LastVerdict, ShownDraft
from handoff.agreement import agreement
from handoff.draft import Author
from storage import audits, conversations, handoffs, reviews
from storage.evidence import Review
from storage.kinds import Drawn, Fault, ReviewVerdict
from storage.reviews import Outcome
from storage.row import now
from storage.tables import Conversation, DraftRow, Message

log = structlog.get_logger(__name__)

LOW_RATING = 2
"""Ratings up to this send the replies behind them to review."""
MOST_CERTAIN = 5
"""How many of a conversation's replies are reviewed when something went wrong in it: the last ones."""
ERASED_AT_ONCE = 20
ERASED = "The conversation was erased before anybody read the draft."
WORDS = {
    Outcome.TAKEN: "Somebody else has that one, or has judged it by now. Your press changed nothing; here is the next.",
    Outcome.TWICE: "You have read that draft before; its second reading is for somebody else. Here is the next.",
    Outcome.GONE: "That draft is no longer there. Here is the next.",
    Outcome.ALREADY: "That was stored already; here is the next.",
}
BACK_TO_COPILOT = (
    "By that verdict {topic} went back to copilot: agents approve every reply there from now on. The managers' channel "
    "says why."
)
NOT_UNDONE = {
    Outcome.TAKEN: "That verdict is not yours to take back.",
    Outcome.GONE: "That draft is no longer there.",
    Outcome.ALREADY: "That verdict was taken back already.",
    Outcome.CERTIFIED: "A certificate rests on that verdict by now, so it stays. If it was a slip, tell a manager: "
    "they can return the topic to copilot.",
}


async def queue(runtime: Runtime, reader_id: str, ref: ReviewRef | None = None, word: str = "") -> View:
    """The form with the next draft for this person, which is kept for them for ten minutes."""
    ref = ref or ReviewRef()
    async with runtime.database.transaction() as session:
        review, draft = await _next(session, runtime, reader_id)
        shown = await _shown(session, runtime, draft) if draft else None
        agreed = ref.agreement or agreement(await audits.read_twice(session, runtime.workspace_id)).words
        ref = ref.model_copy(update={"review_id": review.id if review else "", "agreement": agreed})
        around = Around(
            waiting=await reviews.count_readable(session, runtime.workspace_id, reader_id),
            agreement=agreed,
            last=await _last(session, runtime, ref.last_id, reader_id),
            word=word,
        )
    runtime.posted()
    return review_view.queue(ref, shown, around)


async def judge(
    runtime: Runtime, reader_id: str, ref: ReviewRef, verdict: ReviewVerdict, *, frustrated: bool = False
) -> View:
    """Store a verdict, and show the next draft.

    Where the reader could tell, a box that they left unticked says that the customer was calm.
    """
    mood = None if verdict == ReviewVerdict.UNSURE else frustrated
    alarmed = False
    async with runtime.database.transaction() as session:
        judged = await reviews.judge(
            session, runtime.workspace_id, ref.review_id, verdict, reader_id, at=now(), frustrated=mood
        )
        if judged.outcome == Outcome.DONE and judged.review:
            await working.reviewed(session, runtime, judged.review)
            alarmed = await trust.after_review(session, runtime, judged.review)
    if judged.outcome == Outcome.DONE:
        ref = ref.model_copy(update={"reviewed": ref.reviewed + 1, "last_id": ref.review_id})
    word = WORDS.get(judged.outcome, "")
    if alarmed and judged.review:
        word = BACK_TO_COPILOT.format(topic=await runtime.topic_title(judged.review.topic))
    return await queue(runtime, reader_id, ref, word)


async def undo(runtime: Runtime, reader_id: str, ref: ReviewRef) -> View:
    """Take the last verdict back, and show its draft again."""
    async with runtime.database.transaction() as session:
        if ref.review_id:
            await reviews.let_go(session, runtime.workspace_id, ref.review_id, reader_id)
        judged = await reviews.undo(session, runtime.workspace_id, ref.last_id, reader_id, at=now())
        if judged.outcome == Outcome.DONE and judged.review:
            await working.said_more(session, runtime, judged.review, reader_id)
    if judged.outcome == Outcome.DONE:
        ref = ref.model_copy(update={"reviewed": max(0, ref.reviewed - 1), "last_id": ""})
    return await queue(runtime, reader_id, ref, NOT_UNDONE.get(judged.outcome, ""))


async def say_why(
    runtime: Runtime, reader_id: str, ref: ReviewRef, *, fault: Fault | None = None, note: str = ""
) -> View | None:
    """Add what was wrong to the last verdict, and show the form with it; None when the verdict is not theirs."""
    async with runtime.database.transaction() as session:
        kept = await reviews.say_why(session, runtime.workspace_id, ref.last_id, reader_id, fault=fault, note=note)
        if kept:
            await working.said_more(session, runtime, kept, reader_id)
    return await queue(runtime, reader_id, ref) if kept else None


async def stop(runtime: Runtime, reader_id: str, ref: ReviewRef) -> None:
    """The reader has closed the form: the draft they had in sight is free for others."""
    async with runtime.database.transaction() as session:
        await reviews.let_go(session, runtime.workspace_id, ref.review_id, reader_id)


async def certain(session: AsyncSession, conversation: Conversation, draft: DraftRow | None = None) -> int:
    """Something went wrong: the replies behind it are reviewed for certain, in the caller's transaction.

    Those that a coin drew stay as they were drawn, for the coin's chance is what estimates weigh them by.

    Args:
        session: of the transaction, in which the conversation is locked.
        conversation: where it went wrong: a low rating, a return, a thumbs-down.
        draft: the one reply it was about; otherwise the last ones that went out alone.

    Returns:
        How many drafts joined the queue.
    """
    workspace_id = conversation.workspace_id
    sent = await reviews.answered_drafts(session, workspace_id, conversation.id, limit=MOST_CERTAIN)
    about = [(row, decision) for row, decision in sent if draft is None or row.id == draft.id]
    known = await reviews.readings(session, workspace_id, [row.id for row, _ in about])
    fresh = [
        reviews.of_draft(row, decision, drawn=Drawn.CERTAIN, probability=1.0)
        for row, decision in about
        if row.id not in known
    ]
    reviews.add(session, *fresh)
    return len(fresh)


async def _next(session: AsyncSession, runtime: Runtime, reader_id: str) -> tuple[Review | None, DraftRow | None]:
    """The next draft for this person. Those of erased conversations are closed on the way: nobody can read them."""
    for _ in range(ERASED_AT_ONCE):
        review = await reviews.next_waiting(session, runtime.workspace_id, reader_id, now())
        if review is None:
            return None, None
        draft = await handoffs.draft(session, runtime.workspace_id, review.draft_id)
        if draft is not None:
            return review, draft
        reviews.close_unread(session, review, ERASED)
        await trust.after_review(session, runtime, review)
        await session.flush()
        log.info("review_of_erased_conversation_closed", review=review.id, topic=review.topic)
    return None, None


async def _shown(session: AsyncSession, runtime: Runtime, draft: DraftRow) -> ShownDraft:
    conversation = await conversations.by_id(session, runtime.workspace_id, draft.conversation_id)
    said = await conversations.until(session, runtime.workspace_id, draft.conversation_id, draft.message_id)
    asked = [each for each in said if each.id == draft.message_id]
    topic = draft.topic or (conversation.topic if conversation else "")
    return ShownDraft(
        topic_title=await runtime.topic_title(topic),
        earlier=tuple(_line(each) for each in said if each.id != draft.message_id),
        question=_with_files(asked[0]) if asked else "",
        reply=draft.text,
        sources=sources_of(draft.citations),
        thread_link=runtime.thread_link(conversation.channel_id, conversation.thread_ts) if conversation else "",
        drafted_at=draft.created_at,
    )


def _line(message: Message) -> Line:
    return Line(Author(message.author), message.author_id, message.text)


def _with_files(message: Message) -> str:
    names = [f"📎 {file.get('name') or 'a file'}" for file in message.files]
    return "\n".join([message.text, *names]).strip()


async def _last(session: AsyncSession, runtime: Runtime, review_id: str, reader_id: str) -> LastVerdict | None:
    review = await session.get(Review, (runtime.workspace_id, review_id)) if review_id else None
    if review is None or review.verdict is None or review.reviewer_id != reader_id:
        return None
    verdict = ReviewVerdict(review.verdict)
    return LastVerdict(
        review.id, verdict, review.fault, bool(review.note), review.conversation_id, draft_id=review.draft_id
    )
