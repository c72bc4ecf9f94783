"""docs/data.md says of every table what it holds, and for how long, as the code has it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from db.everywhere import tables
from db.tidying import DRAFTS, RULES
from seat.retention import PERIODS, TOLD_AHEAD

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text()
ROWS = {
    name: (what, why, long)
    for name, what, why, long in re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE
    )
}
STATED = {
    "inbox": timedelta(days=7),
    "early_message": timedelta(hours=1),
    "draft": DRAFTS,
    "failed_delivery": timedelta(days=30),
    "outbox": timedelta(days=30),
    "surface": timedelta(days=30),
    "due": timedelta(days=30),
    "membership": timedelta(days=2),
    "channel": timedelta(days=2),
    "roster": timedelta(days=365),
}
"""What tests/db/test_tidying.py holds the rules to."""


def test_every_table_is_told_of() -> None:
    assert sorted(ROWS) == sorted(table.name for table in tables())


def test_everything_with_a_rule_has_a_stated_time() -> None:
    assert STATED.keys() == {rule.table.__tablename__ for rule in RULES}


@pytest.mark.parametrize("table", STATED)
def test_the_time_that_is_stated_is_the_one_that_is_kept(table: str) -> None:
    span = STATED[table]
    said = f"{span.days} days" if span.days else "1 hour"
    assert said in ROWS[table][2]


def test_what_points_to_a_review_goes_with_it() -> None:
    for table in tables():
        if "review_id" in table.c and table.name not in ("surface", "due"):
            assert ROWS[table.name][2].startswith("with its review"), table.name


def test_the_periods_are_those_of_the_form() -> None:
    *some, last = (str(months // 12) for months in PERIODS)
    assert f"{', '.join(some)} or {last} years" in PAGE
    assert f"{TOLD_AHEAD.days} days ahead" in PAGE
