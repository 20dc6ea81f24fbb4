"""Takes past decisions again, each on the conversation as it was up to it, and tells what is different now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.audit.remembering import Remembered, remembered
from bot.costs import account
from bot.rehearsal.grounds import Stood
from bot.rehearsal.results import Replayed, Side
from bot.thinking.considering import Considered, consider
from handoff import gate
from handoff.draft import input_hash
from handoff.gate import CAME_BACK
from handoff.holdout import DRAWN
from storage.database import Database
from storage.evidence import Review
from storage.kinds import Action, CallPurpose, ReviewVerdict, Stage
from storage.past_decisions import Past
from storage.tables import Decision, DraftRow

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


async def replay(stood: Stood, database: Database, past: Past) -> list[Replayed]:
    """Take the decisions of one conversation again, with the articles and the drafter of today.

    What was decided because a customer came back to a person's case is left out, for that needs no draft and no
    policy; so is the decision about a message that its customer took back.

    Args:
        stood: what Baton knows and may.
        database: where the conversation is.
        past: the conversation.

    Raises:
        CeilingReached: when it would cost more than is left.
    """
    results: list[Replayed] = []
    for decision in past.decisions:
        async with database.reading() as session:
            known = await remembered(session, decision.workspace_id, decision.id)
        asked = known.asked if known else None
        if known and asked and not {CAME_BACK, DRAWN} & set(decision.reasons):
            with account.counted() as spent:
                now = await consider(stood.ground, asked)
            result = _held_together(stood, past, known, now)
            dollars = result.dollars + spent.spent_for(CallPurpose.CROSS_CHECK)
            results.append(result.model_copy(update={"dollars": dollars}))
    return results


def _held_together(stood: Stood, past: Past, known: Remembered, now: Considered) -> Replayed:
    decision = known.decision
    reviews = [each for each in past.reviews if each.draft_id == decision.draft_id]
    verdict, audited_at = _reviewed(reviews, stood.ground.weighing.trained_until)
    result = Replayed(
        decision_id=decision.id,
        conversation_id=past.conversation.id,
        day=decision.created_at.date().isoformat(),
        then=_side_then(decision),
        now=_side_now(now),
        same_reply=_same_reply(known.draft, now),
        able_at=_able_at(now),
        answers_now=now.verdict.action == Action.ANSWER,
        verdict=verdict,
        audited_at=audited_at,
        input_changed=bool(decision.input_hash) and decision.input_hash != input_hash(now.turns),
        dollars=now.draft.usage.dollars if now.draft else 0.0,
    )
    if not result.other_way:
        return result
    return result.model_copy(update={"because": tuple(_differences(stood, known, now, result))})


def _side_then(decision: Decision) -> Side:
    return Side(
        action=decision.action,
        reason=decision.reason,
        first_reason=decision.reasons[0] if decision.reasons else "",
        confidence=decision.confidence,
        threshold=decision.threshold,
        stage=decision.stage,
        topic=decision.topic,
        weighed_by=decision.confidence_version,
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
        weighed_by=now.confidence.version if now.confidence else "",
    )


def _reviewed(reviews: Sequence[Review], trained_until: datetime | None) -> tuple[str, float]:
    """The worse verdict of two readings, and the chance of the uniform coin if that one drew the draft.

    What taught the confidence model in use is no evidence about it: for such a draft the chance is 0.
    """
    said = [each.verdict for each in reviews if each.verdict]
    verdict = next((worst for worst in _WORST_FIRST if worst in said), "")
    fresh = [each for each in reviews if trained_until is None or each.drafted_at > trained_until]
    return verdict, next((each.audit_share for each in fresh if each.audit and each.reading == 1), 0.0)


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


def _differences(stood: Stood, known: Remembered, now: Considered, result: Replayed) -> Iterator[str]:
    """What has changed between then and now, a sentence each."""
    decision = known.decision
    if decision.stage != result.now.stage:
        yield f"The stage was {decision.stage}, and is {result.now.stage}."
    if decision.threshold != result.now.threshold:
        yield f"The threshold was {decision.threshold:.2f}, and is {result.now.threshold:.2f}."
    if decision.frustration_limit != now.policy.frustration_limit:
        limits = f"{decision.frustration_limit:.2f}, and is {now.policy.frustration_limit:.2f}"
        yield f"The limit of frustration was {limits}."
    if decision.certificate_id and decision.certificate_id != now.policy.certificate_id:
        yield f"The certificate {decision.certificate_id} does not hold for this."
    if decision.topic != result.now.topic:
        yield f"The topic was {decision.topic or 'none'}, and is {result.now.topic or 'none'}."
    if decision.drafter_version != stood.ground.drafter_version:
        yield f"Version {decision.drafter_version or 'unknown'} drafted; now {stood.ground.drafter_version} does."
    if known.draft and now.confidence and decision.confidence_version != now.confidence.version:
        yield f"Confidence was weighed by {decision.confidence_version}, and is by {now.confidence.version}."
    if passages := _passages_differ(decision, now):
        yield passages
    if abs(decision.frustration - now.mood.frustration) >= 0.05:  # noqa: PLR2004 - less is no difference
        yield f"The frustration was read as {decision.frustration:.2f}, and is as {now.mood.frustration:.2f}."
    if result.input_changed:
        yield "The conversation was edited since."


def _passages_differ(decision: Decision, now: Considered) -> str:
    if not decision.passages or (now.draft is None and not now.passages):
        return ""
    then = {str(each.get("content_hash")) for each in decision.passages}
    fresh = [each.title for each in now.passages if each.content_hash not in then]
    gone = len(then - {each.content_hash for each in now.passages})
    if fresh:
        return f"Other articles are found, or changed ones: {', '.join(dict.fromkeys(fresh))}."
    return f"{gone} of the articles that were found is not found any more." if gone else ""
