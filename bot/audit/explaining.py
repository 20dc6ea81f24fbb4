"""Says in words what a decision rested on: how sure it was and why, by which policy, on which proof. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge import changes
from handoff.certificate import percent
from storage.evidence import Certificate, Review
from storage.kinds import Drawn, ReviewVerdict, Stage
from storage.library import Article
from storage.tables import Decision

SIGNALS = {
    "own_confidence": "the drafter's own belief",
    "token_confidence": "how sure the model's tokens were of it",
    "answerable": "whether the drafter found an answer",
    "coverage": "words of the question in its sources",
    "unknown_words": "words of the question that no source has",
    "strength": "strength of the match",
    "margin": "lead over the next article",
    "support": "sentences that the sources support",
    "unsupported_facts": "facts that no source names",
    "unsupported_names": "names that no source has",
    "uncited": "no source named",
    "caught": "claims that no source holds",
    "language_known": "language of question and articles",
    "later_turns": "length of the conversation",
    "cross_checks": "agreement of the independent checks",
    "checks_missing": "independent checks without a result",
    "known_share": "share of such questions asked before",
    "known_lead": "lead of the best known answer",
    "known_strength": "fit of the best known answer",
    "known_closeness": "closeness to questions answered before",
    "known_cited": "the article that answered such questions before",
    "new_words": "words that were in no question before",
    "question_length": "length of the question",
}
"""What a signal measures; one that is not listed is told by its name."""

WORTH_SAYING = 0.05
"""Log-odds from which a contribution is told."""

VERDICTS = {
    ReviewVerdict.RIGHT: "right",
    ReviewVerdict.INCOMPLETE: "incomplete",
    ReviewVerdict.WRONG: "wrong",
    ReviewVerdict.HARMFUL: "harmful",
    ReviewVerdict.UNSURE: "cannot tell",
}
DRAWN = {
    Drawn.AUDIT: "drawn by the uniform coin",
    Drawn.TARGETED: "drawn as risky",
    Drawn.CERTAIN: "because of what happened afterwards",
    Drawn.COPILOT: "by what an agent did with it",
}


def sureness(decision: Decision) -> Iterator[str]:
    """How sure the decision was and why: the signed contributions, the weightiest first, guessed signals flagged."""
    for sign, words in ((1, "speaks for it"), (-1, "speaks against it")):
        parts = [_contribution(name, part, decision) for name, part in _contributions(decision) if part * sign > 0]
        if parts:
            yield f"{words}: {', '.join(parts)}"
    if decision.imputed:
        named = ", ".join(SIGNALS.get(name, name.replace("_", " ")) for name in decision.imputed)
        yield f"unknown, so that the usual value stood in: {named}"


def _contributions(decision: Decision) -> list[tuple[str, float]]:
    told = [(str(name), float(part)) for name, part in decision.contributions]
    return [(name, part) for name, part in told if abs(part) >= WORTH_SAYING]


def _contribution(name: str, part: float, decision: Decision) -> str:
    said = SIGNALS.get(name, name.replace("_", " "))
    value = decision.signals.get(name)
    measured = f" {value:.2f}" if value is not None else ""
    guessed = ", guessed" if name in decision.imputed else ""
    return f"{said}{measured} ({part:+.2f}{guessed})"


def proof(decision: Decision, certificate: Certificate | None) -> str:
    """What the right to act alone rested on, in a sentence."""
    if decision.stage != Stage.AUTOPILOT:
        return f"The topic was on {decision.stage}: an agent decides."
    allowed = f"tolerance {percent(decision.tolerance)} wrong"
    if decision.certificate_id and certificate:
        return (
            f"Certificate {certificate.id}: at most {percent(certificate.tolerance)} of autonomous replies wrong, "
            f"{percent(1 - certificate.risk)} sure, from {certificate.reviews:,} reviews, {certificate.wrong:,} of "
            f"them wrong{_withdrawn(certificate)}."
        )
    if decision.certificate_id:
        return f"Certificate {decision.certificate_id}, which is not on record; {allowed}."
    return f"Unproved: it acted alone on a starting policy, without a certificate; {allowed}."


def _withdrawn(certificate: Certificate) -> str:
    why = f" ({certificate.withdrawn_because})" if certificate.withdrawn_because else ""
    return f"; withdrawn since{why}" if certificate.withdrawn_at else ""


def found(decision: Decision, articles: Mapping[str, Article]) -> Iterator[str]:
    """The passages that were found, by the titles of their articles, and whether those read otherwise now."""
    for passage in decision.passages:
        article = articles.get(str(passage["article_id"]))
        title = article.title if article else f"article {passage['article_id']}"
        note = changes.since_then(passage.get("content_hash", ""), article)
        yield (
            f"{title} (score {float(passage['score']):.2f}, {float(passage['coverage']):.0%} of the question)"
            f"{f'; {note}' if note else ''}"
        )


def versions(decision: Decision) -> str:
    """Which versions drafted and weighed it."""
    drafter = f"drafter {decision.drafter_version}" if decision.drafter_version else ""
    confidence = f"confidence {decision.confidence_version}" if decision.confidence_version else ""
    return ", ".join(part for part in (drafter, confidence) if part)


def review(row: Review) -> str:
    """A review in a few words: the verdict or that it waits, how it was drawn, and what was wrong."""
    how = DRAWN.get(Drawn(row.drawn), row.drawn)
    second = ", second reading" if row.reading > 1 else ""
    if row.verdict is None:
        return f"waits for review ({how}{second})"
    fault = f": {row.fault.replace('_', ' ')}" if row.fault else ""
    return f"{VERDICTS.get(ReviewVerdict(row.verdict), row.verdict)}{fault} ({how}{second})"


def waiting(reviews: Sequence[Review]) -> list[str]:
    """The reviews that nobody has given yet."""
    return [review(each) for each in reviews if each.verdict is None]
