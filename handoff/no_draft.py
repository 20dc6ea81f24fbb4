"""Why there is no draft, in words that an agent understands, and back from these words to the cause. Pure.

A decision stores the words; who holds it against another policy needs the cause again.
"""

import re
from collections.abc import Iterable

_WORDS = {
    "timeout": "The model did not answer in time",
    "unreachable": "The model could not be reached",
    "untrusted": "The model's server shows a certificate that is not trusted here",
    "wrong_key": "The model's server does not accept Baton's key",
    "unknown_model": "The model's server does not know the model that is set",
    "rate_limited": "The model is asked too much just now",
    "no_quota": "The quota of the model is used up",
    "rejected": "The model's server refused the request",
    "too_long": "The conversation is too long for the model",
    "refused": "The model declined to answer",
    "filtered": "A content filter of the model's provider stopped the reply",
    "truncated": "The model's reply was cut off",
    "invalid_output": "The model's reply could not be read",
    "endless": "The model's reply did not end",
    "cannot_see": "The model takes no pictures",
    "resting": "The model failed several times in a row and rests for a while",
    "told_its_rules": "The model's reply told Baton's own rules",
}
"""What happened, by `handoff.draft.NoUsableDraft.cause`."""
_END = ", so there is no draft."
_ANY_OTHER = re.compile(r"The (?:drafter|model) gave no usable reply \((?P<cause>[^)]+)\)")
"""Also how decisions of earlier versions tell each cause."""
_CAUSES = {f"{words}{_END}": cause for cause, words in _WORDS.items()}
UNKNOWN = "unknown"


def words(cause: str) -> str:
    """Why there is no draft, as a sentence: "The model could not be reached, so there is no draft."."""
    happened = _WORDS.get(cause) or f"The model gave no usable reply ({cause.replace('_', ' ')})"
    return f"{happened}{_END}"


def cause(reasons: Iterable[str]) -> str:
    """The cause that one of a decision's reasons tells; `unknown` where none does."""
    for reason in reasons:
        if known := _CAUSES.get(reason):
            return known
        if told := _ANY_OTHER.search(reason):
            return told["cause"].replace(" ", "_")
    return UNKNOWN
