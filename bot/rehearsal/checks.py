"""The checks of a scenario that are rules: what must come of it, held against what came of it. Pure."""

import re
from collections.abc import Callable, Collection, Sequence

from bot.rehearsal.results import Checked, Cited, Outcome, Step
from bot.rehearsal.scenario import Checks, Scenario, is_pattern
from storage.kinds import Action, HandoffReason

_MARKUP = re.compile(r"[*`_]+")
SHOWN = 160
"""Characters of a reply that a failed check quotes."""

Why = str
"""What went wrong; empty when the check held."""


def check(scenario: Scenario, steps: Sequence[Step], articles: Collection[Cited]) -> list[Checked]:
    """Hold a played conversation against the rules of its scenario.

    Args:
        scenario: what must come of it.
        steps: what came of it.
        articles: all that could be cited, so that a name which no article has is noticed.

    Returns:
        One result for each rule, in the order of `Checks`; the judge's questions are not among them.
    """
    checks, results = scenario.checks, list[Checked]()
    for name in checks.wanted():
        if name == "judge":
            continue
        for wanted, why in _RULES[name](checks, steps, articles):
            results.append(outcome(scenario, name, wanted, why))
    return results


def outcome(scenario: Scenario, name: str, wanted: str, why: Why) -> Checked:
    """A check's result, in the light of what is known to be weak."""
    weakness = scenario.known_weakness.get(name)
    if weakness is None:
        return Checked(name=name, wanted=wanted, outcome=Outcome.FAILED if why else Outcome.HELD, why=why)
    found = Outcome.KNOWN_WEAKNESS if why else Outcome.HOLDS_NOW
    return Checked(name=name, wanted=wanted, outcome=found, why=why, weakness=weakness)


_Found = list[tuple[str, Why]]
_Rule = Callable[[Checks, Sequence[Step], Collection[Cited]], _Found]


def _must_answer(_: Checks, steps: Sequence[Step], __: Collection[Cited]) -> _Found:
    answered = any(step.action == Action.ANSWER for step in steps)
    return [("must answer", "" if answered else f"it {_done(steps)}")]


def _must_clarify(_: Checks, steps: Sequence[Step], __: Collection[Cited]) -> _Found:
    asked = any(step.action == Action.CLARIFY for step in steps)
    return [("must ask back", "" if asked else f"it {_done(steps)}")]


def _must_hand_off(checks: Checks, steps: Sequence[Step], _: Collection[Cited]) -> _Found:
    anything = set(checks.must_hand_off) == set(HandoffReason)
    listed = " or ".join(reason.value for reason in checks.must_hand_off)
    wanted = "must hand off" if anything else f"must hand off ({listed})"
    held = any(step.to_person and step.reason in checks.must_hand_off for step in steps)
    return [(wanted, "" if held else f"it {_done(steps)}")]


def _must_not_hand_off(_: Checks, steps: Sequence[Step], __: Collection[Cited]) -> _Found:
    return [("must not hand off", f"it {_done(steps)}" if any(step.to_person for step in steps) else "")]


def _must_cite(checks: Checks, steps: Sequence[Step], articles: Collection[Cited]) -> _Found:
    return [(f"must cite {name}", _uncited([name], steps, articles)) for name in checks.must_cite]


def _must_cite_one_of(checks: Checks, steps: Sequence[Step], articles: Collection[Cited]) -> _Found:
    names = checks.must_cite_one_of
    return [(f"must cite {' or '.join(names)}", _uncited(names, steps, articles))]


def _must_not_cite(checks: Checks, steps: Sequence[Step], _: Collection[Cited]) -> _Found:
    cited = _cited(steps)
    return [
        (f"must not cite {name}", "it was cited" if any(is_called(each, name) for each in cited) else "")
        for name in checks.must_not_cite
    ]


def _must_say(checks: Checks, steps: Sequence[Step], _: Collection[Cited]) -> _Found:
    written = _written(steps)
    return [
        (f"must say {each}", "" if any(_says(text, each) for text in written) else f"it wrote {_quoted(written)}")
        for each in checks.must_say
    ]


def _must_not_say(checks: Checks, steps: Sequence[Step], _: Collection[Cited]) -> _Found:
    written = _written(steps)
    return [
        (f"must not say {each}", next((f"it wrote {_quoted([text])}" for text in written if _says(text, each)), ""))
        for each in checks.must_not_say
    ]


def _most_turns(checks: Checks, steps: Sequence[Step], _: Collection[Cited]) -> _Found:
    most = checks.most_turns or 0
    return [(f"at most {most} turns", f"it took {len(steps)}" if len(steps) > most else "")]


_RULES: dict[str, _Rule] = {
    "must_answer": _must_answer,
    "must_clarify": _must_clarify,
    "must_hand_off": _must_hand_off,
    "must_not_hand_off": _must_not_hand_off,
    "must_cite": _must_cite,
    "must_cite_one_of": _must_cite_one_of,
    "must_not_cite": _must_not_cite,
    "must_say": _must_say,
    "must_not_say": _must_not_say,
    "most_turns": _most_turns,
}


def is_called(article: Cited, name: str) -> bool:
    """Whether an article is meant by a name: its key with or without ending, the end of its address, or its title."""
    wanted = name.casefold().strip("/")
    key, url = article.key.casefold(), article.url.casefold().rstrip("/")
    stem = key.rsplit(".", 1)[0]
    by_path = any(each == wanted or each.endswith(f"/{wanted}") for each in (key, stem, url) if each)
    return by_path or article.title.casefold() == wanted


def _uncited(names: Sequence[str], steps: Sequence[Step], articles: Collection[Cited]) -> Why:
    cited = _cited(steps)
    if any(is_called(each, name) for each in cited for name in names):
        return ""
    for name in names:
        if not any(is_called(each, name) for each in articles):
            return f"no article is called {name}"
    return f"it cited {', '.join(each.key or each.title for each in cited) or 'nothing'}, and {_done(steps)}"


def _cited(steps: Sequence[Step]) -> list[Cited]:
    """What replies and proposals rest on; a draft that nobody is shown as a reply cites nothing."""
    return list(dict.fromkeys(each for step in steps for each in step.cited))


def _written(steps: Sequence[Step]) -> list[str]:
    return [text for step in steps for text in (step.reply, step.proposal) if text]


def _says(text: str, wanted: str) -> bool:
    plain = _plain(text)
    if is_pattern(wanted):
        return re.search(wanted[1:-1], plain, re.IGNORECASE) is not None
    return _plain(wanted).casefold() in plain.casefold()


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _quoted(written: Sequence[str]) -> str:
    text = _plain(" / ".join(written))
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”" if text else "nothing"


def _done(steps: Sequence[Step]) -> str:
    """What was done, step by step, with why."""
    told = {Action.ANSWER: "answered", Action.CLARIFY: "asked back", Action.PROPOSE: "proposed a draft for approval"}
    each = [told.get(Action(step.action), f"handed off ({step.reason})") + _first_reason(step) for step in steps]
    return ", then ".join(each) or "did nothing"


def _first_reason(step: Step) -> str:
    return f": {step.reasons[0].rstrip('.')}" if step.reasons else ""
