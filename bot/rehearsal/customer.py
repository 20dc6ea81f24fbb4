"""A customer played by the rules of a scenario: the same every time. Pure."""

import hashlib
import re
from collections.abc import Sequence

from bot.rehearsal.results import Step
from bot.rehearsal.scenario import Act, Move, Scenario
from storage.kinds import Action

_SENTENCE = re.compile(r"[^.!?。！？\n]*[?？]")

_PHRASES: dict[Act, dict[str, tuple[str, ...]]] = {
    Act.THANKS: {
        "en": ("Thanks, that helped!", "Great, thank you!"),
        "de": ("Danke, super!", "Vielen Dank!"),
        "fr": ("Merci beaucoup !",),
        "es": ("¡Muchas gracias!",),
        "it": ("Grazie mille!",),
        "pt": ("Muito obrigado!",),
        "nl": ("Hartelijk dank!",),
    },
    Act.GETS_ANGRY: {
        "en": (
            "This is ridiculous, you are no help at all!",
            "Seriously? That is useless. I am really fed up with this!!",
        ),
        "de": ("Das ist doch lächerlich, so eine Frechheit!!", "Ich bin stinksauer, das ist völlig nutzlos!!"),
        "fr": ("C'est inadmissible, j'en ai marre !!",),
        "es": ("¡Esto es una vergüenza, estoy harto!!",),
        "it": ("È una vergogna, sono stufo!!",),
        "pt": ("Isto é uma vergonha, estou farto!!",),
        "nl": ("Dit is belachelijk, ik ben het zat!!",),
    },
    Act.ASKS_FOR_PERSON: {
        "en": ("Can I talk to a real person, please?", "I would like to speak to someone from your team."),
        "de": ("Kann ich bitte mit einem Menschen sprechen?", "Ich möchte mit einem Mitarbeiter sprechen."),
        "fr": ("Je voudrais parler à une vraie personne.",),
        "es": ("Quiero hablar con una persona, por favor.",),
        "it": ("Vorrei parlare con una persona.",),
        "pt": ("Quero falar com uma pessoa, por favor.",),
        "nl": ("Ik wil graag met een medewerker spreken.",),
    },
}


class ScriptedCustomer:
    """Plays a scenario by its rules.

    Args:
        scenario: what to play.
        seed: chooses among wordings; the same seed says the same.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        reactions = scenario.reactions
        self._moves = {
            Action.ANSWER: list(reactions.answer),
            Action.CLARIFY: list(reactions.clarify),
            Action.HAND_OFF: list(reactions.handoff),
            Action.PROPOSE: list(reactions.handoff),
        }
        self._untold = list(scenario.customer.facts)

    async def goes_on(self, steps: Sequence[Step]) -> str:
        """What the customer says to the last step; empty when they leave."""
        last = steps[-1]
        if told := self._told(last):
            return told
        moves = self._moves[Action(last.action)]
        return self._words(moves.pop(0), len(steps)) if moves else ""

    def _told(self, step: Step) -> str:
        """The facts that the reply asks for, each told once."""
        if step.action in (Action.HAND_OFF, Action.PROPOSE):
            return ""
        asked = step.reply if step.action == Action.CLARIFY else " ".join(_SENTENCE.findall(step.reply))
        told = [fact for fact in self._untold if any(_holds(asked, word) for word in fact.when)]
        self._untold = [fact for fact in self._untold if fact not in told]
        return " ".join(fact.says for fact in told)

    def _words(self, move: Move, turn: int) -> str:
        if move.act == Act.SAYS:
            return move.text
        if move.act == Act.INSISTS:
            return self._scenario.says
        if move.act == Act.LEAVES:
            return ""
        wordings = _PHRASES[move.act]
        choices = wordings.get(self._scenario.customer.language, wordings["en"])
        tossed = hashlib.sha256(f"{self._seed}|{self._scenario.name}|{turn}|{move.act}".encode()).digest()
        return choices[tossed[0] % len(choices)]


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) is not None
