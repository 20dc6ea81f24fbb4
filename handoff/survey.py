"""When customers are asked how it went, the same for whoever resolved the conversation. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.kinds import NotAsked

NOT_ASKED_TITLES = {
    NotAsked.CONTACT_RULE: "asked about another conversation not long ago",
    NotAsked.TURNED_OFF: "surveys are turned off",
    NotAsked.CUSTOMER_GONE: "no longer in Slack",
    NotAsked.REOPENED: "went on before they were asked",
    NotAsked.UNDELIVERED: "Slack refused the post",
    NotAsked.TOO_LATE: "nobody was there to ask in time",
}


MOST_LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """The times of a survey."""

    delay: timedelta
    """From the resolution until the customer is asked."""
    contact: timedelta
    """Nobody is asked twice within this time, but about the same conversation when it was reopened."""
    reminder: timedelta
    """From asking until the one reminder; none for nothing."""
    expires: timedelta
    """From asking until a score no longer counts."""

    def due(self, resolved_at: datetime) -> datetime:
        """When to ask about a resolution."""
        return resolved_at + self.delay

    def too_late(self, due_at: datetime, moment: datetime) -> bool:
        """Whether a downtime kept the question back for so long that it would no longer be the same for all."""
        return moment >= due_at + min(MOST_LATE, self.expires)

    def reminds_at(self, asked_at: datetime) -> datetime | None:
        """When to remind; None where nobody is reminded."""
        return asked_at + self.reminder if self.reminder else None

    def expires_at(self, asked_at: datetime) -> datetime:
        """From when on a score comes too late."""
        return asked_at + self.expires
