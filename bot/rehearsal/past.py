"""Takes past decisions again, each on the conversation as it was up to it, and tells what is different now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.considering import CAME_BACK, Asked, Considered, consider
from bot.recording import input_hash
from bot.rehearsal.grounds import Stood
from bot.rehearsal.results import Replayed, Side
from handoff import gate
from handoff.draft import Author, Turn
from storage.conversations import RECENT
from storage.evidence import Review
from storage.kinds import Action, ReviewVerdict, Stage
from storage.past_decisions import Past
from storage.tables import Decision, DraftRow, Message

_WORST_FIRST = tuple(
    verdict.value
    for verdict in (
        ReviewVerdict.HARMFUL,
        ReviewVerdict.WRONG,
        ReviewVerdict.UNSURE,
        ReviewVerdict.INCOMPLETE,
        ReviewVerdict.RIGHT,
    )
)


async def replay(stood: Stood, past: Past) -> list[Replayed]:
    """Take the decisions of one conversation again.

    What was decided because a customer came back to a person's case is left out: that needs no draft and no policy.

    Raises:
        CeilingReached: when it would cost more than is left.
    """
    messages = {message.id: message for message in past.messages}
    results: list[Replayed] = []
    topic, asked_back = "", False
    for decision in past.decisions:
        message = messages.get(decision.message_id)
        if message is not None and CAME_BACK not in decision.reasons:
            asked = Asked(_turns(past.messages, message), topic, bool(message.files), asked_back)
            now = await consider(stood.ground, asked)
            results.append(_held_together(stood, past, decision, now))
        topic = decision.topic or topic
        asked_back = asked_back or (decision.action == Action.CLARIFY and decision.draft_id is not None)
    return results


def _turns(messages: Sequence[Message], last: Message) -> tuple[Turn, ...]:
    """What had been said when the message came, as a turn reads it."""
    before = [each for each in messages if each.id < last.id and each.deleted_at is None]
    read = [*before[-(RECENT - 1) :], last]
    return tuple(Turn(Author(each.author), each.text, each.created_at) for each in read)


def _held_together(stood: Stood, past: Past, decision: Decision, now: Considered) -> Replayed:
    then_draft = past.drafts.get(decision.draft_id or "")
    verdict, audited_at = _reviewed([each for each in past.reviews if each.draft_id == decision.draft_id])
    result = Replayed(
        decision_id=decision.id,
        conversation_id=past.conversation.id,
        day=decision.created_at.date().isoformat(),
        then=_side_then(decision),
        now=_side_now(now),
        same_reply=_same_reply(then_draft, now),
        able_at=_able_at(now),
        answers_now=now.verdict.action == Action.ANSWER,
        verdict=verdict,
        audited_at=audited_at,
        input_changed=bool(decision.input_hash) and decision.input_hash != input_hash(now.turns),
        dollars=now.draft.usage.dollars if now.draft else 0.0,
    )
    if not result.other_way:
        return result
    return result.model_copy(update={"because": tuple(_differences(stood, decision, then_draft, now, result))})


def _side_then(decision: Decision) -> Side:
    return Side(
        action=decision.action,
        reason=decision.reason,
        first_reason=decision.reasons[0] if decision.reasons else "",
        confidence=decision.confidence,
        threshold=decision.threshold,
        stage=decision.stage,
        topic=decision.topic,
    )


def _side_now(now: Considered) -> Side:
    return Side(
        action=now.verdict.action,
        reason=now.verdict.reason or "",
        first_reason=now.verdict.reasons[0] if now.verdict.reasons else "",
        confidence=round(now.confidence.value, 4) if now.confidence else None,
        threshold=now.policy.threshold,
        stage=now.policy.stage,
        topic=now.policy.topic,
    )


def _reviewed(reviews: Sequence[Review]) -> tuple[str, float]:
    """The worse verdict of two readings, and the chance of the uniform coin if that one drew the draft."""
    said = [each.verdict for each in reviews if each.verdict]
    verdict = next((worst for worst in _WORST_FIRST if worst in said), "")
    return verdict, next((each.audit_share for each in reviews if each.audit and each.reading == 1), 0.0)


def _same_reply(then: DraftRow | None, now: Considered) -> bool:
    """Whether the draft is word for word the one that was reviewed, and rests on the same articles."""
    if then is None or now.draft is None or not then.text:
        return False
    articles = {each.get("title") for each in then.citations}
    return then.text == now.draft.text and articles == {each.title for each in now.cited}


def _able_at(now: Considered) -> float | None:
    """The confidence with which the message would be answered alone, were the threshold low enough."""
    if now.assessment is None or now.confidence is None:
        return None
    freely = replace(now.policy, stage=Stage.AUTOPILOT, threshold=0.0, certificate_id="")
    able = gate.decide(now.assessment, freely).action == Action.ANSWER
    return round(now.confidence.value, 4) if able else None


def _differences(
    stood: Stood, decision: Decision, then: DraftRow | None, now: Considered, result: Replayed
) -> Iterator[str]:
    """What has changed between then and now, in words."""
    if result.input_changed:
        yield "the conversation was edited since"
    if decision.stage != result.now.stage:
        yield f"the stage was {decision.stage}, now it is {result.now.stage}"
    if decision.threshold != result.now.threshold:
        yield f"the threshold was {decision.threshold:.2f}, now it is {result.now.threshold:.2f}"
    if decision.topic != result.now.topic:
        yield f"the topic was {decision.topic or 'none'}, now it is {result.now.topic or 'none'}"
    if decision.drafter_version != stood.ground.drafter_version:
        yield "another drafter, model, prompt or search writes now"
    if then and now.confidence and decision.confidence_version != now.confidence.version:
        yield f"confidence is measured by {now.confidence.version}, then by {decision.confidence_version}"
    if passages := _passages_differ(decision, now):
        yield passages
    if abs(decision.frustration - now.mood.frustration) >= 0.05:  # noqa: PLR2004 - less is no difference
        yield f"the frustration was read as {decision.frustration:.2f}, now as {now.mood.frustration:.2f}"


def _passages_differ(decision: Decision, now: Considered) -> str:
    if not decision.passages or (now.draft is None and not now.passages):
        return ""
    then = {str(each.get("content_hash")) for each in decision.passages}
    fresh = [each.title for each in now.passages if each.content_hash not in then]
    gone = len(then - {each.content_hash for each in now.passages})
    if fresh:
        return f"other articles are found, or changed ones: {', '.join(dict.fromkeys(fresh))}"
    return f"{gone} of the articles found then are not found now" if gone else ""
