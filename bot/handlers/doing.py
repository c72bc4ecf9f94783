"""How every handler does its deed: refresh what is known, one transaction, then the answer.

Known errors become one private sentence or an error beside a field. Unknown ones become a
reference, logged and shown (DESIGN §8.3); only an unreachable database is let out, as a 500.
"""

import secrets
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import FieldErrors, Refusal, Stale, places_of
from bot.reviews.deed import BOT, Case, Deed, find_seat, open_case, read_case, roster_of
from bot.reviews.permit import permit
from bot.slack.directory import CouldNotAsk
from bot.slack.reading import (
    Press,
    Submission,
    Unreadable,
    read_press,
    read_submission,
    read_target,
)
from bot.toolbox import Response, Toolbox
from db.outbox import queue_whisper
from db.store import StoreUnreachable
from db.tables import ReviewRow
from seat.access import Act

log = structlog.get_logger()

T = TypeVar("T")

PEOPLE_FIELDS = ("decider", "to")
"""Fields of forms about a review in which a person is named."""

Verb = Callable[[Case, Press, tuple[str, ...]], None]
Opener = Callable[[Case, Press, tuple[str, ...]], dict[str, Any]]
Form = Callable[[Case, Submission], None]


PEOPLE_FIELDS = ("to", "decider")
"""Fields of a review's forms that name one person: asked about before the transaction."""


class FormAgain(Exception):
    """The form lacks a field that is needed by now: show `view` in its place. Nothing was saved."""

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__("form again")
        self.view = view


def new_reference() -> str:
    """Short enough to read out over the phone."""
    return secrets.token_hex(4)


def bug(error: Exception, what: str) -> Refusal:
    """Log a bug under a reference; what the person is shown."""
    reference = new_reference()
    log.error("bug", what=what, reference=reference, error=places_of(error))
    return Refusal("bug", reference=reference)


def on_press(toolbox: Toolbox, act: Act | Callable[[Case], Act], verb: Verb) -> Callable[..., None]:
    """A listener for a button of a review: check `act`, do `verb`, once."""

    def listener(ack: Any, body: dict[str, Any]) -> None:
        press = read_press(body)
        with_private_refusal(toolbox, press, lambda: _press(toolbox, act, verb, press))
        ack()

    return listener


def _press(toolbox: Toolbox, act: Act | Callable[[Case], Act], verb: Verb, press: Press) -> None:
    review_id, parts = target_of(press)
    refresh_actor(toolbox, press.workspace_id, press.user, review_id)

    def deed(deed: Deed) -> None:
        case = open_case(deed, review_id)
        permit(case, act if isinstance(act, Act) else act(case))
        verb(case, press, parts)

    toolbox.carry_out(press.key, press.workspace_id, press.user, deed)


def on_open(toolbox: Toolbox, act: Act, draw: Opener) -> Callable[..., None]:
    """A listener for a button that opens a form: check, draw, `views.open`, acknowledge."""

    def listener(ack: Any, body: dict[str, Any], client: Any) -> None:
        press = read_press(body)
        with_private_refusal(toolbox, press, lambda: open_for(toolbox, act, draw, press, client))
        ack()

    return listener


def open_for(toolbox: Toolbox, act: Act, draw: Opener, press: Press, client: Any) -> None:
    view = look_at(toolbox, act, draw, press)
    open_view(client, press.trigger_id, view)


def open_view(client: Any, trigger_id: str, view: dict[str, Any]) -> None:
    """Raises Refusal when Slack does not open it: a trigger lives three seconds."""
    try:
        client.views_open(trigger_id=trigger_id, view=view)
    except SlackApiError as error:
        code = error.response.get("error") if hasattr(error.response, "get") else None
        if code == "invalid_arguments":
            raise  # a form drawn wrong is our bug
        raise Refusal("form_not_opened") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Refusal("form_not_opened") from error


def tell_privately(
    toolbox: Toolbox, act: Act, say: Callable[[Case, Press, tuple[str, ...]], str], press: Press
) -> None:
    """One line that only who pressed sees; said once, however often it is delivered."""
    text = look_at(toolbox, act, say, press)

    def tell(deed: Deed) -> None:
        queue_whisper(
            deed.session,
            workspace_id=press.workspace_id,
            channel_id=press.channel or "",
            person_id=press.user,
            thread_ts=press.thread_ts,
            template="told",
            args={"text": text},
            now=toolbox.clock.machine(),
        )

    if press.channel:
        toolbox.carry_out(press.key, press.workspace_id, press.user, tell)


def look_at(
    toolbox: Toolbox, act: Act, look: Callable[[Case, Press, tuple[str, ...]], T], press: Press
) -> T:
    """What `look` makes of the review the button names, for someone who may `act`."""
    review_id, parts = target_of(press)
    refresh_actor(toolbox, press.workspace_id, press.user, review_id)

    def read(deed: Deed) -> T:
        case = read_case(deed, review_id)
        permit(case, act)
        return look(case, press, parts)

    found: T = toolbox.look(press.workspace_id, press.user, read)
    return found


