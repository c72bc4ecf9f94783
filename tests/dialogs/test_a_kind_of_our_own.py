"""A checklist of the team's own, in the folder CHECKLISTS_DIR names, is answered like any other."""

from pathlib import Path

from tests.databases import fresh_sqlite_url
from tests.dialogs.answering import Answering
from tests.dialogs.office import open_office

WORDING = """
kind: wording
label: Wording
version: 1
questions:
  - id: says_now
    text: What does it say now?
    short: Says now
  - id: understands
    text: Does she understand it at once?
    short: Understands
    kind: choice
    options: [yes, after a while, no]
    required: true
    quick: true
"""


def test_a_new_kind_is_proposed_answered_and_heard(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "wording.yaml").write_text(WORDING, encoding="utf-8")
    with open_office(fresh_sqlite_url(tmp_path), checklists_dir=own) as office:
        at = Answering(office, kind="wording")
        assert at.progress == "0 of 4"
        assert "Wording #1" in at.card.all_text()
        at.ana("Paying, on the June invoice")
        at.ana("It says surcharge")
        office.press(office.ana, at.letter, "answer_tap_2")
        assert at.line(3).endswith("_after a while_")
        at.ana("I would call and ask")
        at.ana("would live with it")
        assert at.ears.new() == ["#pricing/thread"]
        office.press(office.ana, at.say_back, "confirm_heard")
        assert at.review()["state"] == "heard"
