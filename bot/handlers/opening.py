"""Opening the proposal and set-up forms, from wherever they are asked for."""

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import Refusal
from bot.handlers.failures import named, refusal_or_none
from bot.handlers.fresh import refresh_in_channel, refresh_keepers
from bot.handlers.pressed import tell_refusal
from bot.handlers.windows import open_form, open_view
from bot.reviews.answer_privately import Place
from bot.reviews.deed import BOT, Deed, find_seat, roster_of
from bot.reviews.drafts import drop_draft, drop_fields, find_draft, has_draft, keep_draft
from bot.reviews.keeping import permit_settings
from bot.reviews.permit import default_decider, permit_in_seat
from bot.reviews.propose import check_room
from bot.reviews.seat_settings import marks_of, settings_of
from bot.reviews.set_up import new_seat
from bot.scenes import set_scene
from bot.slack.reading import Command, Shortcut
from bot.toolbox import Response, Toolbox
from bot.views import names
from bot.views.forms.propose import draw_propose_change
from bot.views.forms.refusal import draw_refusal
from bot.views.forms.settings import draw_seat_settings
from bot.views.lists import draw_setup_offer
from db.tables import Channel, Seat
from seat.access import Act


def seat_or_none(toolbox: Toolbox, workspace_id: str, user: str, channel_id: str) -> Seat | None:
    found: Seat | None = toolbox.look(
        workspace_id,
        user,
        lambda d: find_seat(d.session, workspace_id=workspace_id, channel_id=channel_id),
    )
    return found


def usable_channel(toolbox: Toolbox, workspace_id: str, channel_id: str) -> Channel:
    """Raises Refusal: not a channel, one the bot has to be invited to, or one shared outside."""
    channel = toolbox.directory.channel(workspace_id, channel_id)
    if channel is None:
        raise Refusal("not_in_channel_yet" if channel_id[:1] in "CG" else "not_a_channel")
    if channel.is_shared:
        seat = seat_or_none(toolbox, workspace_id, BOT, channel_id)
        raise Refusal("shared_channel" if seat is None else "paused", roles=[], people=[])
    if channel.is_private and not channel.bot_is_member:
        raise Refusal("not_in_channel_yet")
    return channel


def offer_set_up(toolbox: Toolbox, asked: Command, typed: Mapping[str, str]) -> Response:
    """No seat here yet: keep what was typed, and offer to make one."""

    def keep(deed: Deed) -> None:
        keep_draft(deed, names.PROPOSE_CHANGE, asked.channel, dict(typed))

    toolbox.carry_out(asked.key, asked.workspace_id, asked.user, keep)
    channel = usable_channel(toolbox, asked.workspace_id, asked.channel)
    refresh_in_channel(toolbox, asked.workspace_id, asked.user, asked.channel)
    toolbox.look(
        asked.workspace_id,
        asked.user,
        lambda d: permit_in_seat(d, Act.SET_UP, new_seat(d, asked.channel)),
    )
    return draw_setup_offer(toolbox.wording, channel_id=asked.channel, channel_name=channel.name)


def open_proposal(
    toolbox: Toolbox,
    client: Any,
    *,
    key: str,
    workspace_id: str,
    user: str,
    channel_id: str,
    trigger_id: str,
    typed: Mapping[str, Any],
    theirs: bool = True,
) -> None:
    """Raises Refusal, CouldNotAsk. What was typed is kept when the form does not open.

    Not `theirs`: somebody else wrote it. Then only where it may still open when pressed again.
    """

    def keep() -> None:
        toolbox.carry_out(
            key,
            workspace_id,
            user,
            lambda d: keep_draft(d, names.PROPOSE_CHANGE, channel_id, dict(typed)),
        )

    def drop() -> None:
        toolbox.carry_out(
            f"{key}:refused",
            workspace_id,
            user,
            lambda d: drop_fields(d, names.PROPOSE_CHANGE, channel_id, typed.keys()),
        )

    def draw() -> dict[str, Any]:
        usable_channel(toolbox, workspace_id, channel_id)
        refresh_in_channel(toolbox, workspace_id, user, channel_id)
        view: dict[str, Any] = toolbox.look(
            workspace_id, user, lambda d: proposal_view(toolbox, d, channel_id, typed)
        )
        return view

    def opened() -> None:
        """What was kept stands in the form now; the next proposal starts without it."""
        form = names.PROPOSE_CHANGE
        if toolbox.look(workspace_id, user, lambda d: has_draft(d, form, channel_id)):
            toolbox.carry_out(
                f"{key}:opened", workspace_id, user, lambda d: drop_draft(d, form, channel_id)
            )

    open_form(
        toolbox,
        client,
        trigger_id,
        draw,
        workspace_id=workspace_id,
        must_ask=not toolbox.directory.knows(workspace_id, user, channel_id),
        keep=keep,
        opened=opened,
        drop=None if theirs else drop,
    )


