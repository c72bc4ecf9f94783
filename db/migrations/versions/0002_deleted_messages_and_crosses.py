"""A message of ours that somebody deleted, and a cross put meanwhile."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("surface", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("thread_ts", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True)
        )
        batch_op.add_column(
            sa.Column("reposted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(
            sa.Column("gone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_surface_thread_ts"), ["thread_ts"], unique=False)

    with op.batch_alter_table("thread_message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("crossed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("thread_message", schema=None) as batch_op:
        batch_op.drop_column("crossed_at")

    with op.batch_alter_table("surface", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surface_thread_ts"))
        batch_op.drop_column("gone_at")
        batch_op.drop_column("reposted_at")
        batch_op.drop_column("thread_ts")
