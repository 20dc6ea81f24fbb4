"""The drafter that asks a model: one question, whose answer must fit a form."""

import json
from collections.abc import Sequence

from bot.costs import prices
from bot.drafting import answer, prompt
from bot.drafting.answer import Answer, ClaimAnswer
from bot.drafting.port import DraftRequest
from bot.models import failures, forms
from bot.models.chosen import Chosen
from bot.models.endpoint import Endpoint, Question, Told
from bot.settings import Settings
from bot.team import TeamFile, Voice
from handoff import language, mood
from handoff.draft import Author, Claim, Draft, FoundPassage, Mood

MOST_SIGNS = 3
MOST_UNANSWERED = 4
MOST_PICTURE_WORDS = 500
"""Characters of what pictures show."""


def build(settings: Settings, model: Chosen, decided: TeamFile, seconds: float) -> "OpenAIDrafter":
    """The drafter for a model that the settings name.

    Args:
        settings: for the file with the rules.
        model: the one to ask.
        decided: by the team: its voice and its own prices.
        seconds: the longest wait for the server.

    Raises:
        SettingsProblem: when the file with the rules or the certificates cannot be read.
    """
    client = failures.client(key=model.key, url=model.url, seconds=seconds)
    endpoint = Endpoint(client, model.model, effort=model.effort, price=prices.of(model.model, prices.own(decided)))
    return OpenAIDrafter(
        endpoint,
        rules=prompt.rules_of(settings.prompt_file),
        voice=decided.voice,
        sees_images=model.sees_images,
        stands_in=model.stands_in,
    )


class OpenAIDrafter:
    """Asks a server that speaks OpenAI's chat completions."""

    name = "openai"

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        rules: str = "",
        voice: Voice | None = None,
        sees_images: bool = False,
        stands_in: bool = False,
    ) -> None:
        self._endpoint = endpoint
        self._stands_in = stands_in
        """For another model."""
        self._rules = rules
        """Of the team, in place of Baton's own."""
        self.model = endpoint.model
        self.sees_images = sees_images
        self._voice = voice or Voice()
        self.prompt_version = self._version(self._voice)

    async def draft(self, request: DraftRequest) -> Draft:
        """Ask for a reply. Without passages no model is asked: there is nothing it may say, but what a picture shows.

        Raises:
            NoUsableDraft: when there is no answer, or none of the form asked for.
        """
        if not request.passages and not (self.sees_images and any(image.data for image in request.images)):
            return self._without_passages(request)
        return self._draft_of(await self._endpoint.ask(self._question(request)), request)

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._endpoint.close()

    def _version_for(self, voice: Voice) -> str:
        return self.prompt_version if voice == self._voice else self._version(voice)

    def _version(self, voice: Voice) -> str:
        form: dict[str, object] = {"schema": forms.strict(Answer), "effort": self._endpoint.effort}
        form |= {"sees": self.sees_images, "stands_in": self._stands_in}
        return prompt.version(json.dumps(form, sort_keys=True), self._rules, voice)

    def _question(self, request: DraftRequest) -> Question[Answer]:
        shown = [image for image in request.images if image.data] if self.sees_images else []
        return Question(
            system=prompt.system(request.company, request.topics, self._rules, request.voice),
            user=prompt.user(request, hidden=len(request.images) - len(shown)),
            form=Answer,
            schema=answer.schema(request.topics),
            images=shown,
        )

    def _draft_of(self, told: Told[Answer], request: DraftRequest) -> Draft:
        said, given = told.value, prompt.named(request.passages)
        text = said.reply.strip()
        claims = tuple(_claim(each, given) for each in said.claims if each.text.strip()) if text else ()
        named = (*_ids(said.citations, given), *(each for claim in claims for each in claim.citations))
        citations = tuple(dict.fromkeys(named)) if text else ()
        return Draft(
            text=text,
            citations=citations,
            claims=claims,
            topic=said.topic if said.topic in {topic.name for topic in request.topics} else "",
            answerable=said.answerable and bool(text) and bool(citations),
            own_confidence=said.own_confidence,
            token_confidence=answer.token_confidence(told.tokens),
            mood=Mood(said.sentiment, said.frustration, said.wants_person, tuple(said.mood_signs[:MOST_SIGNS])),
            language=_code(said.language) or _detected(request),
            clarifying_question=said.clarifying_question.strip(),
            needs_action=said.needs_action,
            open_questions=tuple(each.strip() for each in said.unanswered[:MOST_UNANSWERED] if each.strip()),
            pictures=said.pictures.strip()[:MOST_PICTURE_WORDS]
            if any(image.data for image in request.images) and self.sees_images
            else "",
            drafter=self.name,
            model=self.model,
            prompt_version=self._version_for(request.voice),
            usage=told.usage,
        )

    def _without_passages(self, request: DraftRequest) -> Draft:
        return Draft(
            text="",
            citations=(),
            topic="",
            answerable=False,
            own_confidence=0.0,
            mood=mood.read(request.turns),
            language=_detected(request),
            drafter=self.name,
            model=self.model,
            prompt_version=self._version_for(request.voice),
        )


def _claim(said: ClaimAnswer, given: dict[str, FoundPassage]) -> Claim:
    return Claim(said.text.strip(), _ids(said.citations, given))


def _ids(names: Sequence[str], given: dict[str, FoundPassage]) -> tuple[str, ...]:
    """The ids of the passages that were given by these names; a name that was not given is left out."""
    return tuple(dict.fromkeys(given[name].passage_id for name in names if name in given))


def _code(given: str) -> str:
    code = given.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""  # noqa: PLR2004 - ISO 639-1


def _detected(request: DraftRequest) -> str:
    said = [turn.text for turn in request.turns if turn.author == Author.CUSTOMER]
    return language.detect(said[-1]) if said else ""
