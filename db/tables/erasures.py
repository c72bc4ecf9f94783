"""What was taken away for good, without the words: so that a restored database loses them again."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from db.tables.base import SQLModel


class ErasureKind(StrEnum):
    REDACTED = "redacted"
    """A keeper took words of a review off the record."""
    FORGOTTEN = "forgotten"
    """A person became a tombstone."""
    EXPIRED = "expired"
    """A review went at the end of the period that its seat chose."""


class Erasure(SQLModel, table=True):
    """One thing that was taken away. See db/erasures.py."""

    id: str = Field(primary_key=True, max_length=32)
    """The same in every copy of the database: chosen by chance."""
    workspace_id: str = Field(foreign_key="workspace.id", max_length=32)
    kind: str = Field(max_length=32)
    target: str = Field(max_length=128)
    """`12:answer:3` of review 12, `12` for all of it; of a person no id, but the mark of one."""
    by: str = Field(max_length=32)
    """A keeper's id, "operator" for the command line, "bot" for the end of a period."""
    at: datetime
