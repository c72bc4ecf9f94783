"""Told to stop, a process finishes what it has begun and gives its leases back, in ten seconds."""

import signal
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.serving import SPARE
from db.tables import Lane, OutboxRow
from tests.databases import drop_postgres, fresh_postgres_url
from tests.replicas.places import Size
from tests.replicas.processes import Nursery
from tests.replicas.town import Town, open_town

DRAINED = 10.0
SLOW = 1.5
PATIENCE = 0.5
"""Instead of nine seconds, where nobody should have to wait them out."""


@pytest.fixture(params=[False, True], ids=["http", "socket mode"])
def town(request: pytest.FixtureRequest, nursery: Nursery, folder: Path) -> Iterator[Town]:
    url = fresh_postgres_url()
    with open_town(
        nursery, url, folder=folder, size=Size(), socket_mode=request.param, fast=True
    ) as town:
        town.await_serving(town.add_bot())
        town.settle_in()
        town.settle()
        yield town
    drop_postgres(url)


def leased(session: Session, now: datetime) -> list[str]:
    return list(session.exec(select(Lane.name).where(col(Lane.leased_until) > now)).all())


def in_doubt(session: Session) -> list[OutboxRow]:
    return list(session.exec(select(OutboxRow).where(col(OutboxRow.sending_since).is_not(None))))


def test_told_to_stop_while_a_post_is_on_its_way_it_stores_where_it_stands(town: Town) -> None:
    (bot,), place = town.live_bots, town.places[0]
    sam, channel = place.proposers[0], place.channel
    slow = town.slack.faults.add("slow", method="chat.postMessage", count=1, seconds=SLOW)
    sam.command("/propose-change", "", channel)
    fields = {"kind": "pricing", "title": "Plan", "told_to_her": "You pay more.", "why": "Hosting."}
    assert sam.submit(decider=place.keeper, **fields) == {}
    town.slack.wait_until(lambda: slow.hits == 1)
    began = time.monotonic()
    town.stop(bot)
    took = time.monotonic() - began
    assert bot.code == 0, bot.written()
    assert took < DRAINED, f"{took} s"
    # Nobody has to wait for a lease, nor to look for a post.
    assert town.eye.read(lambda s: leased(s, town.clock.now())) == []
    assert town.eye.read(in_doubt) == []
    cards = [m for m in channel.from_bot if "Plan" in m.text]
    assert len(cards) == 1
    town.await_serving(town.add_bot())
    town.settle()
    assert len(cards[0].replies) == 1
    assert [m for m in channel.from_bot if "Plan" in m.text] == cards


def test_told_to_stop_while_a_command_is_answered_it_answers(town: Town) -> None:
    """The database is slow to let it in: the answer comes after it was told to stop."""
    (bot,), place = town.live_bots, town.places[0]
    with town.eye.engine.begin() as other:
        other.exec_driver_sql("LOCK TABLE seat IN ACCESS EXCLUSIVE MODE")
        shown = []
        asking = threading.Thread(
            target=lambda: shown.append(
                place.keeper.command("/customer-seat", "roster", place.channel)
            )
        )
        asking.start()
        town.slack.wait_until(lambda: _waits(town), timeout=10)
        town.nursery.signal(bot, signal.SIGTERM)
        town.slack.wait_until(lambda: bot.has_said("event=stopping"), timeout=10)
    asking.join()
    bot.ended.wait(DRAINED)
    assert bot.code == 0, bot.written()
    assert shown[0].error is None
    assert place.roster[0].real_name in shown[0].text


def test_what_hangs_does_not_hold_up_the_end(town: Town) -> None:
    """The database lets nobody in, and Python waits for its threads."""
    (first,), place = town.live_bots, town.places[0]
    bot = town.add_bot(stop=PATIENCE)
    town.await_serving(bot)
    town.stop(first)
    with town.eye.engine.begin() as other:
        other.exec_driver_sql("LOCK TABLE seat IN ACCESS EXCLUSIVE MODE")
        asking = threading.Thread(
            target=lambda: place.keeper.command("/customer-seat", "roster", place.channel)
        )
        asking.start()
        town.slack.wait_until(lambda: _waits(town), timeout=10)
        town.nursery.signal(bot, signal.SIGTERM)
        bot.ended.wait(PATIENCE + SPARE + 1)
        assert bot.code == 0, bot.written()
    assert "stopped.unfinished" in bot.written()
    asking.join()


def _waits(town: Town) -> bool:
    """Whether the bot waits for the lock that we hold."""
    with town.eye.engine.connect() as connection:
        count = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'"
        )
        return bool(count.scalar())
