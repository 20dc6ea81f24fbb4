"""The form in which a manager governs a topic: the evidence first, then what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    PlainTextInputElement,
    PlainTextObject,
)

from bot.views import block, mrkdwn, topic_words
from bot.views.desk import moment
from bot.views.ids import ActionId, BlockId, CallbackId, TopicRef
from bot.views.post import View, modal
from bot.views.topic_words import Standing
from storage.kinds import Stage

LONGEST_TITLE = 120
MOST_LINES = 20
LONGEST_WHY = 300
WHY_GOES_ALONG = "What you wrote under “Why?” in this form is kept with it."
LONGEST_CHANGE = 500
WARNING = (
    ":warning: *Nothing proves this topic yet.* Baton would answer customers alone, and nobody has shown how many of "
    "those replies are wrong. It is marked *unproved* everywhere until a certificate is earned, the monitor watches it "
    "from the first reply on, and after an alarm it cannot be started like this again."
)

OTHER_TOLERANCE = (
    "A stricter tolerance than the certificate's returns the topic to copilot, unless the reviews at hand "
    "prove it. A looser one keeps the present threshold until the next look."
)
FIRST_TOLERANCE = (
    "When the reviews at hand prove the tolerance you save, the topic gets its certificate. A looser tolerance takes "
    "fewer reviews, and lets more wrong replies through."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record of changes."""

    words: str
    by: str
    at: datetime
    why: str = ""


def form(standing: Standing, *, risk: float) -> View:
    """What a manager sees of a topic and can do with it; saving sets the tolerance.

    Args:
        standing: the topic with its evidence.
        risk: the accepted chance, 0..1, of a false certificate.
    """
    ref = _ref(standing)
    blocks: list[Block] = [
        _header(standing),
        block.section(f"*Stage*\n{topic_words.stage(standing)}{_started_by(standing)}"),
        *_evidence(standing),
        block.section(f"*How it does*\n{_lines(_how_it_does(standing))}"),
        _actions(standing, ref),
        block.context("The plot comes as a message from Baton, to you alone."),
        DividerBlock(),
        _tolerance_field(standing, risk),
        _why_field(),
        block.context(OTHER_TOLERANCE if standing.certificate_id else FIRST_TOLERANCE),
    ]
    return _modal("Manage topic", blocks, callback=CallbackId.TOPIC_FORM, ref=ref, submit="Save tolerance")


def promote_form(standing: Standing) -> View:
    """The second step of a promotion: the evidence in sight, and what it changes."""
    return _modal(
        "Promote to autopilot",
        [
            _header(standing),
            *_evidence(standing),
            block.section(
                f"From now on Baton answers these questions alone when its confidence is at least "
                f"*{(standing.proof.threshold if standing.proof else standing.threshold):.2f}*. "
                "The monitor watches reviewed replies, and returns the topic to copilot when the promise breaks."
            ),
            _why_field(),
        ],
        callback=CallbackId.PROMOTE_FORM,
        ref=_ref(standing),
        submit="Promote",
    )


def unproved_form(standing: Standing, *, threshold: float) -> View:
    """The second step of starting without a certificate: the warning, what is missing, and the starting threshold."""
    field = PlainTextInputElement(action_id=ActionId.THRESHOLD, initial_value=f"{threshold:.2f}", max_length=10)
    label = PlainTextObject(text="Starting threshold, 0 to 1")
    hint = PlainTextObject(text="Baton answers alone from this confidence on. Higher is more careful.")
    return _modal(
        "Start without proof",
        [
            _header(standing),
            block.section(WARNING),
            *_evidence(standing),
            InputBlock(block_id=BlockId.THRESHOLD, label=label, element=field, hint=hint),
            _why_field(),
        ],
        callback=CallbackId.UNPROVED_FORM,
        ref=_ref(standing),
        submit="Start unproved",
    )


def history(standing: Standing, lines: Sequence[Line]) -> View:
    """Who changed what, when and why, the newest first."""
    shown: list[Block] = [block.section(_history_line(line)) for line in lines[:MOST_LINES]]
    blocks = shown or [block.section("Nothing was changed yet.")]
    if len(lines) > MOST_LINES:
        blocks.append(block.context(f"The last {MOST_LINES} changes; `baton topic history` lists more."))
    return _modal("History", [_header(standing), *blocks])


def gone(why: str) -> View:
    """Instead of a form that cannot be shown."""
    return _modal("Topic", [block.section(mrkdwn.escape(why))])


