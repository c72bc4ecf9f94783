"""Asking Slack anew about people, before somebody is chosen among them or waited for any longer.

Never inside a transaction. What Slack says is stored, and whoever is found gone is acted on from
there (db/gone.py).
"""

from collections.abc import Iterable

import structlog

from bot.reviews.deed import BOT, Deed, find_seat, roster_of
from bot.slack.asking import believed_since
from bot.slack.directory import CouldNotAsk
from bot.toolbox import Toolbox
from db.gone import find_to_choose, find_unasked
from db.sharing import find_channels, find_doubted

log = structlog.get_logger("asking")

BUDGET = 1.0
"""Seconds. A form has three in all; those of a roster who aren't asked by then stay as last heard,
and are looked after later."""
MOST_A_TIME = 50
"""Questions of one look for whom nobody has asked about for a day."""


def ask_roster_anew(toolbox: Toolbox, workspace_id: str, channel_id: str) -> None:
    """Before choosing: who of the roster is still in the workspace, and in the channel.

    Raises CouldNotAsk.
    """

    def people(deed: Deed) -> list[str]:
        seat = find_seat(deed.session, workspace_id=workspace_id, channel_id=channel_id)
        return [e.person_id for e in roster_of(deed.session, seat.id)] if seat and seat.id else []

    roster = toolbox.look(workspace_id, BOT, people)
    if not roster:
        return
    toolbox.directory.members(workspace_id, channel_id, roster)
    if left := toolbox.directory.people(workspace_id, roster, within=BUDGET):
        log.info("asking.roster_is_long", workspace=workspace_id, channel=channel_id, left=left)


def ask_before_replacing(toolbox: Toolbox) -> None:
    """Somebody is gone, and another is chosen in the next moment: among those who are here."""
    now = toolbox.clock.now()
    for workspace_id, channel_id in toolbox.store.read(lambda s: find_to_choose(s, now=now)):
        try:
            ask_roster_anew(toolbox, workspace_id, channel_id)
        except CouldNotAsk as trouble:
            # Chosen by what is known; if that was wrong, it is found out like this was.
            log.info("asking.not_answered", workspace=workspace_id, error=str(trouble))


def ask_unasked(toolbox: Toolbox) -> int:
    """Whom open reviews wait for, and who keeps their seats: asked about once a day, so that
    nothing waits for someone whose leaving we were not told of. How many questions it took."""
    asked = 0
    for workspace_id, (people, members) in toolbox.store.read(
        lambda s: find_unasked(s, since=lambda of: believed_since(s, of, toolbox.clock))
    ).items():
        questions: Iterable[tuple[str, list[str]]] = [
            *(("", [user]) for user in people),
            *members.items(),
        ]
        for channel_id, users in questions:
            if asked >= MOST_A_TIME or toolbox.stopping.is_set():
                return asked
            asked += 1
            try:
                if channel_id:
                    toolbox.directory.members(workspace_id, channel_id, users)
                else:
                    toolbox.directory.person(workspace_id, users[0])
            except CouldNotAsk as trouble:
                if str(trouble) in NOT_KNOWN:
                    continue
                log.info("asking.not_answered", workspace=workspace_id, error=str(trouble))
                break
    return asked


def ask_about_sharing(toolbox: Toolbox) -> None:
    """Before a seat pauses, or goes on: whether its channel is shared with another company."""
    now = toolbox.clock.now()
    _ask_about(toolbox, sorted(toolbox.store.read(lambda s: find_doubted(s, now=now))))


def ask_about_channels(toolbox: Toolbox) -> None:
    """What is known of each seat's channel is kept younger than a day, and than our last absence:
    that it was shared, or made private, may not have been told us."""
    _ask_about(toolbox, toolbox.store.read(find_channels))


def _ask_about(toolbox: Toolbox, channels: Iterable[tuple[str, str]]) -> None:
    for workspace_id, channel_id in channels:
        if toolbox.stopping.is_set() or workspace_id in toolbox.clients.outdated:
            continue
        try:
            toolbox.directory.channel(workspace_id, channel_id)
        except CouldNotAsk as trouble:
            log.info("asking.not_answered", workspace=workspace_id, error=str(trouble))
            return


NOT_KNOWN = ("user_not_found", "user_not_visible")
"""Slack's answers that are about one person alone."""
