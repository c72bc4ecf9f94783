"""Whether files with secrets or words of people are for their user alone."""

import stat
from collections.abc import Iterable
from pathlib import Path

from bot.doctor.finding import Finding, State, named
from bot.settings import Settings
from db.engines import NotAnAddress, file_of, parse_url

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look_at_files(settings: Settings) -> Finding:
    """The database, its journals, and the `.env` of this folder; those that are there."""
    try:
        database = file_of(parse_url(settings.database_url))
    except NotAnAddress:
        database = None  # told of elsewhere
    beside = [Path(f"{database}{end}") for end in ("", "-wal", "-shm")] if database else []
    return judge_files([Path(".env"), *beside])


def judge_files(paths: Iterable[Path]) -> Finding:
    check = "files"
    open_to_others = [
        str(path) for path in paths if path.exists() and path.stat().st_mode & _OTHERS
    ]
    if not open_to_others:
        return Finding(check, State.OK, "Only their user may read what is kept here.")
    says = f"Others on this machine may open {named(open_to_others)}."
    do = f"chmod 600 {' '.join(open_to_others)}"
    return Finding(check, State.WARN, says, do, {"files": open_to_others})
