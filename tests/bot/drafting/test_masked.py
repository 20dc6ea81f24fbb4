"""What a model is shown of a customer, and what the customer gets back; against a server that keeps every request."""

from typing import Any

from pydantic import SecretStr

from bot import drafting
from bot.settings import Settings
from handoff.draft import Draft
from tests.bot.drafting.requests import asks, passage
from tests.model_server import MODEL, Asked, ModelServer, model_server, says

ADA, CARD, PHONE = "ada.lind@example.com", "4111 1111 1111 1111", "+43 660 1234567"
QUESTION = f"I paid with {CARD}; write to {ADA} or call {PHONE}. Order 4711-2231."
PASSAGES = (passage("p-one", "Refunds", "Refunds take 5 days. Mail help@shop.example. Never write [email-1]."),)
ANSWER: dict[str, Any] = {
    "reply": "We write to [email-1] about card [card-1].",
    "citations": ["S1"],
    "claims": [],
    "answerable": True,
    "clarifying_question": "",
    "topic": "",
    "language": "en",
    "wants_person": False,
    "needs_action": False,
    "pictures": "",
    "sentiment": 0.2,
    "frustration": 0.1,
    "mood_signs": ["gave [phone-1]"],
    "own_confidence": 0.9,
}


def settings(server: ModelServer, **changed: Any) -> Settings:
    given: dict[str, Any] = {
        "drafter": "openai",
        "openai_model": MODEL,
        "openai_api_key": SecretStr(server.key),
        "openai_base_url": server.url,
    }
    return Settings(_env_file=None, **(given | changed))  # pyright: ignore[reportCallIssue]


async def drafted(changed: dict[str, Any] | None = None, **setting: Any) -> tuple[Draft, Asked]:
    async with model_server(lambda asked: says(fitting(asked, changed or {}))) as server:
        drafter = drafting.build(settings(server, **setting))
        try:
            draft = await drafter.draft(asks(QUESTION, passages=PASSAGES))
        finally:
            await drafter.close()
        return draft, server.requests[-1]


def fitting(asked: Asked, changed: dict[str, Any]) -> dict[str, Any]:
    """The answer with the fields that the request's schema has."""
    wanted = asked.body["response_format"]["json_schema"]["schema"]["properties"]
    return {key: value for key, value in (ANSWER | changed).items() if key in wanted}


async def test_the_model_never_sees_personal_data_and_the_customer_gets_theirs_back() -> None:
    draft, asked = await drafted()
    for hidden in (ADA, CARD, "1234567"):
        assert hidden not in str(asked.body)
    assert "[card-1]; write to [email-1] or call [phone-1]. Order 4711-2231." in asked.said
    assert "help@shop.example" in asked.said
    assert draft.text == f"We write to {ADA} about card •••• 1111."
    assert draft.mood.signs == (f"gave {PHONE}",)
    assert draft.answerable


async def test_a_placeholder_of_an_article_is_no_placeholder_and_an_invented_one_goes_out_to_nobody_alone() -> None:
    draft, asked = await drafted(changed={"reply": "Write to [email-2] at once."})
    assert "Never write (email 1)." in asked.said
    assert draft.text == "Write to … at once."
    assert not draft.answerable


async def test_a_question_back_with_an_invented_placeholder_is_not_asked() -> None:
    draft, _ = await drafted(changed={"answerable": False, "clarifying_question": "Is it [card-5]?"})
    assert draft.clarifying_question == ""


async def test_masking_can_be_switched_off_and_is_part_of_the_version() -> None:
    plain, asked = await drafted(mask_personal_data=False)
    masked, _ = await drafted()
    assert ADA in asked.said
    assert plain.prompt_version != masked.prompt_version
