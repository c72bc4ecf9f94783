"""Proposing a change: the command, the shortcuts, and the form."""

from typing import Any

from slack_bolt import App

from bot.errors import FieldErrors, Refusal
from bot.handlers.commands import answer_command
from bot.handlers.failures import refusal_or_none
from bot.handlers.fields import date_of, part_of, people_of, text_of
from bot.handlers.fresh import refresh_default_decider, refresh_in_channel, refresh_roster
from bot.handlers.opening import (
    explain_shortcut,
    offer_set_up,
    open_proposal,
    seat_or_none,
)
from bot.handlers.submitted import answer_form
from bot.reviews.deed import Deed, find_seat
from bot.reviews.drafts import drop_draft
from bot.reviews.permit import check_decider, default_decider, permit_in_seat
from bot.reviews.propose import Proposal, check_fields, propose
from bot.slack.reading import Submission, read_command, read_shortcut, read_submission
from bot.toolbox import Response, Toolbox
from bot.views import names
from bot.views.lists import draw_propose_help
from seat.access import Act
from seat.facts import Size
from seat.thread.inline import read_mrkdwn
from seat.zones import read_zone


def register(app: App, toolbox: Toolbox) -> None:
    @app.command(names.PROPOSE_COMMAND)
    def command(ack: Any, body: dict[str, Any], client: Any) -> None:
        asked = read_command(body)
        kinds = toolbox.checklists.current()

        def do() -> Response:
            if asked.text.strip().lower() == "help":
                return draw_propose_help(toolbox.wording, sorted(kinds))
            typed = read_typed(asked.text, frozenset(kinds))
            if seat_or_none(toolbox, asked.workspace_id, asked.user, asked.channel) is None:
                return offer_set_up(toolbox, asked, typed)
            open_proposal(
                toolbox,
                client,
                key=asked.key,
                workspace_id=asked.workspace_id,
                user=asked.user,
                channel_id=asked.channel,
                trigger_id=asked.trigger_id,
                typed=typed,
            )
            return {}

        ack(**answer_command(toolbox, asked, do))

    @app.shortcut(names.PROPOSE_FROM_MESSAGE)
    def from_message(ack: Any, body: dict[str, Any], client: Any) -> None:
        asked = read_shortcut(body)
        text = read_mrkdwn(asked.message.text) if asked.message else ""

        def do() -> None:
            open_proposal(
                toolbox,
                client,
                key=asked.key,
                workspace_id=asked.workspace_id,
                user=asked.user,
                channel_id=asked.channel or "",
                trigger_id=asked.trigger_id,
                typed={"change": text},
                theirs=False,
            )

        refusal = refusal_or_none(do, asked.callback_id)
        if refusal is not None:
            explain_shortcut(toolbox, client, asked, refusal)
        ack()

    @app.view(names.PROPOSE_CHANGE)
    def submit(ack: Any, body: dict[str, Any]) -> None:
        form = read_submission(body)
        channel = str(form.metadata.get("channel") or "")

        def do() -> Response:
            proposal, checklists = read_proposal(form), toolbox.checklists.current()
            known = seat_or_none(toolbox, form.workspace_id, form.user, channel)
            zone = read_zone(known.timezone if known else "UTC")
            today = toolbox.clock.now().astimezone(zone).date()
            check_fields(proposal, frozenset(checklists), today)
            refresh_in_channel(toolbox, form.workspace_id, form.user, channel)
            refresh_roster(toolbox, form.workspace_id, channel)
            if proposal.decider:
                refresh_in_channel(toolbox, form.workspace_id, proposal.decider, channel)
            else:
                refresh_default_decider(toolbox, form.workspace_id, channel)

            def deed(deed: Deed) -> None:
                seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel)
                if seat is None:
                    raise Refusal("no_seat_here")
                permit_in_seat(deed, Act.PROPOSE, seat)
                check_decider(deed, seat, proposal.decider)
                promised = part_of(form)
                if promised and not proposal.decider and default_decider(deed, seat) != promised:
                    raise FieldErrors(decider="default_decider_changed")
                checklist = checklists[proposal.kind]
                propose(deed, seat=seat, proposal=proposal, checklist=checklist)
                drop_draft(deed, names.PROPOSE_CHANGE, channel)

            return toolbox.carry_out(form.key, form.workspace_id, form.user, deed)

        ack(**answer_form(toolbox, form, do))


def read_typed(text: str, kinds: frozenset[str]) -> dict[str, str]:
    """`pricing Team plan from $39` -> kind and title; without a known kind all of it is title."""
    first, _, rest = text.strip().partition(" ")
    if first.lower() in kinds:
        return {"kind": first.lower(), "title": rest.strip()}
    return {"title": text.strip()}


def read_proposal(form: Submission) -> Proposal:
    decider = people_of(form, "decider")
    return Proposal(
        kind=text_of(form, "kind"),
        title=text_of(form, "title"),
        told_to_her=text_of(form, "told_to_her"),
        why=text_of(form, "why"),
        change=text_of(form, "change"),
        affected=text_of(form, "affected"),
        links=text_of(form, "links"),
        takes_effect=date_of(form, "takes_effect"),
        decider=decider[0] if decider else None,
        persona=text_of(form, "persona"),
        decide_by=date_of(form, "decide_by"),
        size=text_of(form, "size") or Size.FULL,
        already_live=date_of(form, "already_live"),
        confidential_until=text_of(form, "confidential_until"),
    )
