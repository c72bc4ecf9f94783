"""Told to stop, all stop at once, and wait for what is on its way until one deadline."""

import threading
import time

from sqlmodel import col, select

from bot.deadline import Deadline
from bot.jobs.ticks import tick_due
from db.due import next_due_at
from db.tables import Lane
from playground.driver.message import Message
from tests.dialogs.absence import REPLIES, answers, away, says
from tests.dialogs.office import PRICING, Office

LIMIT = 2.0
"""A fifth of what a process has, and of how slow Slack is: nine seconds, and six."""


def test_it_ends_by_one_deadline_and_begins_nothing_more(office: Office, card: Message) -> None:
    with away(office):
        says(office, card, "1. On the June invoice")
    running = office.running
    reading = office.slack.faults.add("slow", method=REPLIES, seconds=0.9 * LIMIT)
    posting = office.slack.faults.add("slow", method="chat.postMessage", seconds=0.6 * LIMIT)
    running.catching_up.want()
    running.start()
    office.slack.wait_until(lambda: reading.hits)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**{**PRICING, "decider": office.dan}) == {}
    office.slack.wait_until(lambda: posting.hits)
    began, asked = time.monotonic(), posting.hits
    running.stop(Deadline(LIMIT))
    assert time.monotonic() - began < LIMIT
    assert (reading.hits, posting.hits) == (1, asked)
    # What was on its way was finished, and nothing is held.
    assert answers(office) == {1: "On the June invoice"}
    held = select(Lane.name).where(col(Lane.leased_until).is_not(None))
    assert office.store.read(lambda s: list(s.exec(held))) == []
    office.slack.faults.clear()


def test_a_tick_that_takes_too_long_is_not_waited_for(office: Office) -> None:
    running, has_begun, let_go = office.running, threading.Event(), threading.Event()

    def tick() -> None:
        has_begun.set()
        let_go.wait()

    running.start()
    running.scheduler.add_job(tick, "interval", seconds=0.05)
    assert has_begun.wait(LIMIT)
    began = time.monotonic()
    running.stop(Deadline(0.1))
    assert time.monotonic() - began < 1
    let_go.set()


def test_a_tick_that_is_told_to_stop_leaves_the_rest_due(office: Office, card: Message) -> None:
    due_at = office.store.read(next_due_at)
    assert due_at is not None
    office.clock.hand.advance((due_at - office.clock.now()).total_seconds())
    office.running.tell_to_stop()
    assert tick_due(office.running.toolbox) == 0
    assert office.store.read(next_due_at) == due_at
