"""Tells managers between reports when something got worse, once, and when it is over.

What is watched says `handoff.watches`, and when it got worse `handoff.alerts`. Any number of processes may sweep: a
series moves on, and what is to be told goes into the outbox, in one transaction that begins where the last one ended.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.alerts import cards
from bot.runtime import Runtime
from bot.schedule import Schedule
from bot.views import alert as alert_view
from handoff import alerts
from handoff.alerts import LEARNT_DAYS, Back, Event, Rise, SeriesState
from handoff.watches import FALSE_ALARMS_A_YEAR, WATCHES, Kind
from storage import alerts as stored
from storage.alerts import Cursor, Outcome
from storage.row import now
from storage.watched import Alert, Watched

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 60.0
PORTION, PORTIONS = 300, 20
"""Outcomes read in one transaction, and how many such portions a sweep reads: a long history is read in several."""
IDLE, SLACK = timedelta(hours=6), timedelta(hours=1)
"""Where nothing came for so long, the next look begins later, with room for what was stored late."""
SHOWN_CONVERSATIONS = 3
ALL = ""
"""The series of all topics together; its row also says how far a kind was read."""

Read = Callable[[AsyncSession, str, Cursor, datetime, int], Awaitable[list[Outcome]]]

READ: Mapping[Kind, tuple[Read, timedelta]] = {
    Kind.RATINGS: (stored.ratings, stored.RATING_STAYS),
    Kind.HANDOFFS: (stored.handoffs, stored.HANDED_OFF_WITHIN),
    Kind.ANSWERS: (stored.answers, stored.ANSWERED_WITHIN),
    Kind.MODEL: (stored.model_replies, stored.STORED_WITHIN),
    Kind.DELIVERY: (stored.survey_posts, stored.POSTED_WITHIN),
}
"""How the outcomes of each kind are read, and how old they are once they no longer change."""


def schedule(jobs: Schedule, runtime: Runtime) -> None:
    """Add the sweep, unless the team wants no alerts."""
    if not runtime.team.alerts.false_alarms_a_year:
        return
    jobs.add_sweep("alerts", SWEEP_SECONDS, partial(sweep, runtime))


async def sweep(runtime: Runtime, moment: datetime | None = None) -> int:
    """Read all outcomes that are settled by `moment`, the present one without any; returns how many posts were put."""
    moment = moment or now()
    told = await cards.follow(runtime)
    for kind in Kind:
        told += await _read(runtime, kind, moment)
    if told:
        runtime.posted()
    return told


async def _read(runtime: Runtime, kind: Kind, moment: datetime) -> int:
    told, (read, settled) = 0, READ[kind]
    until = moment - settled
    for _ in range(PORTIONS):
        async with runtime.database.reading() as session:
            known = await stored.series(session, runtime.workspace_id, kind)
            cursor = Cursor(known[ALL].read_until, known[ALL].read_id) if ALL in known else None
            found = await read(session, runtime.workspace_id, cursor, until, PORTION) if cursor else []
        if cursor is None:
            await _begin(runtime, kind, moment)
            continue
        if found or cursor.at < until - IDLE:
            async with runtime.database.transaction() as session:
                told += await _Portion(session, runtime, kind, moment, until, found).take(cursor)
        if len(found) < PORTION:
            break
    return told


async def _begin(runtime: Runtime, kind: Kind, moment: datetime) -> None:
    """Watch from now on; the last half year teaches what is usual."""
    first = Cursor(moment - timedelta(days=LEARNT_DAYS), "")
    try:
        async with runtime.database.transaction() as session:
            stored.begin(session, runtime.workspace_id, kind, ALL, since=moment, read=first)
    except IntegrityError:
        log.debug("watched_already", kind=kind)  # another process began at the same moment


@dataclass
class _Portion:
    """Outcomes that are read in one transaction."""

    session: AsyncSession
    runtime: Runtime
    kind: Kind
    moment: datetime
    until: datetime
    """Later outcomes may still change."""
    found: Sequence[Outcome]

    async def take(self, cursor: Cursor) -> int:
        """Move the series of this kind on from where they were read; returns how many posts were put."""
        rows = await stored.series(self.session, self.runtime.workspace_id, self.kind, lock=True)
        whole = rows[ALL]
        if (whole.read_until, whole.read_id) != (cursor.at, cursor.id):
            return 0  # another process was first
        found, told = self.found, 0
        states = {topic: SeriesState.from_json(row.state) for topic, row in rows.items()}
        for day, group in groupby(found, key=lambda each: self._day(each.at)):
            told += await self._on_day(day, list(group), rows, states)
        last = found[-1] if found else None
        whole.read_until, whole.read_id = (last.at, last.id) if last else (self.until - SLACK, "")
        for topic, row in rows.items():
            row.state, row.updated_at = states[topic].as_json(), self.moment
            self.session.add(row)
        return told

    async def _on_day(
        self, day: int, found: Sequence[Outcome], rows: dict[str, Watched], states: dict[str, SeriesState]
    ) -> int:
        watch, told = WATCHES[self.kind], 0
        told += await self._advance(rows[ALL], states, day, found, watch.false_alarms)
        if not watch.in_topics:
            return told
        watched = alerts.busy(states, watch, day)
        for topic in sorted({each.topic for each in found} - {ALL}):
            if topic not in rows:
                at = Cursor(rows[ALL].read_until, "")
                rows[topic] = stored.begin(
                    self.session, self.runtime.workspace_id, self.kind, topic, since=rows[ALL].since, read=at
                )
                states[topic] = SeriesState()
            rate = watch.in_topics / len(watched) if topic in watched else 0.0
            of_topic = [each for each in found if each.topic == topic]
            told += await self._advance(rows[topic], states, day, of_topic, rate)
        return told

    async def _advance(
        self, row: Watched, states: dict[str, SeriesState], day: int, found: Sequence[Outcome], rate: float
    ) -> int:
        watch, told = WATCHES[self.kind], 0
        rate *= self.runtime.team.alerts.false_alarms_a_year / FALSE_ALARMS_A_YEAR
        for teaches, group in groupby(found, key=lambda each: each.at < row.since or not rate):
            bad = [each.bad for each in group]
            state, events = alerts.advance(
                states[row.topic], watch, day, bad, rate=rate or watch.false_alarms, teaches=teaches
            )
            states[row.topic] = state
            for event in events:
                told += await self._tell(row, event)
        return told

    async def _tell(self, row: Watched, event: Event) -> int:
        muted = row.muted_until is not None and row.muted_until > self.moment
        if isinstance(event, Rise):
            alert = await self._raise(row, event, told=not muted)
            log.warning("alert_raised", kind=row.kind, topic=row.topic, seen=event.seen, bad=event.bad, muted=muted)
            if not muted:
                await cards.post(self.session, self.runtime, alert)
            return int(not muted)
        log.info("alert_over", kind=row.kind, topic=row.topic, became_usual=event.became_usual)
        return await self._end(row, event)

    async def _raise(self, row: Watched, rise: Rise, *, told: bool) -> Alert:
        since = self._midnight(rise.since)
        read = await READ[self.kind][0](self.session, row.workspace_id, Cursor(since, ""), self.until, PORTION)
        known = {each.id: each for each in (*read, *self.found)}.values()
        bad = [each for each in known if each.bad and row.topic in (ALL, each.topic) and each.at >= since]
        reasons: dict[str, int] = {}
        if self.kind is Kind.HANDOFFS:  # of those conversations alone: what is kept in copilot is told nowhere here
            went = {each.conversation_id for each in bad}
            reasons = await stored.handoff_reasons(self.session, row.workspace_id, went)
        figures = asdict(rise) | {
            "conversations": [each.conversation_id for each in sorted(bad, key=_when)[-SHOWN_CONVERSATIONS:]],
            "reasons": reasons,
        }
        alert = stored.raised(self.session, row, since=since, figures=figures, told=told)
        await self.session.flush()  # its end may be in the same portion
        return alert

    async def _end(self, row: Watched, back: Back) -> int:
        alert = await stored.standing(self.session, row.workspace_id, row.kind, row.topic)
        if alert is None:
            return 0
        stored.end(self.session, alert, "usual_now" if back.became_usual else "recovered")
        if not alert.told:
            return 0
        word = alert_view.over(
            self.kind,
            await self.runtime.topic_title(row.topic) if row.topic else "",
            since=date.fromordinal(back.since),
            seen=back.seen,
            bad=back.bad,
            usual=back.usual,
            became_usual=back.became_usual,
        )
        await cards.refresh(self.session, self.runtime, alert)
        await cards.say(self.session, self.runtime, word)
        return 1

    def _day(self, at: datetime) -> int:
        return at.astimezone(ZoneInfo(self.runtime.time_zone)).date().toordinal()

    def _midnight(self, day: int) -> datetime:
        return datetime.combine(date.fromordinal(day), time(), ZoneInfo(self.runtime.time_zone)).astimezone(UTC)


def _when(outcome: Outcome) -> datetime:
    return outcome.at
