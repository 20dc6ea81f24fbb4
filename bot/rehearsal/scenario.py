"""What a scenario is: a customer, what they say, how they react, and what must come of it."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from storage.kinds import HandoffReason

MOST_TURNS = 8
"""Messages of the customer after which a scenario ends, whatever its script says."""


class Act(StrEnum):
    """What a customer does next."""

    THANKS = "thanks"
    INSISTS = "insists"
    """Says their first message again."""
    GETS_ANGRY = "gets_angry"
    ASKS_FOR_PERSON = "asks_for_person"
    LEAVES = "leaves"
    SAYS = "says"


ACTS = tuple(act.value for act in Act if act != Act.SAYS)


def _listed(given: object) -> object:
    """One alone is a list of one; nothing is none."""
    if given is None:
        return []
    return cast("list[object]", given) if isinstance(given, list) else [given]


def _said(given: object) -> object:
    """Numbers are words too; YAML's yes, no and dates are hardly what was meant."""
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    raise ValueError("write text here; put it in quotes if YAML reads it as something else")


def _pattern(given: str) -> str:
    if is_pattern(given):
        try:
            re.compile(given[1:-1])
        except re.error as error:
            raise ValueError(f"between the slashes stands no regular expression ({error})") from error
    return given


def is_pattern(given: str) -> bool:
    """Whether a text to look for is a regular expression, which is written between slashes."""
    return len(given) > 2 and given.startswith("/") and given.endswith("/")  # noqa: PLR2004 - more than the slashes


Line = Annotated[str, BeforeValidator(_said), Field(min_length=1)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_listed)]
Patterns = Annotated[tuple[Annotated[Line, AfterValidator(_pattern)], ...], BeforeValidator(_listed)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Move(_Part):
    """One reaction: an act, with its words where the customer says something of their own."""

    act: Act
    text: str = ""


def _move(given: object) -> object:
    if isinstance(given, Move):
        return given
    if isinstance(given, str) and given in ACTS:
        return Move(act=Act(given))
    if isinstance(given, dict):
        named = cast("dict[str, object]", given)
        if set(named) == {"act", "text"}:
            return named
        if set(named) == {"says"}:
            return Move(act=Act.SAYS, text=str(_said(named["says"])))
    raise ValueError(f"write one of {', '.join(ACTS)}, or `says: …` with the customer's words")


Moves = Annotated[tuple[Annotated[Move, BeforeValidator(_move)], ...], BeforeValidator(_listed)]


class Fact(_Part):
    """Something that the customer tells only when they are asked for it."""

    when: Annotated[Lines, Field(min_length=1)]
    """Words of a question; one of them is enough."""
    says: Line


class Customer(_Part):
    """Who writes."""

    who: str = ""
    language: str = "en"
    """ISO 639-1, of the words that the script puts into their mouth."""
    played_by: Literal["script", "model"] = "script"
    wants: str = ""
    """What a model in their role is after."""
    facts: tuple[Fact, ...] = ()


class Reactions(_Part):
    """What the customer does, in order, each time Baton answers, asks back or hands off; at the end they leave."""

    answer: Moves = ()
    clarify: Moves = ()
    handoff: Moves = ()


def _reasons(given: object) -> object:
    if isinstance(given, bool):
        return list(HandoffReason) if given else []
    return _listed(given)


class Checks(_Part):
    """What must come of it. Each is a rule, but for the questions to a judge."""

    must_answer: bool = False
    must_clarify: bool = False
    must_hand_off: Annotated[tuple[HandoffReason, ...], BeforeValidator(_reasons)] = ()
    """One of these reasons must be the one; all of them stand for `true`."""
    must_not_hand_off: bool = False
    must_cite: Lines = ()
    """Articles, each by its key in the source, the end of its address, or its title."""
    must_cite_one_of: Lines = ()
    must_not_cite: Lines = ()
    must_say: Patterns = ()
    must_not_say: Patterns = ()
    most_turns: Annotated[int, Field(ge=1, le=MOST_TURNS)] | None = None
    """Messages of the customer."""
    judge: Lines = ()
    """Questions that a model answers with yes or no, where one is configured."""

    @model_validator(mode="after")
    def _sensible(self) -> "Checks":
        if not self.wanted():
            raise ValueError("name at least one check, such as must_answer: true")
        if self.must_hand_off and self.must_not_hand_off:
            raise ValueError("must_hand_off and must_not_hand_off cannot both hold")
        return self

    def wanted(self) -> tuple[str, ...]:
        """The names of the checks that are made."""
        return tuple(name for name in Checks.model_fields if getattr(self, name))


class Scenario(_Part):
    """A customer who writes, and what must come of it."""

    name: str = ""
    about: str = ""
    customer: Customer = Customer()
    says: str
    """The first message."""
    attaches_file: bool = False
    reactions: Reactions = Reactions()
    checks: Checks
    known_weakness: dict[str, Line] = {}
    """Checks that are known to fail, and why: they are reported, and break nothing."""

    @model_validator(mode="before")
    @classmethod
    def _not_empty(cls, given: Any) -> Any:
        if isinstance(given, dict) and not given.get("says") and not given.get("attaches_file"):
            raise ValueError("`says` is missing: the customer's first message")
        return {"says": ""} | given if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _weak_where_checked(self) -> "Scenario":
        wanted = self.checks.wanted()
        if strange := sorted(set(self.known_weakness) - set(wanted)):
            raise ValueError(
                f"known_weakness names {', '.join(strange)}, which is not checked here ({', '.join(wanted)})"
            )
        return self
