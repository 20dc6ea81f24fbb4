"""One conversation of the sample shop that never happened, played from the first message to the rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo import past_questions as past
from bot.demo.odds import COMMENTS, CONFIRMS, ODDS, RATES, REOPENS, RETURNS, SATISFIED_AFTER_HELP
from bot.demo.past_evidence import weighed
from bot.demo.past_questions import PastQuestion, PeopleQuestion
from bot.demo.past_rows import Row, Transcript
from bot.demo.shop import organisation
from handoff.draft import Author
from storage.kinds import (
    Action,
    Confirmation,
    ConversationState,
    HandoffReason,
    HandoffState,
    Offered,
    ResolvedBy,
    Stage,
    TakenBack,
)

OPENS, CLOSES = time(9), time(18)
LAST_WEEKDAY = 4

ENDED = ("resolved_at", "resolved_by", "confirmation", "reopened")
"""What a resolution has of its conversation's end."""

SILENCE = timedelta(days=1)


def working_time_later(moment: datetime, minutes: float) -> datetime:
    """The moment at which a team that works Monday to Friday, 9 to 18, has spent so many minutes."""
    zone = ZoneInfo(organisation.TIME_ZONE)
    at, left = moment.astimezone(zone), timedelta(minutes=minutes)
    while True:
        opens, closes = (datetime.combine(at.date(), hour, zone) for hour in (OPENS, CLOSES))
        if at.weekday() <= LAST_WEEKDAY and at < closes:
            at = max(at, opens)
            if at + left <= closes:
                return (at + left).astimezone(UTC)
            left -= closes - at
        at = datetime.combine(at.date() + timedelta(days=1), time(), zone)


