"""Whatever is sent outside a channel about it needs to be known to be its reader's, for every kind
of message there is: a new kind without a row here fails."""

from typing import Any

import pytest
from sqlmodel import Session

from bot.views.messages import MESSAGES
from db.tables import OutboxState, ReviewRow
from db.tables import Person as PersonRow
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.delivery.desk import Desk
from tests.delivery.test_refusals import add_seat

DAY = 24 * 60 * 60

IN_THE_CHANNEL = {
    "card", "digest", "checklist", "say_back", "revision", "decision", "instead", "moved", "unkept",
}  # fmt: skip
OF_NO_CHANNEL = {"checklist_broken_for_keeper": "names a file of the host's"}
TIED_BY = {
    **dict.fromkeys(
        (
            "seat", "nudge_advocate", "taken_back", "revision_for_advocate", "reply_for_advocate",
            "decision_for_advocate", "offer", "objection_for_proposer", "heard_for_proposer",
            "decided_for_proposer", "heard_for_decider", "nudge_decider", "another_decider",
            "open_again", "unseated_for_keeper", "deleted_for_keeper", "not_taken",
            "private_answer",
        ),
        "review",
    ),
    **dict.fromkeys(
        ("parked_for_keeper", "shared_for_keeper", "keeper_left", "on_the_roster", "reviews_go"),
        "seat",
    ),
    **dict.fromkeys(("hello", "invited"), "home"),
}  # fmt: skip
"""What says which channel a private message is about."""


def test_every_kind_of_message_has_its_row() -> None:
    private = {*TIED_BY, *OF_NO_CHANNEL}
    assert private | IN_THE_CHANNEL == {*MESSAGES}
    assert not private & IN_THE_CHANNEL
    in_channel = {kind for kind, m in MESSAGES.items() if m.to in ("channel", "thread")}
    assert in_channel == IN_THE_CHANNEL


def want_all(desk: Desk, place: Channel, *readers: Person) -> None:
    """One of every kind to each of them, about what is in that place."""
    seat_id = add_seat(desk, place, readers[0].id)

    def propose(session: Session) -> int:
        review = ReviewRow(
            workspace_id=desk.t, seat_id=seat_id, channel_id=place.id, number=1, kind="pricing",
            title="Exports", told_to_her="They cost.", why="They cost us.", proposer=readers[0].id,
            decider=readers[0].id, opened_at=desk.clock.now(), changed_at=desk.clock.now(),
        )  # fmt: skip
        session.add(review)
        session.flush()
        return review.id or 0

    ties: dict[str, dict[str, Any]] = {
        "review": {"review_id": int(desk.do(propose))},
        "seat": {"seat_id": seat_id},
        "home": {"args": {"home": place.id}},
    }
    for reader in readers:
        for kind, tie in TIED_BY.items():
            desk.want(kind, key=f"{kind}:{reader.id}", person_id=reader.id, **ties[tie])


def drain(desk: Desk) -> None:
    desk.dispatcher(more_kinds=tuple(TIED_BY)).drain()


def told(person: Person) -> set[str]:
    return {message.text for message in person.dm.messages}


def test_each_goes_to_who_is_in_a_private_channel_and_to_nobody_else(desk: Desk) -> None:
    inside, outside = desk.slack.add_person("In Side"), desk.slack.add_person("Out Side")
    place = desk.slack.add_channel("secret", members=[inside], private=True, bot_in=True)
    want_all(desk, place, inside, outside)
    drain(desk)
    assert told(inside) == {*TIED_BY}
    assert told(outside) == set()
    assert desk.rows() == []


def test_a_guest_taken_out_of_a_public_channel_is_told_nothing_of_it(desk: Desk) -> None:
    guest, member = desk.slack.add_person("Gus Guest", guest=True), desk.slack.add_person("Mel")
    place = desk.slack.add_channel("open", members=[guest], bot_in=True)
    want_all(desk, place, guest, member)
    guest.leave(place)
    drain(desk)
    assert told(member) == {*TIED_BY}, "who is a full member reads every public channel"
    assert told(guest) == set()


@pytest.mark.parametrize(
    ("method", "private"),
    [("conversations.info", True), ("conversations.members", True), ("conversations.info", False),
     ("users.info", False)],
)  # fmt: skip
def test_in_doubt_none_is_sent_and_all_wait(desk: Desk, method: str, private: bool) -> None:
    """What was known of it is a day old, and Slack doesn't say."""
    inside = desk.slack.add_person("In Side")
    place = desk.slack.add_channel("place", members=[inside], private=private, bot_in=True)
    want_all(desk, place, inside)
    desk.hand.advance(DAY)
    fault = desk.slack.faults.add("http_500", method=method)
    drain(desk)
    assert told(inside) == set()
    assert {row.state for row in desk.rows()} == {OutboxState.PENDING}
    desk.slack.faults.remove(fault)
    desk.hand.advance(DAY)
    drain(desk)
    assert told(inside) == {*TIED_BY}


def test_none_is_sent_while_its_channel_is_shared_but_that_it_is(desk: Desk) -> None:
    inside = desk.slack.add_person("In Side")
    place = desk.slack.add_channel("place", members=[inside], bot_in=True)
    want_all(desk, place, inside)
    place.share()
    desk.hand.advance(DAY)
    drain(desk)
    assert told(inside) == {"shared_for_keeper"}
    assert {row.state for row in desk.rows()} == {OutboxState.PARKED}


def test_who_was_made_a_guest_and_nobody_told_us_is_asked_about(desk: Desk) -> None:
    kim = desk.slack.add_person("Kim Wu")
    place = desk.slack.add_channel("open", members=[], bot_in=True)
    known = PersonRow(workspace_id=desk.t, id=kim.id, checked_at=desk.clock.now())
    desk.do(lambda s: s.add(known))
    kim.record.is_guest = True
    desk.hand.advance(DAY + 60)
    want_all(desk, place, kim)
    drain(desk)
    assert told(kim) == set()
