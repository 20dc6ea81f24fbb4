from pathlib import Path

import yaml

from bot.demo import shop
from bot.demo.shop import organisation

MANIFEST = Path(__file__).parents[4] / "manifests" / "socket-mode.yaml"


def test_the_cast_is_as_a_small_shop_has_it() -> None:
    assert (len(shop.CUSTOMERS) + 1, len(shop.AGENTS), len(shop.MANAGERS)) == (6, 3, 2)
    assert shop.GUEST.team_id not in ("", shop.TEAM_ID)


def test_the_guest_of_another_organisation_is_only_in_the_shared_channel() -> None:
    rooms = [channel for channel in shop.seed().channels if shop.GUEST.id in channel.members]
    assert [(room.id, room.shared) for room in rooms] == [(organisation.SHARED, True)]


def test_customers_do_not_see_the_desk_or_the_managers() -> None:
    private = [channel for channel in shop.seed().channels if channel.kind == "private"]
    assert {channel.id for channel in private} == {organisation.DESK, organisation.MANAGERS_CHANNEL}
    customers = {user.id for user in (*shop.CUSTOMERS, shop.GUEST)}
    assert not any(customers & set(channel.members) for channel in private)


def test_the_bot_is_in_every_channel() -> None:
    seed = shop.seed()
    assert all(seed.app.bot_user_id in channel.members for channel in seed.channels)


def test_the_app_may_do_and_hears_what_its_manifest_says() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text())
    app = shop.seed().app
    assert set(app.scopes) == set(manifest["oauth_config"]["scopes"]["bot"])
    assert set(app.events) == set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert list(app.commands) == [each["command"] for each in manifest["features"]["slash_commands"]]
