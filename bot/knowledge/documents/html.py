"""HTML: the article of a page as Markdown, without navigation, scripts, footers and what readers do not see."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.knowledge.documents.document import LONGEST_TITLE, Text, Unreadable
from bot.knowledge.documents.formats import Given

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NO_TEXT = (
    "script style template noscript iframe object embed svg canvas video audio nav footer aside form button dialog"
).split()
NO_TEXT_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu")
_CHROME = re.compile(
    r"(?<![a-z])(cookies?|consent|gdpr|breadcrumbs?|skip[-_]?(link|nav|to)|newsletter|social[-_]?share)(?![a-z])",
    re.IGNORECASE,
)
"""In the id or class of what stands around an article, unless it is most of the page: an article about cookies."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
AS_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "utf-8": "utf-8-sig"}
"""Encodings that browsers read as another one (WHATWG encoding standard)."""
FEW = 2
"""Characters without a meaning that a page may show; with more, its encoding was misread."""
LEAST_ARTICLE = 0.3
"""The share of a page's words from which its longest <article> is the page's subject, not a teaser."""

PREFIXES = ("baton:", "baton-")
"""Of the names by which a page's <meta> tells the properties of its article, such as `baton:audience`."""
USUAL = {"article:expiration_time": "valid_until"}
"""Names that other programs read as well."""


def read(given: Given) -> Text:
    """Read a page. Relative links of one without an address lose their target.

    Raises:
        Unreadable: when its encoding cannot be told, or it shows no text.
    """
    page = _parsed(given.raw, given.charset)
    if page.get_text().count("\ufffd") > FEW:
        raise Unreadable("its encoding cannot be told; save it as UTF-8")
    about, title = dict(_about(page, given.url)), _title(page)
    article = _article(page)
    heading = article.find("h1")
    body = _markdown(article, given.url)
    if not body.strip():
        raise Unreadable("no text that readers see; is it made by scripts?")
    shown = " ".join(heading.get_text(" ").split()) if heading else ""
    return Text(body, (shown or title)[:LONGEST_TITLE], about)


def _parsed(raw: bytes, charset: str) -> "BeautifulSoup":
    import warnings  # noqa: PLC0415

    from bs4 import BeautifulSoup  # noqa: PLC0415 - heavy

    warnings.simplefilter("ignore")  # it warns of pages that look like a file name or like XML
    own = _CHARSET.search(raw[:4096])
    told = (charset or (own[1].decode("ascii", "replace") if own else "")).lower()
    try:
        if told:
            return BeautifulSoup(raw.decode(AS_BROWSERS.get(told, told), "replace"), "html.parser")
        return BeautifulSoup(raw.decode("utf-8-sig"), "html.parser")
    except (UnicodeDecodeError, LookupError):
        return BeautifulSoup(raw, "html.parser")  # which guesses by the bytes


def _about(page: "BeautifulSoup", base: str) -> Iterator[tuple[str, str]]:
    """The properties that the page names; later ones of a name win, so that its own word goes after a usual one."""
    language = page.html.get("lang") if page.html else None
    if language:
        yield "language", str(language)
    canonical = page.find("link", rel="canonical")
    address = str(canonical.get("href", "")) if canonical else ""
    # A page may tidy its own address, and send nobody to another site.
    if re.match(r"https?://", address) and (not base or urlsplit(address).netloc == urlsplit(base).netloc):
        yield "url", address
    named = [(str(tag.get("name") or tag.get("property") or "").lower(), tag) for tag in page.find_all("meta")]
    for name, tag in named:
        if name in USUAL:
            yield USUAL[name], str(tag.get("content", ""))
    for name, tag in named:
        if name.startswith(PREFIXES):
            yield name[len(PREFIXES[0]) :].replace("-", "_"), str(tag.get("content", ""))


def _title(page: "BeautifulSoup") -> str:
    given = page.find("meta", property="og:title")
    if given and given.get("content"):
        return " ".join(str(given["content"]).split())
    return " ".join(page.title.get_text().split()) if page.title else ""


def _article(page: "BeautifulSoup") -> "Tag":
    """The part of the page that holds its subject, without what is no part of the text."""
    for tag in page.find_all(NO_TEXT):
        tag.decompose()
    for tag in page.find_all(_is_no_text):
        if not tag.decomposed:
            tag.decompose()
    body = page.body or page
    most = LEAST_ARTICLE * len(body.get_text(" ").split())
    for tag in page.find_all(_is_chrome):
        if not tag.decomposed and len(tag.get_text(" ").split()) < most:
            tag.decompose()
    for tag in body.find_all("header", recursive=False):
        tag.decompose()
    main = page.find("main") or page.find(role="main")
    if main:
        return main
    words = max(1, len(body.get_text(" ").split()))
    longest = max(page.find_all("article"), key=lambda tag: len(tag.get_text()), default=None)
    return longest if longest and len(longest.get_text(" ").split()) >= LEAST_ARTICLE * words else body


def _is_no_text(tag: "Tag") -> bool:
    return (
        tag.get("role") in NO_TEXT_ROLES
        or tag.get("aria-hidden") == "true"
        or tag.has_attr("hidden")
        or bool(_UNSEEN.search(str(tag.get("style", ""))))
    )


def _is_chrome(tag: "Tag") -> bool:
    return any(_CHROME.search(str(tag.get(name, ""))) for name in ("id", "class"))


def _markdown(article: "Tag", base: str) -> str:
    from markdownify import MarkdownConverter  # noqa: PLC0415 - heavy

    for link in article.find_all("a"):
        target = urljoin(base, str(link.get("href", "")))
        if re.match(r"https?://|mailto:|tel:", target):
            link["href"] = target
        else:
            link.unwrap()
    for picture in article.find_all("img"):
        picture.replace_with(str(picture.get("alt", "")))
    converter = MarkdownConverter(
        heading_style="atx", bullets="-", escape_asterisks=False, escape_underscores=False, table_infer_header=True
    )
    text = re.sub(r"[ \t\u00a0]+\n", "\n", converter.convert_soup(article))  # pyright: ignore[reportArgumentType]
    return re.sub(r"\n{3,}", "\n\n", text).strip()
