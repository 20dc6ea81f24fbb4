"""Words by which a source lays down for whom, how far and how surely something holds. Data."""

from handoff.lexicon.patterns import Pattern

EVERYONE = Pattern(r"\b(?:everyone|everybody|anyone|anybody|jedermann|(?:all|every) [^\W\d_]+|alle [^\W\d_]+)\b")
"""All there are, wherever a sentence says it."""
EVERY_PERSON = Pattern(r"\b(?:everyone|everybody|anyone|anybody|jedermann)\b")
ALL_TOO = Pattern(
    r"\b(?:each|any|always|whoever|whatever|nobody|no one|without exception|daily|public|open to all|jede\w*)\b"
)
"""How a source may say the same in other words."""
RESTRICTED = Pattern(
    r"^\W*only\b|\bonly (?:for|to|on|with|available|open)\b|\b(?:for|on|to|with|in) (?:the )?(?:\w+ ){1,3}only\b|"
    r"^\W*nur\b|\bnur (?:fur|mit|an|bei)\b"
)
"""What holds for some alone."""

_HEDGES = (
    r"\b(?:may|might|could|usually|mostly|normally|generally|typically|often|sometimes|in most cases|as a rule|"
    r"meistens?|normalerweise|gewohnlich|manchmal|moglicherweise)\b"
)
HEDGED = Pattern(_HEDGES)
"""What is not said of every time."""
SOFT = Pattern(
    rf"{_HEDGES}|\b(?:can|possible|possibly|perhaps|maybe|most|some|allowed|permitted|welcome|free to|option\w*|"
    r"likely|expect|about|around|konnen|kann|darf|durfen|moglich|vielleicht)\b"
)
"""How a reply may say it as softly."""
SURE = Pattern(r"\b(?:will|always|each time|every time|wird|werden|immer|stets)\b")
MAY = Pattern(r"\b(?:may|might) ([a-z]{3,})\b")
"""What may happen, by its verb."""

CONDITION = Pattern(
    r"^(?:unless|only if|only when|if|when|as long as|provided|on condition|"
    r"wenn|falls|sofern|ausser wenn|es sei denn)\b"
)
"""What begins a part without which the rest does not hold."""
OF_A_CONDITION = frozenset("unless somebodi someon provid condit onl tell told".split())
CONDITIONAL = Pattern(
    r"\b(?:if|unless|when|provided|except|only|subject to|depending|as long as|with|once|after|wenn|falls|sofern|nur)\b"
)
"""That a reply names a condition, whichever."""

_LOW = r"at least|no less than|no fewer than|not less than|(?:a )?minimum (?:of )?|mindestens|wenigstens"
_HIGH = r"at most|up to|no more than|not more than|(?:a )?maximum (?:of )?|hochstens|bis zu|maximal"
LIMIT = Pattern(rf"\b(?:(?P<low>{_LOW})|(?P<high>{_HIGH})) ?(?:a )?(?P<count>\d+|[a-z]+) (?P<unit>[a-z]+)")
"""How many of what is the least or the most."""
TIMES = Pattern(r"\b(?:(once|twice|thrice)|(\d{1,2}|[a-z]+) times)\b")
NOT_TIMES = Pattern(
    r"\bat once\b|\bonce (?!(?:per|an?|every|each|only|and|or|but|in|within|during|for|before|by|to|with)\b)\w+"
)
"""Together, or as soon as: "borrowed at once", "once approved"."""
TIMES_OF = {"once": 1, "twice": 2, "thrice": 3}
MORE_NUMBERS = {"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}

PREFIXED = Pattern(r"\b(?:un|non-?|dis)([a-z]{4,})\b")
"""A word that denies by how it begins."""
NO_PREFIX = frozenset(
    "until under unit units union unique unless undo unknown understand uncle discount discounts discounted discuss "
    "display displayed distance dispatch dispatched disclose district disk discover discovered disease dish".split()
)

SUBJECT = Pattern(r"^the ([a-z]+) (?:may |can |will |must )?([a-z]{3,})\b")
"""Who does it, where it is one: "the library may recall"."""
OF_YOU = Pattern(r"^(?:you|customers?) (?:may |can |will |must |have to )?([a-z]{3,})\b")
PASSIVE = Pattern(r"\b(?:be|is|are|was|were|been) [a-z]+(?:ed|en|t)\b")
CUSTOMERS = frozenset(
    "customer buyer user member patient tenant holder owner applicant cardholder accountholder passenger guest student "
    "driver reader participant subscriber traveller traveler borrower visitor client person recipient".split()
)
"""Who is spoken to as "you"."""
