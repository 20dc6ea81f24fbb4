"""conversations: channels and their members."""

import time

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import TIER_2, TIER_4, Call, method, page

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
MANAGE = ("channels:manage", "groups:write")
TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
MOST_NAME = 80


@method("conversations.list", *READ, a_minute=TIER_2)
def listed(call: Call) -> Json:
    """The channels that the bot can see."""
    return _listed(call, [each for each in call.state.channels.values() if _visible(call, each)])


@method("users.conversations", *READ)
def of_user(call: Call) -> Json:
    """The channels that somebody is in, as far as the bot can see them."""
    user = call.person() if call.text("user") else call.state.app.bot_user_id
    return _listed(call, [each for each in call.state.visible_to(user) if _visible(call, each)])


def _visible(call: Call, channel: Channel) -> bool:
    return channel.kind == "channel" or call.people.messages.hears(channel)


def _listed(call: Call, channels: list[Channel]) -> Json:
    named = [each.strip() for each in call.text("types", "public_channel").split(",")]
    if unknown := [each for each in named if each not in TYPES]:
        raise SlackError.with_messages("invalid_types", f"unknown type: {unknown[0]}")
    wanted = {TYPES[each] for each in named}
    for channel in (each for each in channels if each.kind in wanted):
        call.need_for(channel, "read")
    found = [
        call.state.channel_json(channel)
        for channel in channels
        if channel.kind in wanted and not (channel.archived and call.flag("exclude_archived"))
    ]
    shown, metadata = page(found, call)
    return {"channels": shown, "response_metadata": metadata}


@method("conversations.info", *READ)
def info(call: Call) -> Json:
    """One channel."""
    channel = call.channel()
    call.need_for(channel, "read")
    return _shown(call, channel)


@method("conversations.members", *READ, a_minute=TIER_4)
def members(call: Call) -> Json:
    """Who is in a channel."""
    channel = call.channel()
    call.need_for(channel, "read")
    shown, metadata = page(sorted(channel.members), call)
    return {"members": shown, "response_metadata": metadata}


@method("conversations.open", "im:write", "mpim:write")
def opened(call: Call) -> Json:
    """Open the direct messages with one person."""
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    users = [each for each in call.text("users").split(",") if each]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError.with_messages("method_not_supported_for_channel_type", "one person at a time here")
    if users[0] == call.state.app.bot_user_id:
        raise SlackError("cannot_dm_bot")
    is_open = any(each.kind == "im" and users[0] in each.members for each in call.state.channels.values())
    channel = call.state.im(users[0])
    shown = call.state.channel_json(channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if is_open else {})


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """Join a public channel."""
    channel, bot = _not_archived(call.channel()), call.state.app.bot_user_id
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if bot in channel.members:
        return _shown(call, channel) | {"warning": "already_in_channel"}
    call.people.add_member(channel, bot)
    return _shown(call, channel)


@method("conversations.leave", *MANAGE)
def leave(call: Call) -> Json:
    """Leave a channel."""
    channel = _not_archived(call.channel())
    if not call.people.messages.hears(channel):
        return {"not_in_channel": True}
    call.people.remove_member(channel, call.state.app.bot_user_id)
    return {}


@method("conversations.create", *MANAGE, a_minute=TIER_2)
def create(call: Call) -> Json:
    """Make a channel; the bot is its first member."""
    name, bot = call.needed("name", "invalid_name_required"), call.state.app.bot_user_id
    if len(name) > MOST_NAME or name != name.lower() or not name.replace("-", "").replace("_", "").isalnum():
        raise SlackError("invalid_name_specials" if len(name) <= MOST_NAME else "invalid_name_maxlength")
    if any(each.name == name for each in call.state.channels.values()):
        raise SlackError("name_taken")
    kind = "private" if call.flag("is_private") else "channel"
    channel = Channel(call.state.new_id("C"), name, kind, {bot}, created=int(time.time()), creator=bot)
    call.state.channels[channel.id] = channel
    return _shown(call, channel)


@method("conversations.invite", "channels:manage", "groups:write", "channels:write.invites", "groups:write.invites")
def invite(call: Call) -> Json:
    """Bring people into a channel."""
    channel = call.open_channel()
    users = [each for each in call.text("users").split(",") if each]
    if not users:
        raise SlackError("no_user")
    for user in users:
        if user not in call.state.users:
            raise SlackError("user_not_found")
        if user == call.state.app.bot_user_id:
            raise SlackError("cant_invite_self")
        if user in channel.members:
            raise SlackError("already_in_channel")
    for user in users:
        call.people.add_member(channel, user, inviter=call.state.app.bot_user_id)
    return _shown(call, channel)


@method("conversations.kick", *MANAGE)
def kick(call: Call) -> Json:
    """Take somebody out of a channel."""
    channel, user = call.open_channel(), call.person()
    if user == call.state.app.bot_user_id:
        raise SlackError("cant_kick_self")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    call.people.remove_member(channel, user)
    return {}


@method("conversations.setTopic", *MANAGE, "channels:write.topic", "groups:write.topic", a_minute=TIER_2)
def set_topic(call: Call) -> Json:
    """Say what a channel is about."""
    channel = call.open_channel()
    channel.topic = call.text("topic")
    call.people.messages.tell(channel, {"type": "people"})
    return _shown(call, channel)


@method("conversations.archive", *MANAGE, a_minute=TIER_2)
def archive(call: Call) -> Json:
    """Close a channel; what was said stays."""
    channel = call.channel()
    if channel.archived:
        raise SlackError("already_archived")
    channel.archived = True
    call.people.messages.tell(channel, {"type": "people"})
    return {}


def _not_archived(channel: Channel) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _shown(call: Call, channel: Channel) -> Json:
    shown = call.state.channel_json(channel)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}
