"""One id in the log leads from what Slack delivered to the posts that it caused."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.contextvars import merge_contextvars

from tests.dialogs.office import Office

Lines = list[dict[str, Any]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged from now on, as values."""
    kept: Lines = []

    def keep(_logger: Any, _method: str, event: Any) -> Any:
        kept.append(dict(event))
        raise structlog.DropEvent

    processors = structlog.get_config()["processors"]
    before = list(processors)
    processors[:] = [merge_contextvars, keep]  # in place, as loggers remember the list
    yield kept
    processors[:] = before


def causes(lines: Lines, event: str) -> list[str]:
    return [line.get("cause", "") for line in lines if line["event"] == event]


def test_from_a_form_to_card_checklist_and_letter(seated: Office, lines: Lines) -> None:
    lines.clear()
    seated.propose()
    done = causes(lines, "deed.done")[-1]
    assert done
    assert causes(lines, "delivery.sent").count(done) >= 3
    assert {*causes(lines, "delivery.sent")} == {done}


def test_from_a_reply_to_what_it_redraws(seated: Office, lines: Lines) -> None:
    card = seated.propose()
    lines.clear()
    seated.says(seated.ana, card, "1. Paying, on the June invoice")
    (done,) = causes(lines, "deed.done")
    assert done.startswith("Ev")
    assert {*causes(lines, "delivery.sent")} == {done}


def test_from_what_fell_due_to_the_reminder(seated: Office, lines: Lines) -> None:
    seated.propose()
    lines.clear()
    seated.wait(days=2)
    due = [c for c in causes(lines, "due.done") if c in causes(lines, "delivery.sent")]
    assert due
    assert all(cause.startswith("due:") for cause in due)
