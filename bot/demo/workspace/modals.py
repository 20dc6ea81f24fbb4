"""Modals and App Home: stacks of views, opened by a trigger and changed by their hash."""

import hashlib
import json
import time

from bot.demo.workspace import blocks, inputs
from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages
from bot.demo.workspace.state import View

DEEPEST_STACK = 3


class Modals:
    """The views of every person."""

    def __init__(self, messages: Messages) -> None:
        self.messages, self.state = messages, messages.state

    def use_trigger(self, trigger_id: str) -> str:
        """Use up a trigger and return whose it is.

        Raises:
            SlackError: when it is unknown, was used before, or is too old.
        """
        trigger = self.state.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid `trigger_id`"]})
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > self.state.seed.trigger_seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user_id

    def open(self, user: str, content: Json) -> View:
        """Open a modal on top of nothing."""
        blocks.check_view(content, "modal")
        for view_id in self.state.modals.pop(user, []):
            self.state.views.pop(view_id, None)
        return self._add(user, content)

    def push(self, user: str, content: Json) -> View:
        """Open a modal on top of the one that is open."""
        blocks.check_view(content, "modal")
        if not self.state.modals.get(user):
            raise SlackError("not_found")
        if len(self.state.modals[user]) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        return self._add(user, content)

    def update(self, view_id: str, content: Json, expected_hash: str | None, external_id: str = "") -> View:
        """Change a view, unless it changed since `expected_hash`."""
        view = self.state.views.get(view_id) or self._by_external_id(external_id)
        if view is None:
            raise SlackError("not_found")
        blocks.check_view(content, str(view.content["type"]))
        self._same(view, expected_hash)
        self._fill(view, content)
        kind = "view_updated" if content["type"] == "modal" else "home"
        self.messages.tell_user(view.user_id, {"type": kind, "view_id": view.id})
        return view

    def publish(self, user: str, content: Json, expected_hash: str | None) -> View:
        """Set a person's App Home."""
        if user not in self.state.users:
            raise SlackError("user_not_found")
        blocks.check_view(content, "home")
        view = self.state.homes.get(user)
        if view is None:
            view = View(self.state.new_id("V"), user, content, "")
            self.state.homes[user] = self.state.views[view.id] = view
        else:
            self._same(view, expected_hash)
        self._fill(view, content)
        self.messages.tell_user(user, {"type": "home"})
        return view

    def stack(self, user: str) -> list[Json]:
        """A person's open modals, the top one last."""
        return [self.shown(self.state.views[each]) for each in self.state.modals.get(user, [])]

    def shown(self, view: View) -> Json:
        """A view as Slack shows it to the app."""
        return view.as_json(self.state.app, self.state.seed.team_id)

    def of_user(self, user: str, view_id: str) -> View:
        """A view that belongs to this person."""
        view = self.state.views.get(view_id)
        if view is None or view.user_id != user:
            raise SlackError("view_not_found")
        return view

    def drop(self, user: str, view: View) -> None:
        """Close one modal."""
        stack = self.state.modals.get(user, [])
        if view.id in stack:
            stack.remove(view.id)
        self.state.views.pop(view.id, None)
        self.messages.tell_user(user, {"type": "view_closed", "view_id": view.id})

    def clear(self, user: str) -> list[View]:
        """Close all modals of a person; returns them, the top one first."""
        closed = [self.state.views[each] for each in reversed(self.state.modals.get(user, []))]
        for view in closed:
            self.drop(user, view)
        return closed

    def answered(self, user: str, view: View, answer: Json) -> Json:
        """Carry out what the app answered to a submission."""
        match answer.get("response_action"):
            case "errors":
                return {"result": "errors", "errors": answer.get("errors", {})}
            case "update":
                return {"result": "updated", "view": self.shown(self.update(view.id, answer["view"], None))}
            case "push":
                return {"result": "pushed", "view": self.shown(self.push(user, answer["view"]))}
            case "clear":
                self.clear(user)
            case _:
                self.drop(user, view)
        return {"result": "closed"}

    def _add(self, user: str, content: Json) -> View:
        if self._by_external_id(content.get("external_id") or ""):
            raise SlackError("duplicate_external_id")
        stack = self.state.modals.setdefault(user, [])
        view = View(self.state.new_id("V"), user, content, "")
        view.previous_id = stack[-1] if stack else None
        view.root_id = stack[0] if stack else view.id
        self._fill(view, content)
        stack.append(view.id)
        self.state.views[view.id] = view
        self.messages.tell_user(user, {"type": "view_opened", "view_id": view.id})
        return view

    def _fill(self, view: View, content: Json) -> None:
        shown = {**content, "blocks": blocks.with_ids(content["blocks"], self.state.new_short_id)}
        view.content, view.hash = shown, _hash(shown)
        kept = inputs.initial_values(shown["blocks"])
        for block_id, values in kept.items():
            for action_id in values:
                known = view.values.get(block_id, {}).get(action_id)
                if known and known["type"] == values[action_id]["type"]:
                    values[action_id] = known
        view.values = kept

    def _by_external_id(self, external_id: str) -> View | None:
        if not external_id:
            return None
        return next(
            (each for each in self.state.views.values() if each.content.get("external_id") == external_id), None
        )

    def _same(self, view: View, expected_hash: str | None) -> None:
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")


def _hash(content: Json) -> str:
    return f"{time.time_ns()}.{hashlib.md5(json.dumps(content).encode(), usedforsecurity=False).hexdigest()[:8]}"
