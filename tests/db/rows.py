"""Rows to test with: a workspace, a seat, reviews, surfaces; one of everything."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.outbox import queue_surface
from db.tables import (
    AnswerRow,
    Channel,
    DecisionRow,
    ObjectionRow,
    QuestionRow,
    ReviewRow,
    Seat,
    Surface,
    Workspace,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
T = "T1"
C = "C1"


def add_workspace(session: Session, workspace_id: str = T) -> None:
    session.add(Workspace(id=workspace_id, installed_at=NOW))
    session.flush()


def add_seat(session: Session, channel_id: str = C) -> Seat:
    if session.get(Workspace, T) is None:
        add_workspace(session)
    seat = Seat(workspace_id=T, channel_id=channel_id, created_by="U9", created_at=NOW)
    session.add(seat)
    session.flush()
    return seat


def add_review(session: Session, seat: Seat | None = None, **fields: Any) -> ReviewRow:
    seat = seat or add_seat(session)
    seat.last_number += 1
    assert seat.id is not None
    told: dict[str, Any] = {
        "workspace_id": T,
        "seat_id": seat.id,
        "channel_id": seat.channel_id,
        "number": seat.last_number,
        "kind": "pricing",
        "title": "Charge for exports",
        "told_to_her": "Exports will cost 2 € each.",
        "why": "They cost us.",
        "proposer": "U1",
        "decider": "U2",
        "opened_at": NOW,
        "changed_at": NOW,
    }
    row = ReviewRow(**(told | fields))
    session.add(row)
    session.flush()
    return row


def add_full_review(session: Session) -> ReviewRow:
    """A review with something in every field that a rule reads."""
    row = add_review(
        session,
        kind_label="Pricing",
        size="quick",
        state="decided",
        version=7,
        revision=2,
        change="2 € an export",
        affected="about 400",
        takes_effect=date(2026, 4, 1),
        links="https://example.com",
        live_since=date(2026, 2, 1),
        confidential_until=date(2026, 3, 20),
        persona="first-year small business",
        advocate="U3",
        stand_in="U4",
        accepted=True,
        seated_at=NOW,
        heard_at=NOW + timedelta(days=1),
        seating={"user": "U3", "way": "handed_over", "by": "U4"},
        answers_due_at=NOW + timedelta(days=2),
        decide_by=date(2026, 3, 9),
        decision_due_at=NOW + timedelta(days=5),
        stance="would_complain",
        statement_version=3,
        said_back_version=3,
        confirmation="confirmed",
        confirm_by=NOW + timedelta(days=1),
        last_taken_number=2,
        last_taken_at=NOW + SECOND,
        doubts=[
            {
                "channel": C,
                "ts": "1.2",
                "by": "U3",
                "numbers": [2],
                "part_of": 1,
                "words": "2 customers",
                "pieces": [],
            }
        ],
        needs_full_used=True,
        deferred_until=date(2026, 5, 1),
    )
    assert row.id is not None
    session.add(Channel(workspace_id=T, id=C, is_private=False, checked_at=NOW))
    options = [{"value": "bill", "label": "On the bill"}]
    session.add(
        QuestionRow(
            review_id=row.id, number=1, key="meets", text="Where?", kind="choice", options=options
        )
    )
    session.add(
        QuestionRow(
            review_id=row.id, number=2, key="says", text="What would she say?", closing=True
        )
    )
    session.add(
        AnswerRow(
            review_id=row.id,
            number=2,
            state="given",
            text="“I would look around.”",
            evidence="said",
            by="U3",
            message_ts=["1.1", "1.2"],
        )
    )
    objection: dict[str, Any] = {"review_id": row.id, "by": "U3", "at": NOW}
    session.add(ObjectionRow(number=2, title="Second", offered="mitigated", **objection))
    session.add(ObjectionRow(number=1, title="First", state="overruled", **objection))
    session.add(
        DecisionRow(
            review_id=row.id,
            number=1,
            verdict="go_with_changes",
            because="It pays for support.",
            until=date(2026, 5, 1),
            marks=["overruled"],
            by="U2",
            at=NOW,
        )
    )
    checklist = want(session, "checklist", review_id=row.id)
    checklist.shown_number, checklist.shown_at = 2, NOW
    session.add(checklist)
    session.flush()
    return row


def want(
    session: Session,
    key: str,
    *,
    channel_id: str = C,
    person_id: str | None = None,
    under: Surface | None = None,
    review_id: int | None = None,
    workspace_id: str = T,
) -> Surface:
    return queue_surface(
        session,
        workspace_id=workspace_id,
        kind=key.partition(":")[0],
        key=key,
        channel_id="" if person_id else channel_id,
        person_id=person_id,
        under=under,
        review_id=review_id,
        now=NOW,
    )
