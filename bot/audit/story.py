"""Tells a conversation as plain text: what was said, drafted and decided, and why. Pure."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot.audit import explaining
from bot.views.budget import money
from handoff import rounding
from handoff.report import ARM_TITLES, REASON_TITLES
from handoff.survey import NOT_ASKED_TITLES
from storage.costs import Total
from storage.endings import Rating, Resolution, Survey
from storage.evidence import Review
from storage.kinds import DraftRole, HandoffReason, NotAsked, Offered, ResolvedBy
from storage.stories import Story
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message

WIDTH = 100
_MOMENT = len("09:00:00  ")
_INDENT = " " * (_MOMENT + 2)

Entry = tuple[datetime, int, str, list[str]]
"""When, its rank among what has the same time, what it is, and its paragraphs."""


def tell(story: Story, time_zone: str, *, width: int = WIDTH) -> str:
    """The whole story, oldest first.

    Args:
        story: what is remembered.
        time_zone: in which clocks are read, such as "Europe/Berlin".
        width: of the page, in characters.
    """
    zone = ZoneInfo(time_zone)
    lines = [*_heading(story, zone), *_cost(story.costs), ""]
    day = story.conversation.opened_at.astimezone(zone).date()
    for moment, _, what, paragraphs in sorted(_entries(story), key=lambda entry: entry[:2]):
        local = moment.astimezone(zone)
        if local.date() != day:
            day = local.date()
            lines += ["", f"{day:%A %d %B %Y}", ""]
        lines.append(f"{local:%H:%M:%S}  {what}")
        lines += chain.from_iterable(_wrapped(paragraph, width) for paragraph in paragraphs)
    return "\n".join(lines) + "\n"


def as_json(story: Story) -> dict[str, Any]:
    """The same, row by row, for programs."""
    return {
        "conversation": story.conversation.model_dump(mode="json"),
        "messages": _dumped(story.messages),
        "drafts": _dumped(story.drafts),
        "decisions": _dumped(story.decisions),
        "handoffs": _dumped(story.handoffs),
        "survey": story.survey.model_dump(mode="json") if story.survey else None,
        "rating": story.rating.model_dump(mode="json") if story.rating else None,
        "reviews": _dumped(story.reviews),
        "certificates": _dumped(story.certificates.values()),
        "resolutions": _dumped(story.resolutions),
        "unposted": _dumped(story.unposted),
        "costs": [asdict(each) for each in story.costs],
    }


def _dumped(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [row.model_dump(mode="json") for row in rows]


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    # Addresses stay whole, so that they can be copied.
    wrapper = textwrap.TextWrapper(
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in paragraph.splitlines():
        yield from wrapper.wrap(line) or [""]


def _heading(story: Story, zone: ZoneInfo) -> Iterator[str]:
    conversation = story.conversation
    yield f"Conversation {conversation.id}: {_standing(conversation)}"
    place = f"channel {conversation.channel_id}, thread {conversation.thread_ts}, customer {conversation.customer_id}"
    known = (("topic", conversation.topic), ("language", conversation.language))
    yield ", ".join((place, *(f"{name} {value}" for name, value in known if value)))
    opened, began = f"opened {_moment(conversation.opened_at, zone)}", _began(story)
    if began > conversation.opened_at:
        opened += f", about a matter of its own since {_moment(began, zone)}"
    if conversation.first_reply_at and conversation.first_reply_at >= began:
        opened += f", first reply after {_lasted(began, conversation.first_reply_at)}"
    if conversation.resolved_at:
        opened += f", resolved after {_lasted(began, conversation.resolved_at)}"
    yield opened
    if conversation.split_from:
        yield f"split from conversation {conversation.split_from}"
    if conversation.merged_into:
        yield f"merged into conversation {conversation.merged_into}"
    if conversation.reopened:
        yield "reopened once" if conversation.reopened == 1 else f"reopened {conversation.reopened} times"
    if conversation.offered == Offered.PEOPLE_BY_LOT:
        yield "drawn by lot to go straight to people"
    if conversation.simulated:
        yield "This conversation is simulated."


def _began(story: Story) -> datetime:
    """When the matter began that it is about now: what was resolved for good before is over."""
    if not story.resolutions:
        return story.conversation.opened_at
    last = story.resolutions[-1]
    went_on = last.reopened_at and last.taken_back_at is None
    return last.reopened_at if went_on and last.reopened_at else last.opened_at


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%A %d %B %Y %H:%M:%S %Z}"


def _cost(costs: Sequence[Total]) -> Iterator[str]:
    """What models cost in it; nothing where none was asked."""
    if costs:
        parts = (f"{each.name} {_times(each)} {money(each.dollars)}" for each in costs)
        yield f"models cost {money(sum(each.dollars for each in costs))}: {', '.join(parts)}"


def _times(total: Total) -> str:
    failed = f", {total.failed} of them in vain" if total.failed else ""
    return f"({total.calls} call{'' if total.calls == 1 else 's'}{failed})"


def _standing(conversation: Conversation) -> str:
    if conversation.resolved_by:
        how = f" ({conversation.confirmation})" if conversation.confirmation else ""
        return f"resolved by {_arm(conversation.resolved_by)}{how}"
    return {"with_ai": "with Baton", "waiting": "waiting for a person", "with_human": "with a person"}.get(
        conversation.state, conversation.state
    )


def _lasted(since: datetime, until: datetime) -> str:
    seconds = (until - since).total_seconds()
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"


def _entries(story: Story) -> Iterator[Entry]:
    drafts = {draft.id: draft for draft in story.drafts}
    for message in story.messages:
        yield message.created_at, 0 if message.author == "customer" else 2, _speaker(message), _said(message)
    for decision in story.decisions:
        yield decision.created_at, 1, _decided(decision), list(_why(decision, story, drafts))
    for review in story.reviews:
        if review.reviewed_at:
            yield review.reviewed_at, 4, f"review by {review.reviewer_id}", list(_reviewed(review))
    for handoff in story.handoffs:
        yield from _handoff(handoff)
    for post in story.unposted:
        why = f": {post.error}" if post.error else ""
        yield post.created_at, 4, f"not posted yet ({post.purpose or post.method}, {post.state}{why})", []
    if story.conversation.resolved_at and story.conversation.resolved_by_person:
        yield story.conversation.resolved_at, 4, f"closed by {story.conversation.resolved_by_person}", []
    for resolution in story.resolutions:
        if resolution.taken_back_at:
            yield resolution.taken_back_at, 0, _taken_back(resolution), []
    if story.survey:
        yield from _survey(story.survey)
    if story.rating:
        yield _rating(story.rating)


def _taken_back(resolution: Resolution) -> str:
    where = f" in conversation {resolution.returned_in}" if resolution.returned_in else " in the thread"
    return f"the customer came back{where}: it no longer counts as resolved by {_arm(resolution.resolved_by)}"


def _arm(arm: str) -> str:
    return ARM_TITLES[ResolvedBy(arm)]


def _speaker(message: Message) -> str:
    edited = ", edited" if message.edited_at else ""
    return f"{message.author} {message.author_id}{edited}"


def _said(message: Message) -> list[str]:
    if message.deleted_at:
        return ["(deleted)"]
    files = [f"[file: {each.get('name') or each.get('title') or each.get('id')}]" for each in message.files]
    return [message.text, *files] if message.text else files


def _decided(decision: Decision) -> str:
    if decision.role == DraftRole.SHADOW:
        return f"in silence, a version on trial would have chosen: {decision.action}"
    return f"decision: {decision.action}"


def _why(decision: Decision, story: Story, drafts: dict[str, DraftRow]) -> Iterator[str]:
    yield from _standing_of(decision, story)
    if decision.reason:
        yield f"for a person: {REASON_TITLES[HandoffReason(decision.reason)]}"
    yield from (f"- {reason}" for reason in decision.reasons)
    yield from (f"found: {passage}" for passage in explaining.found(decision, story.articles))
    if decision.signals:
        strongest = sorted(decision.signals.items(), key=lambda signal: -abs(signal[1]))
        yield "signals: " + ", ".join(f"{name} {value:.2f}" for name, value in strongest if value)
    yield from explaining.sureness(decision)
    if versions := explaining.versions(decision):
        yield f"decision {decision.id}, by {versions}"
    if draft := drafts.get(decision.draft_id or ""):
        yield from _drafted(draft)
    yield from explaining.waiting([each for each in story.reviews if each.decision_id == decision.id])


def _standing_of(decision: Decision, story: Story) -> Iterator[str]:
    """The policy that it was held against, the proof behind it, and what was measured."""
    facts = [f"topic {decision.topic}"] if decision.topic else []
    facts.append(f"stage {decision.stage}")
    if decision.confidence is not None:
        facts.append(f"confidence {decision.confidence:.2f} (threshold {decision.threshold:.2f})")
    facts.append(f"frustration {decision.frustration:.2f} (limit {decision.frustration_limit:.2f})")
    if decision.sentiment:
        facts.append(f"sentiment {decision.sentiment:+.2f}")
    yield f"{', '.join(facts)}; took {decision.elapsed_ms:.0f} ms"
    if decision.drafter_version:  # before versions were kept, nothing was proved either
        yield explaining.proof(decision, story.certificates.get(decision.certificate_id))


def _reviewed(review: Review) -> Iterator[str]:
    yield explaining.review(review)
    if review.note:
        yield f"“{review.note}”"


def _drafted(draft: DraftRow) -> Iterator[str]:
    written = " ".join(dict.fromkeys(part for part in (draft.drafter, draft.model, draft.prompt_version) if part))
    cost = f", {draft.tokens_in} + {draft.tokens_out} tokens, ${draft.dollars:.4f}" if draft.tokens_in else ""
    yield f"draft by {written}, its own confidence {draft.own_confidence:.2f}{cost}"
    if draft.review_probability:
        chance, uniform = rounding.percent(draft.review_probability), rounding.percent(draft.audit_share)
        yield f"  chance of review {chance}, {uniform} of it by the uniform coin"
    for cited in draft.citations:
        link = f" <{cited['url']}>" if cited.get("url") else ""
        yield f"  source: {cited.get('title', '')}{link}"
    if draft.text or draft.clarifying_question:
        yield f"  “{draft.text or draft.clarifying_question}”"
    if draft.unhelpful_at:
        yield "  The customer said that it did not help."


def _handoff(handoff: Handoff) -> Iterator[Entry]:
    reason = REASON_TITLES[HandoffReason(handoff.reason)]
    told = [f"- {each}" for each in handoff.reasons]
    yield handoff.opened_at, 3, f"handoff {handoff.id}: {reason}", [*told, handoff.summary] if handoff.summary else told
    if handoff.claimed_at:
        yield handoff.claimed_at, 3, f"claimed by {handoff.claimed_by}", []
    if handoff.done_at:
        yield handoff.done_at, 3, "handoff done", []


def _survey(survey: Survey) -> Iterator[Entry]:
    if survey.asked_at:
        yield survey.asked_at, 5, f"survey: {survey.customer_id} was asked", []
    elif survey.not_asked and survey.resolved_at:
        why = NotAsked(survey.not_asked)
        yield survey.resolved_at, 5, f"survey: {survey.customer_id} was not asked ({NOT_ASKED_TITLES[why]})", []
    if survey.reminded_at:
        yield survey.reminded_at, 5, f"survey: {survey.customer_id} was reminded", []
    if survey.late_at:
        yield survey.late_at, 6, f"rating: {survey.late_score} of 5, too late to count", []


def _rating(rating: Rating) -> Entry:
    return rating.rated_at, 6, f"rating: {rating.score} of 5", [rating.comment] if rating.comment else []
