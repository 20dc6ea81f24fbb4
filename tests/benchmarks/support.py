"""How well the words of a reply tell whether it rests on its evidence, beside simpler comparisons of the same texts."""

import asyncio
import csv
import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.knowledge.search import search
from bot.knowledge.sync import sync
from handoff import guard, support, words
from handoff.draft import Author, Turn
from storage.database import Database
from storage.tables import Workspace
from tests.benchmarks import data, twisted
from tests.benchmarks.rows import Row, data_missing
from tests.handoff.labelled_replies import RIGHT, WRONG, case

NAME = "support"
FILE = Path("begin") / "wow_begin_dev_wow.tsv"
LEAST_AUC = 0.93
QUESTIONS, QUICK_QUESTIONS = 300, 100
LEAST_RECALL, MOST_ALARMS = 0.95, 0.05
FIRST_RUN = (83, 1)
"""What the guard did when it first saw the labelled replies, before any rule learned from them: 83 inventions caught
of 85, 1 right reply of 72 held back."""
ATTRIBUTABLE = "Fully attributable"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply with its evidence, and whether people found it fully attributable to that."""

    model: str
    evidence: str
    said: str
    reply: str
    attributable: bool
    set_aside: bool
    """Of the half that nobody looked at while the formula was made. Replies with the same evidence or to the same
    message are in the same half."""


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Areas under the curve, and what the guard catches and holds back; the quick form quotes for fewer customers."""
    progress("replies with their evidence")
    path = data.folder() / FILE
    areas = (
        await asyncio.to_thread(_measure, read(path))
        if path.exists()
        else [data_missing(NAME, "AUC, fully attributable")]
    )
    progress("labelled inventions")
    guarded = await asyncio.to_thread(_guarded)
    progress("false and faithful statements")
    guarded += await asyncio.to_thread(twisted.rows)
    progress("quotes that answer bank customers")
    return areas + guarded + [await _quotes(QUICK_QUESTIONS if quick else QUESTIONS)]


async def _quotes(most: int) -> Row:
    """How many answers of the drafter without a model the guard holds back: it only quotes, so that none should be."""
    name, source = "quoted answers held back", data.bank_knowledge()
    if source is None:
        return data_missing(NAME, name)
    answered = held = 0
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{folder}/baton.db")
        await database.upgrade()
        async with database.transaction() as session:
            session.add(Workspace(id="T1"))
        await sync(database, "T1", source)
        for question in data.bank_questions(most):
            turns = [Turn(Author.CUSTOMER, question)]
            async with database.reading() as session:
                found = await search(session, "T1", turns)
            draft = await EmbeddedDrafter().draft(DraftRequest(turns, found, (), "a bank"))
            answered += draft.answerable
            held += draft.answerable and bool(guard.caught(draft, found, turns))
        await database.close()
    return Row(NAME, name, held, "answers", f"of {answered} to {most} bank customers", "0", held == 0)


def _guarded() -> list[Row]:
    """What the guard catches of replies that invent, and of replies that are right."""
    caught = sum(bool(guard.caught(*case(*each))) for each in WRONG)
    alarms = sum(bool(guard.caught(*case(*each))) for each in RIGHT)
    recall, false = caught / len(WRONG), alarms / len(RIGHT)
    return [
        Row(
            NAME,
            "inventions caught",
            round(recall, 3),
            "share",
            f"{caught} of {len(WRONG)}; {FIRST_RUN[0]} when the labels were new",
            f">= {LEAST_RECALL}",
            recall >= LEAST_RECALL,
        ),
        Row(
            NAME,
            "right replies held back",
            round(false, 3),
            "share",
            f"{alarms} of {len(RIGHT)}; {FIRST_RUN[1]} when the labels were new",
            f"<= {MOST_ALARMS}",
            false <= MOST_ALARMS,
        ),
    ]


