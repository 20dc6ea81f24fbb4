"""The pages that are made from the code: `python -m tests.pages` (or `make docs`) writes them, a test compares them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.cli import app
from bot.settings import Settings, variable

ROOT = Path(__file__).parent.parent

SETTINGS_HEAD = """# Settings

Baton reads its settings from environment variables, and from a file `.env` in the folder it is started in; a variable
of the environment wins. An empty value counts as not set. `baton doctor` checks them against Slack, the database and
the model. This page is made from `bot/settings.py` by `make docs`.

"""
ENV_HEAD = """# Copy this to .env and fill in what you need. Every line that stays a comment keeps its default.
# Made from bot/settings.py by `make docs`.
"""
COMMANDS_HEAD = """# Commands

`baton` is installed into the environment (`.venv/bin/baton` after `make setup`); `python -m bot` is the same. Settings
come from the environment, see [settings](settings.md). Exit codes: 0 done; 1 something failed, or a check does not
hold; 2 the command or a setting is wrong; 130 it was interrupted. What a command tells goes to stdout, progress and
problems to stderr. This page is made from `bot/cli/` by `make docs`.

"""


def pages() -> dict[Path, str]:
    """Every made page: where it is, and what it must hold."""
    return {
        ROOT / ".env.example": ENV_HEAD + "".join(_env_lines()),
        ROOT / "docs" / "settings.md": SETTINGS_HEAD + "\n".join(_settings_lines()) + "\n",
        ROOT / "docs" / "commands.md": COMMANDS_HEAD + "\n".join(_command_lines(typer.main.get_command(app), "baton")),
    }


def _shown(field: FieldInfo) -> str:
    """A default as one writes it."""
    match field.default:
        case None | () | "":
            return ""
        case bool() as on:
            return "true" if on else "false"
        case float() as number:
            return f"{number:g}" if number < 1 else f"{number:.0f}"
        case other:
            return str(other)


def _env_lines() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield f"\n# {field.description}\n#{variable(name)}={_shown(field)}\n"


def _settings_lines() -> Iterator[str]:
    yield "| variable | default | what it is |"
    yield "|---|---|---|"
    for name, field in Settings.model_fields.items():
        default = f"`{_shown(field)}`" if _shown(field) else ""
        allowed = _allowed(field)
        yield f"| `{variable(name)}` | {default} | {field.description}{allowed} |"


def _allowed(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return " One of " + ", ".join(f"`{each}`" for each in get_args(field.annotation)) + "."
    if field.annotation == SecretStr | None:
        return " A secret: never logged, never shown."
    return ""


def _command_lines(command: Any, path: str) -> Iterator[str]:
    children = getattr(command, "commands", {})
    for name, child in children.items():
        yield from _command_lines(child, f"{path} {name}")
    if children:
        return
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and not each.hidden]
    usage = " ".join([path, *map(_argument, arguments)])
    yield f"## {path}\n"
    yield f"{command.help}\n"
    yield f"```\n{usage}{' [OPTIONS]' if options else ''}\n```\n"
    if arguments or options:
        yield "| | |\n|---|---|"
        yield from (_row(_argument(each), each.help) for each in arguments)
        yield from (_option(each) for each in options)
        yield ""


def _argument(argument: Any) -> str:
    """Its name, in brackets where it may be left out."""
    name = str(argument.metavar or argument.name.upper())
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _option(option: Any) -> str:
    value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
    shown = f" Default: {option.default}." if not option.is_flag and option.default not in (None, "") else ""
    return _row(f"{', '.join(option.opts)}{value}", f"{option.help}{shown}")


def _row(what: str, meaning: str) -> str:
    return f"| `{what.replace('|', chr(92) + '|')}` | {meaning} |"


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        print(path.relative_to(ROOT))
