"""Whether two questions are of one matter: bank customers', of one intent or of two on the same topic.

The numbers of the rule were chosen on questions of the training set that no recogniser had learned; these are of the
test set, which it never saw. A quarter of the intents is held back, so that their questions are new to the recogniser.
"""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from handoff.matter import same_matter
from handoff.recognition import Recogniser
from tests.benchmarks import bank_pool
from tests.benchmarks.rows import Row, data_missing

NAME = "same_matter"
PAIRS, QUICK = 4_000, 600
FOUND, FALSE = 0.7, 0.05
TOPICS = {
    "top_up": ("top_up", "topping"),
    "identity": ("verif", "identity", "source_of_funds"),
    "exchange": ("exchange", "currenc"),
    "cash": ("cash", "atm", "cheque"),
    "transfers": ("transfer", "beneficiary", "receiving"),
    "payments": ("card_payment", "direct_debit", "charge", "refund"),
    "cards": ("card", "pin", "contactless", "apple", "visa"),
}
"""What the names of a topic's intents hold; the first that fits counts, and the others are about the account."""

Pair = tuple[str, str, bool]


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Pairs of each kind, with the known questions learned and without."""
    many = QUICK if quick else PAIRS
    kept: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for choice in bank_pool.CHOICES[:1] if quick else bank_pool.CHOICES:
        progress(f"choice {choice}")
        bank = bank_pool.bank(choice)
        if bank is None:
            return [data_missing(NAME, "questions of one matter")]
        texts: dict[str, list[str]] = defaultdict(list)
        for each in bank.answered:
            texts[each.answer].append(each.text)
        known = {each.answer for each in bank.answered if each.in_scope}
        for kind, intents in (("known", known), ("new", set(texts) - known), ("all", set(texts))):
            for one, other, same in _pairs({name: texts[name] for name in sorted(intents)}, many, Random(choice)):
                kept[kind].append((same, _said(one, other, bank.recogniser), _said(one, other, None)))
    rows: list[Row] = []
    for kind, name in (("known", "known questions"), ("all", "a quarter of the intents new"), ("new", "new intents")):
        found, false = (_share(kept[kind], same=same, column=1) for same in (True, False))
        plain = " and ".join(f"{_share(kept[kind], same=same, column=2):.2f}" for same in (True, False))
        beside = f"nothing learned: {plain}"
        bound = kind == "known"
        target = f">= {FOUND}" if bound else ""
        rows.append(Row(NAME, f"{name}: found", found, "share", beside, target, found >= FOUND if bound else None))
        most = f"<= {FALSE}" if bound else ""
        rows.append(Row(NAME, f"{name}: falsely", false, "share", "", most, false <= FALSE if bound else None))
    return rows


def _said(one: str, other: str, known: Recogniser | None) -> bool:
    return same_matter(one, other, earlier_topic="", new_topic="", known=known)


def _share(kept: list[tuple[bool, bool, bool]], *, same: bool, column: int) -> float:
    wanted = [each[column] for each in kept if each[0] is same]
    return round(sum(wanted) / len(wanted), 3)


def _pairs(texts: dict[str, list[str]], many: int, chance: Random) -> list[Pair]:
    """Half of them of one intent, half of two intents on one topic."""
    topics: dict[str, list[str]] = defaultdict(list)
    for intent in texts:
        topics[_topic(intent)].append(intent)
    with_others = [intent for intent in texts if len(topics[_topic(intent)]) > 1]
    pairs: list[Pair] = []
    for _ in range(many // 2):
        one, other = chance.sample(texts[chance.choice(list(texts))], 2)
        pairs.append((one, other, True))
        intent = chance.choice(with_others)
        another = chance.choice([each for each in topics[_topic(intent)] if each != intent])
        pairs.append((chance.choice(texts[intent]), chance.choice(texts[another]), False))
    return pairs


def _topic(intent: str) -> str:
    name = intent.lower()
    return next((topic for topic, parts in TOPICS.items() if any(part in name for part in parts)), "account")
