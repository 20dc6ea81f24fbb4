"""A channel and its messages, indexed by ts and by thread."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import Any

from bot.demo.workspace.errors import SlackError

Json = dict[str, Any]

THREAD_KEYS = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply")
EVENT_KINDS = {"channel": "channel", "private": "group", "im": "im"}
"""What Slack calls each kind of channel in `channel_type`."""


@dataclass
class Channel:
    """A channel; `kind` is `channel`, `private` or `im`."""

    id: str
    name: str
    kind: str
    members: set[str]
    topic: str = ""
    shared: bool = False
    archived: bool = False
    created: int = 0
    creator: str = ""
    messages: dict[str, Json] = field(default_factory=dict[str, Json])
    roots: list[str] = field(default_factory=list[str])
    """ts of the messages outside threads, in order."""
    replies: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """ts of the replies by thread, in order."""
    ephemeral: list[Json] = field(default_factory=list[Json])
    read: dict[str, str] = field(default_factory=dict[str, str])
    """The ts up to which each person has read."""

    def add(self, message: Json) -> None:
        """Add a message and keep its thread's counts."""
        ts, thread = message["ts"], message.get("thread_ts")
        self.messages[ts] = message
        if not thread or thread == ts:
            insort(self.roots, ts)
            return
        insort(self.replies.setdefault(thread, []), ts)
        self._count_one_more(thread, message)
        if message.get("subtype") == "thread_broadcast":
            insort(self.roots, ts)

    def remove(self, ts: str) -> Json:
        """Remove a message that has no replies."""
        message = self.messages.pop(ts)
        thread = message.get("thread_ts")
        if thread and thread != ts:
            self.replies[thread].remove(ts)
            self._count_anew(thread)
        if not thread or thread == ts or message.get("subtype") == "thread_broadcast":
            self.roots.remove(ts)
        return message

    def bury(self, ts: str) -> Json:
        """Leave a stone where a root with replies was, so that its thread stays; returns what was there."""
        before = self.messages[ts]
        stone: Json = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True, "ts": ts}
        stone |= {"text": "This message was deleted.", **{key: before[key] for key in THREAD_KEYS if key in before}}
        self.messages[ts] = stone
        return before

    def message(self, ts: str) -> Json:
        """The message at this ts."""
        if ts not in self.messages:
            raise SlackError("message_not_found")
        return self.messages[ts]

    def thread(self, root: str) -> list[Json]:
        """A thread: its root, then the replies."""
        head = [self.messages[root]] if root in self.messages else []
        return head + [self.messages[ts] for ts in self.replies.get(root, ())]

    def root_of(self, ts: str) -> str:
        """The ts of the thread that a message belongs to."""
        return str(self.messages.get(ts, {}).get("thread_ts") or ts)

    def unread(self, user_id: str) -> int:
        """How many messages came after what the person has read, their own aside."""
        last = self.read.get(user_id, "0")
        fresh = self.roots[bisect_right(self.roots, last) :]
        for thread in self.replies.values():
            if thread and thread[-1] > last:
                fresh += thread[bisect_right(thread, last) :]
        return sum(1 for ts in set(fresh) if self.messages[ts].get("user") != user_id)

    def _count_one_more(self, thread: str, reply: Json) -> None:
        root = self.messages.get(thread)
        if root is None:
            return
        root.setdefault("thread_ts", thread)
        root["reply_count"] = root.get("reply_count", 0) + 1
        users: list[str] = root.setdefault("reply_users", [])
        if (author := author_of(reply)) not in users:
            users.append(author)
        root["reply_users_count"] = len(users)
        root["latest_reply"] = max(reply["ts"], root.get("latest_reply", ""))

    def _count_anew(self, thread: str) -> None:
        root, replies = self.messages.get(thread), self.replies.get(thread, [])
        if root is None:
            return
        for key in THREAD_KEYS:
            root.pop(key, None)
        for ts in replies:
            self._count_one_more(thread, self.messages[ts])


def author_of(message: Json) -> str:
    """Who wrote a message: a user, or a bot under a name of its own."""
    return str(message.get("user") or message.get("bot_id") or "")


def between(found: list[str], oldest: str, latest: str, *, inclusive: bool) -> list[str]:
    """The part of ordered ts after `oldest` and before `latest`; an empty bound is none."""
    start = (bisect_left if inclusive else bisect_right)(found, oldest) if oldest else 0
    end = (bisect_right if inclusive else bisect_left)(found, latest) if latest else len(found)
    return found[start:end]


def normal_ts(text: str) -> str:
    """A ts as a caller writes it (`0`, `1700000000`, `1700000000.5`), in the form that compares as text.

    Raises:
        SlackError: when it is no ts.
    """
    seconds, _, part = text.partition(".")
    if not seconds.isdigit() or (part and not part.isdigit()):
        raise SlackError("invalid_arguments")
    return f"{int(seconds):010d}.{part[:6]:0<6}"
