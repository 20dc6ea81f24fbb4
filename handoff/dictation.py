"""Whether a message tells the assistant what to say or to be, instead of asking it something. Pure.

A lexicon of plain forms in several languages: it makes an attacker's words vouch for nothing, and sends the draft to
an agent. Somebody who says it in other words is not noticed; what they then get still has to rest on articles.
"""

import re

from handoff.lexicon.patterns import Pattern
from handoff.visible import visible

MOST_CHARACTERS = 8_000
_RULES = r"(?:instruction|rule|prompt|polic|guideline|directive|restriction|article)"

_FORMS = (
    rf"\b(?:ignor\w*|disregard|forget|overrid\w*|bypass|drop|skip)\b.{{0,40}}\b{_RULES}",
    rf"\b(?:your|new|updated)\s(?:\w+\s)?{_RULES}\w*\s.{{0,20}}\b(?:updated|changed|are now|is now|by the)",
    r"\b(?:print|reveal|repeat|quote|show|encode|translate)\b.{0,30}"
    r"\b(?:your|the system)\s(?:\w+\s)?(?:rules|instructions|prompt)",
    r"\brepeat\s(?:after me|this|everything|the following)|(?:^|[.?!]\s*)repeat\b[^?]{0,20}:",
    r"\b(?:say|state|write|claim|pretend|confirm|promise me|announce)\s(?:that|yes|you|everything|it\b|only|free|i\b)",
    r"\b(?:say|promise|refund)\b[^?]{0,20}\d",
    r"\btell me\s(?:that|i\s(?:get|have|am)|you\b|shipping\b|my refund)",
    r"\b(?:answer|reply|respond|end|begin)\b.{0,25}\b(?:only\s)?with\s?:",
    r"\b(?:act|speak|roleplay|answer)\sas\b|\brole-?play\b|\bsimulate\b|\bpretend\b|\blet'?s play\b|\bbe my\b",
    r"\byou are\s(?:now\s)?(?:dan|unrestricted|free of|an? \w+ now|the \w+ now)",
    r"\byou are required to\b|\byou must\s(?:end|say|answer)",
    r"\b(?:developer|dan|debug|god|admin)\s(?:mode|override)|\bsystem override\b|\bjailbreak",
    r"\bobey\b|\bdo anything now\b",
    r"\bfrom now on\b|\bstop being\b|\bnew instructions?\b|\bdecode\b|\brot13\b|\bread backwards\b",
    r"<\s*/?\s*(?:system|message|passages?|conversation|function\w*|tool\w*)\b|\[/?inst\]|<\|\w+\|>|<<\s*sys",
    r"(?:^|\n)\W{0,4}(?:system|assistant)\W{0,3}:|[\"']role[\"']\s*:|\bend of conversation\b",
    r"\b(?:ignorier\w*|vergiss|vergessen sie)\b.{0,40}\b(?:anweisung|regel|vorgabe)|\btu so als\b",
    r"\b(?:sag\w*|schreib\w*|bestätig\w*|versprich|versprechen sie)\b(?:,?\s(?:mir|uns|sie|bitte)){0,2},?\sdass\b",
    r"\b(?:ignore\w*|oublie\w*)\b.{0,40}\b(?:consigne|instruction|règle)|\b(?:dites|dis|confirme\w*|écri\w+)(?:-moi)?\sque\b",
    r"\b(?:ignora\w*|olvida\w*)\b.{0,40}\b(?:instruccion|regla)|\b(?:dime|di|diga|confirma\w*|escribe)\sque\b",
    r"\b(?:ignora|dimentica)\b.{0,40}\b(?:istruzion|regol)|\b(?:dimmi|conferma|scrivi)\sche\b",
    r"\b(?:ignore|esqueça)\b.{0,40}\b(?:instruç|regra)|\b(?:diga|confirme|escreva)\sque\b",
    r"\b(?:negeer|vergeet)\b.{0,40}\b(?:instructie|regel)|\b(?:zeg|bevestig|schrijf)\s(?:me\s)?dat\b",
    r"指示.{0,8}無視|忽略.{0,10}(?:指令|指示|规则)|игнорируй\w*.{0,30}(?:инструкц|правил)|zignoruj.{0,30}(?:instrukcj|zasad)",
)
_DICTATES = Pattern("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)


def dictated(text: str) -> str:
    """The words by which a message tells the assistant what to say; empty for one that does not."""
    found = _DICTATES.search(" ".join(visible(text)[:MOST_CHARACTERS].split(" ")))
    return found[0].strip() if found else ""
