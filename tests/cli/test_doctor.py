"""`customer-seat doctor`: what stands in the way is said, with what to do, and in the exit code."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.slack.scopes import SCOPES
from bot.web.health import make_checks
from db.crowded import note_crowded
from db.failures import keep_failure
from db.migrate import undo
from db.outbox import queue_reaction
from db.store import Store
from db.tables import CatchUp, Due, OutboxRow, OutboxState, ReviewRow, Seat, Workspace
from playground import Playground
from tests.cli.conftest import Run, told
from tests.databases import fresh_postgres_url


def now() -> datetime:
    """When the test runs, not when it was collected: that can be minutes apart."""
    return datetime.now(UTC)


pytestmark = pytest.mark.usefixtures("store")


def found(run: Run, check: str, *, code: int) -> dict[str, Any]:
    """The finding of one check; the only one that is not ok."""
    result = run("doctor", "--json")
    assert result.exit_code == code, result.output
    report = told(result)
    (trouble,) = [f for f in report["findings"] if f["state"] != "ok"]
    assert (trouble["check"], report["state"]) == (check, trouble["state"])
    assert trouble["do"]
    return dict(trouble)


def react(session: Session, workspace: str, *, ago: timedelta) -> None:
    queue_reaction(session, workspace_id=workspace, channel_id="C1", ts="1.2", name="eyes",
                   now=now() - ago)  # fmt: skip


def test_all_is_well(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"ok"}
    assert "Socket Mode can be connected" in result.stdout


def test_it_runs_as_a_process_and_prints_plain_lines_in_a_pipe(run: Run) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "doctor"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert ran.stdout == run("doctor").stdout


def test_a_database_that_does_not_answer(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "not.db").touch(0o600)
    (tmp_path / "not.db").write_text("this is a letter, not a database. " * 40)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'not.db'}")
    assert "does not answer" in found(run, "database", code=2)["says"]


def test_a_database_that_is_too_busy_is_told_as_one_and_is_not_ready(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engines.STATEMENT_MS", 50)
    url = fresh_postgres_url()
    monkeypatch.setenv("DATABASE_URL", url)
    busy, prober = Store(url), Store(url)

    def hold(session: Session) -> None:
        session.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        assert "statement timeout" in found(run, "database", code=2)["says"]
        listed = run("outbox", "list")
        assert (listed.exit_code, "statement timeout" in listed.output) == (2, True)
        ready = make_checks(prober, dispatcher_is_alive=lambda: True)()
        assert ready == {"database": False, "migrations": False, "dispatcher": True}

    busy.transact(hold)
    busy.close()
    prober.close()


def test_a_password_is_never_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://seat:hush@127.0.0.1:1/seat")
    assert "hush" not in str(found(run, "database", code=2))


def test_an_address_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "somewhere")
    assert "DATABASE_URL" in found(run, "database", code=2)["says"]


def test_looking_for_a_database_does_not_make_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    found(run, "database", code=2)
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_another_version(run: Run, store: Store) -> None:
    undo(store, "base")
    assert "customer-seat migrate" in found(run, "migrations", code=2)["do"]


def test_a_database_that_a_newer_version_has_migrated(run: Run, store: Store) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    store.transact(lambda s: s.execute(newer))
    seen = found(run, "migrations", code=1)
    assert seen["state"] == "warn"
    assert "runs on it" in seen["says"]


def test_a_connection_that_slack_has_no_room_for(run: Run, store: Store) -> None:
    store.transact(lambda s: note_crowded(s, machine=now() - timedelta(seconds=20)))
    seen = found(run, "connections", code=1)
    assert "all ten" in seen["says"]
    assert "five processes" in seen["do"]
    store.transact(lambda s: note_crowded(s, machine=now() - timedelta(minutes=6)))
    assert run("doctor").exit_code == 0


def test_a_token_that_slack_refuses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-1-anothers")
    trouble = found(run, "slack", code=2)
    assert "invalid_auth" in trouble["says"]
    assert "xoxb" not in str(trouble)


def test_slack_out_of_reach(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    assert "cannot be reached" in found(run, "slack", code=2)["says"]


def test_no_way_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    assert run("doctor").exit_code == 0  # HTTP
    monkeypatch.delenv("SLACK_SIGNING_SECRET")
    found(run, "deliveries in", code=2)


def test_a_wrong_app_token(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-A1-1-anothers")
    found(run, "deliveries in", code=2)


@pytest.mark.parametrize(("scope", "code"), [("users:read", 1), ("chat:write", 2)])
def test_a_missing_scope_is_named(run: Run, slack: Playground, scope: str, code: int) -> None:
    slack.team.scopes.remove(scope)
    assert found(run, "scopes", code=code)["facts"] == {"missing": [scope]}


def test_the_playground_gives_all_the_scopes_that_are_looked_for(slack: Playground) -> None:
    assert set(slack.team.scopes) >= SCOPES


def test_an_app_that_was_removed(run: Run, store: Store, slack: Playground) -> None:
    def revoke(session: Session) -> None:
        session.get_one(Workspace, slack.team.id).revoked_at = now()

    store.transact(revoke)
    assert slack.team.id in found(run, "workspaces", code=1)["says"]


def test_what_slack_was_not_told_for_a_while(run: Run, store: Store, slack: Playground) -> None:
    store.transact(lambda s: react(s, slack.team.id, ago=timedelta(seconds=5)))
    assert run("doctor").exit_code == 0
    store.transact(lambda s: react(s, slack.team.id, ago=timedelta(minutes=10)))
    facts = found(run, "outbox", code=1)["facts"]
    assert facts["pending"] == 2
    assert 600 <= facts["oldest_seconds"] < 700


@pytest.mark.parametrize("state", [OutboxState.PENDING, OutboxState.PARKED])
def test_what_a_newer_version_queued_is_said_to_be_its_own(
    run: Run, store: Store, slack: Playground, state: OutboxState
) -> None:
    long_ago = now() - timedelta(hours=2)
    store.transact(lambda s: s.add(
        OutboxRow(workspace_id=slack.team.id, lane="C1", kind="react", error="unknown_kind",
                  state=state, created_at=long_ago)
    ))  # fmt: skip
    trouble = found(run, "parked" if state == OutboxState.PARKED else "outbox", code=1)
    assert "newer version" in trouble["do"]
    assert "Slack said" not in trouble["says"]


def test_what_was_given_up_and_why(run: Run, store: Store, slack: Playground) -> None:
    def park(session: Session) -> None:
        for error in ("is_archived", "is_archived", "in_doubt:missing_scope"):
            session.add(
                OutboxRow(workspace_id=slack.team.id, lane="C1", kind="react", error=error,
                          state=OutboxState.PARKED, created_at=now())
            )  # fmt: skip

    store.transact(park)
    trouble = found(run, "parked", code=1)
    assert trouble["facts"]["why"] == {"is_archived": 2, "in_doubt:missing_scope": 1}
    assert "Unarchive the channel" in trouble["do"]
    assert "looks there" in trouble["do"]


def test_events_that_could_not_be_handled(run: Run, store: Store, slack: Playground) -> None:
    def fail(session: Session) -> None:
        for key in ("a", "b", "b"):  # the same delivery twice is one failure
            keep_failure(session, reference=f"ref-{key}", key=key, workspace_id=slack.team.id,
                         body={}, error="a bug", now=now())  # fmt: skip
            session.flush()

    store.transact(fail)
    assert found(run, "deliveries", code=1)["facts"] == {"references": ["ref-a", "ref-b"]}


def due(slack: Playground, **fields: Any) -> Due:
    return Due(workspace_id=slack.team.id, kind="digest", key="digest:1",
               due_at=now() - timedelta(hours=3), **fields)  # fmt: skip


def test_reminders_that_are_overdue(run: Run, store: Store, slack: Playground) -> None:
    store.transact(lambda s: s.add(due(slack)))
    assert found(run, "due", code=1)["facts"]["overdue"] == 1


def test_reminders_that_failed_lately(run: Run, store: Store, slack: Playground) -> None:
    store.transact(lambda s: s.add(due(slack, done_at=now(), outcome="failed")))
    assert found(run, "due", code=1)["facts"]["failed"] == ["digest:1"]


def test_threads_that_nobody_reads(run: Run, store: Store, slack: Playground) -> None:
    def leave(session: Session) -> None:
        seat = Seat(workspace_id=slack.team.id, channel_id="C1", created_by="U1", created_at=now())
        session.add(seat)
        session.flush()
        review = ReviewRow(workspace_id=slack.team.id, seat_id=seat.id, channel_id="C1", number=1,
                           kind="pricing", title="T", told_to_her="T", why="T", proposer="U1",
                           decider="U1", opened_at=now(), changed_at=now())  # fmt: skip
        session.add(review)
        session.flush()
        session.add(CatchUp(review_id=review.id, wanted_at=now() - timedelta(hours=1)))

    store.transact(leave)
    assert len(found(run, "threads", code=1)["facts"]["reviews"]) == 1


def test_a_checklist_with_a_mistake(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "legal.yaml").write_text("kind: [", encoding="utf-8")
    monkeypatch.setenv("CHECKLISTS_DIR", str(own))
    assert "legal.yaml" in found(run, "checklists", code=1)["says"]


def test_a_setting_that_cannot_be_used(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    result = run("doctor")
    assert result.exit_code == 2
    assert "PORT" in result.stderr
