"""What a site asks robots not to fetch. It holds for what a sitemap lists; what an operator names is fetched."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from bot.knowledge.documents.document import Unreadable
from bot.knowledge.web.fetch import USER_AGENT, Fetcher, Gone, NotModified

FORBIDDEN = "the site's robots.txt asks programs not to fetch it"


async def allowed(fetcher: Fetcher, page: str) -> RobotFileParser:
    """The rules of the site that a page is on; without a robots.txt that can be read, everything is allowed."""
    site = urlsplit(page)
    rules = RobotFileParser()
    try:
        found = await fetcher.get(f"{site.scheme}://{site.netloc}/robots.txt")
        rules.parse(found.raw.decode("utf-8", "replace").splitlines())
    except (Unreadable, Gone, NotModified):
        rules.parse([])
    return rules


def check(rules: RobotFileParser, page: str) -> None:
    """Refuse a page that the rules forbid.

    Raises:
        Unreadable: when they do.
    """
    if not rules.can_fetch(USER_AGENT, page):
        raise Unreadable(FORBIDDEN)
