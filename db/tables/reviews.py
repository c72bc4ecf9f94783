"""A review and all that was said in it. States are strings: a new one needs no migration."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.tables.base import SQLModel, json_field


class ReviewRow(SQLModel, table=True):
    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("seat_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    seat_id: int = Field(foreign_key="seat.id")
    channel_id: str = Field(max_length=32)
    number: int
    kind: str = Field(max_length=64)
    kind_label: str = ""
    checklist_version: str = ""
    size: str = Field(default="full", max_length=32)
    state: str = Field(default="open", max_length=32, index=True)
    version: int = 1
    revision: int = 1
    title: str
    told_to_her: str
    why: str
    change: str = ""
    affected: str = ""
    takes_effect: date | None = None
    links: str = ""
    live_since: date | None = None
    confidential_until: date | None = None
    persona: str = ""
    proposer: str = Field(max_length=32)
    decider: str = Field(max_length=32)
    advocate: str | None = Field(default=None, max_length=32)
    stand_in: str | None = Field(default=None, max_length=32)
    accepted: bool = False
    seated_at: datetime | None = None
    why_chosen: str = ""
    """No longer read: `seating` says it. Goes a release later."""
    seating: dict[str, Any] = json_field({}, server_default="{}")
    """How the advocate came to sit there, as seat/seating.py writes it."""
    answers_due_at: datetime | None = None
    decide_by: date | None = None
    decision_due_at: datetime | None = None
    decider_left_at: datetime | None = None
    """Since when whoever decides is gone, and nobody else was named."""
    stance: str | None = Field(default=None, max_length=32)
    stance_not_known: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Her words are there, and nobody can say what she would do; `stance` is empty then."""
    statement_version: int = 0
    said_back_version: int = 0
    confirmation: str = Field(default="waiting", max_length=32)
    confirm_by: datetime | None = None
    last_taken_number: int | None = None
    last_taken_at: datetime | None = None
    doubts: list[dict[str, Any]] = json_field([], server_default="[]")
    """Messages that begin with a number which may name a question, each with what it then is."""
    needs_full_used: bool = False
    snoozed: bool = False
    deferred_until: date | None = None
    marks: list[str] = json_field([])
    opened_at: datetime
    heard_at: datetime | None = None
    goes_at: datetime | None = None
    """When it is taken away, as its keepers were told; None: it stays. See db/retention.py."""
    changed_at: datetime


class RevisionRow(SQLModel, table=True):
    """The proposal as each revision had it."""

    __tablename__ = "revision"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    number: int = Field(primary_key=True)
    by: str = Field(max_length=32)
    at: datetime
    fields: dict[str, Any] = json_field({})


class QuestionRow(SQLModel, table=True):
    """A question as this review was asked it: exact text kept."""

    __tablename__ = "question"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    number: int = Field(primary_key=True)
    key: str = Field(max_length=64)
    text: str
    hint: str = ""
    short: str = ""
    kind: str = Field(default="text", max_length=32)
    options: list[dict[str, str]] = json_field([])
    required: bool = False
    quick: bool = False
    closing: bool = False
    moment: bool = False


class AnswerRow(SQLModel, table=True):
    """The answer that stands now; how it came to stand is in answer_entry."""

    __tablename__ = "answer"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    number: int = Field(primary_key=True)
    state: str = Field(max_length=32)
    text: str = ""
    option: str = ""
    evidence: str = Field(default="assumed", max_length=32)
    why: str = ""
    why_asked: bool = False
    tapped: bool = False
    stale: bool = False
    by: str = Field(max_length=32)
    revision: int = 1
    version: int = 1
    message_ts: list[str] = json_field([])


class AnswerEntryRow(SQLModel, table=True):
    """Append-only: every value an answer ever had, who gave it and from where."""

    __tablename__ = "answer_entry"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    number: int
    at: datetime
    by: str = Field(max_length=32)
    source: str = Field(max_length=32)
    """thread, edit, delete, untake, form, tap, revision."""
    after: dict[str, Any] = json_field({})


class ObjectionRow(SQLModel, table=True):
    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    number: int
    title: str
    detail: str = ""
    changes_her_mind: str = ""
    mind_asked: bool = False
    state: str = Field(default="open", max_length=32)
    reply: str = ""
    offered: str | None = Field(default=None, max_length=32)
    stands: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """The advocate said that it stands after the latest reply."""
    overruled_because: str = ""
    by: str = Field(max_length=32)
    at: datetime
    message_ts: list[str] = json_field([])
    """What raised it, "" for a form; then what said what would change her mind."""


class DecisionRow(SQLModel, table=True):
    __tablename__ = "decision"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    number: int = Field(primary_key=True)
    verdict: str = Field(max_length=32)
    because: str
    changes: str = ""
    until: date | None = None
    marks: list[str] = json_field([])
    by: str = Field(max_length=32)
    at: datetime


class HistoryRow(SQLModel, table=True):
    """Append-only: every move of a review (who, what, when, before, after)."""

    __tablename__ = "history"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    at: datetime
    who: str = Field(max_length=32)
    what: str = Field(max_length=64)
    before: dict[str, Any] = json_field({})
    after: dict[str, Any] = json_field({})


class ThreadMessage(SQLModel, table=True):
    """A message of the advocate's that was read, by (workspace, channel, ts).

    `version` is `edited.ts` or `ts`; an older one is ignored. `deleted` is a tombstone, it wins.
    `pieces` is what was taken from it: [{"what", "number", "text"}]. Other people's messages are
    never stored.
    """

    __tablename__ = "thread_message"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", max_length=32)
    channel_id: str = Field(primary_key=True, max_length=32)
    ts: str = Field(primary_key=True, max_length=32)
    review_id: int = Field(foreign_key="review.id", index=True)
    by: str = Field(default="", max_length=32)
    version: str = Field(max_length=32)
    deleted: bool = False
    untaken: bool = False
    crossed_at: datetime | None = None
    """When its author's cross was heard; it may stand there still after an edit was taken anew."""
    pieces: list[dict[str, Any]] = json_field([])
