"""A tick that cannot do its work says so in one line, without anybody's words, and comes again."""

import logging

import pytest
import structlog
from sqlmodel import Session

from bot.jobs.ticks import make_scheduler
from bot.toolbox import Toolbox
from db.store import StoreUnreachable
from tests.faults.furnishing import open_company
from tests.faults.troubles import Fate

WORDS = "she was promised $39"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(StoreUnreachable("gone"), "store trouble"), (ValueError(WORDS), "job failed")],
)
def test_what_goes_wrong_in_a_tick_is_one_line(
    trouble: Exception, told: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_deed: object) -> Session:
        raise trouble

    with open_company(Fate()) as company, structlog.testing.capture_logs() as logs:
        toolbox: Toolbox = company.live().toolbox
        monkeypatch.setattr(toolbox.store, "transact", fail)
        scheduler = make_scheduler(toolbox)
        for job in ("tick_due", "tick_forget"):
            tick = scheduler.get_job(job)
            tick.func(*tick.args)
    assert [entry["event"] for entry in logs] == [told, told]
    assert WORDS not in str(logs)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
