"""`customer-seat`, the command line. Parses, calls, translates errors, prints; no rules."""

import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
from alembic.util import CommandError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.checklists import check_folder, format_mistake, load_checklists
from bot.cli.backups import backup, restore_
from bot.cli.deliveries import deliveries
from bot.cli.doctor import doctor
from bot.cli.outbox import outbox
from bot.cli.people import export, forget
from bot.cli.printing import err, out, read_settings, stop
from bot.credentials import find_wrong_credentials
from bot.data import data_folder
from bot.redacting import guard_output
from bot.settings import Settings
from bot.web.http import CannotListen
from db.engines import NotAnAddress
from db.store import Store, StoreTrouble

NOT_OURS = "The database in DATABASE_URL is at a migration that is none of ours."

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # Its own would show every variable, and break a secret over two lines.
    pretty_exceptions_enable=False,
    help="A Slack bot that gives the customer a seat before a decision about her.",
)
checklists = typer.Typer(no_args_is_help=True, help="The questions the customer's seat is asked.")
cli.command()(doctor)
cli.command()(forget)
cli.command()(backup)
cli.command("restore")(restore_)
cli.command()(export)
cli.add_typer(outbox, name="outbox")
cli.add_typer(deliveries, name="deliveries")
cli.add_typer(checklists, name="checklists")


def main() -> None:
    guard_output()
    # Standard output is for answers; `serve` says more about how it logs.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    cli()


@cli.command()
def serve() -> None:
    """Migrate the database, then serve Slack: Socket Mode with SLACK_APP_TOKEN, else HTTP."""
    from bot.serving import run

    settings = read_settings()
    missing = [name for name in _needed(settings) if not _is_set(settings, name)]
    if missing:
        stop(
            f"Set {', '.join(name.upper() for name in missing)} first; README, step 4, says where."
        )
    wrong = find_wrong_credentials(settings)
    if wrong:
        stop(" ".join(wrong))
    try:
        run(settings)
    except (CannotListen, NotAnAddress) as error:
        stop(str(error))
    except CommandError:
        stop(NOT_OURS)
    except StoreTrouble as error:
        stop(f"The database in DATABASE_URL does not answer ({error}). Is it running, and allowed?")
    except SlackApiError as error:
        stop(f"Slack refused SLACK_BOT_TOKEN: {error.response.get('error')}.")
    except (SlackClientError, OSError) as error:
        stop(f"Slack at {settings.slack_api_url} cannot be reached: {error}")


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from db.migrate import current_revision, migrate

    try:
        store = Store(read_settings().database_url)
    except NotAnAddress as error:
        stop(str(error))
    try:
        migrate(store)
        out.print(f"The database is at {current_revision(store)}.")
    except StoreTrouble as error:
        stop(f"The database in DATABASE_URL does not answer ({error}).")
    except CommandError:
        stop(NOT_OURS)
    finally:
        store.close()


@cli.command()
def demo(
    once: Annotated[bool, typer.Option(help="Exit after the transcript.")] = False,
    port: Annotated[int, typer.Option(help="Where to look at it; 0 picks a free one.")] = 0,
    step: Annotated[
        bool, typer.Option(help="Let the story wait in the page, to be played step by step.")
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option(help="Keep the workspace in this file, and go on from there next time."),
    ] = None,
    verbose: Annotated[bool, typer.Option(help="Show what the bot logs.")] = False,
) -> None:
    """Play one whole review against a stand-in for Slack, print it, and keep running."""
    from bot.demo.play import play

    sys.exit(play(once=once, port=port, step=step, keep=keep, verbose=verbose))


@checklists.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="Default: CHECKLISTS_DIR or ours.")] = None,
) -> None:
    """Name file, line and field of every mistake in a folder of checklists."""
    chosen = folder or read_settings().checklists_dir or data_folder("checklists")
    mistakes = check_folder(chosen)
    for mistake in mistakes:
        err.print(format_mistake(mistake), markup=False, highlight=False, soft_wrap=True)
    if mistakes:
        raise typer.Exit(1)
    kinds, _ = load_checklists(chosen)
    out.print(f"{chosen}: {', '.join(sorted(kinds))}: no mistakes.", markup=False, soft_wrap=True)


def _needed(settings: Settings) -> list[str]:
    return ["slack_bot_token"] + ([] if settings.uses_socket_mode else ["slack_signing_secret"])


def _is_set(settings: Settings, name: str) -> bool:
    return bool(getattr(settings, name).get_secret_value())
