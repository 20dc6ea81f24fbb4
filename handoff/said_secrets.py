"""Tokens by their form, and passwords, PINs and keys that somebody says as such. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from handoff.lexicon.patterns import Pattern

Span = tuple[int, int]
"""Where something begins and ends in a text."""

_TOKEN = Pattern(
    r"""(?<![A-Za-z0-9])(?:
        xox[a-z]-[\w-]{8,} | xapp-[\w-]{8,} | sk-[\w-]{16,} | [sr]k_(?:live|test)_\w{8,} | gh[pousr]_\w{20,}
        | github_pat_\w{20,} | glpat-[\w-]{16,} | hf_[A-Za-z0-9]{20,} | npm_[A-Za-z0-9]{30,} | ya29\.[\w-]{20,}
        | (?:AKIA|ASIA)[A-Z0-9]{16} | AIza[\w-]{30,} | SG\.[\w-]{16,}\.[\w-]{16,}
        | eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?
    )""",
    re.VERBOSE,
)
_PRIVATE_KEY = Pattern(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}KEY-----|\Z)")
_SIGNED_IN = Pattern(r"(?<=://)[^\s/@:<>|]{1,100}:([^\s/@<>|…]{1,200})(?=@)")
_LONG_KEY = Pattern(r"(?<![\w-])(?=\w{0,200}\d)(?=\w{0,200}[A-Za-z])[A-Za-z0-9]{32,200}(?![\w-])")

_LOGIN = (
    r"pass ?words?|passwd|passphrase|pass|pwd?|pw|passwort|kennwort|mots? de passe|mdp|contraseña|clave|senha|"
    r"palavra-passe|wachtwoord|hasło|haslo|пароль|lösenord|losenord|adgangskode|passord|şifrem?|sifrem?|parola|heslo|"
    r"salasana|jelszó|パスワード|暗証番号|密码|密碼|비밀번호"
)
_KEY = r"api[ _-]?keys?|apikey|access[ _-]?key|(?:api |access |auth |bearer )?token|(?:client[ _-])?secret|private key"
_PIN = (
    r"pins?|tan|cvc2?|cvv2?|cv2|otp|passcode|(?:security|verification|access|log[- ]?in|sign[- ]?in|one[- ]time|sms|"
    r"card|confirmation|reset|recovery|activation|unlock(?:ing)?|backup|pairing|authentication|2fa|mfa|"
    r"two[- ]factor|temporary) codes?|code pin|"
    r"(?:sicherheits|zugangs|zugriffs|bestätigungs|einmal|sms-)code|prüfziffer|kartenprüfnummer|"
    r"code de (?:sécurité|vérification)|código de (?:seguridad|segurança|verificación|verificação)|"
    r"codice di (?:sicurezza|verifica)|beveiligingscode|kod pin"
)
_WHOSE = (
    r"(?:,?\s+(?:that|which|i|we|you|for|to|of|from|das|die|den|ich|für|zu[rm]?|von|que|qu[ei]|pour|de|del|d[aieo]|na|do|"
    r"che|dat|van|voor|som|till|til)\b[^\S\n]*(?:[^\W\d_][^\W\d_]*[' ’,]{1,2}){0,4}?)?"
)
"""What may stand between a password and its "is": "that I set", "for my account"."""
_IS = (
    r"(?:\s*(?:[:=]|=>|->)\s*|\s*(?:は|是|为|為|은|는)\s*|(?:\s+|(?<=\s))(?:is|was|are|ist|war|lautet|lauten|est|es|era|è|é|to|"
    r"jest|är|er|on)\b\s*:?\s*)"
)
_QUOTED = r"[\"“”„«‘'`]([^\"“”»’'`\n]{3,80})[\"“”»’'`]"
_VALUE = r"[^\s\"“”„«»`\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{3,120}"
_OF_MINE = (
    r"\s+(?:is|was|ist|war|est|es|era|è|é|jest|är|er)\s+(?:my|the|our|mein|das|unser|mon|le|la|mi|mia|il|mio|a minha|"
    r"mijn|het|moje|mitt|mit)\s+(?:[^\W\d_]+\s+)?"
)


class _Said(NamedTuple):
    """The ways of saying a password, a key or a PIN."""

    password: re.Pattern[str]
    after: re.Pattern[str]
    named_alone: re.Pattern[str]
    pin: re.Pattern[str]


@cache
def _ways_of_saying() -> _Said:
    """Compiled when the first text asks for them: they are the slowest patterns of all, and a start would wait."""
    return _Said(
        re.compile(
            rf"(?<![^\W\u3040-\u9fff\uac00-\ud7af])(?:{_LOGIN}|{_KEY}){_WHOSE}{_IS}(?:{_QUOTED}|({_VALUE}))",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<!\S)[\"“'‘]?({_VALUE}?)[\"”'’]?{_OF_MINE}(?:{_LOGIN}|{_KEY})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:bearer|{_LOGIN}|{_KEY})\s+({_VALUE})", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_PIN})(?:{_WHOSE}{_IS}|\s+)((?=\S*\d)[\w-]{{3,12}}(?:[ -]\d{{2,4}})?)", re.IGNORECASE),
    )


_ROOTS = (
    *("pass", "pw", "kennwort", "mot", "mdp", "contrase", "clave", "senha", "wachtwoord", "has", "парол", "senord"),
    *(
        "adgangs",
        "ifre",
        "parola",
        "heslo",
        "salasana",
        "jelsz",
        "key",
        "token",
        "secret",
        "bearer",
        "pin",
        "tan",
        "cv",
    ),
    *("パス", "暗証", "密", "비밀"),
    *("otp", "code", "códig", "codic", "kod", "ziffer", "nummer"),
)
"""One of them is in every word above: most texts hold none, and need no closer look."""
_AT_LEAST_ALONE = 6
_SYMBOL_INSIDE = Pattern(r"\w[!@#$%^&*_+~?.,=/\\|-]+\w|[!@#$%^&*+~]$")
_ENDING = ".,;:!?)]}>"


def tokens(text: str) -> Iterator[Span]:
    """Tokens, keys and credentials that are known by their form alone."""
    for pattern in (_PRIVATE_KEY, _TOKEN):
        yield from (found.span() for found in pattern.finditer(text))
    yield from (found.span(1) for found in _SIGNED_IN.finditer(text))


def said(text: str) -> Iterator[Span]:
    """What follows a word such as password, PIN or API key, where it looks like one."""
    lower = text.lower()
    if not any(root in lower for root in _ROOTS):
        return
    ways = _ways_of_saying()
    for found in ways.password.finditer(text):
        if found[1]:
            yield found.span(1)
        elif _looks_secret(found[2]):
            yield _without_ending(text, found.span(2))
    yield from (found.span(1) for found in ways.after.finditer(text) if _looks_secret(found[1]))
    for found in ways.named_alone.finditer(text):
        value = found[1].rstrip(_ENDING)
        if len(value) >= _AT_LEAST_ALONE and re.search(r"\d", value) and re.search(r"[^\W\d]", value):
            yield _without_ending(text, found.span(1))
    yield from (found.span(1) for found in ways.pin.finditer(text))


def long_keys(text: str) -> Iterator[Span]:
    """Long runs of letters and digits that no person would type."""
    yield from (found.span() for found in _LONG_KEY.finditer(text))


def _looks_secret(value: str) -> bool:
    """Whether a word after "my password is" is one, and no part of a sentence such as "wrong"."""
    value = value.rstrip(".,;:)?")
    if re.search(r"\d", value) or re.search(r"[^\W\d][A-Z]", value) or _SYMBOL_INSIDE.search(value):
        return len(value) > 2  # noqa: PLR2004 - shorter ones are no secret
    return False


def _without_ending(text: str, span: Span) -> Span:
    """Without the marks that end the sentence; one exclamation mark may belong to the password."""
    start, end = span
    while end - 1 > start and text[end - 1] in ".,;:)?":
        end -= 1
    return start, end
