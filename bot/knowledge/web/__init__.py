"""Articles from the web: pages, sitemaps and lists of addresses, fetched politely and within bounds."""

from bot.knowledge.web.web import Web

__all__ = ["Web"]
