"""The models that the settings name."""

import pytest
from pydantic import SecretStr

from bot.models import chosen
from bot.models.causes import FALLBACK
from bot.settings import Settings


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, drafter="openai", openai_api_key=SecretStr("first"), **given)  # pyright: ignore


def test_without_more_there_is_one_model() -> None:
    assert {what: each.model for what, each in chosen.all_of(settings(openai_model="m")).items()} == {"model": "m"}


def test_a_second_model_at_the_same_address_uses_the_same_key() -> None:
    second = chosen.fallback(settings(fallback_model="two"))
    assert second and (second.model, second.key, second.names) == ("two", "first", FALLBACK)


def test_the_first_models_key_is_not_sent_to_another_server() -> None:
    second = chosen.fallback(settings(fallback_model="two", fallback_base_url="http://localhost:11434/v1"))
    assert second and (second.key, second.lacks_key) == ("", False)
    own = chosen.fallback(
        settings(fallback_model="two", fallback_base_url="https://x.example/v1", fallback_api_key=SecretStr("own"))
    )
    assert own and own.key == "own"


def test_only_openai_needs_a_key() -> None:
    assert chosen.main(Settings(_env_file=None, drafter="openai")).lacks_key  # pyright: ignore[reportCallIssue]
    local = Settings(_env_file=None, drafter="openai", openai_base_url="http://localhost:8000/v1")  # pyright: ignore
    assert not chosen.main(local).lacks_key


def test_keys_are_in_no_text_of_it() -> None:
    assert "first" not in repr(chosen.main(settings()))


@pytest.mark.parametrize(
    ("model", "sees"),
    [
        ("gpt-6.1-terra", True),
        ("gpt-4.1-mini", True),
        ("openai/gpt-4o-mini", True),
        ("o4-mini", True),
        ("qwen2.5-vl-7b", True),
        ("llama-3.2-11b-vision", True),
        ("gpt-4o-audio-preview", False),
        ("o3-mini", False),
        ("gpt-3.5-turbo", False),
        ("llama-3.1-8b", False),
        ("our-own", False),
    ],
)
def test_models_that_are_known_to_see_are_shown_pictures(model: str, sees: bool) -> None:
    assert chosen.main(settings(openai_model=model)).sees_images is sees
    assert chosen.main(settings(openai_model=model, model_sees_images="yes")).sees_images
    assert not chosen.main(settings(openai_model=model, model_sees_images="no")).sees_images