@dataclass
class PastConversation(Transcript):
    """One conversation as it is being played."""

    def play(self) -> None:
        """Let it happen, from the first message to the rating."""
        odds, drawn = ODDS[self.topic], self.even.draw("arm", self.topic)
        question = self.chance.choice([each for each in past.ANSWERED if each.topic == self.topic])
        if self.stage is Stage.AUTOPILOT and drawn < odds.alone:
            self._ai_settles(question)
        elif self.stage is Stage.AUTOPILOT and drawn < odds.alone + odds.with_help:
            self._ai_then_a_person(question)
        else:
            self._a_person(question)
        self._comes_back()
        self._rate()

    def _ai_settles(self, question: PastQuestion) -> None:
        asked = self._says(Author.CUSTOMER, self.chance.choice(question.asked))
        self._answer(question, asked)
        confirmed = self.chance.random() < CONFIRMS
        if confirmed:
            self._wait(seconds=self.chance.uniform(40, 1500))
            if self.chance.random() < 0.4:  # noqa: PLR2004 - most only press the button
                self._says(Author.CUSTOMER, self.chance.choice(past.THANKS))
        else:
            self.now += SILENCE
        reopened = int(self.chance.random() < REOPENS)
        self._resolve(ResolvedBy.AI, Confirmation.CONFIRMED if confirmed else Confirmation.ASSUMED, reopened=reopened)

    def _ai_then_a_person(self, question: PastQuestion) -> None:
        asked = self._says(Author.CUSTOMER, self.chance.choice(question.asked))
        self._answer(question, asked)
        self._wait(seconds=self.chance.uniform(60, 1800))
        reason, words = self._turning_point(question)
        asked = self._says(Author.CUSTOMER, words)
        self._hand_over(asked, reason)
        self._agent_settles(question.agent, ResolvedBy.AI_THEN_HUMAN)

    def _a_person(self, question: PastQuestion) -> None:
        kind = self.chance.random()
        if self.stage is Stage.COPILOT:
            asked, reason, draft = self.chance.choice(question.asked), HandoffReason.POLICY, question
        elif kind < 0.45:  # noqa: PLR2004 - how direct handoffs split
            asked, reason, draft = self.chance.choice(question.asked), HandoffReason.LOW_CONFIDENCE, question
        elif kind < 0.62:  # noqa: PLR2004
            asked, reason, draft = self.chance.choice(past.WISHES), HandoffReason.WISH, None
        elif kind < 0.72:  # noqa: PLR2004
            asked, reason, draft = self.chance.choice(past.ANGRY), HandoffReason.FRUSTRATION, None
        else:
            asked, reason, draft = "", HandoffReason.NOTHING_FOUND, None
        if reason is HandoffReason.NOTHING_FOUND:
            other = self._for_people()
            said, agent = self._says(Author.CUSTOMER, self.chance.choice(other.asked)), other.agent
        else:
            said, agent = self._says(Author.CUSTOMER, asked), question.agent
        if reason in (HandoffReason.WISH, HandoffReason.FRUSTRATION):
            self.row["offered"] = Offered.PEOPLE
        self._hand_over(said, reason, draft)
        self._agent_settles(agent, ResolvedBy.HUMAN)

    def _for_people(self) -> PeopleQuestion:
        return self.chance.choice([each for each in past.FOR_PEOPLE if each.topic == self.topic])

    def _turning_point(self, question: PastQuestion) -> tuple[HandoffReason, str]:
        drawn = self.chance.random()
        if drawn < 0.25:  # noqa: PLR2004 - how customers leave the AI
            return HandoffReason.WISH, self.chance.choice(past.WISHES)
        if drawn < 0.4:  # noqa: PLR2004
            return HandoffReason.FRUSTRATION, self.chance.choice(past.ANGRY)
        reason = HandoffReason.LOW_CONFIDENCE
        return reason, question.objection if drawn < 0.8 else self.chance.choice(past.NO_HELP)  # noqa: PLR2004

    def _answer(self, question: PastQuestion, asked: Row) -> None:
        self._wait(seconds=self.chance.uniform(0.4, 2.5))
        sure = weighed(self.chance, 0.6 + 0.38 * self.chance.betavariate(3, 2))
        draft = self._draft(question, asked, sure)
        words = f"Sure enough (confidence {sure.value:.2f}, the threshold is 0.60)."
        self._decide(asked, Action.ANSWER, "", (words,), draft=draft)
        self._says(Author.BOT, question.answer)
        self.row["first_reply_at"] = self.row["first_reply_at"] or self.now
        self.row["ai_replied"] = True

    def _hand_over(self, asked: Row, reason: HandoffReason, question: PastQuestion | None = None) -> None:
        self._wait(seconds=self.chance.uniform(0.3, 2.0))
        by_policy = reason is HandoffReason.POLICY
        sure = weighed(self.chance, self.chance.uniform(0.65, 0.9) if by_policy else self.chance.uniform(0.2, 0.59))
        draft = self._draft(question, asked, sure) if question else None
        reasons = (_reason_in_words(reason, sure.value),)
        action = Action.PROPOSE if reason is HandoffReason.POLICY else Action.HAND_OFF
        self._decide(asked, action, reason, reasons, draft=draft)
        self._says(Author.BOT, past.HANDED_OVER)
        self.rows.handoffs.append(
            {
                **self._keys("handoff"),
                "state": HandoffState.DONE,
                "reason": reason,
                "reasons": list(reasons),
                "priority": int(reason in (HandoffReason.WISH, HandoffReason.FRUSTRATION)),
                "summary": asked["text"],
                "draft_id": draft["id"] if draft else None,
                "opened_at": self.now,
            }
        )

    def _agent_settles(self, answers: Sequence[str], arm: ResolvedBy) -> None:
        handoff = self.rows.handoffs[-1]
        longest = 20 if handoff["priority"] else 60
        self.now = working_time_later(self.now, self.chance.uniform(3, longest))
        handoff |= {"claimed_at": self.now, "claimed_by": self.agent_id}
        self.now = working_time_later(self.now, self.chance.uniform(1, 9))
        self._says(Author.AGENT, self.chance.choice(answers))
        self.row["first_reply_at"] = self.row["first_reply_at"] or self.now
        self.row["first_human_reply_at"] = self.now
        self.now = working_time_later(self.now, self.chance.uniform(6, 150))
        if self.chance.random() < 0.6:  # noqa: PLR2004 - many say thanks
            self._says(Author.CUSTOMER, self.chance.choice(past.THANKS_AFTER_ALL))
        self._wait(seconds=self.chance.uniform(20, 400))
        handoff["done_at"] = self.now
        self._resolve(arm, Confirmation.CONFIRMED, person=self.agent_id)

    def _resolve(
        self, arm: ResolvedBy, confirmation: Confirmation, *, person: str | None = None, reopened: int = 0
    ) -> None:
        confirmed_by_customer = self.customer_id if confirmation is Confirmation.CONFIRMED else None
        self.row |= {
            "state": ConversationState.RESOLVED,
            "resolved_at": self.now,
            "resolved_by": arm,
            "confirmation": confirmation,
            "resolved_by_person": person or confirmed_by_customer,
            "reopened": reopened,
        }
        copied = ("topic", "opened_at", "first_reply_at", "offered", "simulated", "resolved_by_person", *ENDED)
        self.rows.resolutions.append({**self._keys("resolution"), **{name: self.row[name] for name in copied}})

    def _comes_back(self) -> None:
        """Some find later that it was not solved after all, and ask anew."""
        resolution = self.rows.resolutions[-1]
        chance = Random(self.row["id"])  # noqa: S311 - its own, so that nothing else goes otherwise
        back_at = self.now + timedelta(hours=chance.uniform(2, 120))
        if chance.random() < RETURNS[resolution["resolved_by"]] and back_at < self.until:
            resolution |= {"taken_back_at": back_at, "taken_back_how": TakenBack.RETURNED}

    def _rate(self) -> None:
        arm: ResolvedBy = self.row["resolved_by"]
        keys = {"workspace_id": self.workspace_id, "conversation_id": self.row["id"], "customer_id": self.customer_id}
        survey: Row = {**keys, "asked_at": self.now, "answered_at": None}
        self.rows.surveys.append(survey)
        if self.even.draw("rates", arm) >= RATES[arm]:
            return
        rated_at = self.now + timedelta(minutes=self.chance.expovariate(1 / 90))
        if rated_at >= self.until:
            return
        survey["answered_at"] = rated_at
        score = self._score(arm)
        comment = self.chance.choice(past.COMMENTS[score]) if self.chance.random() < COMMENTS else ""
        self.rows.ratings.append({**keys, "score": score, "comment": comment, "rated_at": rated_at})

    def _score(self, arm: ResolvedBy) -> int:
        odds = ODDS[self.topic]
        satisfied = {
            ResolvedBy.AI: odds.satisfied_with_ai,
            ResolvedBy.HUMAN: odds.satisfied_with_people,
            ResolvedBy.AI_THEN_HUMAN: SATISFIED_AFTER_HELP,
        }[arm]
        if self.even.draw("satisfied", arm, self.topic) < satisfied:
            return self.chance.choices((5, 4), (65, 35))[0]
        return self.chance.choices((3, 2, 1), (40, 30, 30))[0]


def _reason_in_words(reason: HandoffReason, sure: float) -> str:
    return {
        HandoffReason.WISH: "The customer asks for a person.",
        HandoffReason.FRUSTRATION: "The customer is frustrated.",
        HandoffReason.LOW_CONFIDENCE: f"Not sure enough of the draft (confidence {sure:.2f}, the threshold is 0.60).",
        HandoffReason.NOTHING_FOUND: "Nothing in the knowledge base fits the question.",
    }.get(reason, "In this topic every draft needs an agent's approval (copilot).")
