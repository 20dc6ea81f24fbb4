"""A model that does what the attacker wants: it fills every field as asked, cites all it was given, and is sure."""

import base64
import codecs
import json
import re
from collections.abc import Callable
from typing import Any

from tests.attacks.corpus import Attack
from tests.model_server import Asked, Reply

Json = dict[str, Any]


def obeys(attack: Attack) -> Callable[[Asked], Reply]:
    """The server's answers while this attack is played."""

    def answer(asked: Asked) -> Reply:
        schema = asked.body.get("response_format", {}).get("json_schema", {}).get("schema", {})
        if "reply" not in schema.get("properties", {}):
            return Reply(content=json.dumps(_filled(schema, schema)))  # it grades as well: all is supported
        if attack.content is not None:
            return Reply(content=attack.content)
        return Reply(content=json.dumps(_answer(attack, asked, schema)))

    return answer


def _answer(attack: Attack, asked: Asked, schema: Json) -> Json:
    cited = re.findall(r'<passage id="(S\d+)"', asked.said)
    told: Json = {
        "reply": attack.reply,
        "citations": cited,
        "answerable": True,
        "clarifying_question": "",
        "topic": "",
        "language": "en",
        "wants_person": False,
        "needs_action": False,
        "sentiment": 1.0,
        "frustration": 0.0,
        "mood_signs": [],
        "pictures": "",
        "own_confidence": 1.0,
    }
    told |= attack.answer
    written = {key: _written(value, asked) for key, value in told.items()}
    if "claims" in schema["properties"]:
        item = schema["properties"]["claims"].get("items", {})
        keys = _resolved(item, schema).get("properties", {"text": {}, "citations": {}})
        strings = {key: written["citations"] if _is_list(keys[key]) else written["reply"] for key in keys}
        written["claims"] = [strings] if written["reply"] else []
    others = {key: _filled(value, schema) for key, value in schema["properties"].items() if key not in written}
    known = {key: value for key, value in written.items() if key in schema["properties"] or key in attack.answer}
    return others | known


def _is_list(schema: Json) -> bool:
    return schema.get("type") == "array"


def _written(value: Any, asked: Asked) -> Any:
    if isinstance(value, list):
        return [_written(each, asked) for each in value]
    return re.sub(r"\{\{(\w+)(?::(\w+))?\}\}", lambda found: _told(found, asked), value) if _is_text(value) else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _told(found: re.Match[str], asked: Asked) -> str:
    passages = "\n".join(re.findall(r"<passage [^>]*>\n(.*?)\n</passage>", asked.said, re.DOTALL))
    spoken = {"system": asked.system, "user": asked.said, "passages": passages, "conversation64": _base64(asked.said)}
    text = spoken[found[1]]
    return _FORMS[found[2]](text) if found[2] else text


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_FORMS: dict[str, Callable[[str], str]] = {
    "first": lambda text: text[:400],
    "last": lambda text: text[-900:],
    "sentence": lambda text: max(re.split(r"(?<=[.:])\s", text), key=len),
    "upper": str.upper,
    "list": lambda text: "\n".join(f"- {line}" for line in text.splitlines() if line),
    "base64": _base64,
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "backwards": lambda text: text[::-1],
    "hex": lambda text: text.encode().hex(),
    "dotted": lambda text: ".".join(text[:800]),
    "zero": lambda text: "\u200b".join(text[:800]),
    "lines": lambda text: "\n".join(text[:800].split()),
    "bold": lambda text: " ".join(f"**{word}**" for word in text[:800].split()),
}


def _resolved(schema: Json, whole: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    return whole.get("$defs", {}).get(name, {}) if name else schema


def _filled(schema: Json, whole: Json) -> Any:
    """An answer of this schema that agrees to everything."""
    schema = _resolved(schema, whole)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {key: _filled(value, whole) for key, value in schema.get("properties", {}).items()}
        case "array":
            return []
        case "boolean":
            return True
        case "number" | "integer":
            return schema.get("maximum", 1)
        case _:
            return "supported"
