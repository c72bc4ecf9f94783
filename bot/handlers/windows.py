"""Opening a form while its trigger lives, which is three seconds from the press.

What Slack has to be asked first may take longer. So when the form isn't drawn in a moment, a window
opens that says so, and is replaced by the form, or by what stood in the way. Nothing was typed into
it: if the process dies meanwhile, the person closes it and presses again.
"""

from collections.abc import Callable
from functools import partial
from http.client import HTTPException
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import Refusal, places_of
from bot.handlers.failures import bug, named, refusal_or_none
from bot.handlers.later import Later
from bot.slack.fields import at, text_at
from bot.toolbox import Toolbox
from bot.views.forms.refusal import draw_moment, draw_refusal
from db.store import StoreTrouble
from seat.private_answers import NOTHING_DONE

log = structlog.get_logger()

MOMENT = 0.7
"""Seconds until a form that is still not drawn is promised."""
PATIENCE = 1.5
"""Seconds more until the press is acknowledged, done or not."""

View = dict[str, Any]


def open_form(
    toolbox: Toolbox,
    client: Any,
    trigger_id: str,
    draw: Callable[[], View],
    *,
    workspace_id: str,
    must_ask: bool,
    on_top: bool = False,
    keep: Callable[[], object] = lambda: None,
    opened: Callable[[], object] = lambda: None,
    drop: Callable[[], object] | None = None,
) -> None:
    """`must_ask`: Slack has to be asked before `draw` can draw it. `keep` is called once the form
    may not come, for what was typed; `opened` when it is there. `on_top`: of the window it was
    pressed in, which stays with what was typed there. `drop`: given where what was kept is somebody
    else's words; nothing of them stays with who is refused the form.

    Raises what `draw` raises while nothing is open yet, and Refusal where Slack opens nothing.
    """
    try:
        if must_ask:
            drawing = Later(draw)
            if not drawing.is_done(MOMENT):
                keep()
                view_id = open_view(client, trigger_id, draw_moment(toolbox.wording), on_top=on_top)
                fill = partial(_fill, toolbox, client, view_id, drawing, workspace_id, opened, drop)
                Later(fill).is_done(PATIENCE)
                return
            draw = drawing.result
        open_view(client, trigger_id, draw(), on_top=on_top)
    except StoreTrouble:
        raise
    except Exception as error:
        if drop is None or not is_refused(error):
            keep()
        raise
    opened()


def is_refused(error: Exception | None) -> bool:
    """For good: pressed again, the same would stand in the way."""
    return isinstance(error, Refusal) and error.key not in NOTHING_DONE


def open_view(client: Any, trigger_id: str, view: View, *, on_top: bool = False) -> str:
    """The window's id. Raises Refusal when Slack does not open it, for whatever reason: what was
    typed is kept by whoever asks for it."""
    try:
        open_it = client.views_push if on_top else client.views_open
        answer = open_it(trigger_id=trigger_id, view=view)
    except SlackApiError as error:
        if _is_drawn_wrong(error):
            raise _drawn_wrong(error) from error
        raise Refusal("form_not_opened") from error
    except (OSError, HTTPException, SlackClientError) as error:
        raise Refusal("form_not_opened") from error
    except Exception as error:
        raise _drawn_wrong(error) from error
    return text_at(answer.data, "view", "id")


def _is_drawn_wrong(error: SlackApiError) -> bool:
    """Our bug, rather than a trigger that is too old: Slack calls either invalid arguments."""
    if text_at(error.response.data, "error") != "invalid_arguments":
        return False
    said = at(error.response.data, "response_metadata", "messages")
    return "trigger_id" not in str(said)


def _drawn_wrong(error: Exception) -> Refusal:
    refusal = bug(error, "views.open")
    refusal.key = "form_bug"
    return refusal


def _fill(
    toolbox: Toolbox,
    client: Any,
    view_id: str,
    drawing: Later[View],
    workspace_id: str,
    opened: Callable[[], object],
    drop: Callable[[], object] | None,
) -> None:
    """Put the form into the window that waits for it, or why there is none."""
    view: list[View] = []
    try:
        refusal = refusal_or_none(lambda: view.append(drawing.result()), "views.update")
        if refusal is not None:
            if drop is not None and is_refused(refusal):
                drop()
            values = named(toolbox, workspace_id, refusal)
            title = "forms.explained"
            view.append(draw_refusal(toolbox.wording, refusal.key, values, title=title))
        client.views_update(view_id=view_id, view=view[0])
        if refusal is None:
            opened()
    except Exception as error:  # closed meanwhile, or Slack or the database is away
        log.warning("window not filled", error=places_of(error))
