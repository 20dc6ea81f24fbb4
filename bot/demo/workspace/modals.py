"""Modals and App Home: stacks of views, opened by a trigger and changed by their hash."""

import hashlib
import json
import time

from bot.demo.workspace import blocks
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages
from bot.demo.workspace.state import Json, View

TRIGGER_SECONDS = 3.0
MOST_PRIVATE_METADATA = 3000
MOST_TITLE = 24
DEEPEST_STACK = 3


class Modals:
    """The views of every person."""

    def __init__(self, messages: Messages) -> None:
        self.messages, self.state = messages, messages.state
        self.spent: set[str] = set()

    def use_trigger(self, trigger: str) -> None:
        """Use up a trigger."""
        if trigger in self.spent:
            raise SlackError("exchanged_trigger_id")
        made = self.state.triggers.pop(trigger, None)
        if made is None:
            raise SlackError("invalid_trigger_id")
        self.spent.add(trigger)
        if time.monotonic() - made > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")

    def open(self, user: str, content: Json) -> View:
        """Open a modal on top of nothing."""
        for view_id in self.state.modals.pop(user, []):
            self.state.views.pop(view_id, None)
        return self._add(user, content)

    def push(self, user: str, content: Json) -> View:
        """Open a modal on top of the one that is open."""
        if len(self.state.modals.get(user, [])) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        return self._add(user, content)

    def update(self, view_id: str, content: Json, expected_hash: str | None) -> View:
        """Change a view, unless it changed since `expected_hash`."""
        view = self.state.views.get(view_id)
        if view is None:
            raise SlackError("not_found")
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._check(content)
        view.content, view.hash = content, _hash(content)
        self.messages.tell_user(view.user_id, {"type": "view_updated", "view_id": view.id})
        return view

    def publish(self, user: str, content: Json, expected_hash: str | None) -> View:
        """Set a person's App Home."""
        if user not in self.state.users:
            raise SlackError("user_not_found")
        self._check(content)
        known = self.state.homes.get(user)
        if expected_hash and known and expected_hash != known.hash:
            raise SlackError("hash_conflict")
        view = View(known.id if known else self.state.new_id("V"), user, content, _hash(content))
        self.state.homes[user] = view
        self.state.views[view.id] = view
        self.messages.tell_user(user, {"type": "home"})
        return view

    def stack(self, user: str) -> list[Json]:
        """A person's open modals, the top one last."""
        team = self.state.seed.team_id
        return [self.state.views[each].as_json(self.state.app, team) for each in self.state.modals.get(user, [])]

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

    def answered(self, user: str, view: View, answer: Json) -> Json:
        """Carry out what the app answered to a submission."""
        match answer.get("response_action"):
            case "errors":
                return {"result": "errors", "errors": answer.get("errors", {})}
            case "update":
                changed = self.update(view.id, answer["view"], None)
                return {"result": "updated", "view": changed.as_json(self.state.app, self.state.seed.team_id)}
            case "push":
                pushed = self.push(user, answer["view"])
                return {"result": "pushed", "view": pushed.as_json(self.state.app, self.state.seed.team_id)}
            case "clear":
                for view_id in list(self.state.modals.get(user, [])):
                    self.drop(user, self.state.views[view_id])
            case _:
                self.drop(user, view)
        return {"result": "closed"}

    def _add(self, user: str, content: Json) -> View:
        self._check(content)
        stack = self.state.modals.setdefault(user, [])
        view = View(self.state.new_id("V"), user, content, _hash(content))
        view.previous_id = stack[-1] if stack else None
        view.root_id = stack[0] if stack else view.id
        stack.append(view.id)
        self.state.views[view.id] = view
        self.messages.tell_user(user, {"type": "view_opened", "view_id": view.id})
        return view

    def _check(self, content: Json) -> None:
        if content.get("type") not in ("modal", "home"):
            raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid view type"]})
        blocks.check(content.get("blocks"), most=blocks.IN_VIEWS)
        title = (content.get("title") or {}).get("text", "")
        too_long = len(content.get("private_metadata") or "") > MOST_PRIVATE_METADATA or len(title) > MOST_TITLE
        if too_long or (content["type"] == "modal" and not title):
            raise SlackError("invalid_arguments", response_metadata={"messages": ["title or private_metadata"]})


def _hash(content: Json) -> str:
    return f"{time.time_ns()}.{hashlib.md5(json.dumps(content).encode(), usedforsecurity=False).hexdigest()[:8]}"
