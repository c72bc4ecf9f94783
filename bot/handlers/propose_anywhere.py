"""Proposing by the shortcut, which is at hand everywhere, also inside threads: first where."""

from typing import Any

from slack_bolt import App

from bot.errors import FieldErrors
from bot.handlers.failures import refusal_or_none
from bot.handlers.fields import text_of
from bot.handlers.fresh import refresh_in_channel
from bot.handlers.opening import explain_shortcut, proposal_view, settings_view, usable_channel
from bot.handlers.submitted import answer_form
from bot.handlers.windows import open_view
from bot.reviews.deed import Deed, find_seat
from bot.reviews.drafts import keep_draft
from bot.slack.reading import read_shortcut, read_submission
from bot.toolbox import Response, Toolbox
from bot.views import names
from bot.views.forms.choose_channel import draw_choose_channel


def register(app: App, toolbox: Toolbox) -> None:
    @app.shortcut(names.PROPOSE_CHANGE)
    def from_anywhere(ack: Any, body: dict[str, Any], client: Any) -> None:
        asked = read_shortcut(body)
        view = draw_choose_channel(toolbox.wording)
        refusal = refusal_or_none(
            lambda: open_view(client, asked.trigger_id, view) and None, asked.callback_id
        )
        if refusal is not None:
            explain_shortcut(toolbox, client, asked, refusal)
        ack()

    @app.view(names.CHOOSE_CHANNEL)
    def chosen(ack: Any, body: dict[str, Any]) -> None:
        form = read_submission(body)

        def do() -> Response:
            if not (channel := text_of(form, "channel")):
                raise FieldErrors(channel="empty")
            usable_channel(toolbox, form.workspace_id, channel)
            refresh_in_channel(toolbox, form.workspace_id, form.user, channel)

            def next_form(deed: Deed) -> Response:
                seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel)
                draw = settings_view if seat is None else draw_proposal
                return {"response_action": "update", "view": draw(toolbox, deed, channel)}

            def note(deed: Deed) -> None:
                seat = find_seat(deed.session, workspace_id=deed.workspace_id, channel_id=channel)
                if seat is None:
                    # Setting up goes on with the proposal, as where that began with a command.
                    keep_draft(deed, names.PROPOSE_CHANGE, channel, {})

            # Drawn anew for a repeat, rather than kept for one: a draft's words are in it.
            answer: Response = toolbox.look(form.workspace_id, form.user, next_form)
            toolbox.carry_out(form.key, form.workspace_id, form.user, note)
            return answer

        ack(**answer_form(toolbox, form, do))


def draw_proposal(toolbox: Toolbox, deed: Deed, channel_id: str) -> dict[str, Any]:
    return proposal_view(toolbox, deed, channel_id, {})
