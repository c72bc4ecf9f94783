"""An upgrade says nothing about the past: the first start on an old database sends no message.

The company has 500 reviews, open, heard, decided, deferred, withdrawn and closed, with everything
sent and nothing due for an hour (make_company.py). It is one o'clock on a working day: a clock that
a new version starts in the past, or a message it finds wanting, would go out at once.
"""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from bot.app import Running, build_app, install
from bot.delivery.durations import Durations
from bot.jobs.ticks import JOBS
from bot.settings import Settings
from db.migrate import current_revision, head_revision, migrate
from db.store import Store
from db.tables import CatchUp, DeliveryFailed, Due, OutboxRow, ReviewRow, Surface
from db.tidying import MONTH
from playground import Playground
from tests.databases import drop_postgres, empty_postgres_url
from tests.dialogs.office import OneClock
from tests.upgrades.company import (
    REVISION,
    TOKEN,
    last_moment,
    open_slack,
    put_postgres,
    put_sqlite,
)

ASKS = {"auth.test", "conversations.replies", "users.info", "conversations.info",
        "conversations.members", "conversations.history"}  # fmt: skip
"""Methods that change nothing anybody sees."""
HALF_AN_HOUR = timedelta(minutes=30)


def test_the_file_is_what_it_says(tmp_path: Path) -> None:
    store = Store(put_sqlite(tmp_path))
    assert current_revision(store) == REVISION
    migrate(store)

    def look(session: Session) -> None:
        states = Counter(session.exec(select(ReviewRow.state)).all())
        assert states.total() == 500
        assert min(states[s] for s in ("open", "heard", "decided", "withdrawn", "closed")) >= 20
        assert states.keys() == {"open", "heard", "decided", "withdrawn", "closed"}
        assert session.exec(select(Surface).where(Surface.wanted != Surface.drawn)).first() is None
        open_rows = session.exec(select(Due.due_at).where(col(Due.done_at).is_(None))).all()
        assert len(open_rows) > 40
        assert min(open_rows) > last_moment() + HALF_AN_HOUR

    store.read(look)
    store.close()


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_the_first_start_on_500_old_reviews_says_nothing(database: str, tmp_path: Path) -> None:
    if database == "sqlite":
        start_on(put_sqlite(tmp_path))
        return
    url = empty_postgres_url()
    try:
        start_on(put_postgres(url, tmp_path))
    finally:
        drop_postgres(url)


def start_on(url: str) -> None:
    store = Store(url)
    with open_slack() as slack:
        settings = Settings(_env_file=None, slack_bot_token=TOKEN, slack_api_url=slack.api_url)
        clock = OneClock(slack.clock)
        before = migrated(store)
        install(settings, store, clock)
        running = build_app(settings, store, clock=clock, durations=Durations())
        try:
            running.catching_up.want()
            live(running, slack, before)
            assert store.read(what_is_there) == before
            assert store.read(lambda s: s.exec(select(DeliveryFailed)).all()) == []
            unread = select(CatchUp).where(col(CatchUp.wanted_at).is_not(None))
            assert store.read(lambda s: s.exec(unread).all()) == []
        finally:
            running.stop()
            store.close()


def migrated(store: Store) -> dict[str, int]:
    """How many messages there are after it; none of them may be sent."""
    assert current_revision(store) == REVISION
    migrate(store)
    assert current_revision(store) == head_revision()
    assert store.read(lambda s: s.exec(select(OutboxRow)).all()) == []
    return store.read(what_is_there)


def live(running: Running, slack: Playground, before: dict[str, int]) -> None:
    """Half an hour in which every job has its turn, and every thread is read."""
    hand = running.toolbox.clock.hand  # type: ignore[attr-defined]
    until = last_moment() + HALF_AN_HOUR
    while running.toolbox.clock.now() < until:
        for job, _ in JOBS:
            job(running.toolbox)
        running.catching_up.drain()
        running.dispatcher.drain()
        hand.advance(20)  # a few threads each time: Slack is asked calmly
        called = {call.name for call in slack.wire.calls()}
        assert called <= ASKS, called - ASKS
    read = slack.wire.calls("conversations.replies")
    assert len(read) >= before["undecided"]


def what_is_there(session: Session) -> dict[str, int]:
    """In numbers. A drawing that is wanted anew is told too."""

    def count(what: object) -> int:
        return int(session.execute(what).scalar_one())  # type: ignore[call-overload]

    since = last_moment() - MONTH + HALF_AN_HOUR  # what is older goes by itself
    undecided = col(ReviewRow.state).in_(("open", "heard"))
    return {
        "messages": count(select(func.count()).select_from(Surface)),
        "drawings": count(select(func.sum(Surface.wanted))),
        "queued": count(select(func.count()).select_from(OutboxRow)),
        "done": count(select(func.count()).select_from(Due).where(col(Due.done_at) > since)),
        "undecided": count(select(func.count()).select_from(ReviewRow).where(undecided)),
    }
