"""Words of others outside the conversation: names of people, topics of channels, titles of articles, and a terminal."""

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import select

from bot.demo.workspace import Seed
from bot.knowledge import sync
from storage.tables import Conversation
from tests.attacks.corpus import QUESTION, Attack
from tests.attacks.harm import Call, Played, harms
from tests.attacks.playing import attacked
from tests.bot.terminal import Terminal
from tests.integration.dialogue import asked_how_it_went, asks, by_bot, card_for, claims, has_button
from tests.stage import ADA, BEN, CARL, DESK, MIA, SEED, SUPPORT, UNKNOWN, Stage

HOSTILE = "<!channel> *bold* <https://evil.example|look> <@U0BELLA00> \u202egnp"
TERMINAL = "\x1b]0;owned\x07\x1b[2J\x9b31m \u202egnp \x08\x08 \r\nFAKE LINE"
OBEYED = set("\x1b\x07\x08\x9b\u202e\r")
"""What a terminal obeys."""
_LOG_COLOURS = re.compile(r"\x1b\[\d+m")
"""Of what the running bot logs meanwhile."""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _seed() -> Seed:
    users = tuple(
        dataclasses.replace(each, real_name=f"{each.real_name} {HOSTILE}", name=each.name, title=HOSTILE)
        for each in SEED.users
    )
    channels = tuple(dataclasses.replace(each, topic=HOSTILE) for each in SEED.channels)
    return dataclasses.replace(SEED, users=users, channels=channels)


def _harm_of(calls: list[Call]) -> list[str]:
    """What of these calls would be harm: a silence is none here, and agents' pages name their customers."""
    played = Played(Attack("names", "names", ""), calls)
    return [
        each
        for each in harms(played)
        if each not in ("the customer met silence", f"mentions @{CARL}", f"mentions @{BEN}")
    ]


@ON_SQLITE
@pytest.mark.parametrize("question", [QUESTION, "I want to talk to a human.", "Do you sponsor paragliding in Bhutan?"])
async def test_names_and_channel_topics_are_words_wherever_they_are_shown(
    database_url: str, tmp_path: Path, question: str
) -> None:
    async with attacked(database_url, tmp_path, seed=_seed()) as opened:
        stage = opened.stage
        ada, ben, mia = await stage.person(ADA), await stage.person(BEN), await stage.person(MIA)
        await opened.play(Attack("names", "names", question, reply="You can return unused items within 30 days."))
        thread = (await ada.history(SUPPORT))[-1]["ts"]
        if question != QUESTION:
            card = await card_for(ben, question)
            await claims(ben, card)
            await ben.says(DESK, "Hi.", card["ts"])
            await ada.reads(SUPPORT, thread=thread, until=lambda message: "Hi." in str(message))
        await ben.opens_home()
        await mia.opens_home()
        await opened.quiet()
        assert _harm_of(opened.calls) == []


@ON_SQLITE
async def test_a_title_in_the_front_matter_is_words(database_url: str, tmp_path: Path) -> None:
    async with attacked(database_url, tmp_path) as opened:
        folder = tmp_path / "articles"
        title = "<!channel> *bold* <@U0BELLA00> \\u202egnp"
        (folder / "snow.md").write_text(
            f'---\ntitle: "{title}"\nurl: "https://help.example.com/delivery"\ntopic: "<!here>"\n---\n'
            "# Snow shoes\n\nSnow shoes fit boots of the sizes 36 to 47.\n"
        )
        await sync.sync(opened.stage.database, SEED.team_id, folder)
        played = await opened.play(
            Attack(
                "title", "title", "Which boots do snow shoes fit?", reply="Snow shoes fit boots of the sizes 36 to 47."
            )
        )
        assert any("sizes 36 to 47" in str(each.arguments) for each in played.calls)
        assert _harm_of(played.calls) == []


async def _conversations(stage: Stage) -> Sequence[str]:
    async with stage.database.reading() as session:
        return (await session.exec(select(Conversation.id))).all()


@ON_SQLITE
async def test_what_a_customer_wrote_does_not_command_the_operators_terminal(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = await stage.person(ADA)
    await asks(ada, f"{TERMINAL} {UNKNOWN}")
    question, reply = await asks(ada, QUESTION)
    await ada.presses(reply, "solved", channel=SUPPORT)
    survey = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(survey, "rate_2", channel=SUPPORT)
    thanks = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("comment"))
    await ada.presses(thanks, "comment", channel=SUPPORT)
    typed = {"comment": {"comment_text": {"type": "plain_text_input", "value": TERMINAL}}}
    await ada.submits(await ada.modal(), typed)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot())
    terminal = Terminal(capsys, monkeypatch)
    terminal.set(database_url=stage.settings.database_url)
    shown = [("conversation", "show", each) for each in await _conversations(stage)]
    for words in (*shown, ("report",)):
        for form in ((), ("--json",)):
            code, out, err = await terminal.run(*words, *form)
            assert code == 0, err
            assert not OBEYED & set(_LOG_COLOURS.sub("", out + err)), (words, form)
