"""The links and e-mail addresses of a text, and what is false about one: invented, hidden, made to look known. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from handoff.lexicon.patterns import Pattern

MOST_CHARACTERS = 20_000
_TOP = (
    "com|org|net|io|co|app|dev|info|biz|shop|store|online|site|xyz|ai|me|ly|eu|example|test|invalid|de|at|ch|fr|es|it|"
    "pt|nl|be|uk|us|ru|cn"
)
"""What ends a host that is written without a scheme."""
_DOTTED = rf"(?:[^\W_](?:[\w-]{{0,62}})\.)+(?:{_TOP})"

_MARKDOWN = Pattern(r"!?\[([^\[\]]{0,300})\]\(\s*<?([^\s()<>]{1,2000})>?[^()]{0,200}\)")
_ANGLED = Pattern(r"<((?:https?://|mailto:|www\.)[^\s<>|]{1,2000})(?:\|([^<>]{0,300}))?>", re.IGNORECASE)
_TAG = Pattern(
    r"<a\b[^>]{0,300}?href\s*=\s*[\"']?([^\s\"'>]{1,2000})[^>]{0,300}>(.{0,300}?)</a>", re.IGNORECASE | re.DOTALL
)
_SCHEME = Pattern(r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"'|]{1,2000}", re.IGNORECASE)
_WWW = Pattern(
    rf"(?<![\w@./-])(?:www\.[^\s<>()\"'|]{{3,2000}}|{_DOTTED}(?:/[^\s<>()\"'|]{{0,2000}})?(?![\w-]))", re.IGNORECASE
)
_EMAIL = Pattern(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE)
_INVISIBLE = Pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LOOKS_LIKE = str.maketrans("0135ıіoаеорсухӏ", "oleslioaeopcyxl")
NEAR = 2
"""Two hosts that differ by so few letters look alike."""
SHORT_HOST = 6


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, and the words it is shown as where those are other ones."""

    target: str
    shown: str = ""

    @property
    def address(self) -> str:
        """The target, written one way: without scheme, `www.`, a closing slash, or a difference of letters' size."""
        return _plain(self.target)

    @property
    def host(self) -> str:
        """The host it leads to."""
        return host_of(self.target)


@lru_cache(maxsize=1_024)
def links(text: str) -> tuple[Link, ...]:
    """The links of a text, those in Markdown, in Slack's angle brackets and in HTML too; no e-mail addresses."""
    rest = _INVISIBLE.sub("", text[:MOST_CHARACTERS])
    found: list[Link] = []
    for pattern, target, shown in ((_MARKDOWN, 2, 1), (_TAG, 1, 2), (_ANGLED, 1, 2)):
        for match in pattern.finditer(rest):
            if not match[target].casefold().startswith("mailto:"):
                found.append(Link(match[target], (match[shown] or "").strip()))
        rest = pattern.sub(" ", rest)
    for pattern in (_SCHEME, _EMAIL, _WWW):
        if pattern is not _EMAIL:
            found += [Link(_ended(match[0])) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return tuple(link for link in found if link.address)


@lru_cache(maxsize=1_024)
def emails(text: str) -> tuple[str, ...]:
    """The e-mail addresses of a text, in small letters."""
    found = _EMAIL.findall(_INVISIBLE.sub("", text[:MOST_CHARACTERS]))
    return tuple(dict.fromkeys(each.casefold().rstrip(".-") for each in found))


class KnownLinks:
    """The links and addresses of a body of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        every_link = [link for text in texts for link in links(text)]
        self._links = {link.address for link in every_link}
        self._emails = {email for text in texts for email in emails(text)}
        named = {link.host for link in every_link} | {email.partition("@")[2] for email in self._emails}
        self.hosts = {host.removeprefix("www.") for host in named if host}

    def hold(self, link: Link) -> bool:
        """Whether the texts name this very link, or the host it leads to and no more of it."""
        return link.address in self._links or (link.address == link.host and link.host in self.hosts)

    def hold_email(self, email: str) -> bool:
        """Whether the texts name this address."""
        return email.casefold() in self._emails

    def resembled(self, host: str) -> str:
        """The known host that another one is made to look like; empty when there is none."""
        if host in self.hosts:
            return ""
        return next((known for known in sorted(self.hosts) if looks_like(host, known)), "")


def hidden(link: Link) -> bool:
    """Whether a link is shown as another address than the one it leads to."""
    named = [each.host for each in links(link.shown)]
    return any(host and host != link.host for host in named)


def host_of(target: str) -> str:
    """The host of a link in small letters, without `www.`; empty where there is none."""
    target = target.replace("\\", "/")  # as browsers read it
    try:
        host = urlsplit(target if "://" in target else f"//{target}").hostname or ""
    except ValueError:
        return ""
    return unicodedata.normalize("NFKC", host).casefold().removeprefix("www.").rstrip(".")


def looks_like(host: str, known: str) -> bool:
    """Whether a host is made to be taken for another: letters changed, or the other's name within it."""
    if host == known:
        return False
    one, other = (
        unicodedata.normalize("NFKC", each).translate(_LOOKS_LIKE).replace("rn", "m") for each in (host, known)
    )
    if one == other or host.endswith(f"-{known}") or host.startswith((f"{known}.", f"{known}-")):
        return True
    name, known_name = (each.rpartition(".")[0] or each for each in (one, other))
    if len(known_name) < SHORT_HOST:
        return False
    return (known_name in name and not host.endswith(f".{known}")) or _distance(one, other, NEAR) <= NEAR


def _plain(target: str) -> str:
    host = host_of(target)
    if not host:
        return ""
    after = target.partition("://")[2] if "://" in target else target
    path = after[len(after.partition("/")[0]) :] if "/" in after else ""
    return host + path.rstrip("/")


def _ended(link: str) -> str:
    """A link without the marks of the sentence that it ends."""
    link = link.rstrip(".,;:!?*_~`»”’'\"")
    while link.endswith((")", "]")) and link.count("(") + link.count("[") < link.count(")") + link.count("]"):
        link = link[:-1].rstrip(".,;:!?*_~`")
    return link


def _distance(one: str, other: str, most: int) -> int:
    """How many letters to put in, take out or change to make one of the other (Levenshtein); `most` + 1 at most."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != against))
    return min(row[-1], most + 1)
