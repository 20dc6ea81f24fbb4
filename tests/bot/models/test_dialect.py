"""Servers that understand less than OpenAI's own: what one refuses is left out, and stays left out."""

import pytest
from structlog.testing import capture_logs

from bot.models.dialect import CACHE_KEY, EFFORT, LOGPROBS, TEMPERATURE, Dialect, Form
from handoff.draft import NoUsableDraft
from tests.bot.drafting.answers import answer_text, asking, fits, served
from tests.bot.drafting.requests import asks, passage
from tests.model_server import Abilities, Asked, Reply, fails, model_server, says

REQUEST = asks("How do I return an item?", passages=(passage("p-one", "Return an item", "Print the label."),))
NO_FORM = Abilities(json_schema=False, json_object=False)
POOREST = Abilities(
    json_schema=False,
    json_object=False,
    wrapping="prose",
    logprobs=False,
    max_completion_tokens=False,
    temperature=False,
    prompt_cache_key=False,
    effort=False,
    usage=False,
)

ALL_KINDS = [
    pytest.param(Abilities(), Form.JSON_SCHEMA, 0, id="openai"),
    pytest.param(Abilities(json_schema=False), Form.JSON_OBJECT, 1, id="json_object"),
    pytest.param(NO_FORM, Form.TEXT, 2, id="text"),
    pytest.param(Abilities(json_schema=False, json_object=False, wrapping="fence"), Form.TEXT, 2, id="fence"),
    pytest.param(Abilities(json_schema=False, json_object=False, wrapping="prose"), Form.TEXT, 2, id="prose"),
    pytest.param(Abilities(logprobs=False), Form.JSON_SCHEMA, 1, id="no logprobs"),
    pytest.param(Abilities(logprobs=False, strict=False), Form.JSON_SCHEMA, 0, id="logprobs ignored"),
    pytest.param(Abilities(max_completion_tokens=False), Form.JSON_SCHEMA, 1, id="old max_tokens"),
    pytest.param(
        Abilities(max_tokens=False, temperature=False, logprobs=False), Form.JSON_SCHEMA, 2, id="model that thinks"
    ),
    pytest.param(Abilities(prompt_cache_key=False), Form.JSON_SCHEMA, 1, id="no cache key"),
    pytest.param(Abilities(effort=False), Form.JSON_SCHEMA, 1, id="no effort"),
    pytest.param(Abilities(usage=False), Form.JSON_SCHEMA, 0, id="no usage"),
    pytest.param(POOREST, Form.TEXT, 7, id="nothing"),
]


@pytest.mark.parametrize(("abilities", "form", "refusals"), ALL_KINDS)
async def test_every_kind_of_server_gives_the_same_draft_and_is_asked_in_its_way_from_then_on(
    abilities: Abilities, form: Form, refusals: int
) -> None:
    async with model_server(fits(), abilities) as server:
        drafter = asking(server, effort="low")
        made = [await drafter.draft(REQUEST) for _ in range(3)]
        await drafter.close()
        assert {(each.text, each.citations, each.answerable) for each in made} == {
            ("Print the label.", ("p-one",), True)
        }
        assert len(server.requests) == 3 + refusals
        last = server.requests[-1].body
        assert last.get("response_format", {"type": "text"})["type"] == form
        assert (made[0].token_confidence is None) == (not abilities.logprobs)
        assert (made[0].usage.tokens_in > 0) == abilities.usage
        assert ("would_sign" in server.requests[-1].system) or form == Form.JSON_SCHEMA


async def test_where_no_schema_holds_the_answer_the_prompt_tells_it_and_stays_the_same() -> None:
    async with served(fits(), NO_FORM) as (server, drafter):
        await drafter.draft(REQUEST)
        await drafter.draft(asks("Another question?", passages=(passage("p-two", "Other", "Other."),)))
        one, other = server.requests[-2:]
    assert one.system == other.system
    assert '"own_confidence"' in one.system
    assert one.system.startswith("You draft replies")


async def test_a_server_that_takes_the_schema_and_does_not_heed_it_is_asked_in_words() -> None:
    def ignores(asked: Asked) -> Reply:
        told = asked.system.find("JSON Schema") >= 0
        return says(answer_text() if told else "Print the label, dear customer!")

    async with served(ignores) as (server, drafter):
        made = await drafter.draft(REQUEST)
        assert made.text == "Print the label."
        assert made.usage.tokens_in == 2000  # both were paid
        await drafter.draft(REQUEST)
        forms = [each.body.get("response_format", {}).get("type") for each in server.requests]
    assert forms == ["json_schema", "json_object", "json_object"]


