"""Writes a report in the form that was asked for, to a file or to the terminal."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typer

from bot import reports, terminal
from bot.charts.picture import CannotDraw, Charts
from bot.commands.patience import patience
from bot.commands.report_forms import ReportForm
from bot.commands.workspace import CommandProblem
from bot.reports import Report
from storage.problem import WrongUse

BY_ENDING: dict[str, ReportForm] = {
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".png": "png",
    ".txt": "text",
}
OTHER_FORMS = (".pdf", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".xls", ".xlsx", ".ods", ".doc", ".docx")
"""Endings of forms that a report is not written in; any other one, such as that of a temporary file, says nothing."""
WRITTEN: dict[str, Callable[[Report], str]] = {
    "text": lambda report: reports.to_text(report, width=terminal.width()),
    "json": lambda report: reports.to_json(report) + "\n",
    "csv": reports.to_csv,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """In which form a report is written, and to which file; to standard output without one."""

    given: ReportForm | None = None
    output: Path | None = None

    @property
    def form(self) -> ReportForm:
        """The form that was asked for, or the one that the file's name says."""
        return self.given or BY_ENDING.get(self.output.suffix.casefold() if self.output else "", "text")

    def check(self) -> None:
        """Hold form and file against each other before the long work.

        Raises:
            WrongUse: when the picture would go to a terminal, the file's name promises a form that there is not, or its
                folder does not exist.
        """
        if self.output is None:
            if self.form == "png" and sys.stdout.isatty():
                raise WrongUse(
                    "A picture cannot be shown in a terminal: add --output report.png, or send it on by a |."
                )
        elif self.given is None and self.output.suffix.casefold() in OTHER_FORMS:
            raise WrongUse(
                f"A report is not written as {self.output.suffix}. Name a file that ends in {', '.join(BY_ENDING)}; a "
                ".html page can be printed to a PDF."
            )
        elif self.output.is_dir():
            raise WrongUse(
                f"{self.output} is a folder. Name a file in it, such as {self.output / 'report'}.{self.form}."
            )
        elif not self.output.parent.is_dir():
            raise WrongUse(f"There is no folder {self.output.parent}. Make it first, or name another file.")


async def write(report: Report, shown: Shown) -> None:
    """Write the report.

    Raises:
        CommandProblem: when it cannot be drawn, or the file cannot be written.
    """
    content = await _content(report, shown.form)
    if shown.output is None:
        # By bytes: a CSV keeps its line ends, and a picture is none of the terminal's letters.
        typer.echo(content, nl=False)
        return
    try:
        await asyncio.to_thread(_replace, shown.output, content)
    except OSError as error:
        raise CommandProblem(f"The report cannot be written to {shown.output}: {error.strerror}.") from error
    typer.echo(f"The report is in {shown.output}.", err=True)


async def _content(report: Report, form: ReportForm) -> bytes:
    if form == "html":
        return reports.to_html(report, await _charts(report)).encode()
    if form != "png":
        return WRITTEN[form](report).encode()
    try:
        async with patience("Drawing the chart"):
            return await reports.chart_png(report)
    except CannotDraw as error:
        raise CommandProblem(f"The chart cannot be drawn: {error}") from error


async def _charts(report: Report) -> Charts:
    """The charts of the page; none when drawing fails, for the words matter more."""
    try:
        async with patience("Drawing the charts"):
            return await reports.charts(report, "svg")
    except CannotDraw as error:
        typer.echo(f"The charts cannot be drawn, so the page has none: {error}", err=True)
        return Charts()


def _replace(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    if path.exists() and not path.is_file():  # such as /dev/stdout
        path.write_bytes(content)
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        half = Path(file.name)
        try:
            file.write(content)
            file.close()
            half.chmod(path.stat().st_mode if path.exists() else 0o644)
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
