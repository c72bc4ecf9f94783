"""A private message that Slack refuses, since its reader has left, tells us that they have."""

from sqlmodel import Session, select

from db.tables import Due, Person, ReviewRow
from playground.driver.message import Channel
from tests.delivery.desk import Desk
from tests.delivery.test_refusals import add_seat


def test_what_waited_for_a_reader_who_is_gone_goes_on_without(desk: Desk, pricing: Channel) -> None:
    kim = desk.slack.add_person("Kim Wu", deleted=True)
    lee = desk.slack.add_person("Lee Park")
    seat_id = add_seat(desk, pricing, lee.id)

    def propose(session: Session) -> int:
        person = Person(workspace_id=desk.t, id=kim.id, checked_at=desk.clock.now())
        review = ReviewRow(
            workspace_id=desk.t, seat_id=seat_id, channel_id=pricing.id, number=1, kind="pricing",
            title="Exports", told_to_her="They cost.", why="They cost us.", proposer=lee.id,
            decider=lee.id, advocate=kim.id, opened_at=desk.clock.now(),
            changed_at=desk.clock.now(),
        )  # fmt: skip
        session.add_all([person, review])
        session.flush()
        return review.id or 0

    review_id = int(desk.do(propose))
    desk.want("seat", person_id=kim.id, review_id=review_id)
    desk.dispatcher().drain()
    due = desk.store.read(lambda s: s.exec(select(Due)).one())
    assert (due.kind, due.review_id, due.args["person"]) == ("gone", review_id, kim.id)
    known = desk.store.read(lambda s: s.get_one(Person, (desk.t, kim.id)))
    assert known.deactivated
    assert lee.dm.messages == []
