"""The dispatcher on threads of its own: woken, polling, stopping, several of them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.deadline import Deadline
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.durations import Durations
from db.store import Store, StoreUnreachable
from db.tables import Lane
from playground import HandClock, Playground
from playground.driver.message import Channel
from tests.delivery.desk import Desk, open_desk

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@contextmanager
def running(*dispatchers: Dispatcher) -> Iterator[None]:
    for dispatcher in dispatchers:
        dispatcher.start()
    try:
        yield
    finally:
        for dispatcher in dispatchers:
            dispatcher.stop()


def test_a_commit_wakes_it(desk: Desk, pricing: Channel) -> None:
    """Its next look at the database would be an hour later."""
    dispatcher = desk.dispatcher(durations=Durations(poll=3600))
    with running(dispatcher):
        assert dispatcher.is_alive()
        desk.want("card", pricing.id)
        desk.slack.wait_until(lambda: pricing.messages)
        desk.slack.wait_until(lambda: not desk.rows())
    assert not dispatcher.is_alive()
    assert [lane.leased_until for lane in lanes_of(desk)] == [None]


def lanes_of(desk: Desk) -> list[Lane]:
    return desk.store.read(lambda s: list(s.exec(select(Lane))))


def test_it_looks_now_and_then_without_being_woken(desk: Desk, pricing: Channel) -> None:
    """What another process queued, or what a clock made due, rings no bell here."""
    dispatcher = desk.dispatcher(durations=Durations(poll=0.02))
    desk.store._listeners.clear()
    with running(dispatcher):
        desk.want("card", pricing.id)
        desk.slack.wait_until(lambda: pricing.messages)


def test_a_database_that_is_away_for_a_while_is_waited_for(
    desk: Desk, pricing: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [True] * 3
    transact = Store.transact

    def sometimes(self: Store, deed):  # type: ignore[no-untyped-def]
        if away and threading.current_thread().name.startswith("dispatcher"):
            away.pop()
            raise StoreUnreachable("away")
        return transact(self, deed)

    desk.want("card", pricing.id)
    monkeypatch.setattr(Store, "transact", sometimes)
    with running(desk.dispatcher(durations=Durations(poll=0.02))):
        desk.slack.wait_until(lambda: pricing.messages)
    assert not away


@BOTH
def test_three_processes_send_each_message_once_and_in_order(database: str, store: Store) -> None:
    hand = HandClock()
    with Playground(clock=hand, rate_limits=False) as slack:
        desk = open_desk(slack, hand, store)
        channels = [slack.add_channel(f"channel-{n}", bot_in=True) for n in range(5)]
        quick = replace(Durations(), poll=0.05)
        processes = [desk.dispatcher(durations=quick, workers=2) for _ in range(3)]
        with running(*processes):
            for number in range(8):
                for channel in channels:
                    key = f"seat:{channel.id}:{number}"
                    desk.want("seat", channel.id, key, args={"error": f"{number}"})
            slack.wait_until(lambda: not desk.rows(), timeout=20)
        for channel in channels:
            assert [m.text for m in channel.messages] == [f"seat {n}" for n in range(8)]


def test_a_slow_channel_does_not_hold_up_the_others(desk: Desk, pricing: Channel) -> None:
    support = desk.slack.add_channel("support", bot_in=True)
    slow = desk.slack.faults.add("slow", method="chat.postMessage", channel=pricing.id, seconds=2)
    with running(desk.dispatcher()):
        desk.want("card", pricing.id, "card:1")
        desk.slack.wait_until(lambda: slow.hits)
        desk.want("card", support.id, "card:2")
        desk.slack.wait_until(lambda: support.messages)
        assert not pricing.messages
        desk.slack.wait_until(lambda: pricing.messages)


def test_a_stop_lets_what_is_being_sent_end_and_begins_nothing_more(
    desk: Desk, pricing: Channel
) -> None:
    slow = desk.slack.faults.add("slow", method="chat.postMessage", seconds=0.5)
    for number in range(3):
        desk.want("card", pricing.id, f"card:{number}")
    dispatcher = desk.dispatcher()
    dispatcher.start()
    desk.slack.wait_until(lambda: slow.hits)
    dispatcher.stop()
    assert len(pricing.messages) == 1
    assert desk.surface("card:0").ts == pricing.messages[0].ts
    assert [lane.leased_until for lane in lanes_of(desk)] == [None]
    assert [(row.state, row.sending_since) for row in desk.rows()] == [("pending", None)] * 2
    desk.slack.faults.clear()
    desk.dispatcher().drain()  # the next process has not to wait for the lease to run out
    assert len(pricing.messages) == 3


def test_a_stop_does_not_wait_longer_than_it_may(desk: Desk, pricing: Channel) -> None:
    """What is still on its way then is in doubt, and the next process looks for it."""
    slow = desk.slack.faults.add("slow", method="chat.postMessage", seconds=2, count=1)
    desk.want("card", pricing.id)
    dispatcher = desk.dispatcher()
    dispatcher.start()
    desk.slack.wait_until(lambda: slow.hits)
    began = time.monotonic()
    dispatcher.stop(Deadline(0.1))
    assert time.monotonic() - began < 1.0
    assert [row.sending_since is not None for row in desk.rows()] == [True]
    assert not pricing.messages


def test_told_to_stop_between_two_calls_it_does_not_begin_the_second(desk: Desk) -> None:
    """A private message needs its channel first."""
    slow = desk.slack.faults.add("slow", method="conversations.open", seconds=0.5)
    ana = desk.slack.add_person("Ana Lima")
    desk.want("card", person_id=ana.id)
    dispatcher = desk.dispatcher()
    dispatcher.start()
    desk.slack.wait_until(lambda: slow.hits)
    dispatcher.stop()
    assert desk.calls("chat.postMessage") == 0
    assert [(row.state, row.sending_since) for row in desk.rows()] == [("pending", None)]
    desk.slack.faults.clear()
    desk.hand.advance(2)
    desk.dispatcher().drain()
    assert desk.calls("chat.postMessage") == 1


@pytest.mark.parametrize(
    "wrong", [{"request": 30}, {"lease": 60.0}, {"lease": 5.0}, {"first_look": 20.0}]
)
def test_limits_that_would_send_twice_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="lease"):
        Durations(**wrong)  # type: ignore[arg-type]


def test_retries_double_up_to_five_minutes() -> None:
    waits = [Durations().retry_after(n).total_seconds() for n in (0, 1, 2, 3, 9, 10, 1000)]
    assert waits == [1, 1, 2, 4, 256, 300, 300]
