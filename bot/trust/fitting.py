"""Fits models in a process of its own: scikit-learn is heavy, and the bot never loads it.

Run as `python -m bot.trust.fitting` it reads a Task as JSON and writes what came of it as Fitted; a server imports
`run` instead.
"""

import base64
import sys
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Base64Bytes, BaseModel

from bot import apart
from handoff.confidence import ConfidenceModel
from handoff.mood_model import MoodModel

PATIENCE_SECONDS = 300.0


class Label(BaseModel):
    """What a model learns from: signals, and whether it was so."""

    signals: dict[str, float]
    so: bool
    """Of a draft: right. Of a mood: frustrated."""
    group: str = ""
    """Labels of one conversation are never split between learning and testing."""
    question: str = ""
    """What the draft answers."""
    articles: list[str] = []
    """The ids of those it cites."""


class Task(BaseModel):
    """A model to be fitted, on which labels, and the one in use."""

    kind: Literal["confidence", "mood"]
    labels: list[Label]
    present: dict[str, Any]
    questions: bool = False
    """Whether a recogniser of the questions may be learnt with it."""


class Fitted(BaseModel):
    """A better model with its figures; without one, why the one in use stays."""

    version: str = ""
    weights: dict[str, Any] | None = None
    recogniser: Base64Bytes = b""
    """Of known questions, where one makes the model better."""
    metrics: dict[str, Any] = {}
    words: str = ""

    @property
    def better(self) -> bool:
        """Whether there is a model that beats the one in use."""
        return self.weights is not None


async def run(task: Task) -> Fitted:
    """Fit in a process of its own.

    Raises:
        apart.Failed: when it fails or takes longer than five minutes.
    """
    wrote = await apart.run("bot.trust.fitting", task.model_dump_json().encode(), patience=PATIENCE_SECONDS)
    return Fitted.model_validate_json(wrote)


def fit(task: Task) -> Fitted:
    """Fit here and now."""
    return _fit_confidence(task) if task.kind == "confidence" else _fit_mood(task)


def _fit_confidence(task: Task) -> Fitted:
    from handoff import confidence_fit, learning  # noqa: PLC0415 - scikit-learn, in this process alone

    drafts = [
        learning.ReviewedDraft(
            each.question, tuple(each.articles), confidence_fit.Example(each.signals, each.so, each.group)
        )
        for each in task.labels
    ]
    try:
        learnt = learning.learn(drafts, ConfidenceModel.from_json(task.present), questions=task.questions)
    except confidence_fit.FitRefused as refused:
        return Fitted(words=str(refused))
    found = learnt.fit
    if not found.better:
        return Fitted(metrics=found.as_json(), words="The fitted model is not surely better; the one in use stays.")
    return Fitted(
        version=found.model.version,
        weights=found.model.as_json(),
        recogniser=base64.b64encode(learnt.recogniser.to_bytes()) if learnt.recogniser else b"",
        metrics=found.as_json(),
    )


def _fit_mood(task: Task) -> Fitted:
    from handoff import mood_fit  # noqa: PLC0415 - scikit-learn, in this process alone

    labelled = [mood_fit.LabelledMood(each.signals, each.so, each.group) for each in task.labels]
    found = mood_fit.fit(labelled, MoodModel.from_json(task.present))
    figures = asdict(found.figures) if found.figures else {}
    if isinstance(found, mood_fit.MoodRefused):
        return Fitted(metrics=figures, words=found.words)
    return Fitted(version=found.model.version, weights=found.model.to_json(), metrics=figures, words=found.words)


def main() -> None:
    """Read a task from standard input, write what came of it to standard output."""
    sys.stdout.write(fit(Task.model_validate_json(sys.stdin.buffer.read())).model_dump_json())


if __name__ == "__main__":
    main()
