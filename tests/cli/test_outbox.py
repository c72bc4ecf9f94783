"""`customer-seat outbox`: what waits is listed; what was given up is tried again, or dropped."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from db import lanes
from db.tables import OutboxRow, OutboxState
from tests.cli.conftest import Run, told
from tests.dialogs.office import Office


@pytest.fixture
def parked(office: Office) -> list[int]:
    """A card and its checklist were refused because the channel is archived."""
    office.set_up(office.ana, office.ben)
    office.slack.faults.add("error:is_archived", method="chat.postMessage",
                            channel=office.pricing.id, count=1)  # fmt: skip
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(kind="pricing", title="T", told_to_her="T", why="T") == {}
    office.slack.settle()
    office.running.dispatcher.drain()
    return [row.id or 0 for row in rows(office) if row.state == OutboxState.PARKED]


def rows(office: Office) -> list[OutboxRow]:
    return office.store.read(lambda s: list(s.exec(select(OutboxRow)).all()))


def test_nothing_waits(run: Run, office: Office) -> None:
    result = run("outbox", "list")
    assert (result.exit_code, result.stdout) == (0, "Nothing waits.\n")
    assert told(run("outbox", "list", "--json")) == []


def test_what_waits_is_listed_with_its_reason(run: Run, office: Office, parked: list[int]) -> None:
    head, *lines = run("outbox", "list").stdout.splitlines()
    assert head.split() == ["id", "to", "what", "state", "since", "tries", "why"]
    card = lines[0].split()
    assert card[:4] == [str(parked[0]), office.pricing.id, "card", "parked"]
    assert card[-1] == "is_archived"
    listed = told(run("outbox", "list", "--json"))
    by_what = {entry["what"]: entry["state"] for entry in listed}
    assert by_what["card"] == "parked"
    assert by_what["checklist"] == "waiting"


@pytest.mark.parametrize("one", [True, False], ids=["one", "all"])
def test_what_was_parked_is_sent_after_all(
    run: Run, office: Office, parked: list[int], one: bool
) -> None:
    result = run("outbox", "retry", str(parked[0]) if one else "--all", "--json")
    assert told(result) == {"queued": 1}
    office.settle()
    (card,) = office.pricing.messages
    assert len(card.replies) == 1
    assert rows(office) == []


def test_what_is_dropped_is_never_sent(run: Run, office: Office, parked: list[int]) -> None:
    assert told(run("outbox", "drop", str(parked[0]), "--json")) == {"dropped": parked[0]}
    office.running.dispatcher.drain()
    assert not office.pricing.messages
    assert parked[0] not in [row.id for row in rows(office)]


def test_a_message_that_is_being_sent_is_left_alone(
    run: Run, office: Office, parked: list[int]
) -> None:
    from bot.clock import SystemClock

    run("outbox", "retry", str(parked[0]))
    now = SystemClock().machine()

    def lease(session: Session) -> None:
        assert lanes.claim_lane(session, now=now, lease=timedelta(hours=1), kinds={"surface"})

    office.store.transact(lease)
    for word in ("retry", "drop"):
        result = run("outbox", word, str(parked[0]))
        assert result.exit_code == 2
        assert "on its way" in result.stderr


def test_an_id_that_is_not_there_and_no_id_at_all(run: Run, office: Office) -> None:
    assert "There is no 7" in run("outbox", "retry", "7").stderr
    assert run("outbox", "retry").exit_code == 2
    assert run("outbox", "retry", "7", "--all").exit_code == 2


def test_a_database_that_was_not_migrated(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    result = run("outbox", "list")
    assert result.exit_code == 2
    assert "customer-seat migrate" in result.stderr
