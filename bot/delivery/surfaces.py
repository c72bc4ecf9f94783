"""Messages that show a state: drawn from what is true now, posted once, then updated in place."""

import json
from typing import Any

from slack_sdk import WebClient
from sqlmodel import Session

from bot.answers import Meaning, meaning_of
from bot.delivery.deleted import NO_THREAD, UPDATE_FAILED, find_new_head, look_whether_deleted
from bot.delivery.desk import Desk, log
from bot.delivery.doubt import look_for_post, note_doubt
from bot.delivery.orders import Order, Paused, may_see, read_order
from bot.delivery.strays import is_stray, post_under_new_head, take_back
from bot.delivery.throttles import POST
from bot.errors import places_of
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.reviews.notice_deletion import show_new_place
from bot.slack.directory import CouldNotAsk
from bot.views.names import EVENT_TYPE
from bot.views.scene import Drawn
from db import lanes
from db.backlog import UNSEEN
from db.catch_up import want_all
from db.epochs import put_in_doubt
from db.lanes import Claimed, StaleLease
from db.newer import UNKNOWN
from db.store import StoreTrouble
from db.tables import OutboxRow, Person, Surface

SURFACE = "surface"
UPDATE, OPEN = "chat.update", "conversations.open"
_MOST_REMEMBERED = 10_000


def send_surface(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    """Post or update one message. True: the lane's next row may go."""
    order = desk.store.read(lambda s: read_order(s, row))
    if order is None:
        desk.drop(claimed, row)
        return True
    if order.waits:
        desk.wait(claimed, row, seconds=1, error="thread_gone")
        return False
    surface = order.surface
    if order.paused:
        desk.wait_while_shared(claimed, row)
        return True
    channel = order.channel
    if (epoch := order.lost) is not None:
        row = desk.store.transact(lambda s: put_in_doubt(s, row, epoch))
        if not channel and not (channel := _open_private_channel(desk, claimed, row, surface)):
            return False
    if order.is_new and row.sending_since is not None and channel:
        return look_for_post(
            desk,
            claimed,
            row,
            surface,
            channel=channel,
            thread_ts=order.thread_ts,
            until=epoch.restored_at if epoch is not None else None,
        )
    if order.is_new and order.doubt:
        desk.park(claimed, row, order.doubt)
        return True
    if surface.kind not in desk.drawings.messages:
        wait = desk.durations.unknown_kind
        desk.retry(claimed, row, seconds=wait, error=UNKNOWN)
        return False
    method = POST if order.is_new else UPDATE
    for needed in (OPEN, method) if not order.channel else (method,):
        if later := desk.may_call(claimed, needed, channel=order.channel or claimed.lane):
            desk.hold(claimed, later)
            return False
    if not desk.can_link(claimed, row):
        return False
    try:
        if (may := may_see(desk, order)) is None:
            desk.park(claimed, row, UNSEEN)
            return True
        if not may:
            desk.drop(claimed, row)
            return True
        drawn, wanted = _draw(desk, surface)
    except Paused:
        desk.wait_while_shared(claimed, row)
        return True
    except CouldNotAsk as trouble:
        if meaning_of(str(trouble)) is Meaning.REVOKED:
            desk.pause_workspace(claimed, row, str(trouble))
            return False
        seconds = max(desk.durations.next_look, trouble.retry_after)
        desk.retry(claimed, row, seconds=seconds, error=str(trouble))
        return False
    except (StaleLease, StoreTrouble):
        raise
    except Exception as error:
        # One message that cannot be drawn must not stop those behind it.
        log.error(
            "delivery.could_not_draw",
            kind=surface.kind,
            surface=surface.id,
            error=places_of(error),
        )
        desk.park(claimed, row, "could_not_draw")
        return True
    if not order.is_new and _is_last_sent(desk, surface, drawn):
        return _store(desk, claimed, row, order.channel, drawn, wanted)
    return _send(desk, claimed, row, order, drawn, wanted)


def _send(
    desk: Desk, claimed: Claimed, row: OutboxRow, order: Order, drawn: Drawn, wanted: int
) -> bool:
    surface, channel = order.surface, order.channel
    row = desk.start(claimed, row)
    if order.is_new:
        # Its name is its own from here on; until now a newer version may have taken its place.
        surface = desk.store.read(lambda s: s.get_one(Surface, surface.id))
    if not channel:
        opened = desk.call(
            claimed.workspace_id, lambda c: c.conversations_open(users=[surface.person_id or ""])
        )
        channel = str((opened.data.get("channel") or {}).get("id") or "")
        if not channel:
            return desk.refused(claimed, row, opened, method=OPEN)
        _keep_private_channel(desk, surface, channel)
        desk.extend(claimed)  # who was so slow that another has the lane by now leaves it to them
    method = POST if order.is_new else UPDATE
    message = _message(surface, channel, order.thread_ts, drawn)
    answer = desk.call(claimed.workspace_id, lambda c: _call(c, method, message))
    if answer.meaning is Meaning.SENT and not order.is_new:
        return _store(desk, claimed, row, channel, drawn, wanted)
    if answer.meaning is Meaning.SENT and (ts := str(answer.data.get("ts") or "")):
        if is_stray(answer.data, order.thread_ts):
            gone = take_back(desk, claimed, channel, ts)
            if gone.meaning is Meaning.SENT:
                return post_under_new_head(desk, claimed, row, surface, channel, order.thread_ts)
            note_doubt(desk, claimed, row, gone.error)  # it is found at the root, and deleted then
            return False
        return _store(desk, claimed, row, channel, drawn, wanted, ts=ts)
    if not order.is_new and answer.error in UPDATE_FAILED:
        return look_whether_deleted(desk, claimed, row, order)
    if answer.error in NO_THREAD and find_new_head(
        desk, claimed, row, surface, channel=channel, head=order.thread_ts
    ):
        return True
    if order.is_new and answer.meaning in (Meaning.SENT, Meaning.IN_DOUBT):
        note_doubt(desk, claimed, row, answer.error or "no_ts")
        return False
    return desk.refused(claimed, row, answer, method=method, channel=channel)


def _message(surface: Surface, channel: str, thread_ts: str | None, drawn: Drawn) -> dict[str, Any]:
    """Blocks always: an update without them removes them."""
    message: dict[str, Any] = {
        "channel": channel,
        "text": drawn.text,
        "parse": "none",  # an update would link names and channels otherwise
        "blocks": drawn.blocks,
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {"key": surface.key, "review": surface.review_id or 0},
        },
    }
    if surface.ts is not None:
        return message | {"ts": surface.ts}
    if thread_ts is not None:
        message["thread_ts"] = thread_ts
    return message | {"unfurl_links": False, "unfurl_media": False}


