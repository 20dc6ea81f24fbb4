import re

import pytest

from bot.demo import shop
from bot.knowledge import documents
from bot.knowledge.documents import Document
from handoff import language

ARTICLES = [each for each in documents.read_all(shop.ARTICLES) if isinstance(each, Document)]


def test_every_article_can_be_read() -> None:
    assert len(ARTICLES) == len(list(documents.read_all(shop.ARTICLES)))
    assert len(ARTICLES) >= 25


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_an_article_says_what_it_is_and_fits_a_page(article: Document) -> None:
    assert article.title
    assert re.fullmatch(r"https://help\.larkfell\.example/(en|de)/[a-z-]+", article.url)
    assert article.topic in {topic.name for topic in shop.TOPICS}
    assert 120 <= len(article.body.split()) <= 350
    assert article.body.count("\n## ") + article.body.startswith("## ") >= 2


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_an_article_is_in_the_language_it_names(article: Document) -> None:
    assert language.detect(article.body) == article.language


def test_every_topic_has_articles_and_three_articles_are_german() -> None:
    assert {article.topic for article in ARTICLES} == {topic.name for topic in shop.TOPICS}
    assert sum(article.language == "de" for article in ARTICLES) == 3


def test_titles_and_addresses_are_told_apart() -> None:
    assert len({article.title for article in ARTICLES}) == len({article.url for article in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        ("days to return", r"\*\*(\d+) (?:days|Tage)\*\*|within (60) days"),
        ("express", r"[Ee]xpress(?: delivery)? (?:costs|kostet) €?(1\d[.,]\d\d)"),
        ("replacing a zip", r"(?:[Rr]eplace a zip|Reißverschluss ersetzen): €?(\d+)"),
        ("a search", r"(?:takes|dauert) (?:up to|bis zu) (\d) (?:working days|Werktage)"),
    ],
)
def test_articles_agree_on_a_fact(fact: str, says: str) -> None:
    found = {
        next(filter(None, match)) if isinstance(match, tuple) else match
        for article in ARTICLES
        for match in re.findall(says, article.body)
    }
    assert len({value.replace(",", ".") for value in found}) == 1, (fact, found)
