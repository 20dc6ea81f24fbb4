"""How much of a person's time a deed took. Pure.

Nobody is watched: what counts is the stretch before a deed, since there was something to do and since the same
person's deed before it, wherever that was. So a person's stretches never overlap, and waiting for a customer is no
work. A pause that is longer counts as the longest.
"""

from datetime import datetime, timedelta

GLANCE = timedelta(minutes=1)
"""The most that counts where no press shows when the person began: to read a card, and no more."""


def worked(at: datetime, *, since: tuple[datetime | None, ...], longest: timedelta) -> float:
    """The seconds that a deed took.

    Args:
        at: the deed.
        since: moments before which it cannot have begun: the person's last deed, the customer's last word, the press
            that showed the form. None where there is no such moment.
        longest: what a longer stretch counts as.

    Returns:
        0 to `longest`; 0 where nothing shows when it could have begun.
    """
    known = [moment for moment in since if moment is not None]
    if not known:
        return 0.0
    return min(longest, max(timedelta(), at - max(known))).total_seconds()