def explain_shortcut(toolbox: Toolbox, client: Any, asked: Shortcut, refusal: Refusal) -> None:
    """Why a shortcut opened no form: in a window, which needs the bot in no channel; where Slack
    opens none, in a private message."""
    refusal.values = named(toolbox, asked.workspace_id, refusal)
    view = draw_refusal(toolbox.wording, refusal.key, refusal.values)
    told = refusal.key not in ("form_not_opened", "form_bug") and refusal_or_none(
        lambda: open_view(client, asked.trigger_id, view), asked.callback_id
    )
    if told is not None:
        # As a message: the bot may not be in that channel, and a line there would be lost.
        tell_refusal(toolbox, refusal, asked.workspace_id, asked.user, Place(""))


def proposal_view(
    toolbox: Toolbox, deed: Deed, channel_id: str, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """The proposal form, filled in with the draft and then with what was typed now."""
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    if seat is None:
        raise Refusal("no_seat_here")
    permit_in_seat(deed, Act.PROPOSE, seat)
    check_room(deed, seat)
    channel = deed.session.get(Channel, (deed.workspace_id, channel_id))
    checklists = toolbox.checklists.current()
    draft = find_draft(deed, names.PROPOSE_CHANGE, channel_id)
    decides, named = default_decider(deed, seat) or "", seat.default_decider or ""
    return draw_propose_change(
        set_scene(
            deed.session,
            workspace_id=deed.workspace_id,
            channel_id=channel_id,
            seat=seat,
            reader=deed.user,
            people=[named],
            now=deed.now,
        ),
        toolbox.wording,
        channel_id=channel_id,
        kinds=[(kind, checklist.label) for kind, checklist in sorted(checklists.items())],
        filled={**draft, **{name: value for name, value in typed.items() if value}},
        private=channel.is_private if channel else False,
        default_decider=decides,
        gone="" if decides else named,
        personas=seat.personas,
    )


def open_settings(
    toolbox: Toolbox,
    client: Any,
    *,
    workspace_id: str,
    user: str,
    channel_id: str,
    trigger_id: str,
) -> None:
    """The set-up form: empty for a new seat, as things are for one that exists."""

    def draw() -> dict[str, Any]:
        usable_channel(toolbox, workspace_id, channel_id)
        refresh_in_channel(toolbox, workspace_id, user, channel_id)
        refresh_keepers(toolbox, workspace_id, user, channel_id)
        view: dict[str, Any] = toolbox.look(
            workspace_id, user, lambda d: settings_view(toolbox, d, channel_id)
        )
        return view

    open_form(
        toolbox,
        client,
        trigger_id,
        draw,
        workspace_id=workspace_id,
        must_ask=not toolbox.directory.knows(workspace_id, user, channel_id),
    )


def settings_view(toolbox: Toolbox, deed: Deed, channel_id: str) -> dict[str, Any]:
    """The set-up form: empty for a new seat, as things are for one that exists."""
    seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel_id)
    new = seat is None
    seat = seat or new_seat(deed, channel_id)
    keepers = seat.keepers
    if new:
        permit_in_seat(deed, Act.SET_UP, seat)
    elif permit_settings(deed, seat):
        keepers = [deed.user]
    roster = roster_of(deed.session, seat.id) if seat.id else []
    filled = {} if new else seat.model_dump()
    filled |= {"roster": [entry.person_id for entry in roster], "keepers": keepers}
    filled["default_decider"] = default_decider(deed, seat)  # one who can no more is let go
    scene = set_scene(
        deed.session,
        workspace_id=deed.workspace_id,
        channel_id=channel_id,
        seat=None if new else seat,
        reader=deed.user,
        now=deed.now,
    )
    view = draw_seat_settings(
        scene,
        toolbox.wording,
        channel_id=channel_id,
        filled=filled,
        version=0 if new else seat.version,
        offer_private_channel=new,
    )
    if not new:
        carried = json.loads(view["private_metadata"])
        was = {"was": marks_of(settings_of(deed, seat))}
        view["private_metadata"] = json.dumps(carried | was, separators=(",", ":"))
    return view
