"""Whether the articles that a draft rests on still hold: what was withdrawn since goes out no more."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import explaining
from bot.considering import Considered
from handoff.gate import Verdict
from storage import knowledge
from storage.kinds import Action, HandoffReason
from storage.tables import DraftRow


async def considered_again(session: AsyncSession, workspace_id: str, considered: Considered) -> Considered:
    """The same, unless an article that the answer cites was withdrawn or changed while it was drafted.

    Then a person answers: nobody has read what is new in the article against this question.
    """
    if considered.verdict.action != Action.ANSWER:
        return considered
    cited = {each.article_id: each.content_hash for part in (considered, *considered.also) for each in part.cited}
    if why := await withdrawn(session, workspace_id, cited):
        return replace(considered, verdict=Verdict(Action.HAND_OFF, HandoffReason.POLICY, (why,)))
    return considered


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
    found = await knowledge.by_ids(session, workspace_id, sorted(cited))
    for id_, content_hash in cited.items():
        article = found.get(id_)
        if note := explaining.since_then(content_hash, article):
            title = f"“{article.title}”" if article else "An article"
            return f"{title}, on which the reply rests, is {note} it was drafted."
    return ""
