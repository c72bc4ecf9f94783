"""Setting up a channel's seat and leaving its roster."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import App

from bot.errors import FieldErrors, Refusal
from bot.handlers.fields import people_of, read_number, text_of
from bot.handlers.fresh import refresh_in_channel, refresh_keepers
from bot.handlers.opening import proposal_view, usable_channel
from bot.handlers.pressed import with_private_refusal
from bot.handlers.submitted import answer_form
from bot.reviews.answer_privately import Place, answer_privately
from bot.reviews.deed import Deed
from bot.reviews.drafts import has_draft
from bot.reviews.seat_settings import SeatSettings
from bot.reviews.set_up import (
    check_limits,
    leave_roster,
    permit_set_up,
    set_up,
    set_up_beside,
)
from bot.slack.directory import CouldNotAsk
from bot.slack.reading import Submission, read_press, read_submission
from bot.toolbox import Response, Toolbox
from bot.views import names

PATIENCE = 1.5
"""Seconds of the three that a form has, for who is on a roster; who is in the channel and saving it
take the rest."""
SWITCHES = ("digest_when_empty", "proposer_may_overrule", "guests_may_propose", "others_may_sit")

GOES_ON = "goes_on"
"""What a repeat is told by: that the proposal's form comes next. The words in it are not kept."""


def register(app: App, toolbox: Toolbox) -> None:
    @app.view(names.SEAT_SETTINGS)
    def save(ack: Any, body: dict[str, Any]) -> None:
        form = read_submission(body)
        channel = str(form.metadata.get("channel") or "")
        private = text_of(form, "private_channel")

        def do() -> Response:
            if not channel:
                raise Refusal("not_a_channel")
            settings = read_settings(form)
            make_ready(toolbox, form, [p for p in (channel, private) if p], settings)

            def deed(deed: Deed) -> Response | None:
                _, new = set_up(deed, channel, settings, drawn_marks(form))
                if private and private != channel:
                    set_up_beside(deed, private, settings)
                words = "seat_settings.saved_new" if new else "seat_settings.saved"
                answer_privately(deed, Place(channel), words, {})
                began = new and has_draft(deed, names.PROPOSE_CHANGE, channel)
                return {GOES_ON: True} if began else None

            done = toolbox.carry_out(form.key, form.workspace_id, form.user, deed)
            if not done.get(GOES_ON):
                return done
            # Setting up began with a proposal: go on with it, filled in as it was.
            view = toolbox.look(
                form.workspace_id, form.user, lambda d: proposal_view(toolbox, d, channel, {})
            )
            return {"response_action": "update", "view": view}

        ack(**answer_form(toolbox, form, lambda: with_words(toolbox, form, do)))

    @app.action(names.LEAVE_ROSTER)
    def not_me(ack: Any, body: dict[str, Any]) -> None:
        press = read_press(body)

        def leave() -> None:
            seat_id = read_number([press.value])
            toolbox.carry_out(
                press.key, press.workspace_id, press.user, lambda d: leave_roster(d, seat_id)
            )

        with_private_refusal(toolbox, press, leave)
        ack()


def make_ready(
    toolbox: Toolbox, form: Submission, channels: list[str], settings: SeatSettings
) -> None:
    """Before the transaction: the bot is in the channels, and who is named there is known. Nothing
    is joined, and Slack asked about nobody who is named, for one who may not, or for too much."""
    workspace_id, user = form.workspace_id, form.user
    toolbox.look(workspace_id, user, lambda deed: check_limits(deed, channels[0], settings))
    for channel in channels:
        usable_channel(toolbox, workspace_id, channel)
        refresh_in_channel(toolbox, workspace_id, user, channel)
        refresh_keepers(toolbox, workspace_id, user, channel)
        beside = channel != channels[0]
        permit = partial(permit_set_up, channel_id=channel, beside=beside)
        toolbox.look(workspace_id, user, permit)
    # Also those who are only named: a card or a refusal says who they are.
    others = (*(settings.keepers or ()), settings.default_decider or "")
    people = [user for user in dict.fromkeys((*(settings.roster or ()), *others)) if user]
    for channel in channels:
        found = usable_channel(toolbox, workspace_id, channel)
        if not found.bot_is_member and not toolbox.directory.join(workspace_id, channel):
            raise Refusal("could_not_join")
        ask_about(toolbox, workspace_id, channel, people)


def ask_about(toolbox: Toolbox, workspace_id: str, channel: str, people: list[str]) -> None:
    """Who they are and whether they are in the channel: as many as Slack says within a press. What
    it said is kept, so that pressing again goes on. Raises Refusal until it is through."""
    directory, left, slowly = toolbox.directory, len(people), False
    try:
        left = directory.people(workspace_id, people, within=PATIENCE)
        if not left:
            directory.members(workspace_id, channel, people)
            return
    except CouldNotAsk as trouble:
        if str(trouble) == "user_not_found":
            raise Refusal("unknown_person") from trouble
        slowly = trouble.retry_after > 0
        left = directory.count_old(workspace_id, people)
    raise Refusal("still_asking", known=len(people) - left, total=len(people), slowly=slowly)


def drawn_marks(form: Submission) -> dict[str, str]:
    was = form.metadata.get("was")
    return {k: str(v) for k, v in was.items()} if isinstance(was, dict) else {}


def with_words(toolbox: Toolbox, form: Submission, do: Callable[[], Response]) -> Response:
    """A field that someone else changed meanwhile says in words what it is now."""
    try:
        return do()
    except FieldErrors as refused:
        for field, (_, values) in refused.errors.items():
            if "now" in values:
                values["now"] = _in_words(toolbox, form.workspace_id, field, values["now"])
        raise


def _in_words(toolbox: Toolbox, workspace_id: str, field: str, now: Any) -> str | list[str]:
    if field in ("roster", "keepers", "default_decider"):
        people = [now] if isinstance(now, str) else [*now]
        names = toolbox.store.read(lambda s: toolbox.directory.names(s, workspace_id, people))
        return [names.get(user, user) for user in people]
    if field == "digest_day":
        return toolbox.wording.plain(f"seat_settings.{now}")
    return list(now) if isinstance(now, tuple) else str(now)


def read_settings(form: Submission) -> SeatSettings:
    """Only the fields that the form had; what it left out stays as it is."""

    def text(field: str) -> str | None:
        return text_of(form, field) or None if field in form.values else None

    def switch(field: str) -> bool | None:
        return bool(people_of(form, field)) if field in form.values else None

    personas = text_of(form, "personas") if "personas" in form.values else None
    lines = tuple(line.strip() for line in (personas or "").splitlines() if line.strip())
    return SeatSettings(
        roster=people_of(form, "roster") if "roster" in form.values else None,
        keepers=people_of(form, "keepers") or None,
        timezone=text("timezone"),
        digest_day=text("digest_day"),
        digest_time=text("digest_time"),
        answer_within=text("answer_within"),
        keep_for=text("keep_for"),
        default_decider=text_of(form, "default_decider")
        if "default_decider" in form.values
        else None,
        personas=lines if personas is not None else None,
        **{name: switch(name) for name in SWITCHES},
    )
