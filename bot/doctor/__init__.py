"""`baton doctor`: looks at everything that a running Baton needs, and says how to mend what does not hold."""

from bot.doctor.at_slack import clock
from bot.doctor.check import Check, as_json, as_table
from bot.doctor.examination import examine

__all__ = ["Check", "as_json", "as_table", "clock", "examine"]
