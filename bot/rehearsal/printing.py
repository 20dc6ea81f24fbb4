"""A rehearsal in words, for a terminal. Pure."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.rehearsal.results import Ending, Outcome, Played, Rehearsal, Replayed, Side, Step, TopicRisk
from handoff import rounding
from storage.kinds import Action

WIDTH = 100
MOST_SHOWN = 20
"""Conversations that would go the other way; the JSON holds them all."""
SHOWN_OF_A_TEXT = 200

_DID = {
    Action.ANSWER: "answer",
    Action.CLARIFY: "ask back",
    Action.PROPOSE: "propose to an agent",
    Action.HAND_OFF: "hand off",
}
_ENDINGS = {Ending.TOO_LONG: "It went on until it was stopped.", Ending.NOT_PLAYED: "It was not played."}


def tell(rehearsal: Rehearsal) -> str:
    """The whole rehearsal: scenarios, past conversations, risk against coverage, cost, and the verdict."""
    weighed = f", confidence by {', '.join(rehearsal.weighed_by)}" if rehearsal.weighed_by else ""
    version = f"version {rehearsal.drafter_version}{weighed}"
    lines = [f"Rehearsed with {rehearsal.drafter} ({version}) on {_count(rehearsal.articles, 'article')}."]
    if rehearsal.scenarios:
        lines += ["", *_scenarios(rehearsal.scenarios)]
    if rehearsal.since:
        lines += ["", *_past(rehearsal)]
    if rehearsal.topics:
        lines += ["", *_topics(rehearsal.topics)]
    lines += ["", *_cost(rehearsal), verdict(rehearsal)]
    return "\n".join(lines) + "\n"


def verdict(rehearsal: Rehearsal) -> str:
    """In one sentence, whether it may go before customers, and what to look at."""
    failed = [each.name for each in rehearsal.scenarios if each.broke]
    topics = [each.topic or "no topic" for each in rehearsal.topics if each.broke]
    parts = [
        f"{len(failed)} of {len(rehearsal.scenarios)} scenarios broke ({_some(failed)})" if failed else "",
        f"the tolerance breaks in {', '.join(topics)}" if topics else "",
        f"{_count(len(rehearsal.not_replayed), 'conversation')} left out" if rehearsal.not_replayed else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"NOT READY: {said}." if said else "READY: every check and every tolerance that could be tested holds."


def _scenarios(played: Sequence[Played]) -> Iterator[str]:
    broke = [each for each in played if each.broke]
    weak = [each for each in played if not each.broke and each.having(Outcome.KNOWN_WEAKNESS)]
    held = len(played) - len(broke) - len(weak)
    yield f"Scenarios: {len(played)} in all, {held} as wanted, {len(broke)} broke, {len(weak)} with a known weakness."
    for each in broke:
        yield from ("", *_broken(each))
    for each in weak:
        yield from _weaknesses(each)
    for each in played:
        for check in each.having(Outcome.HOLDS_NOW):
            yield f"  holds now       {each.name}: {check.wanted}. Take known_weakness.{check.name} out of {each.path}."
    unjudged = Counter(check.why for each in played for check in each.having(Outcome.NOT_JUDGED))
    for why, times in unjudged.items():
        yield f"  not judged      {_count(times, 'question')}: {why}."


def _weaknesses(played: Played) -> Iterator[str]:
    """Each weakness once, with the checks that it fails."""
    known: dict[str, list[str]] = {}
    for check in played.having(Outcome.KNOWN_WEAKNESS):
        known.setdefault(check.weakness, []).append(check.wanted)
    for weakness, wanted in known.items():
        yield from _wrapped(f"known weakness  {played.name} ({', '.join(wanted)}): {weakness}", 2)


def _broken(played: Played) -> Iterator[str]:
    yield f"  BROKE  {played.name} ({played.path}:{played.line})"
    if played.problem:
        yield f"    {played.problem}"
    for check in played.having(Outcome.FAILED):
        yield from _wrapped(f"- {check.wanted}: {check.why or 'it does not hold'}", 4)
    for step in played.steps:
        yield from _step(step)
    if played.last_words:
        yield from _wrapped(f"customer: {played.last_words}", 6)
    if ending := _ENDINGS.get(played.ending):
        yield f"      {ending}"


def _step(step: Step) -> Iterator[str]:
    yield from _wrapped(f"customer: {_short(step.said)}", 6)
    sure = f", confidence {step.confidence:.2f} of {step.threshold:.2f}" if step.confidence is not None else ""
    yield from _wrapped(f"baton ({_did(step.action, step.reason)}{sure}): {_short(step.proposal or step.reply)}", 6)


def _past(rehearsal: Rehearsal) -> Iterator[str]:
    replayed = rehearsal.replayed
    other = [each for each in replayed if each.other_way]
    conversations = len({each.conversation_id for each in replayed})
    yield (
        f"Past conversations since {rehearsal.since}: {_count(len(replayed), 'decision')} in "
        f"{_count(conversations, 'conversation')}, "
        f"{len(replayed) - len(other)} the same way now, {len(other)} another way."
    )
    if rehearsal.not_replayed:
        yield f"  {_count(len(rehearsal.not_replayed), 'conversation')} left out: the ceiling was reached."
    edited = sum(each.input_changed for each in replayed)
    if edited:
        yield f"  {_count(edited, 'decision')} on a conversation that was edited since: not read as it was then."
    ways = Counter((each.then.action, each.now.action) for each in other)
    for (then, now), times in sorted(ways.items(), key=lambda each: (-each[1], each[0])):
        yield f"  {times:>5}  {_DID[Action(then)]} -> {_DID[Action(now)]}"
    for each in other[:MOST_SHOWN]:
        yield from ("", *_other_way(each))
    if len(other) > MOST_SHOWN:
        yield f"\n  and {len(other) - MOST_SHOWN} more; --json names them all."


def _other_way(each: Replayed) -> Iterator[str]:
    reviewed = f", the reply then was reviewed as {each.verdict}" if each.verdict else ""
    yield f"  {each.conversation_id}  {each.day}{reviewed}"
    yield from _wrapped(f"then  {_side(each.then)}", 4)
    yield from _wrapped(f"now   {_side(each.now)}", 4)
    if each.because:
        yield from _wrapped(f"why   {'; '.join(each.because)}", 4)


def _side(side: Side) -> str:
    sure = f", confidence {side.confidence:.2f} of {side.threshold:.2f}" if side.confidence is not None else ""
    first = f": {side.first_reason}" if side.first_reason else ""
    return f"{_did(side.action, side.reason)}{sure}{first}"


def _topics(topics: Sequence[TopicRisk]) -> Iterator[str]:
    yield "Risk against coverage, from random reviews of replies that would be the same today:"
    for topic in topics:
        yield from ("", *_topic(topic))


def _topic(topic: TopicRisk) -> Iterator[str]:
    here = topic.at_threshold
    now, then = _share(topic.answered_now, topic.decisions), _share(topic.answered_then, topic.decisions)
    yield f"  {topic.topic or 'no topic'}: answers {now} of {_count(topic.decisions, 'message')} alone (then {then})"
    if here.share_wrong is None:
        yield "    nobody has reviewed a reply that would be the same today, so its error is not known"
    else:
        sign = "BREAKS the tolerance of" if topic.broke else "within the tolerance of"
        yield (
            f"    {here.wrong} of {here.reviewed} reviewed replies wrong, {here.share_wrong:.1%}: {sign} "
            f"{topic.tolerance:.1%} (at most {topic.at_most:.1%}, 90 % sure)"
        )
    if topic.unreviewed:
        yield f"    {topic.unreviewed} of the {topic.answered_now} replies are not reviewed as they would be now"
    if any(rung.reviewed for rung in topic.rungs):
        yield "    threshold  answers  reviewed  wrong"
        for rung in topic.rungs:
            wrong = "unknown" if rung.share_wrong is None else f"{rung.share_wrong:.1%}"
            yield f"    {rung.threshold:>9.2f}  {rung.share_answered:>7.0%}  {rung.reviewed:>8}  {wrong:>7}"


def _cost(rehearsal: Rehearsal) -> Iterator[str]:
    ceiling = f", the ceiling is ${rehearsal.ceiling:.2f}" if rehearsal.ceiling is not None else ""
    yield f"Cost: ${rehearsal.dollars:.4f}{ceiling}."


def _did(action: str, reason: str) -> str:
    return f"{_DID[Action(action)]}, {reason}" if reason else _DID[Action(action)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _share(part: int, whole: int) -> str:
    return f"{rounding.number(part / whole)}%" if whole else "0%"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN_OF_A_TEXT else plain[:SHOWN_OF_A_TEXT].rsplit(" ", 1)[0] + " …"


def _wrapped(text: str, indent: int) -> list[str]:
    first, more = " " * indent, " " * (indent + 2)
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=more, break_long_words=False) or [first]
