"""`python -m playground --port 0`: the stand-in by itself, with a small workspace in it."""

import json
import threading
from typing import Annotated

import typer

from playground.playground import Playground


def main(
    port: Annotated[int, typer.Option(help="0 picks a free one.")] = 0,
    deliver_to: Annotated[str, typer.Option(help="Where the bot takes events over HTTP.")] = "",
) -> None:
    """Start a stand-in for Slack on a loopback port and print what a bot needs to know."""
    with Playground(port) as slack:
        people = [slack.add_person(name) for name in ("Sam Ortiz", "Ana Lima", "Lee Park")]
        slack.add_channel("general", members=people)
        if deliver_to:
            slack.deliver_to(deliver_to)
        facts = {
            "url": slack.url,
            "page": slack.page_url,
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
        }
        typer.echo(json.dumps(facts, indent=1))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("stopped")


if __name__ == "__main__":
    typer.run(main)
