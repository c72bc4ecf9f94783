"""One review for the tests of who may do what, and the same with nobody in its seat."""

from dataclasses import replace
from datetime import UTC, datetime

from seat.facts import Review

REVIEW = Review(
    id=1,
    number=18,
    workspace_id="T1",
    channel_id="C1",
    seat_id=1,
    kind="pricing",
    title="Team plan from $39 to $49",
    told_to_her="You pay $10 more.",
    why="Hosting is up.",
    proposer="SAM",
    decider="LEE",
    opened_at=datetime(2026, 3, 9, tzinfo=UTC),
    advocate="ANA",
    stand_in="BEN",
)
UNSEATED = replace(REVIEW, advocate=None)
