"""Emoji by their short names, those that people and Baton use most."""

import re

SHORTCODES = {
    "smile": "😄", "smiley": "😃", "grinning": "😀", "slightly_smiling_face": "🙂", "wink": "😉", "blush": "😊",
    "joy": "😂", "sob": "😭", "cry": "😢", "angry": "😠", "rage": "😡", "confused": "😕", "disappointed": "😞",
    "thinking_face": "🤔", "wave": "👋", "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "clap": "👏",
    "pray": "🙏", "raised_hands": "🙌", "ok_hand": "👌", "muscle": "💪", "eyes": "👀", "heart": "❤️", "fire": "🔥",
    "tada": "🎉", "sparkles": "✨", "star": "⭐", "rocket": "🚀", "100": "💯", "white_check_mark": "✅",
    "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "question": "❓", "exclamation": "❗", "lock": "🔒",
    "unlock": "🔓", "bell": "🔔", "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "calendar": "📅", "memo": "📝",
    "paperclip": "📎", "package": "📦", "truck": "🚚", "tent": "⛺", "mountain": "⛰️", "hiking_boot": "🥾",
    "credit_card": "💳", "moneybag": "💰", "euro": "💶", "mag": "🔍", "bulb": "💡", "robot_face": "🤖",
    "speech_balloon": "💬", "arrow_right": "➡️", "arrow_left": "⬅️", "point_right": "👉", "bar_chart": "📊",
    "chart_with_upwards_trend": "📈", "outbox_tray": "📤", "inbox_tray": "📥", "house": "🏠", "sun": "☀️",
    "rainbow": "🌈", "coffee": "☕", "no_entry": "⛔", "red_circle": "🔴", "large_green_circle": "🟢",
}  # fmt: skip
_NAME = re.compile(r":([a-z0-9_+'-]+):")


def replace(text: str) -> str:
    """Put emoji in the place of their short names; unknown names stay as they are."""
    return _NAME.sub(lambda name: SHORTCODES.get(name[1], name[0]), text)


def character(name: str) -> str:
    """One emoji by its name, or the name between colons."""
    return SHORTCODES.get(name.split("::", maxsplit=1)[0], f":{name}:")
