"""Large knowledge bases whose words are spread as in real ones, made from the bank's documents and questions.

A passage is made of sentences of one part of the bank's knowledge and of customers' questions; one word in twelve is
exchanged for one out of a long tail that grows with the size, as names, models and places do (Zipf's law: the n-th
word of the tail is drawn 1/n as often as the first). So frequent words stay as frequent as they are, and rare ones
rare.
"""

import json
import re
from collections.abc import Iterator
from random import Random

from handoff import words
from storage import knowledge
from storage.database import Database
from storage.knowledge import NewArticle, NewPassage
from storage.row import now
from storage.shelves import Standing
from storage.tables import Workspace
from tests.benchmarks import data

TEAM = "T1"
BATCH = 1_000
EXCHANGED = 1 / 12
SENTENCES = (4, 9)
TAIL_PER_PASSAGE = 0.5
AUDIENCES = ((0.60, "internal"), (0.90, "customer"), (0.98, "group:partners"), (1.0, "organisation:T9"))
"""With the share of articles up to here. So a customer may read three in ten."""


class Corpus:
    """Makes articles of one passage each, the same for the same seed."""

    def __init__(self, size: int, seed: int = 5) -> None:
        self._random, self._size = Random(seed), size
        path = data.bank_knowledge()
        documents = [json.loads(line) for line in path.read_text().splitlines()] if path else []
        self._parts: dict[str, list[str]] = {}
        for document in documents:
            part = document["id"].rsplit("_", 1)[0]
            sentences = re.split(r"(?<=[.!?])\s+|\n+", document["content"])
            self._parts.setdefault(part, []).extend(each for each in sentences if len(each.split()) > 3)
        self._names = sorted(name for name, sentences in self._parts.items() if len(sentences) > 3)
        self._questions = data.bank_questions(3_000)

    def batches(self) -> Iterator[list[NewArticle]]:
        """All articles, in lists as they are stored."""
        for start in range(0, self._size, BATCH):
            yield [self._article(number) for number in range(start, min(start + BATCH, self._size))]

    def _article(self, number: int) -> NewArticle:
        part = self._random.choice(self._names)
        pool = self._parts[part]
        drawn = [self._sentence(pool) for _ in range(self._random.randint(*SENTENCES))]
        title = self._varied(" ".join(self._random.choice(pool).split()[:6]))
        body = " ".join(drawn)
        passage = NewPassage(f"p{number}", "", body, words.informative(title), [], words.informative(body))
        toss = self._random.random()
        audience = next(name for share, name in AUDIENCES if toss < share)
        return NewArticle(
            f"a{number}", "scale", str(number), title, "", "", "en", str(number), [passage], Standing(audience)
        )

    def _sentence(self, pool: list[str]) -> str:
        return self._varied(self._random.choice(self._questions if self._random.random() < 0.2 else pool))

    def _varied(self, sentence: str) -> str:
        return " ".join(
            self._rare_word() if self._random.random() < EXCHANGED else word for word in sentence.split(" ")
        )

    def _rare_word(self) -> str:
        tail = max(10.0, self._size * TAIL_PER_PASSAGE)
        return f"zq{int(tail ** self._random.random())}x"  # log-uniform: the n-th comes 1/n as often


async def fill(database: Database, size: int) -> None:
    """Store a corpus of `size` passages in an empty database."""
    async with database.transaction() as session:
        session.add(Workspace(id=TEAM))
    for batch in Corpus(size).batches():
        async with database.transaction(durable=False) as session:
            await knowledge.store(session, TEAM, batch, [], now())
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql("ANALYZE")
