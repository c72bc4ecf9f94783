"""Writes a migration from what the tables in code have and the migrations have not.

python -m db.migrations.make "Say what it adds"
python -m db.migrations.make --first     the first one again, while nothing is released
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from db.migrate import MIGRATIONS, alembic_config, migrate
from db.store import Store

VERSIONS = MIGRATIONS / "versions"


def make(message: str, *, number: int) -> None:
    revision = f"{number:04}"
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'empty.db'}")
        try:
            if number > 1:
                migrate(store)
            with store.alone() as connection:
                config = alembic_config(connection)
                command.revision(config, message=message, autogenerate=True, rev_id=revision)
        finally:
            store.close()
    (written,) = VERSIONS.glob(f"{revision}_*.py")
    lines = written.read_text().splitlines(keepends=True)
    written.write_text("".join(line for line in lines if "# ###" not in line))
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(written)], check=True)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--first":
        for old in VERSIONS.glob("*.py"):
            old.unlink()
        make("All tables", number=1)
    else:
        make(sys.argv[1], number=len(list(VERSIONS.glob("[0-9]*.py"))) + 1)


if __name__ == "__main__":
    main()
