"""A customer's words as others may read them again from Baton: in a thread, long after they were taken back. Pure."""

from handoff import personal_data
from handoff.masking import LEFT_OUT, without_planted
from handoff.vouched_links import AUTOLINK, BARE, LINK


def quotable(text: str) -> str:
    """The words without what they give away, without addresses of the web, and with nothing like a placeholder.

    `[card]` stands in place of a card, whose number does not stay in the thread once its customer has deleted it.
    """
    bare = AUTOLINK.sub(LEFT_OUT, LINK.sub(r"\1", text))
    return personal_data.redact(without_planted(BARE.sub(LEFT_OUT, bare)))