def on_submit(toolbox: Toolbox, act: Act, save: Form) -> Callable[..., None]:
    """A listener for a form about a review: errors beside the fields, or it closes."""

    def listener(ack: Any, body: dict[str, Any]) -> None:
        form = read_submission(body)

        def do() -> Response:
            review_id = int(form.metadata.get("review") or 0)
            refresh_actor(toolbox, form.workspace_id, form.user, review_id)
            named_there = [form.values.get(field) for field in PEOPLE_FIELDS]
            toolbox.directory.people(
                form.workspace_id, [user for user in named_there if isinstance(user, str) and user]
            )

            def deed(deed: Deed) -> None:
                case = open_case(deed, review_id)
                permit(case, act)
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
        return _explain(toolbox, form, _sentence(toolbox, form.workspace_id, refused))
    except StoreUnreachable:
        raise
    except Exception as error:
        return _explain(
            toolbox, form, _sentence(toolbox, form.workspace_id, bug(error, form.callback_id))
        )


def _explain(toolbox: Toolbox, form: Submission, sentence: str) -> Response:
    """Beside the first field, so that the form stays open with everything that was typed."""
    first = next(iter(form.values), None)
    if first is None:
        return {}
    return {"response_action": "errors", "errors": {first: sentence}}


def _sentence(toolbox: Toolbox, workspace_id: str, refused: Exception) -> str:
    refusal = refused if isinstance(refused, Refusal) else Refusal("try_again", roles=[], people=[])
    values = named(toolbox, workspace_id, refusal.values)
    return toolbox.wording.plain(f"refusals.{refusal.key}", **values)


def named(toolbox: Toolbox, workspace_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """A refusal's people as names: `people` (user ids) becomes names a template can list."""
    people = values.get("people")
    if not people:
        return values
    names = toolbox.store.read(lambda s: toolbox.directory.names(s, workspace_id, people))
    return {**values, "people": [names.get(user, user) for user in people]}


def refusal_or_none(do: Callable[[], None], what: str) -> Refusal | None:
    """Do it; what stood in the way, a bug among it. None: it is done."""
    try:
        do()
    except Refusal as refused:
        return refused
    except CouldNotAsk:
        return Refusal("try_again", roles=[], people=[])
    except (StoreUnreachable, Unreadable):
        raise
    except Exception as error:
        return bug(error, what)
    return None


def with_private_refusal(toolbox: Toolbox, press: Press, do: Callable[[], None]) -> None:
    """Do it; what stands in the way is told to the one who pressed, and to nobody else."""
    refusal = refusal_or_none(do, press.action_id)
    if refusal is None:
        return
    if refusal.key not in ("bug", "try_again"):
        redraw(toolbox, press)
    if press.channel is None:
        return
    refusal.values = named(toolbox, press.workspace_id, refusal.values)
    toolbox.whisper(
        workspace_id=press.workspace_id,
        channel_id=press.channel,
        user=press.user,
        thread_ts=press.thread_ts,
        refusal=refusal,
    )


def redraw(toolbox: Toolbox, press: Press) -> None:
    """The message the button stood on is out of date: draw it as things are."""
    target = read_target(press.value)
    if target is None:
        return

    def again(deed: Deed) -> None:
        row = deed.session.get(ReviewRow, target.review_id)
        if row is not None and row.workspace_id == press.workspace_id:
            open_case(deed, target.review_id).redraw()

    toolbox.carry_out(f"{press.key}:redraw", press.workspace_id, press.user, again)


def target_of(press: Press) -> tuple[int, tuple[str, ...]]:
    """The review and the parts a button names. Raises Stale for one that names none of ours."""
    target = read_target(press.value)
    if target is None:
        raise Stale
    return target.review_id, target.parts


def refresh_actor(toolbox: Toolbox, workspace_id: str, user: str, review_id: int) -> str:
    """Before the transaction: is what we know of this person younger than a day? The channel.

    Raises CouldNotAsk when Slack does not say in time; Refusal when there is no such review.
    """

    def channel(deed: Deed) -> str:
        row = deed.session.get(ReviewRow, review_id)
        if row is None or row.workspace_id != workspace_id:
            raise Refusal("no_such_review")
        return row.channel_id

    found = toolbox.look(workspace_id, user, channel)
    refresh_in_channel(toolbox, workspace_id, user, found)
    return str(found)


def refresh_in_channel(toolbox: Toolbox, workspace_id: str, user: str, channel_id: str) -> None:
    toolbox.directory.person(workspace_id, user)
    toolbox.directory.channel(workspace_id, channel_id)
    toolbox.directory.membership(workspace_id, channel_id, user)


def refresh_roster(toolbox: Toolbox, workspace_id: str, channel_id: str) -> None:
    """Before choosing: who of the roster is in the channel. Those not known stay as last heard."""

    def people(deed: Deed) -> list[str]:
        seat = find_seat(deed.session, workspace_id=workspace_id, channel_id=channel_id)
        return [e.person_id for e in roster_of(deed.session, seat.id)] if seat and seat.id else []

    roster = toolbox.look(workspace_id, BOT, people)
    if roster:
        toolbox.directory.members(workspace_id, channel_id, roster)
