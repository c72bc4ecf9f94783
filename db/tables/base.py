"""What all tables share: one naming convention (Alembic needs names to drop things) and JSON."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def json_field(default: Any, *, server_default: str | None = None) -> Any:
    """A JSON column. Assign a new value to change it: in-place changes are not seen.

    `server_default`: of a column added later, which an older version still running knows nothing
    of when it inserts.
    """
    return Field(
        default_factory=lambda: type(default)(default),
        sa_column=Column(JSON, nullable=False, server_default=server_default),
    )


__all__ = ["SQLModel", "json_field"]
