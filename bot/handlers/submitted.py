"""How every form does its deed: refresh what is known, one transaction, then the answer.

Errors stand beside their fields; whatever else is in the way leaves the form open as it is.
"""

from collections.abc import Callable
from typing import Any

from bot.errors import FieldErrors, Refusal
from bot.handlers.failures import bug, busy, sentence
from bot.handlers.fresh import refresh_actor, refresh_in_channel, refresh_roster
from bot.handlers.meant import FormAgain, Redraw, come_back_if_changed
from bot.reviews.deed import Case, Deed, open_case
from bot.reviews.permit import permit
from bot.slack.directory import CouldNotAsk
from bot.slack.reading import Submission, read_submission
from bot.toolbox import Response, Toolbox
from db.store import StoreBusy, StoreUnreachable
from seat.access import Act

PEOPLE_FIELDS = ("to", "decider")
"""Fields of a review's forms that name one person: asked about before the transaction."""

Form = Callable[[Case, Submission], None]


def on_submit(
    toolbox: Toolbox,
    act: Act,
    save: Form,
    *,
    redraw: Redraw | None = None,
    chooses: bool = False,
) -> Callable[..., None]:
    """A listener for a form about a review: errors beside the fields, or it closes.

    `redraw`: the form as it would be drawn now, for one that is about something that was seen in it
    (FORMS in meant.py). `chooses`: somebody of the roster is seated by it.
    """

    def listener(ack: Any, body: dict[str, Any]) -> None:
        form = read_submission(body)

        def do() -> Response:
            review_id = int(form.metadata.get("review") or 0)
            channel = refresh_actor(toolbox, form.workspace_id, form.user, review_id)
            for field in PEOPLE_FIELDS:
                if isinstance(user := form.values.get(field), str) and user:
                    refresh_in_channel(toolbox, form.workspace_id, user, channel)

            if chooses:
                refresh_roster(toolbox, form.workspace_id, channel)

            def deed(deed: Deed) -> None:
                case = open_case(deed, review_id)
                permit(case, act)
                come_back_if_changed(toolbox, case, form, redraw)
                save(case, form)

            return toolbox.carry_out(form.key, form.workspace_id, form.user, deed)

        ack(**answer_form(toolbox, form, do))

    return listener


def answer_form(toolbox: Toolbox, form: Submission, do: Callable[[], Response]) -> Response:
    """What a form is answered: nothing (it closes), errors beside fields, or a page that explains.

    What was typed stays in the form in every case but the last, which shows it again.
    """
    try:
        return do()
    except FormAgain as again:
        return {"response_action": "update", "view": again.view}
    except FieldErrors as refused:
        errors = {
            name: toolbox.wording.plain(f"field_errors.{key}", **values)
            for name, (key, values) in refused.errors.items()
            if name in form.values
        }
        if errors:
            return {"response_action": "errors", "errors": errors}
        key, values = next(iter(refused.errors.values()))
        return _explain(toolbox, form, toolbox.wording.plain(f"field_errors.{key}", **values))
    except (Refusal, CouldNotAsk) as refused:
        return _explain(toolbox, form, sentence(toolbox, form.workspace_id, refused))
    except StoreBusy as trouble:
        refusal = busy(trouble, form.callback_id)
        return _explain(toolbox, form, sentence(toolbox, form.workspace_id, refusal))
    except StoreUnreachable:
        raise
    except Exception as error:
        return _explain(
            toolbox, form, sentence(toolbox, form.workspace_id, bug(error, form.callback_id))
        )


def _explain(toolbox: Toolbox, form: Submission, sentence: str) -> Response:
    """Beside the first field, so that the form stays open with everything that was typed."""
    first = next(iter(form.values), None)
    if first is None:
        return {}
    return {"response_action": "errors", "errors": {first: sentence}}
