"""The models that the settings name: the one that drafts, and the one that stands in for it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.drafting.causes import FALLBACK, MAIN, Names
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
    """The model that stands in when the first gives no usable draft; None when the settings name none.

    An address of its own gets no key but its own: the first model's key is no business of another server.
    """
    if not settings.fallback_model:
        return None
    first = main(settings)
    url = settings.fallback_base_url or first.url
    own = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else ""
    key = own or (first.key if url == first.url else "")
    model = settings.fallback_model
    return Chosen(model, url, key, settings.openai_effort, _sees(settings, model), FALLBACK, stands_in=True)


def all_of(settings: Settings) -> list[Chosen]:
    """Every model that the settings name, in the order in which they are asked."""
    second = fallback(settings)
    return [main(settings), *([second] if second else [])]


def _sees(settings: Settings, model: str) -> bool:
    if settings.model_sees_images == "auto":
        return bool(_SEES.search(model)) and not _SEES_NOT.search(model)
    return settings.model_sees_images == "yes"
