"""Checklists that change while the bot runs: good ones are used, bad ones never stop it."""

import shutil
from pathlib import Path

from bot.data import data_folder
from bot.jobs.ticks import tick_checklists
from tests.databases import fresh_sqlite_url
from tests.dialogs.office import Office, open_office


def test_a_broken_checklist_leaves_the_last_good_one_and_keepers_hear_of_it_once(
    tmp_path: Path,
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(data_folder("checklists") / "pricing.yaml", own / "pricing.yaml")
    with open_office(fresh_sqlite_url(tmp_path), checklists_dir=own) as office:
        office.set_up(office.ana, office.ben)
        (own / "pricing.yaml").write_text("kind: pricing\nlabel: [", encoding="utf-8")
        for _ in range(3):
            tick_checklists(office.running.toolbox)
            office.settle()
        told = [m for m in office.lee.dm.messages if "pricing.yaml" in m.all_text()]
        assert len(told) == 1
        assert not told[0].edited
        assert_reviews_still_open(office)


def test_a_checklist_broken_before_the_start_is_told_of_at_the_first_tick(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "legal.yaml").write_text("not a checklist", encoding="utf-8")
    with open_office(fresh_sqlite_url(tmp_path), checklists_dir=own) as office:
        office.set_up(office.ana, office.ben)
        tick_checklists(office.running.toolbox)
        office.settle()
        assert "legal.yaml" in office.letter(office.lee, "legal.yaml").all_text()
        assert_reviews_still_open(office)


def assert_reviews_still_open(office: Office) -> None:
    card = office.propose(kind="pricing")
    assert "0 of 7" in card.all_text()
