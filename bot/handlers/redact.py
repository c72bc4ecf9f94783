"""A keeper takes words off the record: chosen in one form, and sure of it in the next."""

from typing import Any

from slack_bolt import App
from sqlmodel import select

from bot.errors import FieldErrors
from bot.handlers.fields import drawn_version, part_of, people_of, text_of
from bot.handlers.meant import FormAgain
from bot.handlers.submitted import on_submit
from bot.reviews.answer_privately import Place, answer_privately
from bot.reviews.deed import Case
from bot.reviews.redact import redact, words_of
from bot.scenes import scene_for
from bot.slack.directory import ASK_SECONDS
from bot.slack.links import link_to_message
from bot.slack.reading import Submission, read_submission
from bot.toolbox import Toolbox
from bot.views import names
from bot.views.forms.redact import draw_redact_sure
from db.tables import Surface
from seat.access import Act


def register(app: App, toolbox: Toolbox) -> None:
    def ask_once_more(case: Case, form: Submission) -> None:
        if not (part := text_of(form, "part")):
            raise FieldErrors(part="empty")
        raise FormAgain(sure_form(case, form.user, part))

    def sure_form(case: Case, user: str, part: str) -> dict[str, Any]:
        words = words_of(case, part)
        scene = scene_for(case, user)
        return draw_redact_sure(case.facts, scene, toolbox.wording, part=part, words=words)

    def take_off(case: Case, form: Submission) -> None:
        part = part_of(form)
        if drawn_version(form) != case.row.version:  # other words may stand there by now
            raise FormAgain(sure_form(case, form.user, part))
        if not people_of(form, "sure"):
            raise FieldErrors(sure="empty")
        tell_where_they_stand(case, redact(case, part))

    def tell_where_they_stand(case: Case, messages: set[tuple[str, str]]) -> None:
        address = toolbox.links.known_address(case.deed.workspace_id)
        card = case.deed.session.exec(
            select(Surface).where(Surface.review_id == case.id, Surface.kind == "card")
        ).first()
        here = sorted(ts for channel, ts in messages if channel == case.row.channel_id)
        head = card.head if card else None
        links = [link_to_message(address, case.row.channel_id, ts, head) for ts in here]
        said = {"links": [url for url in links if url], "privately": len(messages) - len(here)}
        answer_privately(case.deed, Place(""), "redact.done", said, review_id=case.id)

    taking_off = on_submit(toolbox, Act.REDACT, take_off)

    def sure(ack: Any, body: dict[str, Any]) -> None:
        # Not while the deed is done, and once a process: usually it is known.
        toolbox.links.address(read_submission(body).workspace_id, timeout=ASK_SECONDS)
        taking_off(ack, body)

    app.view(names.REDACT)(on_submit(toolbox, Act.REDACT, ask_once_more))
    app.view(names.REDACT_SURE)(sure)
