"""Placeholders for personal data on the way to a model, and the way back. Pure.

The model reads `[email-1]` and may write it: "we will send it to [email-1]". Only what this conversation itself said is
put back, never into an address of the web, and secrets not at all. A placeholder that stands for nothing here, because
the model, an article or the customer made it up, is never shown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from handoff import personal_data
from handoff.draft import Author, FoundPassage, Turn
from handoff.personal_data import KEPT_TO_ONESELF, Finding, Kind

SAID_TO_MODELS = frozenset({Author.CUSTOMER, Author.BOT, Author.AGENT})
"""Whose words are masked: notes and bystanders are not shown to models at all."""
OF_THE_COMPANY = frozenset({Kind.EMAIL, Kind.PHONE, Kind.IBAN})
"""What may stand in an article for everybody to read; cards and secrets do not become public by that."""
LEFT_OUT = "…"

_KINDS = "|".join(Kind)
_PLACEHOLDER = re.compile(rf"\\?[\[【［]\s*({_KINDS})\s*[-–_ ]\s*(\d{{1,4}})\s*\\?[\]】］]", re.IGNORECASE)
_WEB = re.compile(r"://|\]\(|www\.|\w\.\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a model with its placeholders resolved."""

    text: str
    whole: bool
    """False when it had a placeholder that could not be resolved."""


@dataclass
class Masking:
    """What one conversation gives away, with the placeholder that stands for each piece."""

    _numbers: dict[tuple[Kind, str], int] = field(default_factory=dict[tuple[Kind, str], int])
    _texts: dict[tuple[Kind, int], str] = field(default_factory=dict[tuple[Kind, int], str])
    _public: frozenset[tuple[Kind, str]] = frozenset()

    @classmethod
    def of(cls, turns: Sequence[Turn], passages: Iterable[FoundPassage] = ()) -> "Masking":
        """Read a conversation.

        Args:
            turns: oldest first; pieces are numbered in the order in which they were first said, so that the same
                conversation has the same placeholders as it goes on.
            passages: what the company itself made known there, such as its own support address, is not hidden.
        """
        masking = cls()
        for turn in turns:
            if turn.author in SAID_TO_MODELS:
                for found in personal_data.find(turn.text):
                    masking._number(found)
        if masking._numbers:
            known = (found for each in passages for found in personal_data.find(f"{each.title}\n{each.text}"))
            masking._public = frozenset((found.kind, found.bare) for found in known if found.kind in OF_THE_COMPANY)
        return masking

    def hide(self, text: str) -> str:
        """A text with placeholders in place of what it gives away; what looked like one before stays readable words."""
        parts: list[str] = []
        end = 0
        for found in personal_data.find(text):
            if (found.kind, found.bare) in self._public:
                continue
            parts += [without_planted(text[end : found.start]), f"[{found.kind}-{self._number(found)}]"]
            end = found.end
        return "".join([*parts, without_planted(text[end:])])

    def show(self, text: str) -> Shown:
        """A model's text with this conversation's data put back; secrets come back as dots."""
        whole = True

        def resolved(found: re.Match[str]) -> str:
            nonlocal whole
            kind = Kind(found[1].lower())
            said = self._texts.get((kind, int(found[2])))
            if said is None or _in_an_address(text, found.start(), found.end()):
                whole = False
                return LEFT_OUT
            return _dots(kind, said) if kind in KEPT_TO_ONESELF else said

        return Shown(self._without_secrets(_PLACEHOLDER.sub(resolved, text)), whole)

    def _without_secrets(self, text: str) -> str:
        """Dots in place of this conversation's secrets, should a model that was never shown them write them."""
        secrets = {(kind, said) for (kind, _), said in self._texts.items() if kind in KEPT_TO_ONESELF}
        if not secrets:
            return text
        for kind, said in secrets:
            text = text.replace(said, _dots(kind, said))
        known = {bare for kind, bare in self._numbers if kind in KEPT_TO_ONESELF}
        for found in reversed(personal_data.find(text)):  # written otherwise than the customer wrote it
            if found.kind in KEPT_TO_ONESELF and found.bare in known:
                text = f"{text[: found.start]}{_dots(found.kind, found.text)}{text[found.end :]}"
        return text

    def _number(self, found: Finding) -> int:
        key = (found.kind, found.bare)
        if key not in self._numbers:
            number = 1 + sum(kind == found.kind for kind, _ in self._numbers)
            self._numbers[key] = number
            self._texts[found.kind, number] = found.text
        return self._numbers[key]


def without_planted(text: str) -> str:
    """A text in which nothing can be taken for a placeholder: `[email-1]` becomes `(email 1)`."""
    return _PLACEHOLDER.sub(lambda found: f"({found[1]} {found[2]})", text)


def unplanted(passage: FoundPassage) -> FoundPassage:
    """A passage in which nothing can be taken for a placeholder."""
    return replace(
        passage,
        text=without_planted(passage.text),
        title=without_planted(passage.title),
        heading_path=without_planted(passage.heading_path),
    )


def _in_an_address(text: str, start: int, end: int) -> bool:
    """Whether a placeholder is part of an address of the web, which would carry the data away."""
    before = re.split(r"\s", text[max(0, start - 500) : start])[-1]
    after = re.split(r"\s", text[end : end + 500])[0]
    return _WEB.search(before) is not None or re.match(r"[.@]?\w", after) is not None or "](" in after


def _dots(kind: Kind, said: str) -> str:
    """What is left of a secret: of a card its last four digits, as receipts print them."""
    return f"•••• {re.sub(r'[^0-9]', '', said)[-4:]}" if kind == Kind.CARD else "••••••"
