"""One process serves from a file of SQLite, and the next one knows whether the last one lives."""

import subprocess
import sys
from pathlib import Path

from storage import alone

SERVES = """
import sys
from storage import alone
with alone.serving(sys.argv[1]) as by_itself:
    print(by_itself, flush=True)
    sys.stdin.read()
"""


def test_a_file_is_served_by_one_process_until_that_ends_however_it_does(tmp_path: Path) -> None:
    path = tmp_path / "baton.db"
    path.touch()
    command = [sys.executable, "-c", SERVES, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        with alone.serving(str(path)) as by_itself:
            assert not by_itself
        other.kill()
    with alone.serving(str(path)) as by_itself:
        assert by_itself


def test_where_there_is_no_file_nobody_else_serves(tmp_path: Path) -> None:
    with alone.serving(str(tmp_path / "none.db")) as by_itself:
        assert by_itself
    assert list(tmp_path.iterdir()) == []
