"""To whom a conversation is offered: to the AI, or straight to people, for a reason or by a lot. Pure.

The lot makes the comparison causal: those it draws differ from the others by chance alone, so what becomes of them
differs by who had them (intention to treat: whoever resolves them in the end). Whether a conversation takes part is
decided by what is known before the lot and before the gate weighs the draft, and so alike on both sides.
"""

from handoff import gate, sampling
from handoff.draft import Mood
from handoff.gate import Policy, Verdict
from storage.kinds import Action, HandoffReason, Offered, Stage

MOST = 0.2
"""The largest share, 0..1, that may be drawn."""
DRAWN = "Drawn by lot to go straight to people, for the comparison with the AI."


def eligible(mood: Mood, policy: Policy, *, by_words: bool) -> bool:
    """Whether the AI would get a conversation.

    Args:
        mood: of the customer, who may wish for a person or be too frustrated.
        policy: of the topic; in shadow the AI gets none.
        by_words: whether the words alone decided: a subject that is kept for people, a file without a word.
    """
    return not by_words and policy.stage != Stage.SHADOW and gate.person_needed(mood, policy) is None


def offered(key: str, conversation_id: str, share: float, *, takes_part: bool) -> Offered:
    """To whom a conversation is offered.

    Args:
        key: of the workspace, so that an auditor can draw again.
        conversation_id: what the lot is drawn for; the same one comes to the same each time, and whoever is drawn with
            a small share is drawn with every larger one.
        share: the chance, 0..1, of being drawn; 0 draws no lot.
        takes_part: whether it is eligible.
    """
    if not takes_part:
        return Offered.PEOPLE
    if not share:
        return Offered.AI
    return Offered.PEOPLE_BY_LOT if sampling.tossed(key, conversation_id, "holdout") < share else Offered.AI_BY_LOT


def straight_to_people() -> Verdict:
    """The verdict on a conversation that the lot has drawn."""
    return Verdict(Action.HAND_OFF, HandoffReason.POLICY, (DRAWN,))
