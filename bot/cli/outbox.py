"""`customer-seat outbox`: what Slack has yet to be told, tried again or let go."""

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlmodel import Session, select

from bot.cli.printing import (
    AsJson,
    migrated_store,
    read_settings,
    say,
    say_json,
    say_span,
    say_table,
    stop,
)
from bot.clock import SystemClock
from db.backlog import BeingSent, Entry, Unknown, drop, find_backlog, try_again, unpark
from db.store import Store
from db.tables import Workspace

outbox = typer.Typer(no_args_is_help=True, help="What Slack has yet to be told.")


@outbox.command("list")
def list_(as_json: AsJson = False) -> None:
    """Every message and reaction that waits or was given up, in the order they were queued."""
    now = SystemClock().machine()
    with migrated_store(read_settings()) as store:
        entries = store.read(find_backlog)
    if as_json:
        say_json([_facts(entry, now) for entry in entries])
    elif not entries:
        say("Nothing waits.")
    else:
        columns = ("id", "to", "what", "state", "since", "tries", "why")
        say_table(columns, [_cells(entry, now) for entry in entries])


@outbox.command()
def retry(
    row: Annotated[int | None, typer.Argument(metavar="ID", help="From outbox list.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Everything that is parked.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send what was parked, or what waits for a time, at its next turn.

    What may be in Slack already is looked for first, as always.
    """
    if (row is None) == (not every):
        stop("Give an ID from customer-seat outbox list, or --all.")
    with migrated_store(read_settings()) as store:
        if row is not None:
            _do(store, try_again, row)
        again = 1 if row is not None else store.transact(_unpark_all)
    _answer(as_json, {"queued": again}, f"{again} queued to be sent.")


@outbox.command("drop")
def drop_(row: Annotated[int, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Never send it. A card or checklist comes back when something changes in it."""
    with migrated_store(read_settings()) as store:
        _do(store, drop, row)
    _answer(as_json, {"dropped": row}, f"{row} will not be sent.")


def _unpark_all(session: Session) -> int:
    workspaces = session.exec(select(Workspace.id)).all()
    return sum(unpark(session, workspace_id=workspace) for workspace in workspaces)


def _do(store: Store, deed: Any, row: int) -> None:
    now = SystemClock().machine()
    try:
        store.transact(lambda session: deed(session, row, now=now))
    except Unknown:
        stop(f"There is no {row} in the outbox: it was sent, or dropped.")
    except BeingSent:
        stop(f"{row} may be on its way just now. Ask again in half a minute.")


def _answer(as_json: bool, value: dict[str, Any], sentence: str) -> None:
    say_json(value) if as_json else say(sentence)


def _facts(entry: Entry, now: datetime) -> dict[str, Any]:
    row = entry.row
    return {
        "id": row.id,
        "workspace": row.workspace_id,
        "to": row.lane,
        "what": entry.what,
        "state": _state(entry),
        "age_seconds": int((now - row.created_at).total_seconds()),
        "attempts": row.attempts,
        "not_before": row.not_before,
        "why": row.error,
    }


def _cells(entry: Entry, now: datetime) -> tuple[str, ...]:
    row = entry.row
    why = row.error
    if row.not_before is not None and row.not_before > now:
        why = f"{why} (again in {say_span(row.not_before - now)})".strip()
    since = say_span(now - row.created_at)
    return (str(row.id), row.lane, entry.what, _state(entry), since, str(row.attempts), why)


def _state(entry: Entry) -> str:
    """pending, parked; in doubt: it may be in Slack; waiting: for its thread's first message."""
    if entry.in_doubt:
        return f"{entry.row.state}, in doubt"
    return "waiting" if entry.waits else str(entry.row.state)
