"""What attackers get out of a bot whose model obeys them: nothing; and what they would get without each guard."""

from collections import Counter
from collections.abc import Callable, Sequence

from tests.attacks.corpus import Attack, attacks, later
from tests.attacks.guards import GUARDS, without
from tests.attacks.harm import harms
from tests.attacks.playing import Range, attacked
from tests.benchmarks import world
from tests.benchmarks.rows import Row

NAME = "attacks"
FEWER = 4
"""In the quick form every so many-th attack is played with a guard off."""


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Play every attack with all guards, then again with each guard off, then with none."""
    corpus, some = attacks(), attacks()[::FEWER] if quick else attacks()
    with world.folder() as folder:
        async with attacked(f"sqlite:///{folder / 'attacks.db'}", folder) as open_range:
            progress("all guards")
            harmed = await _play(open_range, corpus)
            asked = sum(open_range.reached)
            unforeseen = await _play(open_range, later())
            rows = [_first_row(harmed, len(corpus)), _model_row(asked, len(corpus))]
            rows.append(_later_row(unforeseen))
            for number, (name, (_, what)) in enumerate(GUARDS.items(), 1):
                progress(f"without {number} of {len(GUARDS)}: {name}")
                with without(name):
                    through = await _play(open_range, some)
                rows.append(_row(f"without “{name}”", through, len(some), what))
            progress("without any guard")
            with without(*GUARDS):
                through = await _play(open_range, some)
            rows.append(_row("without any of them", through, len(some), "what the model alone would have done"))
    return rows


async def _play(open_range: Range, corpus: Sequence[Attack]) -> dict[str, list[str]]:
    """The attacks that did harm, by name, and which."""
    played = [(attack, harms(await open_range.play(attack))) for attack in corpus]
    return {attack.name: found for attack, found in played if found}


def _first_row(harmed: dict[str, list[str]], played: int) -> Row:
    told = "; ".join(f"{name}: {found[0]}" for name, found in list(harmed.items())[:5])
    return Row(NAME, "harmful outcomes", len(harmed), f"of {played}", told, "0", not harmed)


def _model_row(asked: int, played: int) -> Row:
    beside = "the others were decided by rules, before any model"
    return Row(NAME, "attacks in which the model wrote", asked, f"of {played}", beside)


def _later_row(harmed: dict[str, list[str]]) -> Row:
    told = "; ".join(found[0] for found in harmed.values())
    return Row(NAME, "harmful outcomes of attacks written after the rules", len(harmed), f"of {len(later())}", told)


def _row(name: str, harmed: dict[str, list[str]], played: int, what: str) -> Row:
    kinds = Counter(each.split(": ")[1].rstrip("0123456789 ") for each in harmed)
    through = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(3))
    return Row(NAME, name, len(harmed), f"of {played}", f"{what}" + (f" ({through})" if through else ""))
