"""What each person has read, and so who has news. Kept with the workspace, as in Slack: it is the
same in every window, and after a reload."""

from playground.state.records import TeamRecord
from playground.state.world import World

PRIVATE = "dm"
"""The place whose mark says up to where the bot's private messages were read."""


def mark_read(world: World, user: str, places: object) -> None:
    """`places`: a channel, a channel and a thread, or `dm` -> the ts read up to. Never back."""
    if world.person(user) is None or not isinstance(places, dict):
        return
    with world.lock:
        marks = world.read.setdefault(user, {})
        newer = {
            place: ts
            for place, ts in places.items()
            if isinstance(place, str) and isinstance(ts, str) and ts > marks.get(place, "")
        }
        if newer:
            with world.changing():
                marks.update(newer)


def has_news(world: World, team: TeamRecord) -> list[str]:
    """To whom the bot has said privately what they have not read."""
    said = spoken_to(team)
    return [p for p, ts in said.items() if ts > world.read.get(p, {}).get(PRIVATE, "")]


def spoken_to(team: TeamRecord) -> dict[str, str]:
    """Person -> when the bot last wrote to them privately."""
    return {
        channel.im_user: max(m.ts for m in channel.messages.values() if m.bot_id)
        for channel in team.channels.values()
        if channel.im_user and any(m.bot_id for m in channel.messages.values())
    }
