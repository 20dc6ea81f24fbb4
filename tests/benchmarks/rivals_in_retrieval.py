"""What people would search a knowledge base with instead: each ranks documents for texts, with its usual settings."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

DEPTH = 20
Documents = Sequence[dict[str, Any]]
Ranking = Sequence[str]
"""Ids of documents, best first."""


def plain_fts5(documents: Documents, texts: Sequence[str]) -> list[Ranking]:
    """FTS5 with its own tokenizer and bm25, any word of the text."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, content)")
    connection.executemany("INSERT INTO d VALUES (?, ?, ?)", [(d["id"], d["title"], d["content"]) for d in documents])
    ranked: list[Ranking] = []
    for text in texts:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower())))
        found = connection.execute("SELECT id FROM d WHERE d MATCH ? ORDER BY bm25(d) LIMIT ?", (query, DEPTH))
        ranked.append([row[0] for row in found])
    connection.close()
    return ranked


def bm25s_with_stemmer(documents: Documents, texts: Sequence[str]) -> list[Ranking]:
    """The library bm25s as its page shows it: English stop words and stemmer."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    retriever: Any = bm25s.BM25()
    whole = [f"{d['title']}\n{d['content']}" for d in documents]
    retriever.index(bm25s.tokenize(whole, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)
    places, _ = retriever.retrieve(asked, k=DEPTH, show_progress=False)
    return [[documents[int(place)]["id"] for place in row] for row in places]


def tfidf_of_words_and_pairs(documents: Documents, texts: Sequence[str]) -> list[Ranking]:
    """scikit-learn's TF-IDF over words and pairs of words, by cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer: Any = TfidfVectorizer(ngram_range=(1, 2), stop_words="english", sublinear_tf=True)
    matrix = vectorizer.fit_transform([f"{d['title']}\n{d['content']}" for d in documents])
    near = (vectorizer.transform(texts) @ matrix.T).toarray()
    return [[documents[place]["id"] for place in np.argsort(-row, kind="stable")[:DEPTH]] for row in near]


RIVALS: dict[str, Callable[[Documents, Sequence[str]], list[Ranking]]] = {
    "plain FTS5": plain_fts5,
    "bm25s with a stemmer": bm25s_with_stemmer,
    "TF-IDF over words and pairs": tfidf_of_words_and_pairs,
}
