"""A channel's customer seat: its settings, who takes turns, whose turn it was, its digests."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field

from db.tables.base import SQLModel, json_field


class Seat(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    channel_id: str = Field(max_length=32)
    keepers: list[str] = json_field([])
    timezone: str = "UTC"
    digest_day: str = "mon"
    digest_time: str = "09:00"
    digest_when_empty: bool = False
    answer_within: float = 2.0
    """Working days for a full review; a quick one has half."""
    default_decider: str | None = None
    personas: list[str] = json_field([])
    proposer_may_overrule: bool = False
    guests_may_propose: bool = False
    others_may_sit: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Members who are not on the roster, where nobody on it can."""
    keepers_gone_at: datetime | None = None
    """Since when nobody keeps it any more: noted when that was found out."""
    keep_months: int | None = None
    """How long reviews that are over are kept; None: for good."""
    last_number: int = 0
    version: int = 1
    created_by: str
    created_at: datetime


class RosterMember(SQLModel, table=True):
    __tablename__ = "roster"

    seat_id: int = Field(primary_key=True, foreign_key="seat.id")
    person_id: str = Field(primary_key=True, max_length=32)
    position: int
    weight: float = 1.0
    open_limit: int = 2
    joined_at: datetime
    left_at: datetime | None = None
    """Set when taken off the roster; the row stays for the count on return."""


class Turn(SQLModel, table=True):
    """One time in the seat. Given back: declined, handed over, or reseated."""

    id: int | None = Field(default=None, primary_key=True)
    seat_id: int = Field(foreign_key="seat.id", index=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    person_id: str = Field(max_length=32)
    seated_at: datetime
    ended_at: datetime | None = None
    end_reason: str = ""
    """"", declined, handed_over, reseated, silent, left."""
    given_back: bool = False


class DigestRun(SQLModel, table=True):
    """One a seat and ISO week in the seat's zone: the key that makes the digest happen once."""

    seat_id: int = Field(primary_key=True, foreign_key="seat.id")
    week: str = Field(primary_key=True, max_length=10)
    at: datetime
    outcome: str = "queued"
    """queued, nothing_waiting, missed, paused."""