def read(path: Path) -> list[Labelled]:
    """The labelled replies; quotation marks in them are text."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    groups = _groups([(row["knowledge"], row["message"]) for row in rows])
    return [
        Labelled(
            model=row["model_name"],
            evidence=row["knowledge"],
            said=row["message"],
            reply=row["response"],
            attributable=row["begin_label"].strip() == ATTRIBUTABLE,
            set_aside=hashlib.sha256(group.encode()).digest()[0] % 2 == 1,
        )
        for row, group in zip(rows, groups, strict=True)
    ]


def _groups(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """One name for all that hang together by the same evidence or the same message."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    keys = [(f"k{_bare(evidence)}", f"m{_bare(said)}") for evidence, said in pairs]
    for evidence, said in keys:
        parent[root(evidence)] = root(said)
    return [root(evidence) for evidence, _ in keys]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _measure(labelled: Sequence[Labelled]) -> list[Row]:
    ours = [_ours(each) for each in labelled]
    everyone = [True] * len(labelled)
    found = _auc(labelled, ours, everyone)
    beside = {name: _auc(labelled, scores, everyone) for name, scores in _references(labelled).items()}
    reference = ", ".join(f"{name} {value:.3f}" for name, value in beside.items())
    rows = [
        Row(NAME, "AUC, fully attributable", round(found, 3), "", reference, f">= {LEAST_AUC}", found >= LEAST_AUC),
        _orientation("AUC, the half set aside", _auc(labelled, ours, [each.set_aside for each in labelled])),
        _orientation("AUC, the half looked at", _auc(labelled, ours, [not each.set_aside for each in labelled])),
    ]
    for model in sorted({each.model for each in labelled}):
        of_it = [each.model == model for each in labelled]
        share = sum(each.attributable for each in labelled if each.model == model) / sum(of_it)
        words_share = _auc(labelled, _references(labelled)["plain word overlap"], of_it)
        beside_it = f"plain word overlap {words_share:.3f}; {sum(of_it)} replies, {share:.0%} attributable"
        rows.append(Row(NAME, f"AUC, replies of {model}", round(_auc(labelled, ours, of_it), 3), "", beside_it))
    return rows


def _orientation(name: str, value: float) -> Row:
    return Row(NAME, name, round(value, 3), "")


def _ours(each: Labelled) -> float:
    """What the signal says; a reply that claims nothing rests on nothing."""
    return support.support(each.reply, [each.evidence], each.said) or 0.0


def _references(labelled: Sequence[Labelled]) -> Mapping[str, list[float]]:
    return {
        "plain word overlap": [_overlap(_words(each.reply), _words(each.evidence)) for each in labelled],
        "overlap of informative words": [
            _overlap(words.informative(each.reply), words.informative(each.evidence)) for each in labelled
        ],
        "the same by sentences": [_by_sentences(each) for each in labelled],
        "TF-IDF cosine": _cosine(labelled),
        "ROUGE-L": [_rouge_l(_words(each.reply), _words(each.evidence)) for each in labelled],
    }


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _overlap(reply: Sequence[str], evidence: Sequence[str]) -> float:
    known = set(evidence)
    return sum(word in known for word in reply) / len(reply) if reply else 0.0


def _by_sentences(each: Labelled) -> float:
    """The share of informative words, the mean over the sentences and the least of them alike."""
    known = words.informative(each.evidence)
    shares = [_overlap(words.informative(sentence), known) for sentence in support.claims(each.reply)]
    return (sum(shares) / len(shares) + min(shares)) / 2 if shares else 0.0


def _cosine(labelled: Sequence[Labelled]) -> list[float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer().fit([each.evidence for each in labelled] + [each.reply for each in labelled])
    evidence: Any = vectors.transform([each.evidence for each in labelled])
    replies: Any = vectors.transform([each.reply for each in labelled])
    return [float(value) for value in evidence.multiply(replies).sum(axis=1).A1]


def _rouge_l(reply: Sequence[str], evidence: Sequence[str]) -> float:
    """The F1 of the longest common subsequence (Lin 2004)."""
    best = [0] * (len(evidence) + 1)
    for word in reply:
        diagonal = 0
        for column, other in enumerate(evidence, 1):
            above = best[column]
            best[column] = diagonal + 1 if word == other else max(above, best[column - 1])
            diagonal = above
    return 2 * best[-1] / (len(reply) + len(evidence)) if reply and evidence else 0.0


def _auc(labelled: Sequence[Labelled], scores: Sequence[float], counts: Sequence[bool]) -> float:
    from sklearn.metrics import roc_auc_score

    chosen = [
        (each.attributable, score) for each, score, counted in zip(labelled, scores, counts, strict=True) if counted
    ]
    return float(roc_auc_score([label for label, _ in chosen], [score for _, score in chosen]))
