"""Letters for pictures: fonts that are there, and names that they can write.

matplotlib's own DejaVu Sans is always there and writes most alphabets. What it lacks (Chinese, Japanese, Korean, emoji)
is taken from a font of the machine where there is one; else a name is shown without those letters, or by a plainer one.
"""

import re
from functools import cache
from pathlib import Path

OWN = "DejaVu Sans"
OTHERS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Noto Sans Symbols2",
)
"""In one colour: matplotlib cannot draw coloured emoji."""
ENOUGH_LEFT = 0.6
"""The share of a name's letters that must be there for it to be understood without the others."""
UNSEEN = "\u200d\ufe0e\ufe0f"


def prepare() -> None:
    """Let matplotlib write with fonts that are there, whatever its settings say, and take no name for a formula."""
    import matplotlib  # noqa: PLC0415

    matplotlib.rcParams.update({"font.family": [OWN, *_others()], "text.parse_math": False, "svg.fonttype": "path"})


def drawable(name: str, *instead: str) -> str:
    """The name, or the first of `instead`, that can be drawn; letters that cannot are left out where few are."""
    for each in (name, *instead):
        kept_letters = "".join(letter for letter in each if _has(letter))
        shown = re.sub(r"[ \t\r\n]+", " ", kept_letters).strip()  # a space that breaks no line stays
        letters, kept = (sum(letter.isalnum() or not letter.isascii() for letter in text) for text in (each, shown))
        if any(letter.isalnum() for letter in shown) and kept >= ENOUGH_LEFT * letters:
            return shown
    return "(other letters)"


def _has(letter: str) -> bool:
    return letter.isspace() or (letter not in UNSEEN and any(ord(letter) in letters for letters in _letters()))


@cache
def _letters() -> tuple[frozenset[int], ...]:
    """The letters of each font in use."""
    from matplotlib.font_manager import get_font  # noqa: PLC0415

    return tuple(frozenset(get_font(path).get_charmap()) for path in (_own_path(), *_others().values()))


def _own_path() -> str:
    from matplotlib import get_data_path  # noqa: PLC0415

    return str(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))


@cache
def _others() -> dict[str, str]:
    """The other fonts that this machine has, with their files."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    there = {entry.name: entry.fname for entry in fontManager.ttflist}
    return {name: there[name] for name in OTHERS if name in there and _can_be_read(there[name])}


def _can_be_read(path: str) -> bool:
    """Whether the file is a font still: matplotlib keeps its list from one process to the next."""
    from matplotlib.font_manager import get_font  # noqa: PLC0415

    try:
        get_font(path)
    except (OSError, RuntimeError):
        return False
    return True
