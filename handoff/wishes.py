"""Recognises an explicit wish for a person, in any wording and some twenty languages. Pure.

A wish always hands off, so a false one costs an agent's time and a missed one costs a customer's trust: the patterns
want the act of talking beside the person, never a word for a person alone ("a tent for one person").
"""

import re
from collections.abc import Sequence
from functools import cache

from handoff.wishes_elsewhere import WISHES_ELSEWHERE

READ_AT_MOST = 1_500
"""Characters looked at from each end of a message."""

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+", re.DOTALL)

_ADJECTIVE = (
    r"(?:real|live|actual|living|human|proper|flesh[- ]and[- ]blood|different|competent|customer (?:service|support|"
    r"care)|support|service|sales|help ?desk|call cent(?:er|re))"
)
_SOMEONE = (
    r"(?:human(?: being)?s?|persons?|people|someone|somebody|anyone|anybody|agents?|represent[ai]tives?|reps?|"
    r"advis[eo]rs?|operators?|staff(?: member)?|employees?|colleagues?|managers?|supervisors?|specialists?|(?:some|"
    r"any)one (?:real|human|else)|customer (?:service|support|care)|support team|service team|member of (?:your |the "
    r")?(?:staff|team))"
)
_PERSON = rf"(?:(?:an?|the|your|some|any|one of your|another|with)\s+)*(?:{_ADJECTIVE}\s+)*{_SOMEONE}"
_REAL_PERSON = (
    rf"(?:an?\s+|some\s+|any\s+|another\s+|the\s+|your\s+)?(?:(?:{_ADJECTIVE}\s+)+"
    r"(?:persons?|someone|agents?|human(?: being)?s?|represent[ai]tives?|reps?|advis[eo]rs?|operators?|beings?|"
    r"people|staff)|human(?: being)?s?|represent[ai]tives?|agents?|operators?|supervisors?)"
)
_NO_MORE = (
    r"\b(?!['’-]|\s+(?:of|at|in|from)\s+(?:the|your|a|one|my)\s+(?:\w+\s+)?"
    r"(?:store|shop|branch|outlet)|-?\s*(?:size|tent|made))"
)
_TALK = r"(?:talk|speak|chat|spk|converse|write|tlk)(?:ing)?"
_NOT_ASKED = (
    r"\b(?:don'?t|do not|doesn'?t|didn'?t|no|not|without|never|before|instead of|rather than|avoid|who|do i|did i|"
    r"should i|have to|had to|must i|already|when i|after)\s+(?:\w+\s+){0,2}?"
)

