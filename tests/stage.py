"""A stage for dialogues: a real workspace, a real bot, a real database, and people who talk."""

from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from bot import app
from bot.alerts import alerting
from bot.app import Running
from bot.conversation import pane, signs
from bot.demo.workspace import (
    Person,
    Seed,
    SeedChannel,
    SeedGroup,
    SeedUser,
    Workspace,
    WorkspaceServer,
    serve,
)
from bot.knowledge import sync as knowledge
from bot.reports import by_clock
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack import connection
from storage.database import Database

PATIENCE_SECONDS = 60.0
BOT = "U0BATON00"
ADA, CARL, EVE = "U0ADA0000", "U0CARL000", "U0EVE0000"
"""Customers; Eve comes from another organisation."""
BEN, BELLA, MIA = "U0BEN0000", "U0BELLA00", "U0MIA0000"
"""Two agents and a manager."""
SUPPORT, SHARED, DESK, MANAGERS, RANDOM = "C0SUPPORT", "C0SHARED0", "C0DESK000", "C0MANAGER", "C0RANDOM0"

SEED = Seed(
    users=(
        SeedUser(ADA, "ada", "Ada Lind"),
        SeedUser(CARL, "carl", "Carl Meyer"),
        SeedUser(EVE, "eve", "Eve Stone", team_id="T0OTHER00"),
        SeedUser(BEN, "ben", "Ben Okafor"),
        SeedUser(BELLA, "bella", "Bella Rossi"),
        SeedUser(MIA, "mia", "Mia Sato"),
    ),
    channels=(
        SeedChannel(SUPPORT, "support", (ADA, CARL, BEN, BELLA, MIA, BOT)),
        SeedChannel(SHARED, "support-partners", (EVE, BEN, BOT), shared=True),
        SeedChannel(DESK, "support-desk", (BEN, BELLA, MIA, EVE, BOT), kind="private"),
        SeedChannel(MANAGERS, "support-managers", (MIA, BOT), kind="private"),
        SeedChannel(RANDOM, "random", (ADA, BEN, BOT)),
    ),
    groups=(
        SeedGroup("S0AGENTS0", "agents", "Agents", (BEN, BELLA)),
        SeedGroup("S0MANAGER", "managers", "Managers", (MIA,)),
    ),
    # Slack gives up after three seconds; here it is as patient as a busy machine needs.
    ack_seconds=PATIENCE_SECONDS,
    trigger_seconds=PATIENCE_SECONDS,
)

ARTICLES = {
    "returns.md": """---
title: Returning an item
url: https://help.example.com/returns
topic: returns
---
# Returning an item

You can return unused items within 30 days of delivery. Returns are free inside the EU.

## How to return a tent

1. Open Orders and choose Return.
2. Print the label.
3. Drop the parcel at any post office.

The refund arrives within 5 days after we receive the parcel.
""",
    "delivery.md": """---
title: Delivery times
url: https://help.example.com/delivery
topic: delivery
---
# Delivery times and costs

## Standard delivery

Standard delivery takes 2 to 4 working days and costs 4.90 euros.

## Express delivery

Express delivery takes one working day and costs 12 euros.

## Free delivery

Orders above 80 euros ship free of charge.
""",
    "warranty.md": """---
title: Warranty on backpacks
url: https://help.example.com/warranty
topic: repairs
---
# Warranty on backpacks

Our backpacks carry a warranty of five years against faults of material. Send us a photo of the damage and the
order number, and we repair or replace the backpack within three weeks.
""",
}
SWEEPS = (
    (app, "SWEEP_SECONDS"),
    (app, "OFFER_SWEEP_SECONDS"),
    (app, "SURVEY_SWEEP_SECONDS"),
    (alerting, "SWEEP_SECONDS"),
    (by_clock, "TELL_SECONDS"),
)
STANDS_STILL = 86_400.0
IN_TIME = ((pane, "CALL_SECONDS"), (signs, "CALL_SECONDS"), (connection, "PING_SECONDS"))
"""What gives up on an answer after some seconds: here that would be by luck."""
ANSWERED = "How many days do I have to return an unused item?"
"""A question that the articles answer."""
UNKNOWN = "Do you sponsor paragliding championships in Bhutan?"
"""One that they do not."""


@dataclass
class Stage:
    """Everything that a dialogue needs."""

    server: WorkspaceServer
    bot: Running
    database: Database
    settings: Settings
    _stack: AsyncExitStack = field(repr=False)

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.server.workspace

    async def person(self, user_id: str) -> Person:
        """A person at their screen, who leaves when the stage closes."""
        return await self._stack.enter_async_context(Person(self.server.url, user_id))


def settings_for(server: WorkspaceServer, database_url: str, **changed: Any) -> Settings:
    """The settings of a bot in this workspace, free of the environment."""
    given: dict[str, Any] = {
        "slack_bot_token": SecretStr(server.workspace.seed.app.bot_token),
        "slack_app_token": SecretStr(server.workspace.seed.app.app_token),
        "slack_signing_secret": SecretStr(server.workspace.seed.app.signing_secret),
        "slack_api_url": server.api_url,
        "database_url": database_url,
        "support_channels": (SUPPORT, SHARED),
        "desk_channel": DESK,
        "managers_channel": MANAGERS,
        "agents": ("@agents",),
        "managers": ("S0MANAGER",),
        "company_name": "Northpeak",
    }
    return Settings(_env_file=None, **(given | changed))  # pyright: ignore[reportCallIssue]


def write_articles(folder: Path) -> Path:
    """Write the articles into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    return folder


@contextmanager
def as_patient_as_a_busy_machine_needs() -> Generator[None]:
    """Let a bot that is started here give up on nothing that comes late."""
    with ExitStack() as stack:
        for module, name in IN_TIME:
            stack.enter_context(patch.object(module, name, PATIENCE_SECONDS))
        yield


def patient(app: AsyncApp) -> None:
    """Let an app's listeners take their time: Bolt gives up on one after three seconds."""
    for listener in app._async_listeners:  # pyright: ignore[reportPrivateUsage]
        listener.ack_timeout = int(PATIENCE_SECONDS)


@asynccontextmanager
async def on_stage(
    database_url: str, folder: Path, *, seed: Seed = SEED, team: str = "", **changed: Any
) -> AsyncGenerator[Stage]:
    """Open the curtain: workspace, knowledge and bot are there; `team` is what a file of the team says.

    The bot's sweeps stand still, and no night is made up for: a test calls what it means, and on a busy machine the
    schedule comes never first.
    """
    if team:
        changed["team_file"] = folder / "baton.toml"
        changed["team_file"].write_text(team)
    async with AsyncExitStack() as stack:
        stack.enter_context(patch.object(Schedule, "add_nightly"))
        for module, name in SWEEPS:
            stack.enter_context(patch.object(module, name, STANDS_STILL))
        stack.enter_context(as_patient_as_a_busy_machine_needs())
        server = await serve(Workspace(seed))
        stack.push_async_callback(server.close)
        settings = settings_for(server, database_url, **changed)
        database = await Database.open(database_url)
        stack.push_async_callback(database.close)
        bot = await stack.enter_async_context(app.running(settings))
        patient(bot.app)
        await knowledge.sync(database, seed.team_id, write_articles(folder / "articles"))
        yield Stage(server, bot, database, settings, stack)
