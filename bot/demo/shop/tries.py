"""Questions to try in the demo, one for each way a conversation can take."""

from bot.demo.page import Try

TRIES = (
    Try(
        "A question the articles answer",
        "How long does delivery to Austria take?",
        "A sourced answer at once, with its article. Press “That solved it” or “Talk to a person” under it.",
    ),
    Try(
        "A follow-up",
        "And to Norway?",
        "Ask it in the same thread as the first question: what was said before still counts.",
        in_thread=True,
    ),
    Try(
        "Steps instead of a sentence",
        "How do I return a jacket that doesn't fit?",
        "A list of steps is quoted whole, never half of it.",
    ),
    Try(
        "A vague question",
        "I have a problem with my payment",
        "Baton asks back once instead of guessing. Answer “I was charged twice”; still unclear, a person takes over.",
    ),
    Try(
        "Something nobody wrote down",
        "Do you rent out snowshoes for the weekend?",
        "Nothing in the articles fits, so nothing is made up: an agent gets it, with the reason.",
    ),
    Try(
        "An angry customer",
        "This is ridiculous, I have been waiting three weeks for my refund and nobody answers!",
        "The mood crosses the limit, so a person comes at once, and the card says why.",
    ),
    Try(
        "A wish for a person",
        "Can I talk to a real person, please?",
        "An explicit wish always hands off, in any wording and some twenty languages.",
    ),
    Try(
        "In German",
        "Wie lange dauert die Lieferung nach Österreich?",
        "Answered in German, from the German article.",
    ),
    Try(
        "A draft for approval",
        "What does it cost to replace a zip?",
        "Repairs run in copilot: the draft goes to the agents' desk and waits for a person.",
    ),
)