_ENGLISH = (
    # talk to a person
    rf"(?<!\w){_TALK}\s+(?:to|with|2|w/)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:connect|transfer|forward|pass|put|hand|escalate|switch|redirect|direct|refer|route)(?:ed)?\b[^.!?]{{0,30}}?"
    rf"\s(?:to|through to|onto|over to|with|on to)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:get|give|send|find|fetch|bring|show|offer)\s+(?:me|us)\s+(?:to\s+)?{_REAL_PERSON}{_NO_MORE}",
    r"\b(?:get|give|send)\s+(?:me|us)\s+(?:your |a |the )?(?:manager|supervisor|someone|"
    r"somebody)\b(?!\s+(?:who\s+)?\w+s\b)",
    rf"\b(?:want|need|prefer|request|demand|like|have|get|see|contact|reach|ask for|asking for|asked for|call)\s+"
    rf"{_REAL_PERSON}(?:\s+(?:please|now|here|on|to|who|instead|for|right)\b|\s*(?:[.,!?;:)]|$))",
    r"\b(?:want|need|prefer|like)\s+(?:an?\s+)?(?:actual |real )?(?:person|someone|somebody)\s*(?:[.,!?;:)]|$|please\b|"
    r"(?:to|who can)\s+(?:talk|speak|chat|call|help me now|take over))",
    r"\bconnect\s+(?:me|us)\s+(?:to|with)\s+(?:your\s+|the\s+)?(?:support|service|help ?desk|team)\b",
    # a person shall act
    rf"\b(?:can|could|may|will|would|let|have|get|want)\s+(?:an?|some|your|the)?\s*(?:{_ADJECTIVE}\s+)+"
    r"(?:person|human|agent|someone|rep)\s+(?:please\s+)?(?:to\s+)?(?:help|look|take|handle|answer|call|contact|deal|"
    r"check|read|reply|respond|talk|speak)",
    r"\b(?:can|could|may|will|would|let|have|get|want)\s+(?:an?\s+)?(?:human|agent|human being|colleague of yours)\s+"
    r"(?:please\s+)?(?:to\s+)?(?:help|look|take|handle|answer|call|contact|deal|check|read|reply|respond|talk|speak)",
    r"\b(?:can|could|will|would|have|get|want)\s+(?:someone|somebody|anyone|a person|a manager|one of you)(?: from "
    r"\w+ \w+)?\s+(?:please\s+)?(?:to\s+)?(?:call|phone|ring|talk to|speak (?:to|with)|take over)\b",
    rf"\b(?:is|are)\s+there\s+{_PERSON}\s+(?:here\s+|there\s+|that\s+|who\s+)*(?:i|we)?\s*(?:can|could|to|may)?\s*"
    rf"(?:actually\s+|just\s+)?(?:{_TALK}|take over|on duty|available|reach)\b",
    rf"\b(?:is|are)\s+there\s+(?:an?y?\s+)?(?:{_ADJECTIVE}\s+)*(?:human|person|agent)s?\s+(?:here|there|available)\b",
    rf"\b(?:i'?ll|i will|i'?d|i would)\s+(?:only|rather|prefer to|just)\s+{_TALK}\s+(?:to|with)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:how|where)\s+(?:do|can|could|would)\s+(?:i|we)\s+(?:get hold of|get to|get|reach|contact|speak to|talk "
    rf"to|find)\s+(?:{_REAL_PERSON}|an?\s+person){_NO_MORE}",
    rf"\b(?:is|are)\s+(?:any|some)(?:one|body)\s+(?:here|there|around|available|in)\s+(?:(?:that|who)\s+)?(?:i|we)?\s*"
    rf"(?:can|could)\s+{_TALK}",
    # no machine
    r"\b(?:no|not an?|stop (?:this|the|with the|with this)|don'?t want (?:an?|this|to (?:talk|speak|chat) (?:to|"
    r"with) an?|your)|instead of an?|rather than an?|not with an?|not to an?|sick of (?:this|the|your)|done with "
    r"this|(?:won'?t|refuse to) (?:talk|speak) (?:to|with) an?)\s+(?:\w+\s+)?(?:bots?|chat ?bots?|robots?|machines?|"
    r"ai)\b(?!\s+(?:washable|wash|made|embroider))",
)
_ENGLISH_ALONE = (
    rf"(?:(?:ok|hi|hello|no|please|just|pls|hey|yes|i said|again|sorry but|"
    rf"sorry)[\s,.!-]+)*(?:to\s+)?(?:{_REAL_PERSON}|(?:an?\s+)?(?:{_ADJECTIVE}\s+)*(?:person|human|customer service|"
    rf"live chat|human support|live support|(?:talk|speak) to (?:someone|somebody)))"
    r"(?:[\s,.!?]+(?:please|pls|plz|now|here|thanks|thank you|required|needed|asap|plox))*[\s.!?]*"
)
_ENGLISH_PLEASE = (
    rf"(?:^|[.!?;,:\n]\s*|\b(?:just|only|simply)\s+)(?:an?\s+)?(?:{_ADJECTIVE}\s+)*"
    r"(?:human(?: being)?|person|agent|represent[ai]tive|operator|rep|advis[eo]r|supervisor|manager)\s*,?\s+"
    r"(?:please|pls|plz|now)\b"
)

_HINTS = (
    *("human", "person", "people", "someone", "somebody", "anyone", "anybody", "agent", "rep", "advis", "operator"),
    *("staff", "employee", "colleague", "manager", "supervisor", "specialist", "customer", "support", "service"),
    *("team", "bot", "machine", " ai", "live", "one of you"),
)
"""English words without one of which nobody wishes for a person."""

NEGATION_REACH = 60
"""Characters before a wish in which a negation turns it round."""


@cache
def _english() -> re.Pattern[str]:
    return _any_of(_ENGLISH)


@cache
def _elsewhere(language: str) -> re.Pattern[str]:
    return _any_of(WISHES_ELSEWHERE[language][1])


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def asks_for_person(text: str) -> bool:
    """Whether a message says that its writer wants a person instead of the assistant."""
    said = text if len(text) <= 2 * READ_AT_MOST else text[:READ_AT_MOST] + "\n" + text[-READ_AT_MOST:]
    said = " ".join(_NOT_SAID.sub(" ", said).casefold().replace("’", "'").split())
    return _asked_in_english(said) or any(
        any(hint in said for hint in hints) and _elsewhere(language).search(said)
        for language, (hints, _) in WISHES_ELSEWHERE.items()
    )


def _asked_in_english(said: str) -> bool:
    if not any(hint in said for hint in _HINTS):
        return False
    if re.fullmatch(_ENGLISH_ALONE, said) or re.search(_ENGLISH_PLEASE, said):
        return True
    return any(not _negated(said, found.start()) for found in _english().finditer(said))


def _negated(said: str, start: int) -> bool:
    return bool(re.search(_NOT_ASKED + r"$", said[max(0, start - NEGATION_REACH) : start]))
