"""How the words of a language make a wish for a person. Pure.

A language names its words once; `patterns_of` joins them in every order a wish may have: being in touch with a person,
a person to be in touch with, a person who shall act, or a person asked for outright.
"""

from typing import NamedTuple


class Tongue(NamedTuple):
    """The words of one language. Each but `hints` is a pattern of alternatives, in lower case."""

    hints: tuple[str, ...]
    """Pieces of words without one of which nobody wishes for a person."""
    person: str = ""
    """Whoever may work for the company; says nothing alone."""
    certain: str = ""
    """Nobody but a person of the company: to ask for one is a wish."""
    contact: str = ""
    """To be in touch, in the forms of asking; never the past, in which people tell what happened."""
    want: str = ""
    can: str = ""
    actor: str = ""
    """A person as the one who shall act."""
    act: str = ""
    alone: str = ""
    """A wish when it is the whole message."""
    block: str = "(?!)"
    """Words between the two that make it something else."""
    unwanted: str = "(?!)"
    """Ends with the words before a wish that deny it."""
    more: tuple[str, ...] = ()
    """Whole patterns besides."""


_POLITE = (
    r"(?:bitte|danke|hallo|por favor|porfa|s'il (?:vous|te) pla[iî]t|svp|stp|merci|bonjour|per favore|per piacere|"
    r"grazie|ciao|hola|ol[aá]|oi|pf|alsjeblieft|alstublieft|aub|graag|hoi|proszę|poproszę|lütfen|merhaba|tack|hej|"
    r"please|jetzt|ya|ora|adesso|nu|nou|agora|já|maintenant|ein|eine|einen|een|un|une|una|um|uma|ok|nein|non|no|não|"
    r"nee)"
)


def _gap(words: int, block: str) -> str:
    return rf"(?:[\s,]+(?!(?:{block})(?!\w))[^\s.!?;,]+){{0,{words}}}?[\s,]+(?:\w{{1,5}}['’])?"


def patterns_of(tongue: Tongue) -> list[str]:
    """Every way in which the words of a language make a wish."""
    if not tongue.person:
        return list(tongue.more)
    no = "".join(f"(?<!{word} )" for word in ("bez", "ohne", "sans", "sin", "sem"))
    pairs = (
        (tongue.contact, 5, tongue.person),
        (tongue.person, 6, tongue.contact),
        (tongue.want, 3, tongue.certain),
    )
    made = [rf"(?<!\w){no}(?:{one}){_gap(words, tongue.block)}(?:{other})(?!\w)" for one, words, other in pairs]
    orders = (
        ((tongue.can, 3), (tongue.actor, 6), tongue.act),
        ((tongue.actor, 2), (tongue.can, 4), tongue.act),
        ((tongue.can, 2), (tongue.act, 3), tongue.actor),
    )
    for (one, first_gap), (two, second_gap), three in orders:
        gaps = _gap(first_gap, tongue.block), _gap(second_gap, tongue.block)
        made.append(rf"(?<!\w)(?:{one}){gaps[0]}(?:{two}){gaps[1]}(?:{three})(?!\w)")
    made.append(rf"^(?:{_POLITE}[\s,.!]+)*(?:{tongue.alone})(?:[\s,.!]+{_POLITE})*[\s.!?]*$")
    return [*made, *tongue.more]
