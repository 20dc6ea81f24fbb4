"""Switches guards off, here alone: the product has no such switch."""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from bot.disclosure import holding
from bot.drafting import answer, openai, prompt
from bot.models import forms
from bot.thinking import considering
from bot.views import mrkdwn, post
from handoff import gate, guard, leaks, masking, vouched_links
from handoff.audience import Reader
from handoff.draft import FoundPassage
from handoff.masking import Masking, Shown
from handoff.vouched_links import Vouched

Switch = Callable[[ExitStack], Any]


def _itself(text: str, *_: object) -> str:
    return text


def _patched(target: object, name: str, value: object) -> Switch:
    return lambda stack: stack.enter_context(mock.patch.object(target, name, value))


def _all_of(*switches: Switch) -> Switch:
    return lambda stack: [switch(stack) for switch in switches]


def _reads_everything(stack: ExitStack) -> None:
    found = considering.search.search

    async def search(*given: Any, **told: Any) -> Any:
        return await found(*given, **{**told, "reader": Reader(is_agent=True)})

    async def for_anybody(*_: object) -> bool:
        return True

    stack.enter_context(mock.patch.object(considering.search, "search", search))
    stack.enter_context(mock.patch.object(holding, "_for_its_reader", for_anybody))


def _previews(stack: ExitStack) -> None:
    from slack_sdk.web.async_client import AsyncWebClient

    call = AsyncWebClient.chat_postMessage

    async def with_previews(self: AsyncWebClient, **told: Any) -> Any:
        told.pop("unfurl_links", None)
        told.pop("unfurl_media", None)
        return await call(self, **told)

    stack.enter_context(mock.patch.object(AsyncWebClient, "chat_postMessage", with_previews))


def _any_mood(stack: ExitStack) -> None:
    stack.enter_context(mock.patch.object(gate, "person_needed", lambda *_: None))


def _claims(stack: ExitStack) -> None:
    stack.enter_context(mock.patch.object(considering.guard, "caught", lambda *_: ()))


def _dictation(stack: ExitStack) -> None:
    stack.enter_context(mock.patch.object(guard, "dictated", lambda *_: ""))


def _vouching(stack: ExitStack) -> None:
    stack.enter_context(mock.patch.object(Vouched, "only", lambda _self, text: text))


def _honest_hosts(stack: ExitStack) -> None:
    plain = lambda address: vouched_links.urlsplit(address).hostname or ""  # noqa: E731 - what host_of would be without
    stack.enter_context(mock.patch.object(mrkdwn, "host_of", plain))
    stack.enter_context(mock.patch.object(vouched_links, "host_of", plain))


def _any_form(stack: ExitStack) -> None:
    read = forms.read

    def leniently(content: str, form: type[Any]) -> Any:
        try:
            return read(content, form)
        except forms.Unreadable:
            if form is not answer.Answer:
                raise
            return form.model_construct(**_fields(content))

    stack.enter_context(mock.patch.object(forms, "read", leniently))


def _fields(content: str) -> dict[str, Any]:
    """What a bot without a schema would take from an answer: the fields it knows, or all of it as the reply."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = {"reply": content}
    known = {key: value for key, value in told.items() if key in answer.Answer.model_fields} if _is_object(told) else {}
    cited = [f"S{number}" for number in range(1, 11)]
    taken: dict[str, Any] = {"reply": content, "citations": cited, "answerable": True, "own_confidence": 1.0} | known
    return taken | {key: str(taken[key]) for key in ("reply", "clarifying_question") if key in taken}


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _any_ids(names: Sequence[str], given: Mapping[str, FoundPassage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given[name].passage_id if name in given else name for name in names))


GUARDS: dict[str, tuple[Switch, str]] = {
    "the three characters are escaped": (
        _patched(mrkdwn, "_marked_as_words", _itself),
        "mentions, broadcasts, Slack's own link syntax",
    ),
    "Slack makes no links of its own": (_patched(post, "literal", lambda shown: shown), "bare addresses, @channel"),
    "no previews": (_previews, "Slack fetching an address without a press"),
    "unseen characters are dropped": (
        _all_of(_patched(mrkdwn, "visible", _itself), _patched(prompt, "visible", _itself)),
        "tags, zero widths, turned text",
    ),
    "links are vouched for": (_vouching, "addresses no cited article names"),
    "hosts are shown as they are": (_honest_hosts, "userinfo, backslashes, look-alike letters"),
    "claims rest on articles": (_claims, "promises, prices, links, addresses"),
    "whoever dictates is heard by a person": (_dictation, "orders to the assistant, by their plain forms"),
    "readers read what they may": (_reads_everything, "internal articles"),
    "personal data is masked": (
        _all_of(
            _patched(Masking, "hide", lambda _self, text: text),
            _patched(Masking, "show", lambda _self, text: Shown(text, whole=True)),
        ),
        "cards, passwords, addresses, placeholders",
    ),
    "data stays out of addresses": (_patched(masking, "_in_an_address", lambda *_: False), "exfiltration by link"),
    "answers have a form": (_any_form, "answers that are none"),
    "cited ids were given": (_patched(openai, "_ids", _any_ids), "sources that do not exist"),
    "rules are not told": (_patched(leaks, "tells_rules", lambda *_: False), "the prompt"),
    "nobody else's data": (_patched(leaks, "strangers", lambda *_: []), "other customers"),
    "wish and mood come first": (_any_mood, "a model that hides anger or a wish"),
}
"""Each guard, and what it is there for."""


@contextmanager
def without(*names: str) -> Generator[None]:
    """Attack with these guards switched off."""
    with ExitStack() as stack:
        for name in names:
            GUARDS[name][0](stack)
        yield
