"""Writes a scenario from a real conversation, with personal data masked. Pure."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from bot.rehearsal.scenario import MOST_TURNS
from handoff import gate
from handoff.anonymising import mask
from handoff.draft import Author
from storage.kinds import Action
from storage.past_decisions import Past
from storage.tables import Decision, Message

_HEAD = """\
# From conversation {id}, with personal data masked: cards, accounts, phones, e-mails, addresses, tokens, ids,
# {names}.
# Read it through before you share it: a name that nobody told stays. The checks say what happened then;
# make them say what should happen.
"""


def write(past: Past, names: Iterable[str], article_keys: Mapping[str, str]) -> str:
    """The conversation as the YAML of a scenario: its customer's words as reactions, what happened as checks.

    Args:
        past: the conversation.
        names: of the people in it, as far as they are known; they are masked.
        article_keys: the keys of articles in their source, by id, for what was cited.

    Returns:
        YAML that `baton rehearse` reads, with a head that says what to look at.

    Raises:
        ValueError: when the customer said nothing that could be played.
    """
    known = list(names)
    said = [each for each in past.messages if each.author == Author.CUSTOMER and each.deleted_at is None]
    if not said:
        raise ValueError("its customer's words are gone")
    followed = {each.message_id: each for each in past.decisions}
    told: dict[str, Any] = {"about": "What it shows: …", "says": mask(said[0].text, known)}
    if not said[0].text:
        told |= {"attaches_file": True}
    if past.conversation.language:
        told["customer"] = {"language": past.conversation.language}
    if reactions := _reactions(said, followed, known):
        told["reactions"] = reactions
    told["checks"] = _checks(past, said, article_keys)
    order = ("about", "customer", "says", "attaches_file", "reactions", "checks")
    body = yaml.safe_dump(
        {name: told[name] for name in order if name in told}, sort_keys=False, allow_unicode=True, width=110
    )
    masked = "and the names it was told" if known else "but no names: none were told"
    return _HEAD.format(id=past.conversation.id, names=masked) + body


def _reactions(
    said: Sequence[Message], followed: Mapping[str, Decision], names: Sequence[str]
) -> dict[str, list[dict[str, str]]]:
    """What the customer said next, by what Baton had done before; nothing after a person took over."""
    reactions: dict[str, list[dict[str, str]]] = {}
    for before, message in itertools.pairwise(said[:MOST_TURNS]):
        decision = followed.get(before.id)
        if decision is None or decision.action not in gate.ACTS_ALONE:
            break
        reactions.setdefault(str(decision.action), []).append({"says": mask(message.text, names)})
    return reactions


def _checks(past: Past, said: Sequence[Message], article_keys: Mapping[str, str]) -> dict[str, Any]:
    played = [each for each in past.decisions if each.message_id in {message.id for message in said}]
    checks: dict[str, Any] = {}
    if any(each.action == Action.ANSWER for each in played):
        checks["must_answer"] = True
    if any(each.action == Action.CLARIFY for each in played):
        checks["must_clarify"] = True
    to_person = next((each for each in played if each.action in (Action.HAND_OFF, Action.PROPOSE)), None)
    if to_person:
        checks["must_hand_off"] = str(to_person.reason) if to_person.reason else True
    elif played:
        checks["must_not_hand_off"] = True
    if cited := _cited(past, played, article_keys):
        checks["must_cite"] = cited
    checks["most_turns"] = min(max(1, len(played)), MOST_TURNS)
    return checks


def _cited(past: Past, played: Sequence[Decision], article_keys: Mapping[str, str]) -> list[str]:
    """The articles of what was answered or proposed, by key where it is known, else by title."""
    drafts = [past.drafts.get(each.draft_id or "") for each in played if each.action in (Action.ANSWER, Action.PROPOSE)]
    citations = [each for draft in drafts if draft for each in draft.citations]
    keys = [article_keys.get(str(each.get("article_id"))) or str(each.get("title")) for each in citations]
    return [key.rsplit(".", 1)[0] if "." in key else key for key in dict.fromkeys(keys)]
