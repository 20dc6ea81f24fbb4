"""Log lines as events with keys, for people or for machines; no secret, no personal data and, at info, nothing said."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

from handoff import personal_data
from handoff.visible import visible

CHATTY = ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "sqlalchemy", "aiohttp", "openai", "httpx2", "asyncio")
"""Libraries that speak up at warning alone; what they say below it holds whole messages."""

_SECRET = re.compile(r"\b(xox[abeprs]|xapp|sk)-[A-Za-z0-9_-]{4,}|(?<=://)([^:/@\s]*):[^/@\s]+(?=@)")
_OF_LINES = frozenset({"exception", "stack"})
_OURS = frozenset({"timestamp", "level", "logger"})
"""What structlog itself writes."""
_SPOKEN_KEYS = frozenset({"text", "question", "comment", "payload", "body", "blocks"})


def configure(
    level: Literal["debug", "info", "warning", "error"],
    form: Literal["text", "json"],
    stream: TextIO | None = None,
) -> None:
    """Send the log lines of Baton and of its libraries to one stream.

    Args:
        level: the least weighty lines that are written. At debug they may hold what people said.
        form: lines for people, or JSON, one object a line.
        stream: standard error when nothing else is given.
    """
    out = stream or sys.stderr
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    if number > logging.DEBUG:
        shared.append(without_speech)
    shared += [without_secrets, in_plain_lines]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(form, out)],
        )
    )
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING) if number > logging.DEBUG else number)


def without_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask tokens, keys, passwords and personal data wherever a line holds them, the text of errors included."""
    for key, value in event.items():
        if isinstance(value, str) and key not in _OURS:
            event[key] = _masked(value)
        elif (
            not isinstance(value, str | int | float | bool | None)
            and (masked := _masked(shown := repr(value))) != shown
        ):
            event[key] = masked
    return event


def without_speech(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what a person or a model said; how long it was remains."""
    for key in _SPOKEN_KEYS & event.keys():
        event[key] = f"({len(str(event[key]))} characters)"
    return event


def in_plain_lines(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what a terminal obeys, and keep a line one line: nobody else's words begin another one.

    A traceback keeps its lines.
    """
    for key, value in event.items():
        if isinstance(value, str):
            shown = visible(value)
            event[key] = shown if key in _OF_LINES else " ".join(shown.split("\n"))
    return event


def _masked(text: str) -> str:
    return personal_data.redact(_SECRET.sub(_mask, text))


def _mask(found: re.Match[str]) -> str:
    return f"{found[1]}-…" if found[1] else f"{found[2]}:…"


def _renderer(form: str, stream: TextIO) -> structlog.typing.Processor:
    if form == "json":
        return structlog.processors.JSONRenderer()
    # Tracebacks are text by now: the renderer's own would show local variables, and so what people said.
    return structlog.dev.ConsoleRenderer(colors=stream.isatty())
