"""What happens to views: made, changed, closed; and the values a person has in one."""

from playground.blocks.fill import fill_ids
from playground.blocks.values import initial_values
from playground.state.records import Json, TeamRecord, ViewRecord
from playground.state.world import World


def add_view(
    world: World, team: TeamRecord, *, user: str, content: Json, under: ViewRecord | None = None
) -> ViewRecord:
    with world.changing():
        fill_ids(content["blocks"], world.names)
        name = world.names.id("V")
        view = ViewRecord(
            id=name,
            team_id=team.id,
            type=content["type"],
            user=user,
            content=content,
            hash=_new_hash(world),
            root_id=under.root_id if under else name,
            previous_id=under.id if under else None,
            values=initial_values(content["blocks"]),
        )
        world.views[view.id] = view
        return view


def change_view(world: World, view: ViewRecord, content: Json) -> None:
    """An input that keeps its block_id, action_id and type keeps what was put into it."""
    with world.changing():
        fill_ids(content["blocks"], world.names)
        values = initial_values(content["blocks"])
        for block_id, actions in values.items():
            for action_id, value in actions.items():
                before = view.values.get(block_id, {}).get(action_id)
                if before is not None and before["type"] == value["type"]:
                    actions[action_id] = before
        view.content, view.values, view.errors = content, values, {}
        view.hash = _new_hash(world)


def close_views(world: World, user: str, *, everything: bool) -> list[ViewRecord]:
    """Take the top view, or the whole stack, away; returns what was closed."""
    with world.changing():
        stack = world.stacks.get(user, [])
        closed = stack[::-1] if everything else stack[-1:]
        for view in closed:
            view.is_open = False
            stack.remove(view)
        return closed


def _new_hash(world: World) -> str:
    return f"{int(world.clock.now())}.{world.names.word('hash')[:8]}"
