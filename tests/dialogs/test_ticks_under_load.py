"""A tick that takes longer than a second: the next is skipped, and nobody is told of it."""

import logging
import threading

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES

from bot.jobs import ticks
from bot.toolbox import Toolbox
from tests.dialogs.office import Office


def test_a_tick_that_is_skipped_makes_no_noise(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    skipped, over = threading.Event(), threading.Event()

    def slow(_toolbox: Toolbox) -> None:
        over.wait(10)

    monkeypatch.setattr(ticks, "JOBS", ((slow, ticks.timedelta(seconds=0.02)),))
    scheduler = ticks.make_scheduler(office.running.toolbox)
    scheduler.add_listener(lambda _: skipped.set(), EVENT_JOB_MAX_INSTANCES)
    with caplog.at_level(logging.INFO):
        scheduler.start()
        assert skipped.wait(10)
        over.set()
        scheduler.shutdown(wait=True)
    assert not [r.getMessage() for r in caplog.records if "instances" in r.getMessage()]
