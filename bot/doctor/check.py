"""What the doctor looked at, as people and programs read it."""

import json
from dataclasses import asdict, dataclass

from bot.settings import description, variable


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it holds, what was found, and how to mend it when it does not hold."""

    name: str
    ok: bool
    found: str
    mend: str = ""


def not_set(what: str, name: str) -> Check:
    """A setting that must be there and is not."""
    return Check(what, ok=False, found=f"{variable(name)} is not set", mend=description(name))


def as_json(checks: list[Check]) -> str:
    """The checks as a list of objects."""
    return json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False)


def as_table(checks: list[Check]) -> str:
    """The checks as people read them, with what to do below each that does not hold."""
    width = max(len(check.name) for check in checks)
    lines: list[str] = []
    for check in checks:
        lines.append(f"{'✓' if check.ok else '✗'} {check.name:<{width}}  {check.found}")
        if not check.ok and check.mend:
            lines.append(f"  {'':<{width}}  → {check.mend}")
    failed = sum(not check.ok for check in checks)
    lines.append("Everything holds." if not failed else f"{failed} of {len(checks)} checks do not hold.")
    return "\n".join(lines)
