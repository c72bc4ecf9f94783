"""The life of a review: any sequence of moves stays inside the table; facts decide heard."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.facts import (
    Answer,
    AnswerState,
    Confirmation,
    Mark,
    Objection,
    ObjectionState,
    Question,
    Review,
    Stance,
    State,
    Verdict,
)
from seat.review import (
    MOVES,
    Move,
    NotPossible,
    is_heard,
    marks_left,
    missing,
    move_of,
    next_move,
    objection_after_decision,
    overruled_by,
    state_after,
    wants_saying_back,
)

QUESTIONS = (
    Question(number=1, key="where", text="Where?", required=True, quick=True),
    Question(number=2, key="hurt", text="Who?"),
    Question(number=3, key="say", text="What would she say?", required=True, closing=True),
)
SAID = Answer(number=3, state=AnswerState.GIVEN, text="I would look around")
OPEN = Review(
    id=1,
    number=1,
    workspace_id="T1",
    channel_id="C1",
    seat_id=1,
    kind="pricing",
    title="Team plan",
    told_to_her="You pay more.",
    why="Hosting.",
    proposer="U1",
    decider="U2",
    advocate="U3",
    opened_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    questions=QUESTIONS,
)
COMPLETE = replace(
    OPEN,
    answers={1: Answer(number=1, state=AnswerState.GIVEN, text="paying"), 3: SAID},
    stance=Stance.COMPLAIN,
    statement_version=4,
)
CONFIRMED = replace(COMPLETE, said_back_version=4, confirmation=Confirmation.CONFIRMED)

answers = st.builds(
    Answer,
    number=st.integers(1, 3),
    state=st.sampled_from(AnswerState),
    text=st.text(max_size=5),
    stale=st.booleans(),
)
reviews = st.builds(
    lambda given, stance, version, said_back, confirmation, state, advocate: replace(
        OPEN,
        answers={a.number: a for a in given},
        stance=stance,
        statement_version=version,
        said_back_version=said_back,
        confirmation=confirmation,
        state=state,
        advocate=advocate,
    ),
    st.lists(answers, max_size=4),
    st.none() | st.sampled_from(Stance),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from(Confirmation),
    st.sampled_from([State.OPEN, State.HEARD]),
    st.none() | st.just("U3"),
)


@given(st.lists(st.sampled_from(Move), max_size=30))
def test_any_sequence_of_moves_keeps_the_life_cycle_legal(moves: list[Move]) -> None:
    state = State.OPEN
    for move in moves:
        transition = MOVES[move]
        if state in transition.sources:
            assert state_after(state, move) is transition.target
            state = transition.target
        else:
            with pytest.raises(NotPossible):
                state_after(state, move)
    assert state in set(State)


def test_every_move_stands_in_the_table_and_every_state_can_be_left_and_reached() -> None:
    assert set(MOVES) == set(Move)
    reached = {transition.target for transition in MOVES.values()}
    left = {source for transition in MOVES.values() for source in transition.sources}
    assert reached == left == set(State)


@given(reviews)
def test_after_the_move_the_facts_ask_for_they_ask_for_no_other(review: Review) -> None:
    move = next_move(review)
    if move is None:
        return
    moved = replace(review, state=state_after(review.state, move))
    assert next_move(moved) is None
    assert (moved.state is State.HEARD) == is_heard(review)


@given(reviews)
def test_nobody_is_heard_with_a_required_answer_missing_or_an_empty_seat(review: Review) -> None:
    if missing(review) or review.advocate is None:
        assert not is_heard(review)
        assert not wants_saying_back(review)


@pytest.mark.parametrize(
    ("review", "heard"),
    [
        (OPEN, False),
        (COMPLETE, False),
        (CONFIRMED, True),
        (replace(CONFIRMED, confirmation=Confirmation.NO_REPLY), True),
        (replace(CONFIRMED, confirmation=Confirmation.WAITING), False),
        (replace(CONFIRMED, statement_version=5), False),
        (replace(CONFIRMED, stance=None), False),
        (replace(CONFIRMED, answers={3: SAID}), False),
        (replace(CONFIRMED, answers=CONFIRMED.answers | {3: replace(SAID, stale=True)}), False),
        (
            replace(
                CONFIRMED,
                answers=CONFIRMED.answers | {1: Answer(number=1, state=AnswerState.NOT_KNOWN)},
            ),
            True,
        ),
        (
            replace(
                CONFIRMED,
                answers=CONFIRMED.answers | {1: Answer(number=1, state=AnswerState.SKIPPED)},
            ),
            True,
        ),
        (
            replace(
                CONFIRMED,
                stance=None,
                answers=CONFIRMED.answers | {3: Answer(number=3, state=AnswerState.NOT_KNOWN)},
            ),
            True,
        ),
    ],
)
def test_she_is_heard_when_all_required_is_said_and_said_back(review: Review, heard: bool) -> None:
    assert is_heard(review) is heard


OBJECTION = Objection(id=1, number=1, title="Promised until renewal")


@pytest.mark.parametrize(
    ("review", "verdict", "marks"),
    [
        (CONFIRMED, Verdict.GO, ()),
        (replace(OPEN, advocate=None), Verdict.STOP, (Mark.NOBODY_IN_THE_SEAT, Mark.UNANSWERED)),
        (OPEN, Verdict.GO, (Mark.UNANSWERED,)),
        (COMPLETE, Verdict.GO, (Mark.NOT_CONFIRMED,)),
        (replace(CONFIRMED, objections=(OBJECTION,)), Verdict.GO, (Mark.OVERRULED,)),
        (replace(CONFIRMED, objections=(OBJECTION,)), Verdict.STOP, ()),
        (replace(CONFIRMED, objections=(OBJECTION,)), Verdict.DEFER, ()),
        (replace(CONFIRMED, live_since=date(2026, 2, 1)), Verdict.GO, (Mark.LIVE_BEFORE_HEARD,)),
    ],
)
def test_deciding_leaves_its_marks(
    review: Review, verdict: Verdict, marks: tuple[Mark, ...]
) -> None:
    assert marks_left(review, verdict) == marks


@pytest.mark.parametrize(
    ("verdict", "after", "overrules"),
    [
        (Verdict.GO, ObjectionState.OVERRULED, True),
        (Verdict.GO_WITH_CHANGES, ObjectionState.OVERRULED, True),
        (Verdict.STOP, ObjectionState.NOT_PURSUED, False),
        (Verdict.DEFER, ObjectionState.OPEN, False),
    ],
)
def test_what_a_decision_does_to_an_open_objection(
    verdict: Verdict, after: ObjectionState, overrules: bool
) -> None:
    assert objection_after_decision(OBJECTION, verdict) is after
    assert bool(overruled_by(replace(OPEN, objections=(OBJECTION,)), verdict)) is overrules
    settled = replace(OBJECTION, state=ObjectionState.MITIGATED)
    assert objection_after_decision(settled, verdict) is ObjectionState.MITIGATED


def test_only_a_decider_who_stops_says_that_she_is_right() -> None:
    said = {v: objection_after_decision(OBJECTION, v, accepted=True) for v in Verdict}
    assert said[Verdict.STOP] is ObjectionState.ACCEPTED
    assert [v for v, state in said.items() if state is ObjectionState.ACCEPTED] == [Verdict.STOP]


def test_only_stop_closes() -> None:
    targets = {verdict: state_after(State.HEARD, move_of(verdict)) for verdict in Verdict}
    assert [v for v, state in targets.items() if state is State.CLOSED] == [Verdict.STOP]
    assert set(targets.values()) == {State.CLOSED, State.DECIDED}
