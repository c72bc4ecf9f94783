"""A post that may have arrived: look for it, twice, before it is sent again.

Found by its author and the key in its metadata, in the thread or channel it was meant for. What was
meant for a thread is looked for at the channel's root too, where Slack puts what has no thread any
more: found there it is deleted, and sent afresh.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from sqlmodel import Session

from bot.answers import Meaning
from bot.delivery.calls import Answer
from bot.delivery.deleted import NO_THREAD
from bot.delivery.desk import Desk, log
from bot.delivery.keepers import tell_keepers
from bot.delivery.strays import DELETE, GONE, post_under_new_head, take_back
from bot.reviews.deed import BOT, Deed, redraw_changed
from bot.reviews.notice_deletion import show_new_place
from bot.slack.fields import at, dicts_at, text_at
from bot.views.names import EVENT_TYPE
from db import lanes
from db.catch_up import want_one
from db.lanes import Claimed
from db.tables import OutboxRow, Surface, Workspace

PAGE = 200
MOST_PAGES = 20
"""Of messages written within the minutes in question; more than these are not looked through."""
LOST_PLACE = "invalid_cursor"
_AT_ROOT = "root:"
"""Before a cursor, with a head: at the channel's root, where that thread's messages may be."""


def note_doubt(desk: Desk, claimed: Claimed, row: OutboxRow, error: str) -> None:
    """We called and do not know: nothing more goes out in this lane until we have looked."""
    assert row.sending_since is not None
    first = row.sending_since + timedelta(seconds=desk.durations.first_look)
    desk.store.transact(lambda s: lanes.look_later(s, row, claimed, not_before=first, error=error))
    log.warning("delivery.in_doubt", lane=claimed.lane, row=row.id, error=error)


def look_for_post(
    desk: Desk,
    claimed: Claimed,
    row: OutboxRow,
    surface: Surface,
    *,
    channel: str,
    thread_ts: str | None,
    until: datetime | None = None,
) -> bool:
    """One look for a message in doubt. True: the row is settled, or to be sent afresh.

    `until`: to when it may have been sent, where that is not as long as a lease: the time that was
    lost in a restore.
    """
    assert row.sending_since is not None
    now = desk.clock.machine()
    first = row.sending_since + timedelta(seconds=desk.durations.first_look)
    root, cursor = f"{_AT_ROOT}{thread_ts}:", str(row.args.get(lanes.CURSOR) or "")
    at_root = cursor.startswith(root)
    thread = None if at_root else thread_ts
    if cursor.startswith(_AT_ROOT):  # of another thread: it goes on from the start
        cursor = cursor.removeprefix(root) if at_root else ""
    method = "conversations.replies" if thread else "conversations.history"
    later = first if now < first else desk.may_call(claimed, method)
    if later is not None:
        desk.store.transact(
            lambda s: lanes.look_later(s, row, claimed, not_before=later, error=row.error)
        )
        return False
    answer, cursor = _search(
        desk, claimed, row, surface, channel=channel, thread_ts=thread, cursor=cursor, until=until
    )
    if thread and answer.error in NO_THREAD:
        _look_again(desk, claimed, row, seconds=0, cursor=root, error=GONE)
        return False
    if answer.meaning is not Meaning.SENT:
        cursor = f"{root}{cursor}" if at_root else cursor
        return _could_not_look(desk, claimed, row, answer, method=method, cursor=cursor)
    ts = text_at(answer.data, "ts")
    if ts and not at_root:
        _found(desk, claimed, row, channel, ts)
        return True
    if ts:
        gone = take_back(desk, claimed, channel, ts)
        if gone.meaning is not Meaning.SENT:
            return _could_not_look(desk, claimed, row, gone, method=DELETE, cursor=root)
    elif thread:
        _look_again(desk, claimed, row, seconds=0, cursor=root, error="")
        return False
    elif row.looks + 1 < desk.durations.looks and not _is_long_ago(desk, until):
        _look_again(desk, claimed, row, seconds=desk.durations.next_look, looked=True)
        return False
    if row.error == GONE:
        return post_under_new_head(desk, claimed, row, surface, channel, thread_ts)
    desk.retry(claimed, row, seconds=0, error="")
    log.info("delivery.not_found", lane=claimed.lane, row=row.id)
    return True


def _is_long_ago(desk: Desk, until: datetime | None) -> bool:
    """What was sent by then is found by now: one look is enough."""
    first = timedelta(seconds=desk.durations.first_look)
    return until is not None and desk.clock.machine() > until + first


def _search(
    desk: Desk,
    claimed: Claimed,
    row: OutboxRow,
    surface: Surface,
    *,
    channel: str,
    thread_ts: str | None,
    cursor: str,
    until: datetime | None,
) -> tuple[Answer, str]:
    """An answer whose data is {"ts": …} when found, {} when it surely is not there; and the cursor
    of the page that was not answered. Slack may grant an app a page a minute: begun anew each time,
    a look would not end."""
    assert row.sending_since is not None
    workspace = desk.store.read(lambda s: s.get(Workspace, claimed.workspace_id))
    sent, skew = row.sending_since.timestamp(), desk.durations.clock_skew
    last = sent + desk.durations.lease
    if until is not None:
        last = max(last, until.timestamp())
    window: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{sent - skew:.6f}",
        "latest": f"{last + skew:.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
    }
    for _ in range(MOST_PAGES):
        window |= {"cursor": cursor} if cursor else {}
        answer = desk.call(claimed.workspace_id, partial(_page, thread_ts=thread_ts, window=window))
        if answer.meaning is not Meaning.SENT:
            return answer, cursor
        for message in dicts_at(answer.data, "messages"):
            if _is_it(message, surface.key, workspace):
                return Answer(Meaning.SENT, data={"ts": text_at(message, "ts")}), ""
        cursor = text_at(answer.data, "response_metadata", "next_cursor")
        if not cursor:
            return Answer(Meaning.SENT), ""
        desk.extend(claimed)
    return Answer(Meaning.HOPELESS, "too_much_to_look_through"), ""


def _page(client: WebClient, *, thread_ts: str | None, window: dict[str, Any]) -> Any:
    if thread_ts:
        return client.conversations_replies(ts=thread_ts, **window)
    return client.conversations_history(**window)


def _is_it(message: dict[str, Any], key: str, workspace: Workspace | None) -> bool:
    metadata = message.get("metadata")
    if text_at(metadata, "event_type") != EVENT_TYPE:
        return False
    if at(metadata, "event_payload", "key") != key:
        return False
    # Anyone may write metadata with our key; nobody else may write as us.
    bot_id, user = text_at(message, "bot_id"), text_at(message, "user")
    if workspace is None or not (workspace.bot_id or workspace.bot_user_id):
        return bool(bot_id)
    return (bot_id and bot_id == workspace.bot_id) or user == workspace.bot_user_id


def _found(desk: Desk, claimed: Claimed, row: OutboxRow, channel: str, ts: str) -> None:
    """It stands in Slack. Which facts it was drawn from is not known: it is drawn once more."""
    now, machine = desk.clock.now(), desk.clock.machine()

    def deed(session: Session) -> None:
        act = Deed(session, now, claimed.workspace_id, BOT)
        surface = session.get_one(Surface, row.surface_id)
        show_new_place(act, surface)
        surface.channel_id = channel
        session.add(surface)
        lanes.done(session, row, claimed, now=machine, drawn=0, ts=ts)
        if surface.kind == "card" and surface.review_id is not None:
            # Replies under it may have come while we were away, and are told by nobody any more.
            want_one(session, surface.review_id, now=now)
        redraw_changed(act)

    desk.store.transact(deed)
    log.info("delivery.found", lane=claimed.lane, row=row.id)


def _could_not_look(
    desk: Desk, claimed: Claimed, row: OutboxRow, answer: Answer, *, method: str, cursor: str
) -> bool:
    """The doubt stays: what cannot be looked for is neither sent again nor called sent."""
    if answer.error == LOST_PLACE:
        _look_again(desk, claimed, row, seconds=desk.durations.next_look, cursor="")
        return False
    match answer.meaning:
        case Meaning.HOPELESS | Meaning.MOOT:
            desk.park(claimed, row, f"in_doubt:{answer.error}", in_doubt=True)
            return True
        case Meaning.REVOKED:
            desk.pause_workspace(claimed, row, answer.error, in_doubt=True)
        case Meaning.UNINVITED:
            _look_when_invited(desk, claimed, row, answer.error)
        case Meaning.THROTTLED:
            now = desk.clock.machine()
            rest = answer.retry_after
            desk.throttles.rest(claimed.workspace_id, method, seconds=rest, now=now)
            _look_again(desk, claimed, row, seconds=rest, cursor=cursor)
        case _:
            _look_again(desk, claimed, row, seconds=desk.durations.next_look, cursor=cursor)
    return False


def _look_again(
    desk: Desk,
    claimed: Claimed,
    row: OutboxRow,
    *,
    seconds: float,
    looked: bool = False,
    cursor: str | None = None,
    error: str | None = None,
) -> None:
    later = desk.clock.machine() + timedelta(seconds=seconds)
    desk.store.transact(
        lambda s: lanes.look_later(
            s,
            row,
            claimed,
            not_before=later,
            error=row.error if error is None else error,
            looked=looked,
            cursor=cursor,
        )
    )


def _look_when_invited(desk: Desk, claimed: Claimed, row: OutboxRow, error: str) -> None:
    now = desk.clock.now()
    later = desk.clock.machine() + timedelta(seconds=desk.durations.uninvited)

    def deed(session: Session) -> None:
        lanes.look_later(session, row, claimed, not_before=later, error=error)
        tell_keepers(session, row, error=error, now=now)

    desk.store.transact(deed)
