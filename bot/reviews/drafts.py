"""What was typed into a form that could not be taken: kept for the person, and offered again."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import col

from bot.reviews.deed import Deed
from db.tables import Draft
from db.tidying import DRAFTS


def keep_draft(deed: Deed, form: str, channel_id: str, fields: dict[str, object]) -> None:
    """What was typed into a form that cannot be taken yet; it is offered again."""
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    if draft is None:
        draft = Draft(
            workspace_id=deed.workspace_id, person_id=deed.user, form=form,
            channel_id=channel_id, at=deed.now,
        )  # fmt: skip
    if draft.at < deed.now - DRAFTS:
        draft.fields = {}
    # Typed again with less, nothing that was typed before is lost.
    draft.fields = {**draft.fields, **{name: value for name, value in fields.items() if value}}
    draft.at = deed.now
    deed.session.add(draft)


def find_draft(deed: Deed, form: str, channel_id: str) -> dict[str, object]:
    draft = _find(deed, form, channel_id)
    return dict(draft.fields) if draft else {}


def has_draft(deed: Deed, form: str, channel_id: str) -> bool:
    """Also when nothing was typed: that the form was asked for is kept."""
    return _find(deed, form, channel_id) is not None


def drop_draft(deed: Deed, form: str, channel_id: str) -> None:
    """Nothing if another process just did."""
    deed.session.execute(
        delete(Draft).where(
            col(Draft.workspace_id) == deed.workspace_id,
            col(Draft.person_id) == deed.user,
            col(Draft.form) == form,
            col(Draft.channel_id) == channel_id,
        )
    )


def drop_fields(deed: Deed, form: str, channel_id: str, names: Collection[str]) -> None:
    """Of a draft, only these: the others stay as they were typed."""
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    if draft is None:
        return
    left = {name: value for name, value in draft.fields.items() if name not in names}
    if left:
        draft.fields = left
        deed.session.add(draft)
    else:
        drop_draft(deed, form, channel_id)


def _find(deed: Deed, form: str, channel_id: str) -> Draft | None:
    draft = deed.session.get(Draft, (deed.workspace_id, deed.user, form, channel_id))
    return draft if draft is not None and draft.at >= deed.now - DRAFTS else None
