"""What people press, fill in, choose and command, as the app hears it."""

from bot.demo.workspace import inputs
from bot.demo.workspace.answer_urls import AnswerUrls
from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages
from bot.demo.workspace.modals import Modals
from bot.demo.workspace.state import View

NO_ANSWER = {"acked": False, "error": "operation_timeout"}


class Interactivity:
    """Presses, forms, shortcuts and commands of the people."""

    def __init__(self, messages: Messages, modals: Modals, base_url: str) -> None:
        self.modals, self.base_url = modals, base_url
        self.answer_urls = AnswerUrls(messages)
        self._state, self._delivery = messages.state, messages.delivery

    async def press(self, user: str, container: Json, block_id: str, action: Json) -> Json:
        """Press a button or choose in a menu; tells whether the app acknowledged.

        In a form, `container` may hold the `values` of its fields: Slack's own app sends them with each press.
        """
        if given := container.get("values"):
            form = self.modals.of_user(user, container["view_id"])
            form.values = inputs.filled(form.content["blocks"], form.values, given)
        place = self._place(user, container)
        shown = place.get("view") or place["message"]
        element = inputs.find(shown.get("blocks") or [], block_id, action["action_id"])
        pressed = inputs.chosen(element, action)
        if "view" in place and pressed["type"] in inputs.VALUE_KEYS:
            view = self.modals.of_user(user, container["view_id"])
            view.values = inputs.filled(shown["blocks"], view.values, {block_id: {action["action_id"]: pressed}})
            place["view"] = self.modals.shown(view)
        pressed |= {"block_id": block_id, "action_ts": self._state.new_ts()}
        return await self._acknowledged({**self._who(user, "block_actions"), **place, "actions": [pressed]})

    async def suggest(self, user: str, container: Json, block_id: str, action_id: str, value: str) -> Json:
        """Ask the app for the options of an external menu."""
        where = {"block_id": block_id, "action_id": action_id, "value": value}
        return await self._delivery.interaction(
            {**self._who(user, "block_suggestion"), **self._place(user, container), **where}
        )

    async def submit(self, user: str, view_id: str, values: Json) -> Json:
        """Submit a modal: what the app answers decides whether it closes.

        Like Slack's own app, it does not send a form that lacks what is required.
        """
        view = self.modals.of_user(user, view_id)
        values = inputs.filled(view.content["blocks"], view.values, values)
        if errors := inputs.missing(view.content["blocks"], values):
            return {"result": "errors", "errors": errors}
        view.values = values
        payload = {**self._who(user, "view_submission"), "view": self.modals.shown(view), "response_urls": []}
        return self.modals.answered(user, view, await self._delivery.interaction(payload))

    async def close(self, user: str, view_id: str, *, all_views: bool = False) -> None:
        """Close a modal, or the whole stack, without submitting it."""
        top = self.modals.of_user(user, view_id)
        if all_views or top.content.get("clear_on_close"):
            closed = self.modals.clear(user)
        else:
            self.modals.drop(user, top)
            closed = [top]
        for view in closed:
            await self._tell_closed(user, view, cleared=len(closed) > 1)

    async def _tell_closed(self, user: str, view: View, *, cleared: bool) -> None:
        if view.content.get("notify_on_close"):
            shown = {"view": self.modals.shown(view), "is_cleared": cleared}
            await self._acknowledged({**self._who(user, "view_closed", may_open=False), **shown})

    async def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        """Give a slash command; what the app answers at once is shown in the thread where it was given."""
        place = self._state.channel_of(user, channel)
        name, _, words = text.partition(" ")
        payload: Json = {
            "token": "local",
            "team_id": self._state.seed.team_id,
            "team_domain": self._state.seed.domain,
            "channel_id": place.id,
            "channel_name": _name(place),
            "user_id": user,
            "user_name": self._state.users[user].name,
            "command": name,
            "text": words,
            "api_app_id": self._state.app.id,
            "is_enterprise_install": "false",
            "response_url": self._answer_url(user, place, None),
            "trigger_id": self._state.new_trigger(user),
        }
        try:
            answer = await self._delivery.command(payload)
        except TimeoutError:
            return NO_ANSWER
        if answer.get("text") or answer.get("blocks"):
            self.answer_urls.say(user, place, thread_ts, answer)
        return {"acked": True, "response": answer}

    async def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        """Use a global shortcut, or one on a message."""
        chosen = {"callback_id": callback_id, "action_ts": self._state.new_ts()}
        if not channel or not ts:
            return await self._acknowledged({**self._who(user, "shortcut"), **chosen})
        place = self._state.channel_of(user, channel)
        message = place.message(ts)
        on_message: Json = {
            "message_ts": ts,
            "message": message,
            "channel": {"id": place.id, "name": _name(place)},
            "response_url": self._answer_url(user, place, message),
        }
        return await self._acknowledged({**self._who(user, "message_action"), **chosen, **on_message})

    def _place(self, user: str, container: Json) -> Json:
        """Where something was pressed: a view of the person, or a message they see."""
        if "view_id" in container:
            view = self.modals.of_user(user, container["view_id"])
            return {"view": self.modals.shown(view), "container": {"type": "view", "view_id": view.id}}
        channel = self._state.channel_of(user, container["channel"])
        hidden = next((each for each in channel.ephemeral if each["ts"] == container["ts"]), None)
        message = hidden or channel.message(container["ts"])
        where: Json = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
        where["is_ephemeral"] = hidden is not None
        if message.get("thread_ts"):
            where["thread_ts"] = message["thread_ts"]
        return {
            "container": where,
            "channel": {"id": channel.id, "name": _name(channel)},
            "message": message,
            "state": {"values": inputs.initial_values(message.get("blocks") or [])},
            "response_url": self._answer_url(user, channel, message),
        }

    def _answer_url(self, user: str, channel: Channel, message: Json | None) -> str:
        return f"{self.base_url}answers/{self.answer_urls.new(user, channel, message)}"

    def _who(self, user: str, kind: str, *, may_open: bool = True) -> Json:
        if user not in self._state.users:
            raise SlackError("user_not_found")
        name, team = self._state.users[user].name, self._state.seed.team_id
        payload: Json = {
            "type": kind,
            "team": {"id": team, "domain": self._state.seed.domain},
            "user": {"id": user, "username": name, "name": name, "team_id": self._state.team_of(user)},
            "api_app_id": self._state.app.id,
            "token": "local",
            "is_enterprise_install": False,
            "enterprise": None,
        }
        return payload | ({"trigger_id": self._state.new_trigger(user)} if may_open else {})

    async def _acknowledged(self, payload: Json) -> Json:
        try:
            await self._delivery.interaction(payload)
        except TimeoutError:
            return NO_ANSWER
        return {"acked": True}


def _name(channel: Channel) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
