"""What stood in the way, in words: known errors as one sentence, bugs as a reference (§8.3)."""

import secrets
from collections.abc import Callable
from typing import Any

import structlog

from bot.errors import Refusal, places_of
from bot.slack.directory import CouldNotAsk
from bot.slack.reading import Unreadable
from bot.toolbox import Toolbox
from bot.views.refusals import say_refusal
from db.store import StoreBusy, StoreUnreachable

log = structlog.get_logger()


def new_reference() -> str:
    """Short enough to read out over the phone."""
    return secrets.token_hex(4)


def bug(error: Exception, what: str) -> Refusal:
    """Log a bug under a reference; what the person is shown."""
    reference = new_reference()
    log.error("bug", what=what, reference=reference, error=places_of(error))
    return Refusal("bug", reference=reference)


def busy(trouble: StoreBusy, what: str) -> Refusal:
    """Nothing was done, and the same may pass in a moment."""
    log.warning("store busy", what=what, error=str(trouble))
    return Refusal("busy")


def refusal_or_none(do: Callable[[], object], what: str) -> Refusal | None:
    """Do it; what stood in the way, a bug among it. None: it is done."""
    try:
        do()
    except Refusal as refused:
        return refused
    except CouldNotAsk:
        return Refusal("try_again", roles=[], people=[])
    except StoreBusy as trouble:
        return busy(trouble, what)
    except (StoreUnreachable, Unreadable):
        raise
    except Exception as error:
        return bug(error, what)
    return None


def sentence(toolbox: Toolbox, workspace_id: str, refused: Exception) -> str:
    refusal = refused if isinstance(refused, Refusal) else Refusal("try_again", roles=[], people=[])
    values = named(toolbox, workspace_id, refusal)
    return say_refusal(refusal.key, values, toolbox.wording, plain=True)


def named(toolbox: Toolbox, workspace_id: str, refusal: Refusal) -> dict[str, Any]:
    """The values of a refusal that is told now: `people` (user ids) becomes names a template can
    list."""
    toolbox.metrics.refusals.labels(refusal.key).inc()
    values = refusal.values
    people = values.get("people")
    if not people:
        return values
    names = toolbox.store.read(lambda s: toolbox.directory.names(s, workspace_id, people))
    return {**values, "people": [names.get(user, user) for user in people]}
