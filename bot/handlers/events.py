"""How every event is handled: one transaction, then the acknowledgement.

A bug keeps the delivery as failed and acknowledges it (DESIGN §8.3): Slack would only send the
same again. An unreachable or busy database is let out as a 500, so that it does; what it gives up
all the same is read once the database is back.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import BoltResponse
from sqlmodel import Session

from bot.errors import places_of
from bot.handlers.failures import new_reference
from bot.reviews.deed import BOT, Deed
from bot.reviews.hear_private import seated_in
from bot.reviews.hear_reply import find_thread
from bot.slack.fields import at, text_at
from bot.slack.reading import Unreadable, event_key, workspace_of_event
from bot.toolbox import Toolbox
from db.failures import keep_failure, without_words
from db.store import StoreTrouble

log = structlog.get_logger()

READABLE = frozenset({"message", "reaction_added", "member_joined_channel"})
"""Events that a thread shows, or that lead to one (we were invited), so that what is lost of them
can be read there."""


def on_event(
    toolbox: Toolbox,
    take: Callable[[Deed, dict[str, Any]], None],
    *,
    concerns_us: Callable[[Session, str, dict[str, Any]], bool] | None = None,
) -> Callable[..., BoltResponse]:
    """`concerns_us`: what does not is acknowledged, and nothing is written."""

    def listener(body: dict[str, Any]) -> BoltResponse:
        try:
            carry_out_event(toolbox, body, take, concerns_us=concerns_us)
        except Unreadable:
            # Sent again it would read the same: acknowledged, so that it is not.
            log.warning("event not readable", type=text_at(body, "event", "type"))
        return BoltResponse(status=200)

    return listener


def carry_out_event(
    toolbox: Toolbox,
    body: dict[str, Any],
    take: Callable[[Deed, dict[str, Any]], None],
    *,
    concerns_us: Callable[[Session, str, dict[str, Any]], bool] | None = None,
) -> bool:
    """Once for each delivery. Whether it met no bug; where it did, it is kept as failed.

    Raises Unreadable, and StoreTrouble with nothing done: Slack sends it again.
    """
    workspace_id, key, event = workspace_of_event(body), event_key(body), body["event"]
    try:
        if concerns_us and not toolbox.store.read(lambda s: concerns_us(s, workspace_id, event)):
            return True
        toolbox.carry_out(key, workspace_id, BOT, lambda deed: take(deed, body["event"]))
    except StoreTrouble:
        if text_at(body, "event", "type") in READABLE:
            toolbox.unheard.note(workspace_id, _channel_of(body["event"]))
        if _tells_of_people(body["event"]):
            toolbox.unheard.doubt(workspace_id)
        raise
    except Exception as error:
        _keep_failed(toolbox, workspace_id, key, body, error)
        return False
    return True


def _keep_failed(
    toolbox: Toolbox, workspace_id: str, key: str, body: dict[str, Any], error: Exception
) -> None:
    event = body.get("event")

    def keep(session: Session) -> str:
        deed = Deed(session, toolbox.clock.now(), workspace_id, BOT)
        kept = body if _is_ours_to_keep(deed, event) else {**body, "event": without_words(event)}
        return keep_failure(
            session,
            reference=new_reference(),
            key=key,
            workspace_id=workspace_id,
            body=kept,
            error=places_of(error)[:2000],
            now=toolbox.clock.machine(),
        )

    reference = toolbox.store.transact(keep)
    log.error(
        "event failed", reference=reference, type=text_at(event, "type"), error=places_of(error)
    )


def _tells_of_people(event: Any) -> bool:
    """Or of a channel: what we know of them may be out of date."""
    if text_at(event, "type") == "message":
        return text_at(event, "subtype").startswith("channel_convert_to_")
    return text_at(event, "type") != "reaction_added"


def _channel_of(event: Any) -> str:
    return text_at(event, "channel") or text_at(event, "item", "channel")


def _is_ours_to_keep(deed: Deed, event: Any) -> bool:
    """Words are kept only of the advocate: in the thread of the review they sit in, or typed to
    us while they sit in one."""
    message = at(event, "message") if isinstance(at(event, "message"), dict) else event
    if text_at(event, "channel_type") == "im":
        return bool(seated_in(deed.by(text_at(message, "user"))))
    thread = find_thread(deed, text_at(event, "channel"), text_at(message, "thread_ts"))
    return thread is not None and thread.advocate == text_at(message, "user")
