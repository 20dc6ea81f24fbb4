"""Why a model gave no usable answer, in a sentence that tells an operator what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The settings that a model comes from, as the operator knows them."""

    key: str = "BATON_OPENAI_API_KEY"
    url: str = "BATON_OPENAI_BASE_URL"
    model: str = "BATON_OPENAI_MODEL"
    patience: str = "Raise BATON_OPENAI_TIMEOUT_SECONDS, lower BATON_OPENAI_EFFORT, or choose"
    """What to do about an answer that comes too late, before the words "a faster model"."""


MAIN = Names()
FALLBACK = Names("BATON_FALLBACK_API_KEY", "BATON_FALLBACK_BASE_URL", "BATON_FALLBACK_MODEL")
GRADER = Names(
    "BATON_GRADER_API_KEY",
    "BATON_GRADER_BASE_URL",
    "BATON_GRADER_MODEL",
    "Raise BATON_GRADER_TIMEOUT_SECONDS, or choose",
)
EMBEDDING = Names("BATON_EMBEDDING_API_KEY", "BATON_EMBEDDING_BASE_URL", "BATON_EMBEDDING_MODEL", "Choose")

_ADVICE = {
    "timeout": "It did not answer in time. {names.patience} a faster model in {names.model}.",
    "unreachable": "Check {names.url} ({url}) and the network from here; if both are right, the server is down.",
    "untrusted": "The certificate of {url} is not trusted here. Install your system's CA certificates (in slim images "
    "the package ca-certificates), or set SSL_CERT_FILE to a file with the certificate of your own authority.",
    "wrong_key": "Set {names.key} to a key that may use the model {model} at {url}.",
    "unknown_model": "{url} knows no model {model}. Correct {names.model}, or {names.url}.",
    "rate_limited": "Too many requests are on their way for this key. Ask the provider for a higher limit, or set "
    "BATON_FALLBACK_MODEL.",
    "no_quota": "The key has no quota left: see the provider's billing page.",
    "rejected": "The server refuses the request; `baton doctor` shows its words. Check {names.url} ({url}) and "
    "{names.model} ({model}).",
    "too_long": "The model {model} takes no prompt of this length. Choose one with a longer context in {names.model}.",
    "refused": "The model declined to answer. That may be right; if it happens often, look at your rules.",
    "filtered": "A content filter of the provider stopped the answer. If it happens often, look at its settings.",
    "truncated": "The answer was cut off at the most tokens allowed. Lower BATON_OPENAI_EFFORT, or choose another "
    "model in {names.model}.",
    "invalid_output": "The answer does not have the form that Baton asks for. Choose a model that follows a JSON "
    "schema in {names.model}.",
    "endless": "The answer did not end. Check that {names.url} ({url}) is a server of OpenAI's chat completions.",
    "cannot_see": "The model {model} takes no pictures. Set BATON_MODEL_SEES_IMAGES=no.",
    "resting": "It failed several times in a row and rests for a while; the lines before say why.",
}


def advice(cause: str, *, url: str, model: str, names: Names = MAIN) -> str:
    """What an operator can do about a cause (`handoff.draft.NoUsableDraft.cause`); empty for one without advice."""
    return _ADVICE.get(cause, "").format(url=url, model=model, names=names)
