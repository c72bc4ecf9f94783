"""`customer-seat backup` and `restore`: an hour is lost, and Slack is told nothing twice."""

import os
import sqlite3
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import build_app
from bot.clock import SystemClock
from bot.delivery.durations import Durations
from bot.web.app import build_web
from bot.web.http import HttpRunner
from db.kept_apart import keep_erasures
from db.store import Store
from db.tables import Epoch, HistoryRow, LostReview, ReviewRow
from playground.driver.message import Message
from tests.cli.conftest import Run, point_to, told
from tests.databases import (
    drop_postgres,
    empty_postgres_url,
    fresh_postgres_url,
    fresh_sqlite_url,
)
from tests.db.everything import stands_in
from tests.dialogs.absence import answers, come_back
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office, open_office


@pytest.fixture
def office(
    database: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    url = fresh_sqlite_url(tmp_path) if database == "sqlite" else fresh_postgres_url()
    with open_office(url) as office:
        point_to(monkeypatch, office.slack, url)
        monkeypatch.setattr("bot.cli.backups.SystemClock", lambda: office.clock)
        monkeypatch.setattr("bot.cli.people.SystemClock", lambda: office.clock)
        # The package's name for it is the command.
        doctor = sys.modules["bot.cli.doctor"]
        monkeypatch.setattr(doctor, "SystemClock", lambda: office.clock)
        yield office
    if database == "postgres":
        drop_postgres(url)


@pytest.fixture
def empty_url(database: str, tmp_path: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    url = empty_postgres_url()
    yield url
    drop_postgres(url)


@contextmanager
def going_on(office: Office, url: str) -> Iterator[None]:
    """The process before is gone, and its database; another starts on the restored one."""
    before, office.running = office.running, None  # type: ignore[assignment]
    before.stop()
    store = Store(url)
    after = build_app(office.settings, store, clock=office.clock, durations=Durations())
    secret = office.slack.signing_secret
    web = build_web(after.app, signing_secret=secret, clock=SystemClock(), checks=dict)
    http = HttpRunner(web, host="127.0.0.1", port=0)
    http.start()
    office.slack.deliver_to(f"http://127.0.0.1:{http.port}/slack/events")
    office.running = after
    try:
        yield
    finally:
        http.stop()
        after.stop()
        store.close()
        office.running = before


def everything(office: Office) -> list[Message]:
    """That the bot ever posted and that stands in Slack."""
    places = [office.pricing, *(person.dm for person in office.people.values())]
    heads = [message for place in places for message in place.messages]
    under = [reply for head in heads for reply in head.replies]
    return [message for message in (*heads, *under) if message.by_bot]


def keys(messages: list[Message]) -> Counter[str]:
    return Counter(str((m.metadata or {}).get("event_payload", {}).get("key")) for m in messages)


def test_an_hour_old_backup_reposts_nothing(
    office: Office, run: Run, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.backup"
    at = Answering(office)
    at.ana("1. Paying, on the June invoice")
    # Pending in the backup, in Slack a moment later.
    office.clock.hand.advance(30)
    office.ana.reply(at.card, "object: she was promised this price")
    office.slack.settle()
    waited = len(office.pending())
    assert waited
    done = run("backup", str(file))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    # The hour.
    office.settle()
    office.answer_all(office.ana, at.card)
    at.ana("the old price until her renewal")
    office.press(office.ana, at.say_back, "confirm_heard")
    lost = office.propose(title="Annual plan from $390 to $490")
    office.wait(hours=1)
    there = everything(office)
    assert "Decide" in at.card.all_text()

    monkeypatch.setenv("DATABASE_URL", empty_url)
    told_first = run("restore", str(file), "--dry-run", "--json")
    assert told_first.exit_code == 0, told_first.output
    assert told(told_first)["numbers_skipped"] > 100
    made = run("restore", str(file))
    assert made.exit_code == 0, made.output
    refused = run("restore", str(file))
    assert refused.exit_code == 2
    assert "writes over nothing" in refused.stderr

    with going_on(office, empty_url):
        office.settle()
        come_back(office)
        office.wait(minutes=5)
        after = everything(office)
        twice = [key for key, count in keys(after).items() if count > 1]
        assert twice == []
        known = {m.ts for m in there}
        # A reply to what was only asked in the hour: its author is told, for the first time.
        new = [key.split(":")[0] for key in keys([m for m in after if m.ts not in known])]
        assert new == ["not_taken"]
        assert known <= {m.ts for m in after}
        assert answers(office)[2] == "$39, the site still says so", "heard anew from its thread"
        assert office.parked() == []

        # A button of the hour.
        before = office.whispers(office.sam)
        office.choose(office.sam, lost, "withdraw")
        said_now = [said for said in office.whispers(office.sam) if said not in before]
        assert any("was lost" in said for said in said_now), said_now
        noted = office.store.read(lambda s: s.exec(select(LostReview)).all())
        assert [row.channel_id for row in noted] == [office.pricing.id]
        found = told(run("doctor", "--json"))["findings"]
        restored = next(f for f in found if f["check"] == "restored")
        assert restored["state"] == "warn"
        assert "1 review lost in it" in restored["says"]

        # Ids and numbers go on above those of the hour.
        newer = office.propose(title="Trial without a card")
        rows = office.store.read(lambda s: s.exec(select(ReviewRow)).all())
        epoch = office.store.read(lambda s: s.exec(select(Epoch)).one())
        assert [row.id for row in rows if row.title == "Trial without a card"] == [epoch.floor]
        assert max(row.number for row in rows) > 100
        assert "Trial without a card" in newer.all_text()


def test_a_button_of_before_means_nothing_any_more(
    office: Office, run: Run, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Versions go on above the hour's, too: what was agreed to was perhaps something else."""
    at = Answering(office)
    office.answer_all(office.ana, at.card)
    file = tmp_path / "b"
    assert run("backup", str(file)).exit_code == 0
    monkeypatch.setenv("DATABASE_URL", empty_url)
    stale = at.say_back.button("confirm_heard")
    assert run("restore", str(file)).exit_code == 0
    with going_on(office, empty_url):
        office.clock.hand.advance(5)
        office.ana.press(at.say_back, "confirm_heard")
        office.settle()
        done = office.store.read(lambda s: s.exec(select(HistoryRow.what)).all())
        assert "confirmed" not in done
        assert at.say_back.button("confirm_heard") != stale, "drawn anew"
        office.press(office.ana, at.say_back, "confirm_heard")
        done = office.store.read(lambda s: s.exec(select(HistoryRow.what)).all())
        assert "confirmed" in done


def test_who_was_forgotten_since_is_forgotten_anew(
    office: Office, run: Run, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Answering(office)
    at.ana("1. Paying, on the June invoice")
    earlier, later = tmp_path / "earlier", tmp_path / "later"
    assert run("backup", str(earlier)).exit_code == 0
    assert run("forget", "--user", office.ana.id, "--yes").exit_code == 0
    assert run("backup", str(later)).exit_code == 0
    monkeypatch.setenv("DATABASE_URL", empty_url)
    done = run("restore", str(earlier), "--erasures", str(later), "--json")
    assert done.exit_code == 0, done.output
    assert told(done)["erased_anew"] == 1
    with closing(Store(empty_url)) as store:
        assert store.read(lambda s: stands_in(s, office.ana.id)) == set()
        assert store.read(lambda s: stands_in(s, "June invoice"))


@pytest.mark.parametrize("database", ["sqlite"])
def test_beside_a_sqlite_database_stands_what_was_taken_away(
    office: Office, run: Run, tmp_path: Path
) -> None:
    at = Answering(office)
    at.ana("1. Paying, on the June invoice")
    file = tmp_path / "b"
    assert run("backup", str(file)).exit_code == 0
    assert run("forget", "--user", office.ana.id, "--yes").exit_code == 0
    path = Path(str(office.store.url.database))
    kept = Path(f"{path}.erasures")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert office.ana.id not in kept.read_text()
    assert keep_erasures(office.store) == 0, "once each"
    office.running.stop()
    office.store.close()
    path.rename(tmp_path / "old.db")
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    done = run("restore", str(file), "--json")
    assert done.exit_code == 0, done.output
    assert told(done)["erased_anew"] == 1
    with closing(Store(str(office.store.url))) as store:
        assert store.read(lambda s: stands_in(s, office.ana.id)) == set()


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_cannot_be_done_is_one_sentence(
    office: Office, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(*words: str) -> str:
        done = run(*words)
        assert done.exit_code == 2, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return " ".join(done.stderr.split())

    file = tmp_path / "b"
    file.write_text("mine")
    assert "is there already" in says("backup", str(file))
    assert file.read_text() == "mine"
    assert "could not be written" in says("backup", str(tmp_path / "no" / "b"))
    assert "no backup of Customer Seat" in says("restore", str(file))
    assert "is not there" in says("restore", str(tmp_path / "nowhere"))
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE mine (x)")
    assert "no backup of Customer Seat" in says("restore", str(other))
    assert run("backup", str(tmp_path / "good")).exit_code == 0
    assert "writes over nothing" in says("restore", str(tmp_path / "good"))
    with closing(sqlite3.connect(tmp_path / "good")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert "update it" in says("restore", str(tmp_path / "good"))
    assert not (tmp_path / "new.db").exists()
    assert [n for n in os.listdir(tmp_path) if ".part" in n or n.startswith("good-")] == []
