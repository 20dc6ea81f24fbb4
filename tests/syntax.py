"""Python files as syntax trees."""

import ast
import gc
from functools import cache
from pathlib import Path


def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a file's syntax tree.

    No garbage is collected meanwhile: what other tests left behind may log a traceback as it goes, for which Python
    3.11 parses the line at fault, and a parser at work inside of another one makes both fail (python/cpython#106905).
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    finally:
        if collects:
            gc.enable()


@cache
def attributes(path: Path) -> frozenset[str]:
    """The names of all attributes that a file reads or sets."""
    return frozenset(node.attr for node in nodes(path) if isinstance(node, ast.Attribute))
