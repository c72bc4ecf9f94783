"""Rows of a review come back as the facts they were."""

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from db.snapshot import find_review, lock_review, read_review
from db.store import Store
from db.tables import Channel, HistoryRow
from seat import facts
from seat.seating import Seating, Way
from tests.databases import fresh_sqlite_url
from tests.db.rows import NOW, SECOND, C, T, add_full_review, add_review, add_workspace


def test_a_new_review_has_only_what_was_proposed(store: Store) -> None:
    review = store.transact(lambda s: read_review(s, add_review(s)))
    assert review.state is facts.State.OPEN
    assert review.size is facts.Size.FULL
    assert (review.questions, review.answers, review.objections) == ((), {}, ())
    assert review.decision is None
    assert review.private, "a channel nobody has looked up yet counts as private"


def test_a_stance_that_is_not_known_is_told_from_none(store: Store) -> None:
    row = store.transact(add_full_review)

    def not_known(session: Session) -> None:
        kept = session.get_one(type(row), row.id)
        kept.stance, kept.stance_not_known = None, True
        session.add(kept)

    store.transact(not_known)
    review = store.read(lambda s: read_review(s, s.get_one(type(row), row.id)))
    assert review.stance is facts.Stance.NOT_KNOWN


def test_everything_that_was_stored_is_read(store: Store) -> None:
    row = store.transact(add_full_review)
    review = store.read(lambda s: read_review(s, row))
    assert row.id is not None
    assert review == facts.Review(
        id=row.id,
        number=1,
        workspace_id=T,
        channel_id=C,
        seat_id=row.seat_id,
        kind="pricing",
        kind_label="Pricing",
        title="Charge for exports",
        told_to_her="Exports will cost 2 € each.",
        why="They cost us.",
        proposer="U1",
        decider="U2",
        opened_at=NOW,
        size=facts.Size.QUICK,
        state=facts.State.DECIDED,
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
        seating=Seating("U3", Way.HANDED_OVER, by="U4"),
        answers_due_at=NOW + timedelta(days=2),
        decide_by=date(2026, 3, 9),
        decision_due_at=NOW + timedelta(days=5),
        questions=(
            facts.Question(
                number=1,
                key="meets",
                text="Where?",
                kind=facts.QuestionKind.CHOICE,
                options=(facts.Option("bill", "On the bill"),),
            ),
            facts.Question(number=2, key="says", text="What would she say?", closing=True),
        ),
        answers={
            2: facts.Answer(
                number=2,
                state=facts.AnswerState.GIVEN,
                text="“I would look around.”",
                evidence=facts.Evidence.SAID,
                message_ts=("1.1", "1.2"),
            )
        },
        stance=facts.Stance.COMPLAIN,
        objections=(
            facts.Objection(id=2, number=1, title="First", state=facts.ObjectionState.OVERRULED),
            facts.Objection(id=1, number=2, title="Second", offered=facts.ObjectionState.MITIGATED),
        ),
        statement_version=3,
        said_back_version=3,
        confirmation=facts.Confirmation.CONFIRMED,
        confirm_by=NOW + timedelta(days=1),
        asked_number=2,
        asked_at=NOW,
        last_taken=facts.LastTaken(2, NOW + SECOND),
        doubts=(facts.Doubt(C, "1.2", "U3", (2,), 1, "2 customers"),),
        needs_full_used=True,
        decisions=(
            facts.Decision(
                number=1,
                verdict=facts.Verdict.GO_WITH_CHANGES,
                because="It pays for support.",
                by="U2",
                at=NOW,
                until=date(2026, 5, 1),
                marks=(facts.Mark.OVERRULED,),
            ),
        ),
        deferred_until=date(2026, 5, 1),
        private=False,
    )


@pytest.mark.parametrize("field", dataclasses.fields(facts.Review), ids=lambda f: f.name)
def test_no_field_is_forgotten(full: facts.Review, field: "dataclasses.Field[object]") -> None:
    """Failing here: a new fact is not read in db/snapshot.py, or not set in tests/db/rows.py."""
    elsewhere = ("private", "withdrawn_by", "withdrawn_because", "decider_is_gone")
    if field.default is not dataclasses.MISSING and field.name not in elsewhere:
        assert getattr(full, field.name) != field.default


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[facts.Review]:
    store = Store(fresh_sqlite_url(tmp_path_factory.mktemp("full")))
    yield store.transact(lambda s: read_review(s, add_full_review(s)))
    store.close()


def test_a_review_is_found_only_within_its_workspace(store: Store) -> None:
    row = store.transact(add_review)
    assert row.id is not None
    store.transact(lambda s: add_workspace(s, "T2"))

    def look(session: Session, workspace_id: str) -> list[bool]:
        assert row.id is not None
        return [
            find_review(session, row.id, workspace_id=workspace_id) is not None,
            lock_review(session, row.id, workspace_id=workspace_id) is not None,
        ]

    assert store.transact(lambda s: look(s, T)) == [True, True]
    assert store.transact(lambda s: look(s, "T2")) == [False, False]


def test_a_withdrawn_review_knows_who_withdrew_it_last_and_why(store: Store) -> None:
    def put(session: Session) -> facts.Review:
        row = add_review(session)
        row.state = facts.State.WITHDRAWN
        for who, reason in (("U1", "Too early."), ("U2", "")):
            session.add(
                HistoryRow(
                    review_id=row.id or 0, at=NOW, who=who, what="withdrawn",
                    after={"reason": reason},
                )
            )  # fmt: skip
        return read_review(session, row)

    review = store.transact(put)
    assert (review.withdrawn_by, review.withdrawn_because) == ("U2", "")


def test_a_review_in_a_private_channel_is_private(store: Store) -> None:
    def put(session: Session) -> facts.Review:
        row = add_review(session)
        session.add(Channel(workspace_id=T, id=C, is_private=True, checked_at=NOW))
        return read_review(session, row)

    assert store.transact(put).private


def test_changes_not_yet_written_are_read(store: Store) -> None:
    def change(session: Session) -> str:
        row = add_review(session)
        row.title = "Another"
        return read_review(session, row).title

    assert store.transact(change) == "Another"


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    row = store.transact(add_full_review)
    read = store.read(lambda s: find_review(s, row.id or 0, workspace_id=T))
    assert read is not None
    assert read.opened_at == NOW
    assert read.opened_at.utcoffset() == timedelta(0)
