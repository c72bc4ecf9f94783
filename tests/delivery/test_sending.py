"""The good case: posted once, in order, redrawn in place."""

import pytest

from db.outbox import queue_reaction, queue_whisper
from db.tables import Workspace
from playground.driver.message import Channel
from tests.delivery.desk import Desk

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@BOTH
def test_a_message_is_posted_once_with_its_key(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id, "card:1")
    sender = desk.dispatcher()
    assert sender.drain() == 1
    assert sender.drain() == 0
    [card] = pricing.messages
    assert card.text == "card"
    assert card.metadata == {
        "event_type": "customer_seat",
        "event_payload": {"key": "card:1", "review": 0},
    }
    kept = desk.surface("card:1")
    assert (kept.ts, kept.drawn, kept.sent_at) == (card.ts, 1, desk.clock.now())
    assert desk.rows() == []


def test_ten_wants_make_one_update(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    for number in range(10):
        desk.words["card"] = f"answer {number}"
        desk.again("card")
    sender.drain()
    assert desk.calls("chat.update") == 1
    assert pricing.messages[0].text == "answer 9"
    assert pricing.messages[0].blocks


def test_what_would_look_the_same_is_not_sent_again(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    desk.again("card")
    sender.drain()
    assert desk.calls("chat.update") == 0
    assert desk.surface("card").drawn == 2
    assert desk.rows() == []


def test_what_another_process_drew_is_not_taken_for_our_own(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    ours, theirs = desk.dispatcher(), desk.dispatcher()
    ours.drain()
    desk.words["card"] = "changed"
    desk.again("card")
    theirs.drain()
    desk.words.clear()
    desk.again("card")
    ours.drain()
    assert pricing.messages[0].text == "card"


@pytest.mark.parametrize("again", ["the same process", "another one"])
def test_what_an_update_without_an_answer_shows_is_not_taken_for_what_was_before(
    desk: Desk, pricing: Channel, again: str
) -> None:
    """It arrived, and what it said was taken back before we tried again: as it was before it."""
    desk.want("card", pricing.id)
    first, other = desk.dispatcher(), desk.dispatcher()
    first.drain()
    desk.slack.faults.add("drop_after", method="chat.update", count=1)
    desk.words["card"] = "changed"
    desk.again("card")
    (first if again == "the same process" else other).drain()
    assert pricing.messages[0].text == "changed"
    desk.words.clear()
    desk.again("card")
    desk.hand.advance(2)
    first.drain()
    assert pricing.messages[0].text == "card"
    assert desk.rows() == []


def test_the_card_comes_before_its_checklist(desk: Desk, pricing: Channel) -> None:
    desk.want("card", pricing.id)
    desk.want("checklist", pricing.id, under="card")
    desk.dispatcher().drain()
    [card] = pricing.messages
    assert [reply.text for reply in card.replies] == ["checklist"]


def test_what_is_wanted_while_it_is_sent_is_drawn_after(desk: Desk, pricing: Channel) -> None:
    changed = []

    def change(kind: str) -> None:
        if not changed:
            changed.append(True)
            desk.words["card"] = "newer"

    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    desk.slack.wire.listen(lambda x: desk.again("card") if x.name == "chat.postMessage" else None)
    desk.on_draw = change
    sender.drain()
    assert pricing.messages[0].text == "newer"
    assert desk.surface("card").drawn == 2
    assert desk.rows() == []


def test_the_question_shown_is_kept_with_its_time(desk: Desk, pricing: Channel) -> None:
    desk.shown["card"] = 3
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    first = desk.clock.now()
    desk.hand.advance(60)
    desk.words["card"] = "same question"
    desk.again("card")
    sender.drain()
    assert (desk.surface("card").shown_number, desk.surface("card").shown_at) == (3, first)
    desk.shown["card"] = 4
    desk.again("card")
    desk.words["card"] = "next question"
    sender.drain()
    kept = desk.surface("card")
    assert (kept.shown_number, kept.shown_at) == (4, desk.clock.now())


def test_a_private_message_opens_its_channel_once(desk: Desk) -> None:
    ana = desk.slack.add_person("Ana Lima", tz="Europe/Lisbon")
    desk.want("seat", key="seat:1", person_id=ana.id)
    desk.want("seat", key="seat:2", person_id=ana.id)
    desk.dispatcher().drain()
    assert [m.text for m in ana.dm.messages] == ["seat", "seat"]
    assert desk.calls("conversations.open") == 1
    assert desk.surface("seat:1").channel_id == ana.dm.id


def test_names_and_zone_are_there_when_drawn(desk: Desk) -> None:
    ana = desk.slack.add_person("Ana Lima", tz="Europe/Lisbon")
    ben = desk.slack.add_person("Ben Osei")
    desk.want("seat", person_id=ana.id, args={"by": ben.id})
    desk.dispatcher().drain()
    scene = desk.scenes[-1]
    assert scene.names == {ana.id: "Ana Lima", ben.id: "Ben Osei"}
    assert scene.tz == "Europe/Lisbon"


def test_reactions_come_and_go_and_may_be_repeated(desk: Desk, pricing: Channel) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    said = ana.post(pricing, "It would surprise her")
    for _ in range(2):
        desk.do(
            lambda s: queue_reaction(
                s,
                workspace_id=desk.t,
                channel_id=pricing.id,
                ts=said.ts,
                name="one",
                now=desk.clock.now(),
            )
        )
    sender = desk.dispatcher()
    sender.drain()
    assert said.reactions == {"one": [desk.slack.team.bot_user]}
    for _ in range(2):
        desk.do(
            lambda s: queue_reaction(
                s,
                workspace_id=desk.t,
                channel_id=pricing.id,
                ts=said.ts,
                name="one",
                add=False,
                now=desk.clock.now(),
            )
        )
    sender.drain()
    assert not said.reactions
    assert desk.rows() == []


def test_a_whisper_reaches_one_person(desk: Desk, pricing: Channel) -> None:
    ana = desk.slack.add_person("Ana Lima")
    ana.join(pricing)
    whisper(desk, pricing, ana.id)
    desk.dispatcher().drain()
    assert [m.text for m in ana.ephemerals(pricing)] == ["thin 1"]


def whisper(desk: Desk, channel: Channel, person: str, template: str = "thin") -> None:
    desk.do(
        lambda s: queue_whisper(
            s,
            workspace_id=desk.t,
            channel_id=channel.id,
            person_id=person,
            thread_ts=None,
            template=template,
            args={"n": 1},
            now=desk.clock.now(),
        )
    )


def test_nothing_is_sent_without_its_links(desk: Desk, pricing: Channel) -> None:
    """Where Slack does not tell its address the first time it is asked."""
    desk.slack.faults.add("truncated_json", method="auth.test", count=1)
    desk.want("card", pricing.id)
    sender = desk.dispatcher()
    sender.drain()
    assert pricing.messages == []
    desk.hand.advance(60)
    sender.drain()
    assert len(pricing.messages) == 1
    assert desk.calls("auth.test") == 2
    desk.again("card")
    sender.drain()
    assert desk.calls("auth.test") == 2, "asked for once"


def test_a_workspace_that_never_tells_its_address_is_written_to_all_the_same(
    desk: Desk, pricing: Channel
) -> None:
    desk.slack.faults.add("error:ekm_access_denied", method="auth.test")
    desk.want("card", pricing.id)
    desk.dispatcher().drain()
    assert len(pricing.messages) == 1


def test_a_token_that_is_revoked_is_noticed_also_when_the_address_is_asked_for(
    desk: Desk, pricing: Channel
) -> None:
    desk.slack.faults.add("error:token_revoked", method="auth.test", count=1)
    desk.want("card", pricing.id)
    desk.dispatcher().drain()
    assert pricing.messages == []
    paused = desk.store.read(lambda s: s.get_one(Workspace, desk.t))
    assert paused.revoked_at is not None


def test_nothing_that_was_typed_becomes_a_mention(desk: Desk, pricing: Channel) -> None:
    """Slack would link names in the text of an update, unless it is told not to."""
    typed = "@here, #pricing at https://x.invalid"
    desk.words["card"] = typed
    desk.want("card", pricing.id)
    desk.want("card", person_id=(ana := desk.slack.add_person("Ana")).id, key="private")
    sender = desk.dispatcher()
    sender.drain()
    assert (pricing[0].text, ana.dm.messages[0].text) == (typed, typed)
    desk.words["card"] = f"{typed} again"
    desk.again("card")
    sender.drain()
    assert pricing[0].text == f"{typed} again"
    pricing.record.members.append(ana.id)
    whisper(desk, pricing, ana.id, template=typed)
    sender.drain()
    assert ana.ephemerals()[0].text == f"{typed} 1"
