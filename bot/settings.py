"""What an operator sets, read from the environment and from `.env`; secrets live nowhere else.

Each setting has one description here. `.env.example`, docs/settings.md and the hints of `baton doctor` are made of it.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.values import ApiUrl, Listed, Seconds, Share, TimeOfDay, TimeZone
from storage.problem import Problem

PREFIX = "BATON_"


class SettingsProblem(Problem):
    """A setting is missing or cannot be used; the message names the variable and says what to do."""


class Settings(BaseSettings):
    """All settings of one Baton, each the environment variable of its name with the prefix `BATON_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="The bot token, xoxb-…: on your app's page, OAuth & Permissions, after installing it.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="The app-level token, xapp-…, with the scope connections:write: on your app's page, "
        "Basic Information. Socket Mode needs it.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="The signing secret: on your app's page, Basic Information. The mode http needs it.",
    )
    slack_api_url: ApiUrl = Field(
        default="https://slack.com/api/",
        description="Where Slack's Web API is. Change it only for a local workspace or a proxy.",
    )
    mode: Literal["socket", "http"] = Field(
        default="socket",
        description="How Slack reaches Baton: socket (no public address needed) or http (Slack calls you).",
    )
    http_host: str = Field(default="0.0.0.0", description="The address to listen on in the mode http.")  # noqa: S104
    http_port: int = Field(default=3000, ge=0, le=65_535, description="The port to listen on in the mode http.")
    database_url: str = Field(
        default="sqlite:///baton.db",
        description="Where Baton remembers: sqlite:///file.db, or postgresql://user:password@host/name, "
        "which more than one process can share.",
    )

    support_channels: Listed = Field(
        default=(),
        description="Where customers ask: channel ids or #names, separated by commas. The bot must be a member.",
    )
    desk_channel: str = Field(
        default="",
        description="The private channel where agents see and claim handoffs: a channel id or #name.",
    )
    managers_channel: str = Field(
        default="",
        description="The channel that gets the weekly report: a channel id or #name.",
    )
    agents: Listed = Field(
        default=(),
        description="Who may claim and answer: user groups (@handle or S…) or people (U…), separated by commas.",
    )
    managers: Listed = Field(
        default=(),
        description="Who may read reports and set policies; managers are agents as well. Written like the agents.",
    )

    company_name: str = Field(default="our team", min_length=1, description="How Baton calls you towards customers.")
    knowledge_dir: Path | None = Field(
        default=None,
        description="A folder of articles that `baton serve` reads before it starts, and again with the sources. "
        "Without it and them, only `baton knowledge sync` changes what Baton knows.",
    )
    knowledge_sources: Listed = Field(
        default=(),
        description="What `baton serve` reads again and again: folders, files, and addresses of pages or sitemaps, "
        "separated by commas.",
    )
    knowledge_sync_every: Annotated[Seconds, Field(ge=60)] = Field(
        default=3_600.0,
        description="How often the sources are read again: seconds, or such as 30m, 6h, 1d.",
    )
    knowledge_private_addresses: bool = Field(
        default=False,
        description="Whether pages may be fetched from addresses of private networks, such as a wiki in your office. "
        "Whoever writes a sitemap can then make Baton ask for any address in that network.",
    )
    team_file: Path | None = Field(
        default=None,
        description="The team's own file, baton.toml: tone and rules of replies, subjects for people, and how Baton "
        "behaves in each channel.",
    )
    drafter: Literal["embedded", "openai"] = Field(
        default="embedded",
        description="Who writes the replies: embedded (quotes your articles; no key, no network) or openai.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None, description="The key for the model. The drafter openai needs it."
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        description="The address of the model's API; any server that speaks OpenAI's chat completions will do.",
    )
    openai_model: str = Field(default="gpt-6.1-terra", min_length=1, description="The model that drafts.")
    openai_effort: Literal["", "none", "minimal", "low", "medium", "high"] = Field(
        default="low",
        description="How long a model that thinks may do so: none, minimal, low, medium or high. More takes longer and "
        "costs more. Models that do not know it are not told.",
    )
    openai_timeout_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        default=20.0,
        description="After how many seconds without a draft the conversation goes to a person. It holds for all "
        "attempts and all models together.",
    )
    fallback_model: str = Field(
        default="",
        description="The model that is asked when the first one gives no usable draft. An agent approves its drafts "
        "where a certificate is the first one's.",
    )
    fallback_base_url: str = Field(
        default="", description="The address of its API; that of the first model when not set."
    )
    fallback_api_key: SecretStr | None = Field(
        default=None, description="Its key; that of the first model when not set and the address is the same."
    )
    model_sees_images: Literal["auto", "yes", "no"] = Field(
        default="auto",
        description="Whether pictures that customers send are shown to the model: yes, no, or auto (by the names of "
        "models that are known to see).",
    )

    prompt_file: Path | None = Field(
        default=None,
        description="A file with your own rules for the model, in place of bot/drafting/prompts/reply.md, with its "
        "places for {company}, {voice} and {topics}.",
    )
    most_messages_a_minute: int = Field(
        default=20,
        ge=3,
        description="The most messages of one customer within a minute that Baton thinks about. Beyond it a person "
        "reads them, and no model is asked.",
    )
    embedding_model: str = Field(
        default="",
        description="The embedding model by which articles are found in other words than the question's, beside the "
        "search by words, and themes group questions by what they mean. The text of all articles, and of each "
        "question, goes to its server. Off when not set.",
    )
    embedding_base_url: str = Field(
        default="",
        description="The address of its API, which speaks OpenAI's embeddings; BATON_OPENAI_BASE_URL's when not set.",
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="Its key; BATON_OPENAI_API_KEY when not set and the address is the same."
    )
    mask_personal_data: bool = Field(
        default=True,
        description="Whether e-mail addresses, phone numbers, cards, bank accounts, national ids and passwords are "
        "hidden from the model; replies get back what the customer may read again. Logs never hold them.",
    )

    challenger_drafter: Literal["none", "embedded", "openai"] = Field(
        default="none",
        description="The drafter of a version on trial beside the present one. `baton versions` compares the two.",
    )
    challenger_model: str = Field(
        default="", description="The model of the version on trial; the present one's when not set."
    )
    challenger_prompt_file: Path | None = Field(
        default=None,
        description="The file with the rules for the model on trial; the present one's when not set.",
    )
    challenger_share: Annotated[float, Field(ge=0, le=0.5)] = Field(
        default=0.0,
        description="The share of conversations, 0 to 0.5, that the version on trial answers. With 0 it drafts "
        "silently on every conversation, for reviewers only.",
    )

    daily_budget: Annotated[float, Field(ge=0)] = Field(
        default=0.0,
        description="What models may cost a day, in US dollars; 0 for no budget. The managers are warned at 80 %; at "
        "100 % agents approve every reply until midnight.",
    )

    grader_model: str = Field(
        default="",
        description="The model that cross-checks drafts where that could change who answers; without it none is "
        "checked.",
    )
    grader_base_url: str = Field(
        default="", description="The address of the graders' API; that of the drafter's model when not set."
    )
    grader_api_key: SecretStr | None = Field(
        default=None,
        description="The key for the graders; that of the drafter's model when not set and the address is the same.",
    )
    graders: Annotated[int, Field(ge=1, le=5)] = Field(
        default=3, description="How many graders read a draft, side by side, each with other instructions."
    )
    grader_timeout_seconds: Annotated[float, Field(gt=0, le=120)] = Field(
        default=10.0, description="After how many seconds a grader that has not answered is left out."
    )
    cross_check_ceiling: Annotated[float, Field(ge=0)] = Field(
        default=0.05,
        description="What cross-checks may cost in one conversation, in US dollars; 0 for no ceiling. Beyond it, "
        "drafts whose checks could matter go to an agent.",
    )
    cross_check_daily_ceiling: Annotated[float, Field(ge=0)] = Field(
        default=5.0,
        description="What cross-checks may cost a day, in US dollars; 0 for no ceiling. Beyond it, drafts whose checks "
        "could matter go to an agent.",
    )

    starting_stage: Literal["shadow", "copilot", "autopilot"] = Field(
        default="autopilot",
        description="What a topic may do until a manager decides: shadow (Baton stays silent), copilot (an agent "
        "approves each reply) or autopilot (Baton answers when the gate passes).",
    )
    confidence_threshold: Share = Field(
        default=0.6,
        description="Below this confidence, 0 to 1, a person answers. Where a topic starts; managers set it per topic.",
    )
    frustration_limit: Share = Field(
        default=0.6,
        description="From this frustration of the customer, 0 to 1, a person answers. Where a topic starts.",
    )
    tolerance: Share = Field(
        default=0.05,
        description="The largest accepted share, 0 to 1, of wrong replies among the autonomous ones. Where a topic "
        "starts; managers set it per topic.",
    )
    certificate_risk: Annotated[float, Field(gt=0, lt=0.5)] = Field(
        default=0.1,
        description="The accepted chance that a certificate promises too much: 0.1 is 90 % sure.",
    )
    audit_share: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.1,
        description="The share of drafts, 0 to 1, that a uniform coin sends to review on autopilot. Only these count "
        "for certificates and alarms.",
    )
    targeted_share: Share = Field(
        default=0.05,
        description="The share of drafts, 0 to 1, that are reviewed besides, risky ones more often.",
    )
    assumed_resolution_after: Annotated[Seconds, Field(gt=0)] = Field(
        default=86_400.0,
        description="After how long a silence an answered conversation counts as solved: seconds, or such as 30m, "
        "24h, 3d.",
    )
    offer_before_handoff: Annotated[Seconds, Field(ge=0, le=3_600)] = Field(
        default=0.0,
        description="Before a handoff that nobody asked for, Baton offers a person, once, and waits this long for the "
        "customer's word, such as 3m, before one comes anyway; 0 hands off at once.",
    )
    survey: bool = Field(default=True, description="Whether customers are asked for a rating after a resolution.")

    stream_replies: bool = Field(
        default=True,
        description="Whether longer replies in direct messages and the assistant pane appear piece by piece. Nothing "
        "appears before it is decided that the whole reply is sent.",
    )
    thinking_reaction: str = Field(
        default="eyes",
        min_length=1,
        description="The emoji by which Baton shows in channels that it is on a question, without colons; none for no "
        "sign. It is removed when the reply is posted.",
    )

    time_zone: TimeZone = Field(
        default="UTC", description="The team's time zone, such as Europe/Berlin: weeks and reports follow it."
    )
    report_day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "off"] = Field(
        default="mon", description="The day of the weekly report, or off. More reports are set in the team's own file."
    )
    report_time: TimeOfDay = Field(
        default="09:00",
        description="The time of the weekly report in the team's time zone. Between 00:00 and 03:00 a clock change "
        "can move it.",
    )

    workers: int = Field(
        default=8, ge=1, le=500, description="How many conversations are worked on at the same time by this process."
    )
    inbox_lease_seconds: Annotated[Seconds, Field(ge=5)] = Field(
        default=120.0,
        description="After how many seconds an event whose worker fell silent is taken over by another one. "
        "Where models may take longer than that, it is their time limits together, and a little more.",
    )
    data_retention: Annotated[Seconds, Field(ge=3_600)] = Field(
        default=1_209_600.0,
        description="How long handled rows stay in the inbox and the outbox: seconds, or such as 14d. "
        "Slack's redeliveries are recognised by them.",
    )
    report_retention: Annotated[Seconds, Field(ge=86_400)] = Field(
        default=63_072_000.0,
        description="How long reports are kept as they were posted, for details and earlier weeks: seconds, or such as "
        "730d.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least weighty log lines that are written."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How log lines look: text for people, json for machines."
    )

    def require_slack(self) -> None:
        """Check that what a connection to Slack needs is set.

        Raises:
            SettingsProblem: naming each missing variable.
        """
        needed = {"slack_bot_token": self.slack_bot_token}
        needed |= (
            {"slack_app_token": self.slack_app_token}
            if self.mode == "socket"
            else {"slack_signing_secret": self.slack_signing_secret}
        )
        missing = [name for name, given in needed.items() if not given]
        if missing:
            raise SettingsProblem("\n".join(f"{variable(name)} is not set. {description(name)}" for name in missing))

    def require_channels(self) -> None:
        """Check that Baton is told where customers ask and where people work.

        Raises:
            SettingsProblem: naming each missing variable.
        """
        needed = ("support_channels", "desk_channel", "managers_channel", "agents")
        missing = [name for name in needed if not getattr(self, name)]
        if missing:
            raise SettingsProblem("\n".join(f"{variable(name)} is not set. {description(name)}" for name in missing))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def description(name: str) -> str:
    """What a setting means, in one or two sentences."""
    return Settings.model_fields[name].description or ""


def load(**given: Any) -> Settings:
    """Read the settings from the environment and `.env`; what is given here goes first.

    Raises:
        SettingsProblem: with a line for each setting that cannot be used.
    """
    try:
        return Settings(**given)
    except ValidationError as problem:
        raise SettingsProblem("\n".join(_line(dict(error)) for error in problem.errors(include_url=False))) from None


def _line(error: dict[str, Any]) -> str:
    name = str(error["loc"][0])
    shown = _masked(name, str(error.get("input", "")))
    return f"{variable(name)} is {shown!r}, which cannot be used: {_advice(error)}. {description(name)}"


def _masked(name: str, given: str) -> str:
    """Hide what is or may carry a secret."""
    if Settings.model_fields[name].annotation == SecretStr | None:
        return f"{given[:5]}…"
    return re.sub(r"(://[^:/@]*:)[^@/]+@", r"\1…@", given)


def _advice(error: dict[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[0].lower() + message[1:]
