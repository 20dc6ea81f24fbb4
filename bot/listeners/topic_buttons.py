"""How managers govern a topic in Slack: the form, its second steps, and the plot."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import trust
from bot.desk import overview
from bot.listeners import form
from bot.listeners.press import Press, for_managers, listener, show
from bot.runtime import Runtime
from bot.slack.people import Role
from bot.trust import fits, forms, governing
from bot.trust.forms import Wish
from bot.views import refusal
from bot.views import topic as topic_view
from bot.views.ids import ActionId, BlockId, CallbackId, FitRef, TopicRef
from bot.views.post import Post, View
from storage.kinds import Stage

NO_TOPIC = "There is no such topic any more: it was renamed, merged or deleted."


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the managers' buttons and forms."""
    handlers = {
        ActionId.MANAGE_TOPIC: manage,
        ActionId.ASK_TO_PROMOTE: ask_to_promote,
        ActionId.ASK_TO_START_UNPROVED: ask_to_start_unproved,
        ActionId.TOPIC_HISTORY: history,
        ActionId.ADOPT_FIT: ask_to_adopt,
    }
    for action, handler in handlers.items():
        app.action(action)(listener(runtime, for_managers(handler)))
    for action, stage in ((ActionId.TO_COPILOT, Stage.COPILOT), (ActionId.TO_SHADOW, Stage.SHADOW)):
        app.action(action)(_hold_listener(runtime, stage))
    submissions = {
        CallbackId.TOPIC_FORM: set_tolerance,
        CallbackId.PROMOTE_FORM: promote,
        CallbackId.UNPROVED_FORM: start_unproved,
        CallbackId.ADOPT_FORM: adopt,
    }
    for callback, work in submissions.items():
        submission = form.submission(
            runtime, work, main=BlockId.WHY, senders="managers", closes_all=True, afterwards=_show_home
        )
        app.view(callback)(submission)
    app.action(ActionId.TOPIC_PLOT)(_plot_listener(runtime))


async def _show_home(runtime: Runtime, body: dict[str, Any]) -> None:
    user_id = body["user"]["id"]
    await runtime.client.views_publish(user_id=user_id, view=await overview.home(runtime, user_id))


async def manage(runtime: Runtime, press: Press) -> Post | None:
    """Show the form of a topic."""
    return await _show(runtime, press, await forms.topic(runtime, TopicRef.unpack(press.value).topic))


async def ask_to_promote(runtime: Runtime, press: Press) -> Post | None:
    """The first step: show the evidence, and ask."""
    return await _show(runtime, press, await forms.promotion(runtime, TopicRef.unpack(press.value).topic))


async def ask_to_start_unproved(runtime: Runtime, press: Press) -> Post | None:
    """The first step: warn, show what is missing, and ask."""
    return await _show(runtime, press, await forms.unproved_start(runtime, TopicRef.unpack(press.value).topic))


async def history(runtime: Runtime, press: Press) -> Post | None:
    """Who changed what, and when."""
    return await _show(runtime, press, await forms.history(runtime, TopicRef.unpack(press.value).topic))


async def ask_to_adopt(runtime: Runtime, press: Press) -> Post | None:
    """The first step: show what adopting a confidence model would do, and ask."""
    return await _show(runtime, press, await fits.adoption_form(runtime, FitRef.unpack(press.value).version))


def _hold_listener(runtime: Runtime, stage: Stage) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """A listener that brings a topic to copilot or shadow, and then shows it as it stands."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        why = form.typed(body["view"], BlockId.WHY, ActionId.WHY) if body.get("view") else ""

        async def hold(runtime: Runtime, press: Press) -> Post | None:
            refused = await forms.hold(runtime, Wish(TopicRef.unpack(press.value), press.user_id, why), stage)
            return refusal.of(refused) if refused else None

        await listener(runtime, for_managers(hold))(ack, body)
        await _show_anew(runtime, Press.read(body))

    return listen


async def _show_anew(runtime: Runtime, press: Press) -> None:
    """Bring the open form and App Home up to date; after the press is acknowledged, for all topics take a while."""
    if await runtime.people.role(press.user_id, press.team_id) is not Role.MANAGER:
        return
    if press.modal_id:
        view = await forms.topic(runtime, TopicRef.unpack(press.value).topic)
        await runtime.client.views_update(view_id=press.modal_id, view=view or topic_view.gone(NO_TOPIC))
    await runtime.client.views_publish(user_id=press.user_id, view=await overview.home(runtime, press.user_id))


async def _show(runtime: Runtime, press: Press, view: View | None) -> Post | None:
    """Show a form of a topic, unless the topic is gone."""
    if view is None:
        return refusal.of(NO_TOPIC)
    await show(runtime, press, view)
    return None


async def set_tolerance(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Store a tolerance."""
    tolerance = governing.read_percent(form.typed(body["view"], BlockId.TOLERANCE, ActionId.TOLERANCE))
    if tolerance is None:
        return {str(BlockId.TOLERANCE): "Write a number from 0.5 to 50, such as 5 for 5 %."}
    refused = await forms.set_tolerance(runtime, _wish(body), tolerance)
    return {str(BlockId.TOLERANCE): refused} if refused else {}


async def promote(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """The second step: the topic acts alone from now on."""
    refused = await forms.promote(runtime, _wish(body))
    return {str(BlockId.WHY): refused} if refused else {}


async def start_unproved(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """The second step: the topic acts alone, and nothing proves it."""
    threshold = governing.read_share(form.typed(body["view"], BlockId.THRESHOLD, ActionId.THRESHOLD))
    if threshold is None:
        return {str(BlockId.THRESHOLD): "Write a number from 0 to 1, such as 0.6."}
    refused = await forms.start_unproved(runtime, _wish(body), threshold)
    return {str(BlockId.THRESHOLD): refused} if refused else {}


async def adopt(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """The second step: the confidence model serves from now on."""
    ref = FitRef.unpack(body["view"]["private_metadata"])
    refused = await fits.adopt_by_hand(runtime, ref.version, body["user"]["id"])
    return {str(BlockId.WHY): refused} if refused else {}


def _wish(body: dict[str, Any]) -> Wish:
    ref = TopicRef.unpack(body["view"]["private_metadata"])
    return Wish(ref, body["user"]["id"], form.typed(body["view"], BlockId.WHY, ActionId.WHY))


def _plot_listener(runtime: Runtime) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """Drawing takes longer than a person should wait for a button, so this one is acknowledged first."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        press = Press.read(body)
        if await runtime.people.role(press.user_id, press.team_id) is Role.MANAGER:
            await trust.send_plot(runtime, press.user_id, TopicRef.unpack(press.value).topic)

    return listen
