"""`customer-seat backup` and `restore`: the database into a file, and back as a new epoch."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from alembic.util import CommandError

from bot.cli.printing import AsJson, Steps, migrated_store, read_settings, say, say_json, stop
from bot.clock import SystemClock
from bot.reviews.deed import BOT
from bot.reviews.restored import redraw_open
from db.backup import NoBackup, count_rows, make_backup, taken_at
from db.engines import NotAnAddress
from db.epochs import floor_at, numbers_skipped
from db.kept_apart import erasures_file, read_kept
from db.restore import NotEmpty, check_empty, find_erasures, opened, restore
from db.store import Store, StoreTrouble
from db.tables import Erasure

_RESTORE = "Restoring"
HOLDS = (
    "{where} holds something already, and a restore writes over nothing. "
    "Give DATABASE_URL an empty database; docs/operations.md says how, step by step."
)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Made; it must not be there.")],
    as_json: AsJson = False,
) -> None:
    """Write everything that the database holds into FILE, also while the bot serves.

    Exit code 0: it is written; 2: nothing was.
    """
    now = SystemClock().machine()
    with migrated_store(read_settings()) as store:
        try:
            with Steps("Backing up", total := count_rows(store)) as steps:
                make_backup(store, file, now=now, progress=steps.more)
        except NoBackup as error:
            stop(str(error))
    if as_json:
        say_json({"file": file, "rows": total, "taken_at": now})
        return
    say(f"{file}: everything as of {_time(now)}. It holds people's words: keep it where few read.")


def restore_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What customer-seat backup made.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    erasures: Annotated[
        list[Path] | None,
        typer.Option(
            "--erasures",
            metavar="FILE",
            help="The database that is replaced, or a later backup: what was redacted and "
            "forgotten there is so again.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring FILE back into the empty database of DATABASE_URL. The bot must not be running.

    Exit code 0: done, or told with --dry-run; 2: nothing was changed.
    """
    now = SystemClock().machine()
    try:
        store = Store(read_settings().database_url)
    except NotAnAddress as error:
        stop(str(error))
    where = store.url.render_as_string(hide_password=True)
    try:
        taken = taken_at(file) or now
        known = _erasures(store, erasures or [])
        with opened(file) as source:
            total = count_rows(source)
            check_empty(store)
            facts = {
                "file": file,
                "taken_at": taken,
                "into": where,
                "rows": total,
                "ids_from": floor_at(now),
                "numbers_skipped": numbers_skipped(now - taken),
                "known_erasures": len(known),
                "dry_run": dry_run,
            }
            if not dry_run:
                with Steps(_RESTORE, total) as steps:
                    done = restore(
                        source,
                        store,
                        taken=taken,
                        now=now,
                        by=BOT,
                        known=known,
                        also=lambda session: redraw_open(session, now=now),
                        progress=steps.more,
                    )
                facts["erased_anew"] = done.erased
    except NotEmpty:
        stop(HOLDS.format(where=where))
    except NoBackup as error:
        stop(str(error))
    except CommandError:
        stop(f"{where} is at a migration that is none of ours.")
    except StoreTrouble as error:
        stop(f"The database in DATABASE_URL does not answer ({error}).")
    finally:
        store.close()
    say_json(facts) if as_json else _say(facts)


def _erasures(store: Store, files: list[Path]) -> list[Erasure]:
    """From the file that is kept beside the database, and from those that were named."""
    kept = erasures_file(store.url)
    found = read_kept(kept) if kept is not None else []
    for path in files:
        found += find_erasures(path)
    return list({row.id: row for row in found}.values())


def _say(facts: dict[str, object]) -> None:
    would = bool(facts["dry_run"])
    taken = facts["taken_at"]
    assert isinstance(taken, datetime)
    say(f"{facts['file']} is of {_time(taken)}: {facts['rows']} rows.")
    say(f"{'They would go' if would else 'They are'} in {facts['into']}.")
    again = facts["known_erasures"] if would else facts["erased_anew"]
    of = "at most " if would else ""
    say(f"Taken away anew, since it was taken away after that: {of}{again}.")
    say(
        f"New reviews {'would skip' if would else 'skip'} {facts['numbers_skipped']} numbers, so "
        "that none is given out twice. What was done since is in Slack only."
    )
    say("Nothing was changed." if would else "Start customer-seat serve; then look at its doctor.")


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
