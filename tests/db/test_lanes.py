"""Order inside a lane is strict; lanes know nothing of each other."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from db.backlog import Counts, counts, unpark
from db.lanes import (
    done,
    hold_lane,
    look_later,
    next_row,
    park,
    release,
    retry_later,
    start_sending,
)
from db.outbox import find_surface
from db.store import Store
from db.tables import Surface
from tests.db.rows import NOW, SECOND, C, T, add_workspace, want
from tests.db.sending import claim, claimed, open_now, react, send, surface_of, upcoming


@pytest.fixture(autouse=True)
def _workspace(store: Store) -> None:
    store.transact(add_workspace)


def read_counts(store: Store) -> Counts:
    return store.read(counts)


def card_and_checklist(store: Store) -> None:
    def queue(session: Session) -> None:
        card = want(session, "card:1")
        want(session, "checklist:1", under=card)
        want(session, "card:2")

    store.transact(queue)


def test_nothing_queued_is_nothing_to_claim(store: Store) -> None:
    assert claim(store) is None


def test_rows_go_out_in_the_order_they_were_queued(store: Store) -> None:
    for name in ("one", "two", "three"):
        react(store, name)
    lane = claimed(store)
    sent = []
    while (row := store.read(lambda s: next_row(s, lane, now=NOW))) is not None:
        sent.append(row.args["name"])
        assert send(store, lane, row)
    assert sent == ["one", "two", "three"]
    store.transact(lambda s: release(s, lane))
    assert claim(store) is None


def test_the_lane_that_waited_longest_comes_first(store: Store) -> None:
    react(store, "one", "C2")
    react(store, "two", "C1")
    assert [claimed(store).lane, claimed(store).lane] == ["C2", "C1"]


def test_a_row_that_waits_holds_back_those_behind_it(store: Store) -> None:
    react(store, "one")
    react(store, "two")
    lane = claimed(store)
    row = upcoming(store, lane)
    later = NOW + 60 * SECOND
    store.transact(lambda s: retry_later(s, row, lane, not_before=later, error="ratelimited"))
    assert store.read(lambda s: next_row(s, lane, now=NOW)) is None
    store.transact(lambda s: release(s, lane))
    assert claim(store) is None
    assert upcoming(store, claimed(store, later), later).args["name"] == "one"


def test_a_kind_nobody_here_knows_holds_back_its_lane_only(store: Store) -> None:
    store.transact(lambda s: want(s, "card:1"))
    react(store, "behind")
    react(store, "elsewhere", "C2")
    assert claimed(store, kinds=("react",)).lane == "C2"
    assert claim(store, kinds=("react",)) is None
    assert claimed(store, kinds=("surface",)).lane == C


def test_a_lane_stops_at_a_kind_nobody_here_knows(store: Store) -> None:
    react(store, "one")
    store.transact(lambda s: want(s, "card:1"))
    lane = claimed(store, kinds=("react",))
    send(store, lane, upcoming(store, lane))
    assert store.read(lambda s: next_row(s, lane, now=NOW)) is None


def test_no_kinds_claim_nothing(store: Store) -> None:
    react(store, "one")
    assert claim(store, kinds=()) is None


def test_only_the_named_workspaces_are_served(store: Store) -> None:
    react(store, "one")
    assert claim(store, workspaces=("T2",)) is None
    assert claim(store, workspaces=()) is None
    assert claim(store, workspaces=("T2", T)) is not None


def test_the_card_goes_before_the_checklist_in_its_thread(store: Store) -> None:
    card_and_checklist(store)
    lane = claimed(store)
    for key in ("card:1", "checklist:1", "card:2"):
        row = upcoming(store, lane)
        assert surface_of(store, row).key == key
        assert send(store, lane, row, ts=f"{key}.ts")


def test_whoever_waits_for_a_message_hears_when_it_has_a_ts(store: Store) -> None:
    """Also in another lane: a private message carries the card's link."""

    def queue(session: Session) -> None:
        card = want(session, "card:1")
        want(session, "nudge:1", under=card, channel_id="U1")

    store.transact(queue)
    lane = claimed(store)
    assert claim(store) is None
    heard: list[str] = []
    store.after_commit(lambda: heard.append("go"))
    row = upcoming(store, lane)
    assert send(store, lane, row, ts="1.1")
    assert heard == ["go"]
    assert claimed(store).lane == "U1"


