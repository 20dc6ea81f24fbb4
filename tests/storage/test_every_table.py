"""All tables are known to whoever asks for them."""

import re
import subprocess
import sys
from pathlib import Path

from storage import every_table

FOLDER = Path(every_table.__file__).parent


def test_no_module_with_a_table_is_left_out() -> None:
    with_tables = {path.stem for path in FOLDER.glob("*.py") if re.search(r"table=True\)", path.read_text("utf-8"))}
    assert len(with_tables) > 5
    assert {name for name in with_tables if not hasattr(every_table, name)} == set()


def test_a_process_that_loads_nothing_but_a_session_knows_their_order() -> None:
    asked = (
        "from storage.session import _place, METADATA; print(len({_place(each) for each in METADATA.tables.values()}))"
    )
    told = subprocess.run([sys.executable, "-c", asked], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    assert int(told.stdout) == len(every_table.METADATA.tables)
