"""Restores, and what was lost in them. See db/epochs.py."""

from datetime import datetime

from sqlmodel import Field

from db.tables.base import SQLModel


class Epoch(SQLModel, table=True):
    """One restore: what was done between the backup and it is in Slack, and not in here."""

    id: int | None = Field(default=None, primary_key=True)
    taken_at: datetime
    """When the backup was made."""
    restored_at: datetime
    last_review: int
    """The highest id of a review in the backup; those from there to `floor` were lost."""
    floor: int
    """Ids of reviews and seats go on from here, and versions of reviews."""


class LostReview(SQLModel, table=True):
    """A review that is in no backup: somebody pressed a button of its card."""

    __tablename__ = "lost_review"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    lost_id: int = Field(primary_key=True)
    """Of no row: it was given out in the time that was lost."""
    channel_id: str = Field(default="", max_length=32)
    """Where the button stood."""
    pressed_at: datetime