def test_a_parked_card_keeps_its_checklist_waiting_and_nobody_else(store: Store) -> None:
    card_and_checklist(store)
    lane = claimed(store)
    card = upcoming(store, lane)
    store.transact(lambda s: park(s, card, lane, error="msg_too_long"))
    store.transact(lambda s: release(s, lane))
    lane = claimed(store)
    other = upcoming(store, lane)
    assert surface_of(store, other).key == "card:2"
    assert send(store, lane, other, ts="2.2")
    assert store.read(lambda s: next_row(s, lane, now=NOW)) is None
    store.transact(lambda s: release(s, lane))
    assert claim(store) is None
    assert read_counts(store) == Counts(pending=1, waiting=1, parked=1, oldest_at=None)

    assert store.transact(lambda s: unpark(s, workspace_id=T)) == 1
    lane = claimed(store)
    assert send(store, lane, upcoming(store, lane), ts="1.1")
    assert surface_of(store, upcoming(store, lane)).key == "checklist:1"


def letter_under_a_shown_card(store: Store) -> None:
    """Its card stands in the channel, and both are wanted by one deed, the letter first."""
    store.transact(lambda s: want(s, "card:1"))
    lane = claimed(store)
    assert send(store, lane, upcoming(store, lane), ts="1.1")
    store.transact(lambda s: release(s, lane))

    def queue(session: Session) -> None:
        card = find_surface(session, workspace_id=T, key="card:1")
        want(session, "seat:1", under=card, person_id="U1")
        want(session, "card:1")

    store.transact(queue)


def test_a_letter_goes_after_what_its_channel_is_told_of_the_same(store: Store) -> None:
    letter_under_a_shown_card(store)
    lane = claimed(store)
    assert lane.lane == C
    assert claim(store) is None, "nor may another do it meanwhile"
    row = upcoming(store, lane)
    store.transact(lambda s: start_sending(s, row, lane, now=NOW))
    assert claim(store) is None
    store.transact(lambda s: park(s, row, lane, error="channel_not_found"))
    assert claimed(store).lane == "U1"


def test_a_channel_that_refuses_what_it_is_told_holds_up_no_letter(store: Store) -> None:
    letter_under_a_shown_card(store)
    react(store, "eyes")
    lane = claimed(store)
    row = upcoming(store, lane)
    later = NOW + SECOND
    store.transact(lambda s: retry_later(s, row, lane, not_before=later, error="internal_error"))
    assert claimed(store).lane == "U1"


def test_unparking_a_message_that_was_wanted_again_keeps_one_row(store: Store) -> None:
    store.transact(lambda s: want(s, "card:1"))
    lane = claimed(store)
    row = upcoming(store, lane)
    store.transact(lambda s: park(s, row, lane, error="is_archived"))
    store.transact(lambda s: want(s, "card:1"))
    assert store.transact(lambda s: unpark(s, workspace_id=T, lane="C2")) == 0
    assert store.transact(lambda s: unpark(s, workspace_id=T, lane=C)) == 0
    assert read_counts(store) == Counts(pending=1, waiting=0, parked=0, oldest_at=NOW)


