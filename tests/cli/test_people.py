"""`customer-seat forget` and `export`: one person, taken away or shown."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.erasures import read_erasures
from db.store import Store
from db.tables import ReviewRow, Seat, Workspace
from tests.cli.conftest import Run, told
from tests.db.everything import stands_in
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office, speaker


@pytest.fixture
def at(office: Office, monkeypatch: pytest.MonkeyPatch) -> Answering:
    monkeypatch.setattr("bot.cli.people.SystemClock", lambda: office.clock)
    at = Answering(office)
    at.ana("1. Paying, on the June invoice")
    at.ana("object: she was promised this price")
    return at


def where(office: Office, said: str) -> set[str]:
    return office.store.read(lambda session: stands_in(session, said))


def test_who_is_forgotten_is_named_nowhere_and_what_she_said_stays(at: Answering, run: Run) -> None:
    office, ana = at.office, at.office.ana.id
    assert "answer.by" in where(office, ana)
    asked = run("forget", "--user", ana)
    assert asked.exit_code == 2, "nobody is here to be asked"
    assert where(office, ana)
    done = run("forget", "--user", ana, "--yes", "--json")
    assert done.exit_code == 0, done.output
    assert where(office, ana) == set()
    assert where(office, "Ana Lima") == set()
    assert at.text(1) == "Paying, on the June invoice"
    (erasure,) = office.store.read(read_erasures)
    assert (erasure.kind, erasure.by) == ("forgotten", "operator")
    assert told(done)["tombstone"].startswith("forgotten-")
    assert run("forget", "--user", ana, "--yes").exit_code == 1


def test_the_review_goes_on_with_the_next_and_what_shows_her_is_drawn_anew(
    at: Answering, run: Run
) -> None:
    office = at.office
    assert "Ana Lima speaks for" in at.card.all_text()
    assert run("forget", "--user", office.ana.id, "--yes").exit_code == 0
    office.wait(minutes=1)
    assert "Ana" not in at.card.all_text()
    assert speaker(at.card) in ("Ben Osei", "Cleo Sato")
    assert office.parked() == []
    thread = "\n".join(reply.all_text() for reply in at.card.replies if reply.by_bot)
    assert "Ana" not in thread


def test_a_keeper_and_decider_who_is_forgotten_leaves_forms_that_open(
    at: Answering, run: Run
) -> None:
    office = at.office
    assert run("forget", "--user", office.lee.id, "--yes").exit_code == 0
    office.wait(hours=1)
    assert "Lee" not in at.card.all_text()
    office.opens(office.sam, at.card, "revise")
    assert office.sam.modal is not None, office.whispers(office.sam)
    assert office.sam.submit(decider=office.dan) == {}
    office.settle()
    assert "Dan Weiss decides" in at.card.all_text()
    assert "Nobody looks after" in office.pricing.messages[-1].all_text()
    office.sam.command("/customer-seat", "setup", office.pricing)


def test_what_is_kept_about_one_person_can_be_read(at: Answering, run: Run) -> None:
    office = at.office
    shown = told(run("export", "--user", office.ana.id))
    assert (shown["user"], shown["name"]) == (office.ana.id, "Ana Lima")
    kept: dict[str, Any] = shown["kept"]
    assert [row["text"] for row in kept["answer"]] == ["Paying, on the June invoice"]
    assert {"person", "membership", "roster", "turn", "objection", "history"} <= kept.keys()
    assert all(office.ana.id in json.dumps(row) for rows in kept.values() for row in rows)


def test_a_channels_reviews_can_be_read(at: Answering, run: Run) -> None:
    channel = at.office.pricing.id
    (review,) = told(run("export", "--channel", channel))["kept"]
    assert review["review"][0]["title"] == "Team plan from $39 to $49"
    assert review["answer"][0]["text"] == "Paying, on the June invoice"
    assert run("export", "--channel", channel, "--going").exit_code == 1
    at.office.store.transact(
        lambda s: setattr(s.get_one(ReviewRow, 1), "goes_at", s.get_one(Seat, 1).created_at)
    )
    assert len(told(run("export", "--channel", channel, "--going"))["kept"]) == 1


def test_nobody_the_bot_and_the_wrong_workspace(at: Answering, run: Run) -> None:
    unknown = run("export", "--user", "U0NOBODY00")
    assert unknown.exit_code == 1
    assert unknown.stdout == ""
    assert "Nothing is kept about U0NOBODY00." in unknown.stderr

    def look(session: Session) -> Workspace:
        session.add(Workspace(id="T0OTHER", installed_at=session.get_one(Seat, 1).created_at))
        return session.get_one(Workspace, session.get_one(Seat, 1).workspace_id)

    ours = at.office.store.transact(look)
    several = run("export", "--user", at.office.ana.id)
    assert several.exit_code == 2
    assert "Give --workspace, one of: " in several.stderr
    assert run("export", "--user", at.office.ana.id, "--workspace", "T0OTHER").exit_code == 1
    itself = run("forget", "--user", ours.bot_user_id, "--yes", "--workspace", ours.id)
    assert itself.exit_code == 2
    assert run("export").exit_code == 2


def test_a_database_of_older_tables_is_left_alone(store: Store, run: Run, tmp_path: Path) -> None:
    with sqlite3.connect(next(tmp_path.glob("*.db"))) as file:
        file.execute("UPDATE alembic_version SET version_num = '0001'")
    old = run("forget", "--user", "U1", "--yes")
    assert old.exit_code == 2
    assert "customer-seat migrate" in old.stderr
