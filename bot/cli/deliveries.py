"""`customer-seat deliveries`: events whose handling had a bug, listed and done again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from bot.app import Running, build_app
from bot.cli.printing import (
    AsJson,
    migrated_store,
    read_settings,
    say,
    say_json,
    say_table,
    stop,
)
from bot.replay import Replayed, replay
from bot.slack.fields import text_at
from db.failures import find_failures
from db.tables import DeliveryFailed

deliveries = typer.Typer(no_args_is_help=True, help="Events whose handling failed.")


@deliveries.command("list")
def list_(
    replayed: Annotated[bool, typer.Option("--replayed", help="Those done since, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """What came from Slack and could not be handled, oldest first. Nobody's words are shown."""
    with migrated_store(read_settings()) as store:
        rows = store.read(lambda session: find_failures(session, replayed=replayed))
    if as_json:
        say_json([_facts(row) for row in rows])
    elif not rows:
        say("Nothing failed.")
    else:
        say_table(("reference", "at", "event", "replayed", "error"), [_cells(row) for row in rows])


@deliveries.command("replay")
def replay_(
    reference: Annotated[str | None, typer.Argument(help="From deliveries list.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that were not, oldest first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Handle it once more, as it came. What was done already is not done twice."""
    if (reference is None) == (not every):
        stop("Give a REFERENCE from customer-seat deliveries list, or --all.")
    with _bot() as running:
        rows = running.toolbox.store.read(find_failures) if every else []
        wanted = [reference] if reference else [row.reference for row in rows]
        became = {name: replay(running, name) for name in wanted}
    if as_json:
        say_json(became)
    for name, outcome in became.items() if not as_json else ():
        say(f"{name}: {outcome}")
    if not became and not as_json:
        say("Nothing failed.")
    if Replayed.UNKNOWN in became.values():
        stop(f"Nothing is stored under {reference}.")
    if Replayed.FAILED in became.values():
        raise typer.Exit(1)


@contextmanager
def _bot() -> Iterator[Running]:
    """Wired and not started: what it queues is sent by the one that serves."""
    # That it will ignore SLACK_BOT_TOKEN, which we read ourselves.
    logging.getLogger("slack_bolt.App").setLevel(logging.ERROR)
    settings = read_settings()
    with migrated_store(settings) as store:
        running = build_app(settings, store)
        try:
            yield running
        finally:
            running.stop()


def _facts(row: DeliveryFailed) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "workspace": row.workspace_id,
        "at": row.at,
        "event": _event(row),
        "error": row.error,
        "replayed_at": row.replayed_at,
    }


def _cells(row: DeliveryFailed) -> tuple[str, ...]:
    replayed = f"{row.replayed_at:%Y-%m-%d %H:%M}" if row.replayed_at else ""
    error = " < ".join(row.error.split(" < ")[:2])
    return (row.reference, f"{row.at:%Y-%m-%d %H:%M}", _event(row), replayed, error)


def _event(row: DeliveryFailed) -> str:
    event = row.body.get("event")
    return ".".join(part for part in (text_at(event, "type"), text_at(event, "subtype")) if part)
