"""What a reader sees of a text: characters that show nothing, or turn the order of others, are left out. Pure.

Hidden text is how an instruction reaches a model that no person noticed, and how a link looks like another one.
"""

from handoff.lexicon.patterns import Pattern

_UNSEEN = Pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Zero widths, marks of direction, fillers and tags. Joiners stay: emoji, Persian and the scripts of India do."""
_CONTROLS = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_ENDS = Pattern("\r\n?|[\u0085\u2028\u2029]")


def visible(text: str) -> str:
    """The text without what nobody sees; every end of a line is a plain one."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))
