"""`customer-seat forget` and `export`: what is kept about one person, taken away or shown."""

import sys
from contextlib import suppress
from functools import partial
from typing import Annotated, Any, NoReturn

import typer
from sqlmodel import Session, select

from bot.cli.printing import (
    AsJson,
    Steps,
    err,
    migrated_store,
    read_settings,
    say,
    say_json,
    stop,
)
from bot.clock import SystemClock
from db.about import find_reviews, read_about, read_reviews
from db.erasures import mark_of, new_erasure, new_id
from db.everywhere import tables
from db.forgetting import Forgotten, forget_person, tombstone_of
from db.kept_apart import keep_erasures
from db.store import Store
from db.tables import ErasureKind, Person, Workspace
from seat.forgotten import is_forgotten

OPERATOR = "operator"
"""Who did it, where nobody of the workspace did."""

User = Annotated[str, typer.Option("--user", metavar="U…", help="Their Slack user id.")]
InWorkspace = Annotated[
    str, typer.Option("--workspace", metavar="T…", help="Needed where the bot serves several.")
]


class _Nobody(Exception):
    """Nothing names them: nothing is to be kept of that either."""


def forget(
    user: User,
    workspace: InWorkspace = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether you are sure.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a tombstone wherever this person is named. What they said stays, without its author.

    Exit code 0: forgotten; 1: nothing names them; 2: nothing was done.
    """
    with migrated_store(read_settings()) as store:
        where, name = _look_up(store, workspace, user)
        _check(store, where, user)
        if not yes:
            _ask(user, name)
        with Steps("Forgetting", len(tables())) as steps:
            done = _forget(store, where, user, steps)
        with suppress(OSError):  # `serve` does it too
            keep_erasures(store)
    if done is None:
        if as_json:
            say_json({"user": user, "rows": {}})
        _nothing(user)
    if as_json:
        say_json({"user": user, "tombstone": done.tombstone, "rows": done.rows,
                  "redrawn": done.redrawn})  # fmt: skip
        return
    total = sum(done.rows.values())
    say(f"{user} is forgotten: {total} rows name {done.tombstone} instead.")
    say(f"{done.redrawn} messages are drawn anew by the bot that serves.")


def export(
    user: Annotated[str, typer.Option("--user", metavar="U…", help="About one person.")] = "",
    channel: Annotated[
        str, typer.Option("--channel", metavar="C…", help="The reviews of a channel's seat.")
    ] = "",
    going: Annotated[
        bool, typer.Option("--going", help="Of the channel's, those that soon go.")
    ] = False,
    workspace: InWorkspace = "",
) -> None:
    """Print what is kept about a person, or a channel's reviews, as JSON.

    Exit code 0: printed; 1: there is nothing; 2: it could not be read.
    """
    if bool(user) == bool(channel) or (going and not channel):
        stop("Give --user U… or --channel C…, and --going only with a channel.")
    with migrated_store(read_settings()) as store:
        if user:
            where, name = _look_up(store, workspace, user)
            with Steps("Looking through", len(tables())) as steps:
                kept: Any = store.read(
                    lambda s: read_about(
                        s,
                        workspace_id=where,
                        person_id=user,
                        looked_through=lambda table: steps.done(table.name),
                    )
                )
            about = {"user": user, "name": name}
        else:
            where, _ = _look_up(store, workspace, "")
            kept = _reviews(store, where, channel, going=going)
            about = {"channel": channel}
    if not kept:
        _nothing(user or f"a review in {channel}")
    at = SystemClock().machine()
    say_json({"workspace": where, **about, "at": at, "kept": kept})


def _reviews(store: Store, workspace: str, channel: str, *, going: bool) -> list[Any]:
    found = store.read(
        lambda s: find_reviews(s, workspace_id=workspace, channel_id=channel, going=going)
    )
    kept: list[Any] = []
    with Steps("Reading", len(found)) as steps:
        for review in found:
            kept += store.read(partial(read_reviews, reviews=[review]))
            steps.done(f"review {review}")
    return kept


def _forget(store: Store, workspace: str, user: str, steps: Steps) -> Forgotten | None:
    """None: nothing names them, and nothing was written."""
    erasure, now = new_id(), SystemClock().now()

    def deed(session: Session) -> Forgotten:
        steps.begin()
        done = forget_person(
            session,
            workspace_id=workspace,
            person_id=user,
            tombstone=tombstone_of(erasure),
            now=now,
            looked_through=lambda table: steps.done(table.name),
        )
        if not done.rows:
            raise _Nobody
        new_erasure(
            session,
            id=erasure,
            workspace_id=workspace,
            kind=ErasureKind.FORGOTTEN,
            target=mark_of(erasure, workspace, user),
            by=OPERATOR,
            now=now,
        )
        return done

    try:
        done = store.transact(deed)
    except _Nobody:
        return None
    store.fold_log()
    return done


def _look_up(store: Store, workspace: str, user: str) -> tuple[str, str]:
    """The workspace, and what the person is called there; "" where they are not known."""

    def look(session: Session) -> tuple[list[str], str]:
        known = list(session.exec(select(Workspace.id).order_by(Workspace.id)))
        found = [each for each in known if workspace in ("", each)]
        person = session.get(Person, (found[0], user)) if len(found) == 1 else None
        return (found if found or not workspace else known), person.name if person else ""

    found, name = store.read(look)
    if not found:
        stop("The bot is installed in no workspace that this database knows.")
    if len(found) > 1 or workspace not in ("", found[0]):
        stop(f"Give --workspace, one of: {', '.join(found)}.")
    return found[0], name


def _check(store: Store, workspace: str, user: str) -> None:
    bot = store.read(lambda s: s.get_one(Workspace, workspace).bot_user_id)
    if user == bot:
        stop(f"{user} is the bot itself.")
    if is_forgotten(user):
        stop(f"{user} is a tombstone: whoever it was is forgotten already.")


def _ask(user: str, name: str) -> None:
    if not sys.stdin.isatty():
        stop("Nobody is here to be asked; give --yes to forget them without.")
    called = f"{user} ({name})" if name else user
    if not typer.confirm(f"Forget {called}? It can't be taken back."):
        stop("Nothing was done.")


def _nothing(what: str) -> NoReturn:
    err.print(f"Nothing is kept about {what}.", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
