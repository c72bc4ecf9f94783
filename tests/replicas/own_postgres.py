"""A PostgreSQL of our own, which may be crashed and started again: the tests' own is everybody's.

A commit is in its write-ahead log before it is answered, as on any real server; only the wait for
the disk is left out, which matters when the machine's power fails and not when a server crashes.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.migrate import migrate
from db.store import Store
from tests.databases import _pgserver, _take_down_after_us, roomy_folder

SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = on
max_connections = 200
log_lock_waits = on
"""


class OwnPostgres:
    def __init__(self, server: Any) -> None:
        self._server = server
        self._bin = Path(server.bin_path)
        self.data = Path(server.pgdata)
        self.url = str(server.get_uri(database="postgres"))
        # Started by hand from here on, at the place where everybody looks for it.
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(SETTINGS)
        self.restart()

    def fresh_url(self, name: str) -> str:
        """A new, migrated database on this server."""
        url = str(self._server.get_uri(database=name))
        admin = Store(self.url)
        try:
            with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as ours:
                ours.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        finally:
            admin.close()
        store = Store(url)
        try:
            migrate(store)
        finally:
            store.close()
        return url

    def restart(self) -> None:
        """As after a crash: nobody is told, nothing is written down, the log is read again."""
        self._control("stop", "-m", "immediate")
        self._control("start", "-w", "-t", "60", "-l", str(self.data / "log"), "-o", self._where)

    @property
    def log(self) -> str:
        return (self.data / "log").read_text(errors="replace")

    @property
    def _where(self) -> str:
        folder = self.url.partition("host=")[2].partition("&")[0] or str(self.data)
        return f'-h "" -k {folder}'

    def _control(self, *what: str) -> None:
        command = [str(self._bin / "pg_ctl"), "-D", str(self.data), *what]
        subprocess.run(
            command,
            check=True,
            user=self._server.system_user,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    with tempfile.TemporaryDirectory(
        prefix="customer-seat-own-pg-", dir=roomy_folder(), ignore_cleanup_errors=True
    ) as data:
        server = _pgserver().get_server(Path(data) / "data", cleanup_mode=None)
        _take_down_after_us(server.pgdata)
        own = OwnPostgres(server)
        try:
            yield own
        finally:
            own._control("stop", "-m", "immediate")
            server.cleanup()
