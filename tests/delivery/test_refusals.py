"""What Slack refuses: parked, waiting, paused; the rest goes on."""

from sqlmodel import Session

from bot.slack.resume import resume_from_event, resume_workspace
from db.backlog import unpark
from db.outbox import queue_reaction
from db.tables import Channel as ChannelRow
from db.tables import Person, ReviewRow, Seat, Workspace
from playground.driver.message import Channel
from tests.delivery.desk import Desk

POST = "chat.postMessage"


def add_seat(desk: Desk, channel: Channel, *keepers: str) -> int:
    def deed(session: Session) -> int:
        seat = Seat(
            workspace_id=desk.t,
            channel_id=channel.id,
            keepers=list(keepers),
            created_by=keepers[0],
            created_at=desk.clock.now(),
        )
        session.add(seat)
        private = channel.record.kind == "group"
        session.add(ChannelRow(workspace_id=desk.t, id=channel.id, is_private=private,
                               bot_is_member=True, checked_at=desk.clock.now()))  # fmt: skip
        session.flush()
        return seat.id or 0

    return int(desk.do(deed))


def test_a_keeper_who_has_left_is_not_written_to(desk: Desk, pricing: Channel) -> None:
    kim = desk.slack.add_person("Kim Wu")
    add_seat(desk, pricing, kim.id)
    now = desk.clock.machine()
    gone = Person(workspace_id=desk.t, id=kim.id, is_guest=True, checked_at=now)
    desk.do(lambda s: s.add(gone))
    pricing.archive()
    desk.want("card", pricing.id, "card:1")
    desk.dispatcher().drain()
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "is_archived")]
    assert kim.dm.messages == []


def test_an_archived_channel_parks_and_the_others_go_on(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    kim = desk.slack.add_person("Kim Wu")
    add_seat(desk, pricing, kim.id)
    pricing.archive()
    for number in range(3):
        desk.want("card", pricing.id, f"card:{number}")
    desk.want("card", support.id, "card:other")
    desk.dispatcher().drain()
    assert len(support.messages) == 1
    assert {(r.state, r.error) for r in desk.rows()} == {("parked", "is_archived")}
    assert [m.text for m in kim.dm.messages] == ["parked_for_keeper is_archived"]
    event = {"type": "channel_unarchive", "channel": pricing.id, "user": kim.id}
    pricing.unarchive()
    desk.do(lambda s: resume_from_event(s, desk.t, event, now=desk.clock.now()))
    desk.dispatcher().drain()
    assert len(pricing.messages) == 3
    assert desk.rows() == []


def test_a_card_that_may_be_edited_no_more_is_told_to_the_keepers_once(
    desk: Desk, pricing: Channel
) -> None:
    """Dropped silently, it would say for good what is no longer so."""
    kim = desk.slack.add_person("Kim Wu")
    add_seat(desk, pricing, kim.id)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.slack.faults.add("error:edit_window_closed", method="chat.update")
    for words in ("one", "two"):
        desk.words["card"] = words
        desk.again("card")
        sender.drain()
    assert [m.text for m in kim.dm.messages] == ["parked_for_keeper edit_window_closed"]
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "edit_window_closed")]


def test_a_failure_of_the_note_to_the_keeper_makes_no_other_note(
    desk: Desk, pricing: Channel
) -> None:
    kim, lee = desk.slack.add_person("Kim Wu", deleted=True), desk.slack.add_person("Lee Park")
    add_seat(desk, pricing, kim.id, lee.id)
    pricing.archive()
    desk.want("card", pricing.id)
    desk.dispatcher().drain()
    assert len(lee.dm.messages) == 1
    assert [r.state for r in desk.rows()] == ["parked", "parked"]


def test_replies_wait_for_a_parked_card_and_follow_it(desk: Desk, pricing: Channel) -> None:
    pricing.archive()
    desk.want("card", pricing.id)
    desk.want("checklist", pricing.id, under="card")
    sender = desk.dispatcher()
    sender.drain()
    pricing.unarchive()
    event = {"type": "channel_unarchive", "channel": pricing.id}
    desk.do(lambda s: resume_from_event(s, desk.t, event, now=desk.clock.now()))
    sender.drain()
    assert [r.text for r in pricing.messages[0].replies] == ["checklist"]


def test_a_parked_reaction_does_not_come_back_after_it_was_taken_away(
    desk: Desk, pricing: Channel
) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    said = ana.post(pricing, "On the June invoice")

    def react(name: str, *, add: bool = True) -> None:
        facts = {"workspace_id": desk.t, "channel_id": pricing.id, "ts": said.ts}
        now = desk.clock.now()
        desk.do(lambda s: queue_reaction(s, **facts, name=name, now=now, add=add))

    desk.slack.faults.add("error:restricted_action", method="reactions.add", count=2)
    sender = desk.dispatcher()
    react("one")
    react("two")
    sender.drain()
    assert len(desk.rows()) == 2
    react("one", add=False)
    sender.drain()
    desk.do(lambda s: unpark(s, workspace_id=desk.t))
    sender.drain()
    assert said.reactions == {"two": [desk.slack.team.bot_user]}
    assert desk.rows() == []


