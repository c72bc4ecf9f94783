"""What a page of a thread shows that we have not heard, as the events Slack would have sent: so it
is heard as if it came now, and kept for a replay where that meets a bug.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.handlers.hear_thread import UNTAKE
from bot.reviews.hear_reply import sent_at
from bot.slack.fields import dicts_at, text_at, texts_at
from bot.slack.reading import Posted, read_message
from db.catch_up import Known, Thread, order_of

Event = dict[str, Any]
Missed = tuple[str, Event]
"""What tells it from everything else in its channel, and the event."""


def find_missed(
    thread: Thread,
    page: list[dict[str, Any]],
    known: Mapping[str, Known],
    *,
    after: tuple[int, ...],
    until: tuple[int, ...] | None,
    moment: str,
) -> Iterator[Missed]:
    """What became of known messages, then what is new in its order, then the crosses.

    `page` shows the thread after `after` up to `until`, to its end for None. `moment`, a message
    time, stands for the one that Slack does not tell: when something was deleted.
    """
    ordered = sorted(page, key=lambda m: order_of(text_at(m, "ts")))
    for ts in _gone(page, known, after, until):
        yield f"{ts}:gone", deletion(thread, ts, moment)
    new: list[Missed] = []
    for message in ordered:
        read = read_message({**message, "channel": thread.channel_id}, thread.workspace_id)
        if not isinstance(read, Posted):
            continue
        before, key = known.get(read.ts), f"{read.ts}:{read.version}"
        if before is None:
            if _may_count(thread, read):
                new.append((key, _reply(thread, message)))
        elif order_of(read.version) > order_of(before.version) and not before.deleted:
            yield key, _edit(thread, message)
    yield from new
    heard = {text_at(event, "ts") for _, event in new}
    for message in ordered:
        ts = text_at(message, "ts")
        before = known.get(ts)
        is_heard = ts in heard or (before and not before.crossed and not before.deleted)
        if is_heard and _is_crossed(message):
            yield f"{ts}:crossed", _cross(thread, message)


def find_deleted_head(thread: Thread, head: dict[str, Any], moment: str) -> Iterator[Missed]:
    """Somebody deleted the card, and `head` is what is left of it: a tombstone."""
    if text_at(head, "subtype") == "tombstone":
        yield f"{thread.card_ts}:stone", _edit(thread, head)


def find_deleted_thread(
    thread: Thread, known: Mapping[str, Known], moment: str
) -> Iterator[Missed]:
    """Slack has no such thread. It keeps the head while a reply is left: none is."""
    for ts in _gone([], known, (), None):
        yield f"{ts}:gone", deletion(thread, ts, moment)
    yield f"{thread.card_ts}:gone", deletion(thread, thread.card_ts, moment)


def body_of(thread: Thread, missed: Missed) -> dict[str, Any]:
    """As Slack wraps an event."""
    key, event = missed
    is_organisation = thread.workspace_id.startswith("E")
    installed = {
        "enterprise_id": thread.workspace_id if is_organisation else None,
        "team_id": None if is_organisation else thread.workspace_id,
        "is_bot": True,
        "is_enterprise_install": is_organisation,
    }
    return {
        "type": "event_callback",
        "event_id": f"caught_up:{thread.channel_id}:{key}",
        **({"enterprise_id": thread.workspace_id} if is_organisation else {}),
        **({} if is_organisation else {"team_id": thread.workspace_id}),
        "authorizations": [installed],
        "event": event,
    }


def deletion(thread: Thread, ts: str, moment: str) -> Event:
    before = {"ts": ts} | ({"thread_ts": thread.card_ts} if ts != thread.card_ts else {})
    return _message(thread) | {
        "subtype": "message_deleted",
        "deleted_ts": ts,
        "previous_message": before,
        "ts": moment,
        "event_ts": moment,
    }


def _reply(thread: Thread, message: dict[str, Any]) -> Event:
    return _message(thread) | message | {"thread_ts": thread.card_ts}


def _edit(thread: Thread, message: dict[str, Any]) -> Event:
    now = {"thread_ts": thread.card_ts, **message}
    return _message(thread) | {"subtype": "message_changed", "message": now}


def _cross(thread: Thread, message: dict[str, Any]) -> Event:
    """Put when the message read as it does here, as far as one can tell: a later edit counts."""
    return {
        "type": "reaction_added",
        "user": text_at(message, "user"),
        "reaction": UNTAKE,
        "item": {"type": "message", "channel": thread.channel_id, "ts": text_at(message, "ts")},
        "event_ts": text_at(message, "edited", "ts") or text_at(message, "ts"),
    }


def _message(thread: Thread) -> Event:
    return {"type": "message", "channel": thread.channel_id}


def _is_crossed(message: dict[str, Any]) -> bool:
    """By who wrote it."""
    return any(
        text_at(put, "name") == UNTAKE and text_at(message, "user") in texts_at(put, "users")
        for put in dicts_at(message, "reactions")
    )


def _gone(
    page: list[dict[str, Any]],
    known: Mapping[str, Known],
    after: tuple[int, ...],
    until: tuple[int, ...] | None,
) -> list[str]:
    """Known messages that should be on this page and are not, or as tombstones only."""
    there = {text_at(m, "ts") for m in page if text_at(m, "subtype") != "tombstone"}
    missing = [ts for ts, was in known.items() if not was.deleted and ts not in there]
    on_page = [
        ts for ts in missing if after < order_of(ts) and (until is None or order_of(ts) <= until)
    ]
    return sorted(on_page, key=order_of)


def _may_count(thread: Thread, read: Posted) -> bool:
    """The advocate's words since taking the seat; what was said before was talk, and stays so."""
    seated = thread.seated_at
    return read.user == thread.advocate and (seated is None or sent_at(read.ts) >= seated)
