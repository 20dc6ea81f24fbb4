"""The models that the settings name: what drafts, what stands in for it, what checks drafts, what reads meaning."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.models.causes import EMBEDDING, FALLBACK, GRADER, MAIN, Names
from bot.settings import Settings

_SEES = re.compile(
    r"(?:^|/)(?:gpt-4o|gpt-4\.1|gpt-[5-9]|o[134](?:-|$)|chatgpt-4o|claude-|gemini-|gemma-?[34]|pixtral|llava)"
    r"|vision|-vl\b|[.\d]vl\b",
    re.IGNORECASE,
)
"""Names of models that are known to look at pictures, with or without a maker's name before them."""
_SEES_NOT = re.compile(r"audio|codex|o1-mini|o3-mini|o1-preview|search", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model at an address, with what is needed to ask it."""

    model: str
    url: str
    key: str = field(default="", repr=False)
    """Empty for servers that ask for none."""
    effort: str = ""
    """How long a model that thinks may do so; its own default when empty."""
    sees_images: bool = False
    names: Names = MAIN
    """What an operator would change."""
    stands_in: bool = False
    """Whether it answers for another one: then its drafts are of another version, even where the model is the same."""

    @property
    def lacks_key(self) -> bool:
        """Whether a key is needed and not there: OpenAI's own servers answer nobody without one."""
        host = urlsplit(self.url).hostname or ""
        return not self.key and (host == "openai.com" or host.endswith(".openai.com"))


def main(settings: Settings) -> Chosen:
    """The model that drafts."""
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    model = settings.openai_model
    return Chosen(model, settings.openai_base_url, key, settings.openai_effort, _sees(settings, model))


def fallback(settings: Settings) -> Chosen | None:
    """The model that stands in when the first gives no usable draft; None when the settings name none."""
    if not settings.fallback_model:
        return None
    url, key = _address(settings, settings.fallback_base_url, settings.fallback_api_key)
    model = settings.fallback_model
    return Chosen(model, url, key, settings.openai_effort, _sees(settings, model), FALLBACK, stands_in=True)


def grader(settings: Settings) -> Chosen | None:
    """The model that cross-checks drafts; None when the settings name none."""
    if not settings.grader_model:
        return None
    url, key = _address(settings, settings.grader_base_url, settings.grader_api_key)
    return Chosen(settings.grader_model, url, key, names=GRADER)


def embedding(settings: Settings) -> Chosen | None:
    """The model that turns texts into vectors; None when the settings name none."""
    if not settings.embedding_model:
        return None
    url, key = _address(settings, settings.embedding_base_url, settings.embedding_api_key)
    return Chosen(settings.embedding_model, url, key, names=EMBEDDING)


def all_of(settings: Settings) -> dict[str, Chosen]:
    """Every model that the settings name for drafts and their checks, by what it is for."""
    drafts = {"model": main(settings), "fall-back model": fallback(settings)}
    named = {**(drafts if settings.drafter == "openai" else {}), "grader model": grader(settings)}
    return {what: model for what, model in named.items() if model}


def _address(settings: Settings, url: str, key: SecretStr | None) -> tuple[str, str]:
    """Where another model is, and its key; both as the first model's when not set.

    An address of its own gets no key but its own: the first model's key is no business of another server.
    """
    first = main(settings)
    url = url or first.url
    own = key.get_secret_value() if key else ""
    return url, own or (first.key if url.rstrip("/") == first.url.rstrip("/") else "")


def _sees(settings: Settings, model: str) -> bool:
    if settings.model_sees_images == "auto":
        return bool(_SEES.search(model)) and not _SEES_NOT.search(model)
    return settings.model_sees_images == "yes"
