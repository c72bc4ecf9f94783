"""What came in (keys), what must go out, what our messages are, and what is due."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from db.tables.base import SQLModel, json_field


class InboxKey(SQLModel, table=True):
    """A delivery that was carried out: its key and what was answered, kept a week. No bodies."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True, max_length=255)
    at: datetime = Field(index=True)
    response: dict[str, Any] = json_field({})


class DeliveryFailed(SQLModel, table=True):
    """An event whose handling had a bug: kept, so that it can be replayed. See db/failures.py."""

    __tablename__ = "failed_delivery"

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(max_length=32, index=True)
    key: str = Field(default="", max_length=255, index=True)
    """The delivery's, as in the inbox: there, once it was carried out."""
    workspace_id: str = Field(max_length=32)
    at: datetime
    body: dict[str, Any] = json_field({})
    error: str = ""
    replayed_at: datetime | None = None


class EarlyMessage(SQLModel, table=True):
    """A reply of an advocate's in a thread we don't know yet: it may be under a card of ours whose
    ts was not told us. Removed once that is known, or after an hour. See db/early.py.
    """

    __tablename__ = "early_message"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    channel_id: str = Field(primary_key=True, max_length=32)
    ts: str = Field(primary_key=True, max_length=32)
    thread_ts: str = Field(max_length=32)
    by: str = Field(max_length=32)
    version: str = Field(max_length=32)
    text: str = ""
    blocks: list[dict[str, Any]] = json_field([])
    has_files: bool = False
    deleted: bool = False
    """Its words are gone, and whichever version comes later stays so."""
    kept_at: datetime = Field(index=True)


class CatchUp(SQLModel, table=True):
    """How far a review's thread was read after an absence of the bot. See db/catch_up.py."""

    __tablename__ = "catch_up"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    wanted_at: datetime | None = Field(default=None, index=True)
    """Since when it is to be read; None: it was."""
    again: bool = False
    """We were away once more while it was being read: when through, from the beginning."""
    read_until: str = Field(default="", max_length=32)
    """The ts where this reading goes on; "" at its beginning."""
    seen_until: str = Field(default="", max_length=32)
    """The last message seen by readings that came through."""
    not_before: datetime | None = None
    """Someone is reading it until then, or Slack did not answer."""


class Draft(SQLModel, table=True):
    """What someone typed into a form that could not be taken yet; offered again next time."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    person_id: str = Field(primary_key=True, max_length=32)
    form: str = Field(primary_key=True, max_length=64)
    channel_id: str = Field(primary_key=True, max_length=32)
    fields: dict[str, Any] = json_field({})
    at: datetime


class Surface(SQLModel, table=True):
    """One message (or home) of ours, drawn from the facts whenever wanted > drawn.

    `key` is its identity for good: it goes out as message metadata and finds the message again
    when we cannot know whether a post arrived. `person_id` set: a private message, its channel
    opened when first sent. `under_id`: posted in the thread of that surface; a
    private message only carries its link. Either way it waits for its ts.
    """

    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    kind: str = Field(max_length=64)
    key: str = Field(max_length=128)
    channel_id: str = Field(default="", max_length=32, index=True)
    person_id: str | None = Field(default=None, max_length=32)
    review_id: int | None = Field(default=None, foreign_key="review.id", index=True)
    seat_id: int | None = Field(default=None, foreign_key="seat.id")
    under_id: int | None = Field(default=None, foreign_key="surface.id")
    args: dict[str, Any] = json_field({})
    wanted: int = 1
    drawn: int = 0
    """The `wanted` that Slack shows; 0 while that is not known."""
    ts: str | None = Field(default=None, max_length=32, index=True)
    thread_ts: str | None = Field(default=None, max_length=32, index=True)
    """The head of the thread under it, where that is not itself: somebody deleted it, its thread
    went on, and it was posted anew."""
    reposted_at: datetime | None = None
    """When it was posted anew, which happens once."""
    gone_at: datetime | None = None
    """Somebody deleted it and it stays so: nothing is sent there any more."""
    sent_at: datetime | None = None
    shown_number: int | None = None
    """Checklist and private message: the question shown as asked now, and since when."""
    shown_at: datetime | None = None

    @property
    def head(self) -> str | None:
        """The `thread_ts` of what is posted under it; None while it has no place in Slack."""
        return self.thread_ts or self.ts


class Lane(SQLModel, table=True):
    """What goes to one channel goes in order: one dispatcher leases the lane at a time."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    name: str = Field(primary_key=True, max_length=32)
    """The channel id, or the person id for what goes to someone privately."""
    token: int = 0
    """The fencing token: grows with every lease; a holder with an older one may not write."""
    leased_until: datetime | None = None
    not_before: datetime | None = None


class OutboxState(StrEnum):
    PENDING = "pending"
    PARKED = "parked"


class OutboxRow(SQLModel, table=True):
    """One thing Slack has to be told; deleted when it is done. `id` is the order in its lane."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_lane", "workspace_id", "lane", "id"),
        Index(
            "uq_outbox_surface_pending",
            "surface_id",
            unique=True,
            sqlite_where=text("state = 'pending' AND surface_id IS NOT NULL"),
            postgresql_where=text("state = 'pending' AND surface_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    lane: str = Field(max_length=32)
    kind: str = Field(max_length=32)
    """surface, react, unreact, ephemeral."""
    surface_id: int | None = Field(default=None, foreign_key="surface.id")
    args: dict[str, Any] = json_field({})
    state: str = Field(default="pending", max_length=32, index=True)
    attempts: int = 0
    not_before: datetime | None = None
    sending_since: datetime | None = None
    """Set before a post goes out; still set afterwards means in doubt: look before sending."""
    looks: int = 0
    error: str = ""
    cause: str = Field(default="", max_length=128, sa_column_kwargs={"server_default": ""})
    """The id of the delivery or due row that queued it, for the log (db/cause.py)."""
    created_at: datetime


class Due(SQLModel, table=True):
    """Something that falls due on the business clock. Once per key, done or not."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_due_open", "done_at", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    kind: str = Field(max_length=64)
    key: str = Field(max_length=128)
    due_at: datetime
    review_id: int | None = Field(default=None, foreign_key="review.id", index=True)
    seat_id: int | None = Field(default=None, foreign_key="seat.id")
    args: dict[str, Any] = json_field({})
    done_at: datetime | None = None
    outcome: str = ""
