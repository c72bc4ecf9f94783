"""People come, change and look at the app's home; the app is uninstalled. And the events of it."""

from playground.shapes.people import user_shape
from playground.shapes.views import view_shape
from playground.state.records import ChannelRecord, Json, PersonRecord, TeamRecord
from playground.state.world import World


def open_im(world: World, team: TeamRecord, person: PersonRecord) -> ChannelRecord:
    with world.changing():
        channel = world.im(team, person.id)
        if channel is None:
            channel = ChannelRecord(
                id=world.names.id("D"),
                team_id=team.id,
                name=f"dm-{person.name}",
                kind="im",
                created=int(world.clock.now()),
                creator=person.id,
                members=[person.id, team.bot_user],
                im_user=person.id,
            )
            team.channels[channel.id] = channel
        return channel


def tell_of_arrival(world: World, team: TeamRecord, person: PersonRecord) -> None:
    _tell_user(world, team, "team_join", person)


def change_person(world: World, team: TeamRecord, person: PersonRecord, **changes: object) -> None:
    with world.changing():
        for name, value in changes.items():
            if not hasattr(person, name):
                raise AttributeError(f"a person has no {name}")
            setattr(person, name, value)
        person.updated = int(world.clock.now())
        _tell_user(world, team, "user_change", person)


def _tell_user(world: World, team: TeamRecord, kind: str, person: PersonRecord) -> None:
    now = world.clock.now()
    event: Json = {
        "type": kind,
        "user": user_shape(person, now),
        "cache_ts": int(now),
        "event_ts": world.ts(),
    }
    world.emit(team, event, None)


def open_home(world: World, team: TeamRecord, person: PersonRecord, tab: str = "home") -> None:
    with world.changing():
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": open_im(world, team, person).id,
            "tab": tab,
            "event_ts": world.ts(),
        }
        view = world.homes.get((team.id, person.id))
        if tab == "home" and view is not None:
            event["view"] = view_shape(world, view)
        world.emit(team, event, None)


def uninstall(world: World, team: TeamRecord, *, tokens_first: bool = False) -> None:
    """Slack sends the two events in either order; the token is dead before both."""
    with world.changing():
        team.token_trouble = "account_inactive"
        gone: Json = {"type": "app_uninstalled", "event_ts": world.ts()}
        revoked: Json = {
            "type": "tokens_revoked",
            "tokens": {"oauth": [], "bot": [team.bot_user]},
            "event_ts": world.ts(),
        }
        for event in (revoked, gone) if tokens_first else (gone, revoked):
            world.emit(team, event, None)


def revoke_tokens(world: World, team: TeamRecord) -> None:
    with world.changing():
        team.token_trouble = "token_revoked"
        tokens = {"oauth": [], "bot": [team.bot_user]}
        event: Json = {"type": "tokens_revoked", "tokens": tokens, "event_ts": world.ts()}
        world.emit(team, event, None)
