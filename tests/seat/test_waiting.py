"""Whom a review waits for, since when, and when that is overdue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from seat.facts import Objection, ObjectionState, Review, State
from seat.waiting import Awaited, Wait, is_overdue, is_waiting_on, waits, whose_move
from tests.seat.reviews_by_state import NOW, days, decided, heard, review, spoken


@pytest.mark.parametrize(
    ("facts", "wait"),
    [
        (
            review(advocate=None),
            Wait(Awaited.SOMEONE_TO_SIT, None, NOW - days(3)),
        ),
        (
            review(answers_due_at=NOW),
            Wait(Awaited.ANSWERS, "ANA", NOW - days(2), NOW),
        ),
        (
            spoken(answers_due_at=NOW, confirm_by=NOW + days(1)),
            Wait(Awaited.CONFIRMATION, "ANA", NOW - days(2), NOW + days(1)),
        ),
        (
            heard(decision_due_at=NOW + days(1)),
            Wait(Awaited.DECISION, "LEE", NOW - days(1), NOW + days(1)),
        ),
        (heard(heard_at=None), Wait(Awaited.DECISION, "LEE", NOW - days(3))),
        (decided(), None),
        (decided(state=State.CLOSED), None),
        (review(state=State.WITHDRAWN), None),
    ],
)
def test_a_review_waits_for_one_person_or_for_none(facts: Review, wait: Wait | None) -> None:
    assert whose_move(facts) == wait


def test_an_objection_waits_for_the_proposer_and_an_offer_for_the_advocate() -> None:
    objection = Objection(1, 1, "Promised until renewal")
    replied = replace(objection, reply="Why?")
    offered = replace(replied, offered=ObjectionState.MITIGATED)
    ended = replace(objection, state=ObjectionState.WITHDRAWN)

    def along(*objections: Objection) -> list[tuple[Awaited, str | None]]:
        return [(w.awaited, w.user) for w in waits(heard(objections=objections))[1:]]

    assert along(objection, objection) == [(Awaited.REPLY, "SAM")]
    assert along(replied) == []
    assert along(offered) == [(Awaited.AGREEMENT, "ANA")]
    assert along(ended) == []


def test_what_waits_for_somebody_is_theirs_and_nobody_elses() -> None:
    facts = heard(objections=(Objection(1, 1, "No"),))
    assert [u for u in ("ANA", "SAM", "LEE") if is_waiting_on(facts, u)] == ["SAM", "LEE"]
    assert not is_waiting_on(decided(), "LEE")
    assert waits(decided(objections=(Objection(1, 1, "No"),))) == ()


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        (review(), False),
        (review(answers_due_at=NOW), False),
        (review(answers_due_at=NOW - timedelta(seconds=1)), True),
        (review(advocate=None, answers_due_at=NOW - days(1)), False),
        (spoken(answers_due_at=NOW - days(1), confirm_by=NOW + days(1)), False),
        (heard(answers_due_at=NOW - days(1)), False),
        (heard(decision_due_at=NOW - days(1)), True),
        (decided(decision_due_at=NOW - days(1)), False),
    ],
)
def test_overdue_is_what_is_past_the_due_time_of_its_own_wait(facts: Review, overdue: bool) -> None:
    assert is_overdue(facts, NOW) is overdue