def _history_line(line: Line) -> str:
    why = f"\n> {mrkdwn.clip(mrkdwn.escape(line.why), LONGEST_WHY)}" if line.why else ""
    words = mrkdwn.clip(mrkdwn.escape(line.words), LONGEST_CHANGE)
    return f"{person(line.by)} {words} · {moment(line.at)}{why.replace(chr(10) * 2, chr(10))}"


def person(by: str) -> str:
    """Who made a change: a mention of a Slack user, or the name as it is."""
    if by.startswith(("U", "W")) and by.isalnum() and by.isupper():
        return f"<@{by}>"
    return "Baton" if by == "baton" else mrkdwn.clip(mrkdwn.escape(by), LONGEST_TITLE)


def _started_by(standing: Standing) -> str:
    return f" (started by {person(standing.unproved_by)})" if standing.unproved and standing.unproved_by else ""


def _evidence(standing: Standing) -> list[Block]:
    if standing.proof is None:
        more = topic_words.missing(standing)
        return [
            block.section(f"*Evidence*\n{mrkdwn.escape(topic_words.evidence(standing, named=False))}"),
            *([block.context(mrkdwn.escape(more))] if more else []),
        ]
    both = topic_words.promises(standing, named=False)
    since = f" Issued {moment(standing.proved_at)}." if standing.proved_at else ""
    return [
        block.section(f"*Evidence*\n:white_check_mark: {mrkdwn.escape(both[0])}\n{mrkdwn.escape(both[1])}"),
        block.context(f"Two promises: wrong among autonomous replies, and wrong among all messages.{since}"),
    ]


def _how_it_does(standing: Standing) -> list[str]:
    return [
        topic_words.share(standing),
        topic_words.error(standing),
        topic_words.monitor(standing),
        topic_words.waiting(standing),
        topic_words.tolerance(standing),
    ]


def _actions(standing: Standing, ref: str) -> Block:
    buttons: list[ButtonElement] = []
    if standing.can_be_promoted:
        buttons.append(block.button("Promote…", ActionId.ASK_TO_PROMOTE, ref, style="primary"))
    if standing.stage != Stage.COPILOT:
        words = "Agents approve every reply from now on, also in conversations under way."
        buttons.append(_confirmed("To copilot", ActionId.TO_COPILOT, ref, words))
    if standing.stage != Stage.SHADOW:
        words = "People answer everything themselves; drafts are only recorded."
        buttons.append(_confirmed("To shadow", ActionId.TO_SHADOW, ref, words))
    if standing.stage != Stage.AUTOPILOT and not standing.alarmed_at and standing.proof is None:
        buttons.append(block.button("Start unproved…", ActionId.ASK_TO_START_UNPROVED, ref, style="danger"))
    buttons.append(block.button("Show the plot", ActionId.TOPIC_PLOT, ref))
    buttons.append(block.button("History", ActionId.TOPIC_HISTORY, ref))
    return ActionsBlock(elements=buttons)


def _tolerance_field(standing: Standing, risk: float) -> Block:
    shown = f"{standing.tolerance * 100:.4g}"
    return InputBlock(
        block_id=BlockId.TOLERANCE,
        label=PlainTextObject(text="Tolerance: accepted share of wrong autonomous replies, in %"),
        element=PlainTextInputElement(action_id=ActionId.TOLERANCE, initial_value=shown, max_length=10),
        hint=PlainTextObject(text=mrkdwn.clip(topic_words.ask_of_tolerance(standing.tolerance, risk), 2000)),
    )


def _why_field() -> Block:
    return InputBlock(
        block_id=BlockId.WHY,
        label=PlainTextObject(text="Why? Kept in the history"),
        element=PlainTextInputElement(action_id=ActionId.WHY, max_length=LONGEST_WHY),
        optional=True,
    )


def _ref(standing: Standing) -> str:
    return TopicRef(topic=standing.name, revision=standing.revision).pack()


def _modal(
    title: str, blocks: Sequence[Block], *, callback: CallbackId | None = None, ref: str = "", submit: str = ""
) -> View:
    return modal(callback, title, list(blocks), submit=submit, close="Cancel" if submit else "Close", ref=ref)


def _header(standing: Standing) -> Block:
    return HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(standing.shown_title, LONGEST_TITLE), emoji=True))


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(f"• {mrkdwn.escape(line)}" for line in lines)


def _confirmed(text: str, action: ActionId, value: str, consequence: str) -> ButtonElement:
    button = block.button(text, action, value)
    consequence = f"{consequence} {WHY_GOES_ALONG}"
    button.confirm = ConfirmObject(title=f"{text}?", text=consequence, confirm=text, deny="Leave it")
    return button
