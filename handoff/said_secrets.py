"""Tokens by their form, and passwords, PINs and keys that somebody says as such. Pure."""

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Where something begins and ends in a text."""

_TOKEN = re.compile(
    r"""(?<![A-Za-z0-9])(?:
        xox[a-z]-[\w-]{8,} | xapp-[\w-]{8,} | sk-[\w-]{16,} | [sr]k_(?:live|test)_\w{8,} | gh[pousr]_\w{20,}
        | github_pat_\w{20,} | glpat-[\w-]{16,} | hf_[A-Za-z0-9]{20,} | npm_[A-Za-z0-9]{30,} | ya29\.[\w-]{20,}
        | (?:AKIA|ASIA)[A-Z0-9]{16} | AIza[\w-]{30,} | SG\.[\w-]{16,}\.[\w-]{16,}
        | eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?
    )""",
    re.VERBOSE,
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}KEY-----|\Z)")
_SIGNED_IN = re.compile(r"(?<=://)[^\s/@:<>|]{1,100}:([^\s/@<>|…]{1,200})(?=@)")
_LONG_KEY = re.compile(r"(?<![\w-])(?=\w{0,200}\d)(?=\w{0,200}[A-Za-z])[A-Za-z0-9]{32,200}(?![\w-])")

_LOGIN = (
    r"pass ?words?|passwd|passphrase|pass|pwd?|pw|passwort|kennwort|mots? de passe|mdp|contraseña|clave|senha|"
    r"palavra-passe|wachtwoord|hasło|haslo|пароль|lösenord|losenord|adgangskode|passord|şifrem?|sifrem?|parola|heslo|"
    r"salasana|jelszó"
)
_KEY = r"api[ _-]?keys?|apikey|access[ _-]?key|(?:api |access |auth |bearer )?token|(?:client[ _-])?secret|private key"
_PIN = (
    r"pins?|tan|cvc2?|cvv2?|cv2|otp|passcode|(?:security|verification|access|login|one[- ]time|sms|card|confirmation)"
    r" code|code pin|(?:sicherheits|zugangs|zugriffs|bestätigungs|einmal|sms-)code|prüfziffer|kartenprüfnummer|"
    r"code de (?:sécurité|vérification)|código de (?:seguridad|segurança|verificación|verificação)|"
    r"codice di (?:sicurezza|verifica)|beveiligingscode|kod pin"
)
_IS = r"(?:\s*(?:[:=]|=>|->)\s*|\s+(?:is|was|are|ist|war|lautet|lauten|est|es|era|è|é|to|jest|är|er|on)\b\s*:?\s*)"
_QUOTED = r"[\"“”„«‘'`]([^\"“”»’'`\n]{3,80})[\"“”»’'`]"
_VALUE = r"[^\s\"“”„«»`]{3,120}"

_PASSWORD_SAID = re.compile(rf"(?<!\w)(?:{_LOGIN}|{_KEY}){_IS}(?:{_QUOTED}|({_VALUE}))", re.IGNORECASE)
_NAMED_ALONE = re.compile(rf"(?<!\w)(?:bearer|{_LOGIN}|{_KEY})\s+({_VALUE})", re.IGNORECASE)
_PIN_SAID = re.compile(rf"(?<!\w)(?:{_PIN})(?:{_IS}|\s+)((?=\S*\d)[\w-]{{3,12}}(?:[ -]\d{{2,4}})?)", re.IGNORECASE)
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
    *("otp", "code", "códig", "codic", "kod", "ziffer", "nummer"),
)
"""One of them is in every word above: most texts hold none, and need no closer look."""
_AT_LEAST_ALONE = 6
_SYMBOL_INSIDE = re.compile(r"\w[!@#$%^&*_+~?.,=/\\|-]+\w|[!@#$%^&*+~]$")
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
    for found in _PASSWORD_SAID.finditer(text):
        if found[1]:
            yield found.span(1)
        elif _looks_secret(found[2]):
            yield _without_ending(text, found.span(2))
    for found in _NAMED_ALONE.finditer(text):
        value = found[1].rstrip(_ENDING)
        if len(value) >= _AT_LEAST_ALONE and re.search(r"\d", value) and re.search(r"[^\W\d]", value):
            yield _without_ending(text, found.span(1))
    yield from (found.span(1) for found in _PIN_SAID.finditer(text))


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
