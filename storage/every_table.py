"""The tables, all of them. Who asks for their order or goes through them asks here, not at `Row`.

`Row` knows the tables of the modules that a process happened to load: one that loaded a part could not even put those
in order, for their references lead to tables that are not there.
"""

# ruff: noqa: F401
# pyright: reportUnusedImport=false

from storage import (
    answer_pairs,
    endings,
    evidence,
    kept_reports,
    library,
    queues,
    spending,
    tables,
    theme_tables,
    watched,
)
from storage.row import Row

METADATA = Row.metadata