def test_a_channel_we_are_not_in_waits_for_an_invitation(desk: Desk) -> None:
    outside = desk.slack.add_channel("secret")
    ana = desk.slack.add_person("Ana Lima")
    ana.join(outside)
    desk.want("card", outside.id)
    sender = desk.dispatcher()
    sender.drain()
    assert [(r.state, r.error) for r in desk.rows()] == [("pending", "not_in_channel")]
    sender.drain()
    assert desk.calls(POST) == 1
    ana.invite_bot(outside)
    event = {
        "type": "member_joined_channel",
        "channel": outside.id,
        "user": desk.slack.team.bot_user,
    }
    desk.do(lambda s: resume_from_event(s, desk.t, event, now=desk.clock.now()))
    sender.drain()
    assert [m.text for m in outside.messages] == ["card"]


def test_a_revoked_token_pauses_the_whole_workspace(
    desk: Desk, pricing: Channel, support: Channel
) -> None:
    sender = desk.dispatcher()
    desk.want("card", pricing.id, "card:0")
    sender.drain()
    desk.slack.team.revoke_tokens()
    desk.want("card", pricing.id, "card:1")
    desk.want("card", support.id, "card:2")
    sender.drain()
    sender.drain()
    assert desk.calls(POST) == 2
    workspace = desk.store.read(lambda s: s.get(Workspace, desk.t))
    assert workspace is not None
    assert workspace.revoked_at is not None
    desk.slack.team.record.token_trouble = None
    desk.do(lambda s: resume_workspace(s, desk.t, now=desk.clock.now()))
    sender.drain()
    assert (len(pricing.messages), len(support.messages)) == (2, 1)


def test_a_message_someone_deleted_is_not_redrawn(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    pricing.messages[0].record.deleted = True
    desk.words["card"] = "newer"
    desk.again("card")
    sender.drain()
    assert desk.rows() == []


def test_a_drawing_that_fails_stops_nothing_behind_it(desk: Desk, pricing: Channel) -> None:
    def fail(kind: str) -> None:
        if kind == "card":
            raise KeyError("a bug in the drawing")

    desk.on_draw = fail
    desk.want("card", pricing.id)
    desk.want("seat", pricing.id)
    desk.dispatcher().drain()
    assert [m.text for m in pricing.messages] == ["seat"]
    assert [r.error for r in desk.rows()] == ["could_not_draw"]


def test_of_a_message_parked_again_and_again_one_row_is_kept(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    pricing.archive()
    for number in range(3):
        desk.words["card"] = f"answer {number}"
        desk.again("card")
        sender.drain()
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "is_archived")]
    pricing.unarchive()
    event = {"type": "channel_unarchive", "channel": pricing.id}
    desk.do(lambda s: resume_from_event(s, desk.t, event, now=desk.clock.now()))
    sender.drain()
    assert pricing.messages[0].text == "answer 2"


def test_a_private_review_is_told_to_nobody_outside_its_channel(desk: Desk) -> None:
    secret = desk.slack.add_channel("secret", private=True, bot_in=True)
    ana, ben = desk.slack.add_person("Ana Lima"), desk.slack.add_person("Ben Osei")
    ana.join(secret)
    seat_id = add_seat(desk, secret, ana.id)
    review_id = add_review(desk, secret, seat_id, ana.id)
    for person in (ana, ben):
        desk.want("seat", key=f"seat:{person.id}", person_id=person.id, review_id=review_id)
    desk.dispatcher().drain()
    assert len(ana.dm.messages) == 1
    assert not ben.dm.messages
    assert desk.rows() == []


def add_review(desk: Desk, channel: Channel, seat_id: int, who: str) -> int:
    def deed(session: Session) -> int:
        now = desk.clock.now()
        row = ReviewRow(
            workspace_id=desk.t,
            seat_id=seat_id,
            channel_id=channel.id,
            number=1,
            kind="pricing",
            title="Team plan from $39 to $49",
            told_to_her="You pay $10 more.",
            why="Weekend support.",
            proposer=who,
            decider=who,
            opened_at=now,
            changed_at=now,
        )
        session.add(row)
        session.flush()
        return row.id or 0

    return int(desk.do(deed))


def test_while_nobody_can_say_who_is_in_the_channel_it_waits_and_the_rest_goes_on(
    desk: Desk,
) -> None:
    secret = desk.slack.add_channel("secret", private=True, bot_in=True)
    ana = desk.slack.add_person("Ana Lima")
    ana.join(secret)
    seat_id = add_seat(desk, secret, ana.id)
    review_id = add_review(desk, secret, seat_id, ana.id)
    desk.want("seat", person_id=ana.id, review_id=review_id)
    desk.want("checklist", key="of another", person_id=ana.id)
    secret.remove_bot()
    sender = desk.dispatcher()
    sender.drain()
    assert [(r.state, r.error) for r in desk.rows()] == [("parked", "members_not_visible")]
    assert [m.text for m in ana.dm.messages] == ["checklist", "parked_for_keeper"]
    ana.invite_bot(secret)
    event = {
        "type": "member_joined_channel",
        "channel": secret.id,
        "user": desk.slack.team.bot_user,
    }
    desk.do(lambda s: resume_from_event(s, desk.t, event, now=desk.clock.now()))
    sender.drain()
    assert [m.text for m in ana.dm.messages] == ["checklist", "parked_for_keeper", "seat"]
