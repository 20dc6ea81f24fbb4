"""Whether the articles that a draft rests on still hold, for whoever will read it: else it goes out no more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge import changes
from bot.thinking.considering import Considered
from handoff.gate import ACTS_ALONE, Verdict
from storage import answers, knowledge
from storage.kinds import Action, HandoffReason
from storage.library import Article
from storage.tables import DraftRow

NOT_FOR_THEM = "An article that the reply was drafted from is no longer for this reader."


async def considered_again(session: AsyncSession, workspace_id: str, considered: Considered) -> Considered:
    """The same, unless what the answer rests on does not hold any more.

    When an article that it cites was withdrawn or changed while it was drafted, a person answers: nobody has read what
    is new in the article against this question. So does one when an article that its drafter read, cited or not, is no
    longer for whoever will read the reply. A taught answer whose own articles have changed since it was taught is
    proposed to an agent.
    """
    if considered.verdict.action not in ACTS_ALONE:
        return considered
    shown = {each.article_id for part in (considered, *considered.also) for each in part.passages}
    known = await knowledge.by_ids(session, workspace_id, sorted(shown)) if shown else {}
    if not _for_its_reader(considered, known.values()):
        return replace(considered, verdict=Verdict(Action.HAND_OFF, HandoffReason.POLICY, (NOT_FOR_THEM,)))
    if considered.verdict.action != Action.ANSWER:
        return considered
    passages = [each for part in (considered, *considered.also) for each in part.cited]
    cited = {each.article_id: each.content_hash for each in passages}
    taught = sorted({each.article_id for each in passages if each.taught})
    if why := _no_longer_as_cited(cited, known):
        return replace(considered, verdict=Verdict(Action.HAND_OFF, HandoffReason.POLICY, (why,)))
    if taught and (why := await taught_before_a_change(session, workspace_id, taught)):
        reasons = (why, *considered.verdict.reasons)
        return replace(considered, verdict=Verdict(Action.PROPOSE, HandoffReason.POLICY, reasons))
    return considered


def _for_its_reader(considered: Considered, articles: Iterable[Article]) -> bool:
    """Whether whoever will read the reply may read, as things stand, every article that its drafter was shown."""
    return all(considered.reader.may_read(each.audience) for each in articles if not each.removed_at)


async def taught_before_a_change(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> str:
    """Which of the articles is a taught answer whose own articles read otherwise now, in words; empty for none."""
    pairs = await answers.among(session, workspace_id, article_ids)
    changed = await answers.outdated(session, workspace_id, pairs) if pairs else {}
    titles = dict.fromkeys(title for each in changed.values() for title in each)
    if not titles:
        return ""
    named = ", ".join(f"“{title}”" for title in titles)
    return f"It rests on a taught answer that may be outdated: {named} changed since."


async def withdrawn_since(session: AsyncSession, draft: DraftRow) -> str:
    """Which article of a stored draft no longer holds, in words; empty when all do.

    One that was only changed counts as holding: an agent reads the draft before it goes out.
    """
    return await withdrawn(
        session, draft.workspace_id, {str(each.get("article_id", "")): "" for each in draft.citations}
    )


async def withdrawn(session: AsyncSession, workspace_id: str, cited: Mapping[str, str]) -> str:
    """The first article that no longer holds as it was cited, in words; empty when all do.

    Args:
        session: of the transaction that would send the reply.
        workspace_id: of the articles.
        cited: by article id, the hash of what it said; an empty one takes any.
    """
    if not cited:
        return ""
    return _no_longer_as_cited(cited, await knowledge.by_ids(session, workspace_id, sorted(cited)))


def _no_longer_as_cited(cited: Mapping[str, str], found: Mapping[str, Article]) -> str:
    for id_, content_hash in cited.items():
        article = found.get(id_)
        if note := changes.since_then(content_hash, article):
            title = f"“{article.title}”" if article else "An article"
            return f"{title}, on which the reply rests, is {note} it was drafted."
    return ""
