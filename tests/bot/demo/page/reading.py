"""Reads rendered HTML as a browser would: which elements with which attributes, and which words."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}


class Read(HTMLParser):
    """The elements and words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.is_nested = True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_nested = self.is_nested and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def is_whole(self) -> bool:
        return self.is_nested and not self.open

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


SAFE_TAGS = set(
    "a b blockquote br button code datalist del details div em fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr img input label li ol optgroup option p pre s select small span strong summary table tbody td "
    "textarea th thead time tr ul".split()
)
SAFE_STARTS = ("http://", "https://", "mailto:", "/")


def dangers(html: str) -> list[str]:
    """What could run, load or lead somewhere unsafe."""
    found: list[str] = []
    for tag, attributes in Read(html).elements:
        if tag not in SAFE_TAGS:
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                found.append(f"{tag} {name}")
            if name in ("href", "src", "data-url") and value and not value.lower().startswith(SAFE_STARTS):
                found.append(f"{tag} {name}={value}")
    return found
