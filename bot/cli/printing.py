"""How a command answers: tables on a terminal, plain lines in a pipe, JSON when asked."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.redacting import guard_output
from bot.secret_files import BadSecretFile
from bot.settings import Settings
from db.migrate import is_current
from db.store import Store, StoreTrouble

out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="For a program to read.")]


def say(sentence: str) -> None:
    out.print(sentence, markup=False, highlight=False, soft_wrap=True)


def stop(sentence: str) -> NoReturn:
    """Cannot go on: exit code 2."""
    err.print(sentence, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)


def say_json(value: Any) -> None:
    say(json.dumps(value, indent=2, default=_plain))


class Steps:
    """How far a long thing is, beside its answer: a bar on a terminal, elsewhere a line once it has
    taken a while. `total` steps, each told by `done`.
    """

    QUIET = 5.0
    """Seconds between two such lines."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._count = what, total, 0
        self._said = time.monotonic()
        self._bar: Progress | None = None
        if err.is_terminal:
            self._bar = Progress(console=err, transient=True)
            self._task = self._bar.add_task(what, total=total)

    def __enter__(self) -> "Steps":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self) -> None:
        """It begins, or once more from the beginning."""
        self._count = 0
        if self._bar:
            self._bar.reset(self._task)

    def done(self, step: str) -> None:
        self.more(step, 1)

    def more(self, step: str, count: int) -> None:
        """`count` steps at once."""
        self._count += count
        if self._bar:
            self._bar.advance(self._task, count)
        elif time.monotonic() - self._said >= self.QUIET:
            self._said = time.monotonic()
            line = f"{self._what}: {self._count} of {self._total}, {step}"
            err.print(line, markup=False, highlight=False, soft_wrap=True)


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """On a terminal a table; elsewhere one line a row, for grep and cut."""
    if out.is_terminal:
        table = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        out.print(table)
        return
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns))]
    for row in (columns, *rows):
        say("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


def say_span(span: timedelta) -> str:
    """How long, in the largest unit that fits: 40 s, 12 min, 3 h, 2 d."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def read_settings() -> Settings:
    try:
        settings = Settings()
    except BadSecretFile as error:
        stop(str(error))
    except ValidationError as error:
        names = ", ".join(str(e["loc"][0]).upper() for e in error.errors())
        stop(f"{names}: not a value that can be used; docs/configuration.md says what can.")
    guard_output(settings)
    return settings


@contextmanager
def migrated_store(settings: Settings) -> Iterator[Store]:
    """The database, at this version's tables; otherwise the command ends with what to do."""
    try:
        store = Store(settings.database_url)
    except ValueError as error:
        stop(str(error))
    try:
        if not is_current(store):
            stop("The database is not at this version's tables: run customer-seat migrate.")
        yield store
    except StoreTrouble as error:
        stop(f"The database in DATABASE_URL does not answer ({error}).")
    finally:
        store.close()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