async def test_an_empty_answer_does_not_make_a_good_server_speak_more_simply() -> None:
    async with served([says(""), fits()]) as (server, drafter):
        with pytest.raises(NoUsableDraft, match="invalid_output"):
            await drafter.draft(REQUEST)
        await drafter.draft(REQUEST)
        assert [each.body["response_format"]["type"] for each in server.requests] == ["json_schema", "json_schema"]


async def test_a_refusal_that_names_nothing_is_tried_once_as_plainly_as_can_be() -> None:
    def vague(asked: Asked) -> Reply:
        plain = not {"response_format", "logprobs", "temperature"} & set(asked.body)
        return fits() if plain else fails(422, message="Unprocessable Entity")

    async with served(vague) as (server, drafter):
        assert (await drafter.draft(REQUEST)).text == "Print the label."
        assert len(server.requests) == 2
        await drafter.draft(REQUEST)
        assert len(server.requests) == 3


async def test_a_request_that_is_wrong_in_itself_teaches_nothing() -> None:
    async with served([fails(400), fails(400), fits()]) as (server, drafter):
        with pytest.raises(NoUsableDraft, match="rejected"):
            await drafter.draft(REQUEST)
        await drafter.draft(REQUEST)
        assert server.requests[-1].body["response_format"]["type"] == "json_schema"
        assert len(server.requests) == 3


async def test_the_log_says_what_was_refused_and_holds_no_words_of_a_server_that_repeats_the_customer() -> None:
    said = "My card is 4111 1111 1111 1111"
    asked = asks(said, passages=(passage("p-one", "Return an item", "Print the label."),))
    refusal = fails(422, message=f"logprobs: extra inputs are not permitted, input: {said}", param="logprobs")
    async with served([refusal, fits()]) as (_, drafter):
        with capture_logs() as logs:
            await drafter.draft(asked)
    assert [each["event"] for each in logs] == ["model_refused_a_part", "model_dialect"]
    assert (logs[0]["status"], logs[0]["parameter"], logs[1]["left_out"]) == (422, "logprobs", ["logprobs"])
    assert "4111 1111" not in str(logs)


@pytest.mark.parametrize(
    ("status", "parameter", "words", "left_out"),
    [
        (400, "logprobs", "", LOGPROBS),
        (403, "", "you are not allowed to request logprobs from this model", LOGPROBS),
        (400, "temperature", "unsupported value: 'temperature' does not support 0 with this model.", TEMPERATURE),
        (400, "reasoning_effort", "", EFFORT),
        (400, "", "unrecognized request argument supplied: prompt_cache_key", CACHE_KEY),
        (422, "", "[{'loc': ('body', 'prompt_cache_key'), 'msg': 'extra inputs are not permitted'}]", CACHE_KEY),
    ],
)
def test_the_part_that_a_refusal_names_is_left_out(status: int, parameter: str, words: str, left_out: str) -> None:
    simpler = Dialect().after_refusal(status, parameter, words)
    assert simpler and simpler.extras == Dialect().extras - {left_out}
    assert (simpler.form, simpler.limit) == (Dialect().form, Dialect().limit)


@pytest.mark.parametrize(
    "words",
    [
        "this response_format type is unavailable now",
        "invalid schema for response_format 'answer'",
        "json_schema is not supported by this model",
        "structured outputs are not available for this model",
        "failed to parse grammar",
    ],
)
def test_a_refusal_of_the_form_leads_to_the_next_one(words: str) -> None:
    simpler = Dialect().after_refusal(400, "", words)
    assert simpler and simpler.form == Form.JSON_OBJECT
    last = simpler.after_refusal(400, "", "'response_format.type' must be 'json_schema'")
    assert last and last.form == Form.TEXT


def test_the_limit_is_renamed_once_and_then_left_out() -> None:
    words = "unsupported parameter: 'max_completion_tokens' is not supported. use 'max_tokens' instead."
    old = Dialect().after_refusal(400, "", words)
    assert old and old.limit == "max_tokens"
    none = old.after_refusal(400, "", "'max_tokens' is too large: this model's maximum context length is 4096")
    assert none and none.limit == ""


@pytest.mark.parametrize(
    ("status", "words"), [(500, "logprobs"), (429, "logprobs"), (404, "no such page"), (403, "no")]
)
def test_what_is_no_refusal_of_a_part_is_not_taken_for_one(status: int, words: str) -> None:
    assert Dialect().after_refusal(status, "", words) is None
