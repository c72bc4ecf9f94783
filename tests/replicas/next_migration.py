"""What the next release adds, whatever it is numbered by then: a column, a table, an index."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

import db

NEWEST = max(
    path.name[:4]
    for path in (Path(str(db.__file__)).parent / "migrations" / "versions").glob("[0-9]*.py")
)

revision = f"{int(NEWEST) + 1:04}"
down_revision = NEWEST
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("badge", sa.String(length=32), nullable=True))
    op.create_table(
        "badge",
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("review.id"), primary_key=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
    )
    with op.batch_alter_table("history") as batch:
        batch.create_index("ix_history_at", ["at"])


def downgrade() -> None:
    raise NotImplementedError
