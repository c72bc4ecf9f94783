"""How every event is handled: one transaction, then the acknowledgement.

A bug keeps the delivery as failed and acknowledges it (DESIGN §8.3): Slack would only send the
same again. An unreachable database is let out as a 500, so that it does.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import BoltResponse
from sqlmodel import Session

from bot.handlers.doing import new_reference
from bot.reviews.deed import BOT, Deed
from bot.slack.reading import Unreadable, event_key, workspace_of_event
from bot.toolbox import Toolbox
from db.store import StoreUnreachable
from db.tables import DeliveryFailed

log = structlog.get_logger()


def on_event(
    toolbox: Toolbox, take: Callable[[Deed, dict[str, Any]], None]
) -> Callable[..., BoltResponse]:
    def listener(body: dict[str, Any], event: dict[str, Any]) -> BoltResponse:
        workspace_id, key = workspace_of_event(body), event_key(body)
        try:
            toolbox.carry_out(key, workspace_id, BOT, lambda deed: take(deed, event))
        except (StoreUnreachable, Unreadable):
            raise
        except Exception as error:
            _keep_failed(toolbox, workspace_id, body, error)
        return BoltResponse(status=200)

    return listener


def _keep_failed(
    toolbox: Toolbox, workspace_id: str, body: dict[str, Any], error: Exception
) -> None:
    reference = new_reference()
    log.exception("event failed", reference=reference, type=body.get("event", {}).get("type"))

    def keep(session: Session) -> None:
        session.add(
            DeliveryFailed(
                reference=reference,
                workspace_id=workspace_id,
                at=toolbox.clock.machine(),
                body=body,
                error=f"{type(error).__name__}: {error}"[:500],
            )
        )

    toolbox.store.transact(keep)
