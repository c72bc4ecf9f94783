"""What a row of the outbox was queued for."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0013"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        # The version before knows no such column, and goes on beside this one.
        batch_op.add_column(
            sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(length=128), server_default="",
                      nullable=False)
        )  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("cause")
