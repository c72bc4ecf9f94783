"""A process of its own: a Bolt app behind the project's own web entrance. Prints its port.

Either an app that only acknowledges, or the whole bot. Ends when its standard input does.
"""

import json
import sys
from typing import Any

from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from sqlmodel import Session, func, select

from bot.app import build_app, install
from bot.clock import SystemClock
from bot.serving import configure_logging
from bot.settings import Settings
from bot.views import names
from bot.web.app import build_web
from bot.web.http import HttpRunner
from db.migrate import migrate
from db.store import Store
from db.tables import Channel, Membership, Person, ReviewRow, RosterMember, Seat

MANY = 1_000_000
"""Open reviews a person may have: the benchmark opens more than anyone ever would."""


def main() -> None:
    order = json.loads(sys.argv[1])
    configure_logging("ERROR")
    if order["database"] is None:
        serve(make_noop(), order["company"], {})
    else:
        serve_bot(order)


def make_noop() -> App:
    """What Bolt itself costs: it finds the listener, which acknowledges."""
    app = App(
        signing_secret="not used",
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id=None, bot_token="xoxb-", bot_user_id="U0", bot_id="B0"
        ),
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.view(names.PROPOSE_CHANGE)(lambda ack: ack())
    return app


def serve_bot(order: dict[str, Any]) -> None:
    company, clock = order["company"], SystemClock()
    store = Store(order["database"])
    migrate(store)
    settings = Settings.model_construct(  # nothing from the environment or a file `.env`
        slack_bot_token=SecretStr(company["token"]),
        slack_signing_secret=SecretStr(company["secret"]),
        slack_api_url=company["api_url"],
    )
    install(settings, store, clock)
    store.transact(lambda session: know(session, company, clock))
    running = build_app(settings, store, clock=clock)
    if order["sending"]:
        running.start()
    serve(running.app, company, {})
    running.stop()
    kept = store.read(lambda session: session.exec(select(func.count()).select_from(ReviewRow)))
    print(json.dumps({"reviews": kept.one()}), flush=True)
    store.close()


def know(session: Session, company: dict[str, Any], clock: SystemClock) -> None:
    """A seat in every channel; people and memberships fresh, so that Slack is not asked."""
    now, team, people = clock.machine(), company["team"], company["people"]
    for user, name in people.items():
        session.add(Person(workspace_id=team, id=user, name=name, checked_at=now))
    if guest := company.get("guest"):
        session.add(
            Person(workspace_id=team, id=guest, name="Guest", is_guest=True, checked_at=now)
        )
        for channel in company["channels"]:
            session.add(
                Membership(workspace_id=team, channel_id=channel, person_id=guest, checked_at=now)
            )
    for channel, name in company["channels"].items():
        session.add(
            Channel(workspace_id=team, id=channel, name=name, people=len(people), checked_at=now)
        )
        for user in people:
            session.add(
                Membership(workspace_id=team, channel_id=channel, person_id=user, checked_at=now)
            )
        keeper, *roster = people
        seat = Seat(workspace_id=team, channel_id=channel, keepers=[keeper], created_by=keeper,
                    created_at=now)  # fmt: skip
        session.add(seat)
        session.flush()
        assert seat.id is not None
        for position, user in enumerate(roster):
            session.add(
                RosterMember(seat_id=seat.id, person_id=user, position=position, open_limit=MANY,
                             joined_at=now)
            )  # fmt: skip


def serve(app: App, company: dict[str, Any], checks: dict[str, bool]) -> None:
    web = build_web(
        app, signing_secret=company["secret"], clock=SystemClock(), checks=lambda: checks
    )
    http = HttpRunner(web, host="127.0.0.1", port=0)
    http.start()
    print(json.dumps({"port": http.port}), flush=True)
    sys.stdin.read()
    http.stop()


if __name__ == "__main__":
    main()
