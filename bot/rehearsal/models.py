"""A model in the customer's role, and a model as judge: asked only where a scenario says so."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ConfigDict, ValidationError

from bot import team
from bot.costs import prices
from bot.costs.prices import Price
from bot.rehearsal.purse import ModelSilent, Purse
from bot.rehearsal.results import Step
from bot.rehearsal.scenario import Scenario
from bot.settings import Settings
from handoff.draft import Usage
from storage.kinds import Action

MOST_TOKENS = 2_000
_PROMPTS = Path(__file__).parent / "prompts"


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Said(_Answer):
    """What the model says as the customer."""

    message: str
    leaves: bool
    """Whether the customer has what they need, or has given up, and writes nothing more."""


class Judgement(_Answer):
    """What the model says as judge, the reasons first."""

    why: str
    holds: bool


Form = TypeVar("Form", bound=_Answer)


class Model:
    """The configured model, with a purse that all its calls are paid from.

    Args:
        client: of the server that speaks OpenAI's chat completions.
        name: of the model.
        deadline: seconds for one answer.
        purse: pays for it.
        seed: asks the server for the same answer to the same question, where it can.
        price: of its tokens; the listed one if none is given.
    """

    def __init__(
        self, client: AsyncOpenAI, name: str, deadline: float, purse: Purse, *, seed: int, price: Price | None = None
    ) -> None:
        self.client, self.name, self._deadline = client, name, deadline
        self._price = price or prices.of(name)
        self._purse, self._seed = purse, seed

    def company(self) -> "ModelCompany":
        """The model for one scenario."""
        return ModelCompany(self)

    async def ask(self, rules: str, data: str, form: type[Form], pay: Callable[[float], None]) -> Form:
        """Ask for an answer of one form.

        Raises:
            CeilingReached: when it would cost more than is left.
            ModelSilent: when none comes, or one of another form.
        """
        async with self._purse.call() as paid:
            try:
                async with asyncio.timeout(self._deadline):
                    completion = await self._completed(rules, data, form)
            except (openai.OpenAIError, TimeoutError, ValueError) as error:
                raise ModelSilent(f"the model {self.name} does not answer ({type(error).__name__})") from error
            usage = completion.usage if isinstance(completion, ChatCompletion) else None
            if usage:
                cost = self._price.dollars(Usage(usage.prompt_tokens, usage.completion_tokens))
                paid(cost)
                pay(cost)
        return _read(completion, form, self.name)

    async def _completed(self, rules: str, data: str, form: type[_Answer]) -> object:
        return await self.client.chat.completions.create(
            model=self.name,
            messages=[{"role": "system", "content": rules}, {"role": "user", "content": data}],
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": form.model_json_schema()},
            },
            max_completion_tokens=MOST_TOKENS,
            seed=self._seed,
        )

    async def close(self) -> None:
        """Close the connections to the server."""
        await self.client.close()


def build(settings: Settings, purse: Purse, seed: int) -> Model | None:
    """The model that the settings name; nothing where no key is set."""
    key = settings.openai_api_key
    if key is None:
        return None
    client = AsyncOpenAI(
        api_key=key.get_secret_value(),
        base_url=settings.openai_base_url,
        timeout=settings.openai_timeout_seconds,
        max_retries=1,
    )
    price = prices.of(settings.openai_model, prices.own(team.read(settings.team_file)))
    return Model(client, settings.openai_model, settings.openai_timeout_seconds, purse, seed=seed, price=price)


class ModelCompany:
    """Plays the customer of one scenario, and judges it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.dollars = 0.0

    def customer(self, scenario: Scenario) -> "ModelCustomer":
        """The model in the customer's role."""
        return ModelCustomer(self._model, scenario, self._pay)

    async def judge(self, question: str, steps: Sequence[Step]) -> tuple[bool | None, str]:
        """Answer a yes-or-no question about a conversation, with why; None when no answer came.

        Raises:
            CeilingReached: when it would cost more than is left.
        """
        data = f"<question>\n{_data(question)}\n</question>\n\n{_conversation(steps)}"
        try:
            judged = await self._model.ask(_prompt("judge"), data, Judgement, self._pay)
        except ModelSilent as error:
            return None, str(error)
        return judged.holds, judged.why

    def _pay(self, dollars: float) -> None:
        self.dollars += dollars


class ModelCustomer:
    """The model in the role of a scenario's customer."""

    def __init__(self, model: Model, scenario: Scenario, pay: Callable[[float], None]) -> None:
        self._model, self._pay = model, pay
        facts = "\n".join(f"- asked about {', '.join(each.when)}: {each.says}" for each in scenario.customer.facts)
        about = {
            "{who}": scenario.customer.who or "a customer",
            "{wants}": scenario.customer.wants or "an answer to the first message",
            "{facts}": facts or "- nothing more",
            "{language}": scenario.customer.language,
        }
        self._rules = _prompt("customer")
        for name, told in about.items():
            self._rules = self._rules.replace(name, told)

    async def goes_on(self, steps: Sequence[Step]) -> str:
        """What the customer says to the last step; empty when they leave.

        Raises:
            CeilingReached: when it would cost more than is left.
            ModelSilent: when the model does not answer.
        """
        if steps[-1].to_person:
            return ""
        said = await self._model.ask(self._rules, _conversation(steps), Said, self._pay)
        return "" if said.leaves else said.message.strip()


def _read(completion: Any, form: type[Form], name: str) -> Form:
    if not isinstance(completion, ChatCompletion) or not completion.choices or not completion.choices[0].message:
        raise ModelSilent(f"the model {name} gave no usable answer")
    try:
        return form.model_validate_json(completion.choices[0].message.content or "")
    except ValidationError as error:
        raise ModelSilent(f"the model {name} gave an answer of another form") from error


def _prompt(name: str) -> str:
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8")


def _conversation(steps: Sequence[Step]) -> str:
    said = [
        f'<message from="{who}">\n{_data(text)}\n</message>'
        for step in steps
        for who, text in (("customer", step.said), (_speaker(step), step.reply))
    ]
    return "<conversation>\n" + "\n".join(said) + "\n</conversation>"


def _speaker(step: Step) -> str:
    return "assistant, who hands over to a person" if step.action in (Action.HAND_OFF, Action.PROPOSE) else "assistant"


def _data(text: str) -> str:
    """A text that cannot close the element that it stands in."""
    return text.replace("</", "‹/").replace("<message", "‹message")