def _call(client: WebClient, method: str, message: dict[str, Any]) -> Any:
    return client.chat_postMessage(**message) if method == POST else client.chat_update(**message)


def _draw(desk: Desk, surface: Surface) -> tuple[Drawn, int]:
    """The message as it is now, and the `wanted` that this satisfies. Asks who is in it, where that
    is not known or may have changed: their names, and the reader's zone.

    Raises CouldNotAsk where Slack refuses our token: what is drawn could not be sent either.
    """
    drawn, wanted, people = _look(desk, surface)
    try:
        if not desk.directory.renew(surface.workspace_id, people):
            return drawn, wanted
    except CouldNotAsk as trouble:
        if meaning_of(str(trouble)) is Meaning.REVOKED:
            raise
        log.info("delivery.people_unknown", workspace=surface.workspace_id, why=str(trouble))
    drawn, wanted, _ = _look(desk, surface)
    return drawn, wanted


def _look(desk: Desk, surface: Surface) -> tuple[Drawn, int, set[str]]:
    """And who is in it."""
    address, now = desk.links.known_address(surface.workspace_id), desk.clock.now()

    def look(session: Session) -> tuple[Drawn, int, set[str]]:
        current = session.get_one(Surface, surface.id, populate_existing=True)
        drawn, people = desk.drawings.draw(session, current, address=address, now=now)
        return drawn, current.wanted, people

    return desk.store.read(look)


def _open_private_channel(desk: Desk, claimed: Claimed, row: OutboxRow, surface: Surface) -> str:
    """To look in; "" where Slack gave none, and the row was seen to."""
    if later := desk.may_call(claimed, OPEN, channel=claimed.lane):
        desk.hold(claimed, later)
        return ""
    opened = desk.call(
        claimed.workspace_id, lambda c: c.conversations_open(users=[surface.person_id or ""])
    )
    channel = str((opened.data.get("channel") or {}).get("id") or "")
    if channel:
        _keep_private_channel(desk, surface, channel)
    else:
        desk.refused(claimed, row, opened, method=OPEN)
    return channel


def _keep_private_channel(desk: Desk, surface: Surface, channel: str) -> None:
    def keep(session: Session) -> None:
        person = session.get(Person, (surface.workspace_id, surface.person_id))
        if person is not None:
            person.dm_channel_id = channel
            session.add(person)
        # Also on the surface: after a crash in the next call we know where to look.
        current = session.get_one(Surface, surface.id, populate_existing=True)
        current.channel_id = channel
        session.add(current)

    desk.store.transact(keep)


def _store(
    desk: Desk,
    claimed: Claimed,
    row: OutboxRow,
    channel: str,
    drawn: Drawn,
    wanted: int,
    *,
    ts: str | None = None,
) -> bool:
    """It is in Slack: note where and what it shows. More wanted meanwhile: the row stays due.

    `ts` of a post. That of an update was known, and is none any more if somebody deleted it since.
    """
    # The machine's clock: messages are compared with this, and Slack's ts are on it.
    now = desk.clock.machine()

    def deed(session: Session) -> None:
        act = Deed(session, desk.clock.now(), claimed.workspace_id, BOT)
        surface = session.get_one(Surface, row.surface_id)
        if ts is not None:
            show_new_place(act, surface)
        lanes.done(session, row, claimed, now=now, drawn=wanted, ts=ts)
        surface.channel_id = channel
        if drawn.shown_number != surface.shown_number:
            surface.shown_number = drawn.shown_number
            surface.shown_at = now if drawn.shown_number is not None else None
        session.add(surface)
        if meaning_of(row.error) is Meaning.UNINVITED:
            # We are back in, and were not told: nor were we of what was said there meanwhile.
            want_all(session, now=act.now, workspace_id=claimed.workspace_id, channel_id=channel)
        redraw_changed(act)

    desk.store.transact(deed)
    log.info("delivery.sent", lane=claimed.lane, row=row.id, is_new=ts is not None)
    if row.surface_id is not None:
        if len(desk.last_sent) > _MOST_REMEMBERED:
            desk.last_sent.clear()
        desk.last_sent[row.surface_id] = (wanted, _hash(drawn))
    return True


def _is_last_sent(desk: Desk, surface: Surface, drawn: Drawn) -> bool:
    """Whether Slack shows exactly this already: we sent it, and nobody began another since."""
    return desk.last_sent.get(surface.id or 0) == (surface.drawn, _hash(drawn))


def _hash(drawn: Drawn) -> int:
    return hash((drawn.text, json.dumps(drawn.blocks, sort_keys=True)))
