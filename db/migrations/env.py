"""What Alembic reads before it runs migrations: which tables, on which connection.

Always in-process: db/migrate.py opens the transaction and takes the lock. Changed a table? Write
the migration with `python -m db.migrations.make "Say what it adds"`, and read it before committing.
"""

from alembic import context

from db import tables
from db.tables.base import SQLModel

assert tables.__all__  # importing it fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