def test_what_was_wanted_while_it_was_drawn_stays_due(store: Store) -> None:
    store.transact(lambda s: want(s, "card:1"))
    lane = claimed(store)
    row = upcoming(store, lane)
    store.transact(lambda s: start_sending(s, row, lane, now=NOW))
    store.transact(lambda s: want(s, "card:1"))
    assert not store.transact(lambda s: done(s, row, lane, now=NOW, drawn=1, ts="1.1"))

    again = upcoming(store, lane)
    assert (again.id, again.sending_since, again.attempts) == (row.id, None, 0)
    surface = surface_of(store, again)
    assert (surface.wanted, surface.drawn, surface.ts, surface.sent_at) == (2, 1, "1.1", NOW)
    later = NOW + SECOND
    assert store.transact(lambda s: done(s, again, lane, now=later, drawn=2, ts="1.1"))
    assert surface_of(store, row).sent_at == NOW  # a redraw is not a new message
    assert read_counts(store).pending == 0


def test_what_the_sender_notes_on_the_message_is_kept(store: Store) -> None:
    store.transact(lambda s: want(s, "checklist:1"))
    lane = claimed(store)
    row = upcoming(store, lane)

    def drawn(session: Session) -> None:
        surface = session.get_one(Surface, row.surface_id)
        surface.shown_number, surface.shown_at = 2, NOW
        session.add(surface)
        done(session, row, lane, now=NOW, drawn=1, ts="1.1")

    store.transact(drawn)
    surface = surface_of(store, row)
    assert (surface.shown_number, surface.shown_at, surface.ts) == (2, NOW, "1.1")


def test_a_message_that_is_gone_is_done_whatever_was_wanted(store: Store) -> None:
    store.transact(lambda s: want(s, "card:1"))
    store.transact(lambda s: want(s, "card:1"))
    lane = claimed(store)
    row = upcoming(store, lane)
    assert store.transact(lambda s: done(s, row, lane, now=NOW))
    assert (surface_of(store, row).drawn, read_counts(store).pending) == (2, 0)


def test_a_row_in_doubt_says_so_until_it_is_known(store: Store) -> None:
    react(store, "one")
    lane = claimed(store)
    row = upcoming(store, lane)
    store.transact(lambda s: start_sending(s, row, lane, now=NOW))
    look_at = NOW + 60 * SECOND
    store.transact(lambda s: look_later(s, row, lane, not_before=look_at, error="timed out"))
    store.transact(lambda s: look_later(s, row, lane, not_before=look_at, error="", looked=True))
    open_now(store)
    assert claim(store, NOW) is None  # being let in does not end the doubt
    store.transact(lambda s: release(s, lane))

    found = upcoming(store, claimed(store, look_at), look_at)
    assert (found.sending_since, found.attempts, found.looks) == (NOW, 1, 1)


def test_a_refusal_ends_the_doubt(store: Store) -> None:
    react(store, "one")
    lane = claimed(store)
    row = store.transact(lambda s: start_sending(s, upcoming(store, lane), lane, now=NOW))
    assert row.sending_since == NOW
    store.transact(lambda s: retry_later(s, row, lane, not_before=NOW, error="ratelimited"))
    again = upcoming(store, lane)
    assert (again.sending_since, again.attempts, again.error) == (None, 1, "ratelimited")


def test_a_lane_that_is_held_waits_until_it_is_opened(store: Store) -> None:
    react(store, "one")
    lane = claimed(store)
    tomorrow = NOW + timedelta(days=1)
    store.transact(lambda s: hold_lane(s, lane, until=tomorrow))
    store.transact(lambda s: release(s, lane))
    assert claim(store) is None
    open_now(store)
    assert claim(store) is not None


def test_a_held_lane_opens_by_itself_in_time(store: Store) -> None:
    react(store, "one")
    lane = claimed(store)
    store.transact(lambda s: hold_lane(s, lane, until=NOW + SECOND))
    store.transact(lambda s: release(s, lane))
    assert claim(store) is None
    assert claim(store, NOW + SECOND) is not None


def test_the_backlog_is_counted(store: Store) -> None:
    assert read_counts(store) == Counts(pending=0, waiting=0, parked=0, oldest_at=None)
    react(store, "one")
    react(store, "two")
    assert read_counts(store) == Counts(pending=2, waiting=0, parked=0, oldest_at=NOW)
