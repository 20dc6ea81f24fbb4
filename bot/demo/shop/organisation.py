"""Who is in the shop's workspace, and where they meet."""

from bot.demo.workspace.seed import Seed, SeedApp, SeedChannel, SeedGroup, SeedUser
from bot.slack import scopes

NAME = "Larkfell"
TEAM_ID = "T0LARKFELL"
GUEST_TEAM_ID = "T0NORTHFOLD"
TIME_ZONE = "Europe/Berlin"

CUSTOMERS = (
    SeedUser("U0MARA", "mara", "Mara Lindholm"),
    SeedUser("U0JONAS", "jonas", "Jonas Weber", locale="de-DE"),
    SeedUser("U0PRIYA", "priya", "Priya Nair"),
    SeedUser("U0TOMAS", "tomas", "Tomás Ortega", locale="es-ES"),
    SeedUser("U0EWA", "ewa", "Ewa Nowak"),
)
GUEST = SeedUser("U0FEMI", "femi", "Femi Adeyemi", team_id=GUEST_TEAM_ID, title="Northfold Hiking Club")
"""A customer of another organisation, who comes through a shared channel."""
AGENTS = (
    SeedUser("U0INES", "ines", "Ines Hartmann", title="Customer care"),
    SeedUser("U0BEN", "ben", "Ben Okafor", title="Customer care"),
    SeedUser("U0YUKI", "yuki", "Yuki Tanabe", title="Workshop"),
)
MANAGERS = (
    SeedUser("U0DAGNY", "dagny", "Dagny Solberg", title="Head of customer care"),
    SeedUser("U0RAFAEL", "rafael", "Rafael Costa", title="Operations"),
)

SUPPORT, SHARED, DESK, MANAGERS_CHANNEL = "C0SUPPORT", "C0NORTHFOLD", "C0DESK", "C0MANAGERS"
SUPPORT_CHANNELS = (SUPPORT, SHARED)
AGENTS_GROUP, MANAGERS_GROUP = "@support-agents", "@support-managers"

APP = SeedApp(scopes=tuple(sorted(scopes.needed())), events=tuple(scopes.EVENTS), commands=("/baton",))


def seed() -> Seed:
    """The shop's workspace as the demo starts it."""
    bot = APP.bot_user_id
    customers, agents, managers = (tuple(user.id for user in group) for group in (CUSTOMERS, AGENTS, MANAGERS))
    return Seed(
        team_id=TEAM_ID,
        team_name=NAME,
        domain="larkfell",
        users=(*CUSTOMERS, GUEST, *AGENTS, *MANAGERS),
        channels=(
            SeedChannel(
                SUPPORT, "support", (*customers, *agents, *managers, bot), topic="Ask us about orders and gear"
            ),
            SeedChannel(
                SHARED, "northfold-larkfell", (GUEST.id, agents[0], bot), topic="Northfold and Larkfell", shared=True
            ),
            SeedChannel(DESK, "support-desk", (*agents, *managers, bot), kind="private", topic="Claim and answer here"),
            SeedChannel(
                MANAGERS_CHANNEL,
                "support-managers",
                (*managers, bot),
                kind="private",
                topic="How AI and people compare",
            ),
        ),
        groups=(
            SeedGroup("S0AGENTS", AGENTS_GROUP.removeprefix("@"), "Support agents", agents),
            SeedGroup("S0MANAGERS", MANAGERS_GROUP.removeprefix("@"), "Support managers", managers),
        ),
        app=APP,
    )
