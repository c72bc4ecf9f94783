"""Before a transaction: what access turns on is asked of Slack if it is not fresh."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from bot.asking import ask_roster_anew
from bot.errors import Refusal
from bot.reviews.deed import BOT, Deed, find_seat, no_such_review
from bot.slack.directory import CouldNotAsk
from bot.toolbox import Toolbox
from db.sharing import is_shared
from db.tables import ReviewRow

LONGEST = timedelta(seconds=2)
"""Of asking about channel after channel: an answer has three."""


def refresh_actor(toolbox: Toolbox, workspace_id: str, user: str, review_id: int) -> str:
    """Before the transaction: is what we know of this person younger than a day? The channel.

    Raises CouldNotAsk when Slack does not say in time; Refusal when there is no such review.
    """

    found = _channel_of(toolbox, workspace_id, user, review_id)
    refresh_in_channel(toolbox, workspace_id, user, found)
    return found


def knows_actor(toolbox: Toolbox, workspace_id: str, user: str, review_id: int) -> bool:
    """Whether `refresh_actor` has nothing to ask. Raises Refusal when there is no such review."""
    found = _channel_of(toolbox, workspace_id, user, review_id)
    return toolbox.directory.knows(workspace_id, user, found)


def _channel_of(toolbox: Toolbox, workspace_id: str, user: str, review_id: int) -> str:
    def channel(deed: Deed) -> str:
        row = deed.session.get(ReviewRow, review_id)
        if row is None or row.workspace_id != workspace_id:
            raise no_such_review(deed, review_id)
        return row.channel_id

    return str(toolbox.look(workspace_id, user, channel))


def refresh_in_channel(toolbox: Toolbox, workspace_id: str, user: str, channel_id: str) -> None:
    toolbox.directory.person(workspace_id, user)
    toolbox.directory.channel(workspace_id, channel_id)
    toolbox.directory.membership(workspace_id, channel_id, user)


def refuse_unseen(toolbox: Toolbox, workspace_id: str, user: str, channel_id: str) -> None:
    """Before somebody is shown what is in a channel. Raises Refusal where nobody can say whether
    they are in it, for we are not; CouldNotAsk."""
    if toolbox.directory.may_see(workspace_id, channel_id, user) is None:
        raise Refusal("taken_out")


def readable_of(
    toolbox: Toolbox, workspace_id: str, user: str, channels: Iterable[str]
) -> dict[str, bool]:
    """Which of the channels `user` may read, and no other company does; left out are those of
    which Slack didn't say in time."""
    found: dict[str, bool] = {}
    until = toolbox.clock.machine() + LONGEST
    for channel in channels:
        if toolbox.clock.machine() >= until:
            break
        try:
            may = toolbox.directory.may_see(workspace_id, channel, user)
            is_theirs = toolbox.store.read(
                partial(is_shared, workspace_id=workspace_id, channel_id=channel)
            )
            found[channel] = bool(may) and not is_theirs
        except CouldNotAsk:
            continue
    return found


def refresh_keepers(toolbox: Toolbox, workspace_id: str, user: str, channel_id: str) -> None:
    """Before somebody else is refused, or takes over: whether those who keep the seat are there."""

    def keepers(deed: Deed) -> list[str]:
        seat = find_seat(deed.session, workspace_id=workspace_id, channel_id=channel_id)
        return list(seat.keepers) if seat and user not in seat.keepers else []

    if people := toolbox.look(workspace_id, BOT, keepers):
        toolbox.directory.renew(workspace_id, people)
        toolbox.directory.members(workspace_id, channel_id, people)


def refresh_default_decider(toolbox: Toolbox, workspace_id: str, channel_id: str) -> None:
    """Before a proposal that names nobody: whether whom the seat names can still decide."""

    def default(deed: Deed) -> str | None:
        seat = find_seat(deed.session, workspace_id=workspace_id, channel_id=channel_id)
        return seat.default_decider if seat else None

    if user := toolbox.look(workspace_id, BOT, default):
        refresh_in_channel(toolbox, workspace_id, user, channel_id)


def refresh_roster(toolbox: Toolbox, workspace_id: str, channel_id: str) -> None:
    """Before choosing: who of the roster is here. Those not known stay as last heard."""
    ask_roster_anew(toolbox, workspace_id, channel_id)
