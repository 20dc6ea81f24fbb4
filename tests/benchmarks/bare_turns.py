"""What `in_flight` is compared with: a loop that searches, asks the model and posts with the same libraries.

It stores nothing, decides nothing and keeps no order. Prints the seconds that all questions took.
"""

import asyncio
import sys
import time

import aiohttp
from openai import AsyncOpenAI, DefaultAioHttpClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.drafting import answer as answers
from bot.drafting import prompt
from bot.drafting.port import DraftRequest
from bot.knowledge import search
from bot.settings import Settings, load
from handoff.draft import Author, Turn
from storage.database import Database
from tests.benchmarks import data, world


async def main(questions: int, in_flight: int) -> None:
    """Answer the questions, so many at a time."""
    settings = load()
    database = await Database.open(settings.database_url)
    left = data.bank_questions(questions)
    async with (
        aiohttp.ClientSession() as session,
        AsyncOpenAI(
            api_key="sk-bench",
            base_url=settings.openai_base_url,
            max_retries=0,
            timeout=60,
            http_client=DefaultAioHttpClient(),  # the way that Baton takes
        ) as model,
    ):
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        slack = AsyncWebClient(token, base_url=settings.slack_api_url, session=session, retry_handlers=[])
        started = time.perf_counter()

        async def customer() -> None:
            while left:
                await _answer(database, model, slack, settings, left.pop())

        await asyncio.gather(*(customer() for _ in range(in_flight)))
        print(time.perf_counter() - started, flush=True)
    await database.close()


async def _answer(
    database: Database, model: AsyncOpenAI, slack: AsyncWebClient, settings: Settings, question: str
) -> None:
    turns = [Turn(Author.CUSTOMER, question)]
    async with database.reading() as session:
        passages = await search.search(session, world.seed().team_id, turns)
    request = DraftRequest(turns, passages, (), settings.company_name)
    completion = await model.chat.completions.create(
        model=settings.openai_model,
        messages=[
            {"role": "system", "content": prompt.system(request.company, request.topics)},
            {"role": "user", "content": prompt.user(request)},
        ],
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": dict(answers.schema(request.topics))},
        },
    )
    answer = answers.Answer.model_validate_json(completion.choices[0].message.content or "")
    await slack.chat_postMessage(channel=world.SUPPORT, text=answer.reply or question)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
