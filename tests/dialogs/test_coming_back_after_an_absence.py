"""The bot was away and Slack gave up telling it: what was said meanwhile counts, and once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import Running, build_app
from bot.delivery.durations import Durations
from bot.jobs.ticks import tick_due
from bot.replay import Replayed, replay
from db.failures import find_failures
from db.store import Store, StoreUnreachable
from db.tables import AnswerEntryRow, AnswerRow, Due, ObjectionRow, ThreadMessage
from playground.driver.message import Message
from tests.dialogs.office import PRICING, Office
from tests.dialogs.test_replying_before_the_card_is_known import propose_unheard

REPLIES = "conversations.replies"
LEASE = 61
SLACK_GIVES_UP = 400


@pytest.fixture
def card(office: Office) -> Message:
    office.set_up(office.ana, office.ben)
    return office.propose()


@contextmanager
def away(office: Office, *, for_good: bool = True) -> Iterator[None]:
    """Nothing is delivered; `for_good`: until Slack has given up trying again."""
    addresses = list(office.slack.carrier.addresses)
    office.slack.deliver_to()
    try:
        yield
        office.slack.settle()
        if for_good:
            for _ in range(3):
                office.clock.hand.advance(SLACK_GIVES_UP)
                office.slack.settle()
    finally:
        office.slack.deliver_to(*addresses)


def come_back(office: Office) -> None:
    office.running.catching_up.want()
    office.running.catching_up.drain()
    office.settle()


def says(office: Office, card: Message, text: str) -> Message:
    """Nobody listens."""
    office.clock.hand.advance(30)
    return office.ana.reply(card, text)


def answers(office: Office) -> dict[int, str]:
    rows = office.store.read(lambda s: s.exec(select(AnswerRow)).all())
    return {row.number: row.text for row in rows if row.state == "given"}


def given(office: Office) -> int:
    """How many values answers ever had."""
    return len(office.store.read(lambda s: s.exec(select(AnswerEntryRow)).all()))


def calls(office: Office) -> int:
    return len(office.slack.wire.calls(REPLIES))


def test_replies_count_in_their_order(office: Office, card: Message) -> None:
    with away(office):
        first = says(office, card, "1. On the June invoice")
        says(office, card, "2. The site says $39 (measured)")
        says(office, card, "object: she was promised this price")
    come_back(office)
    assert answers(office) == {1: "On the June invoice", 2: "The site says $39"}
    assert "2 of 7" in card.all_text()
    assert list(first.reactions) == ["one"]
    objections = office.store.read(lambda s: s.exec(select(ObjectionRow.title)).all())
    assert list(objections) == ["she was promised this price"]
    assert calls(office) == 1


def test_edits_and_deletions_count(office: Office, card: Message) -> None:
    edited = office.says(office.ana, card, "1. On the May invoice")
    deleted = office.says(office.ana, card, "2. The site says $39 (measured)")
    stays = office.says(office.ana, card, "3. Three-person shops")
    with away(office):
        office.clock.hand.advance(5)
        office.ana.edit(edited, "1. On the June invoice")
        office.ana.delete(deleted)
    come_back(office)
    assert answers(office) == {1: "On the June invoice", 3: "Three-person shops"}
    assert list(stays.reactions) == ["three"]


def test_a_tombstone_is_a_deletion(office: Office, card: Message) -> None:
    message = office.says(office.ana, card, "1. On the May invoice")
    office.slack.faults.add("tombstone", method="message", count=1)
    with away(office):
        office.ana.delete(message)
    assert message.record.tombstone
    come_back(office)
    assert answers(office) == {}


def test_written_edited_and_deleted_meanwhile(office: Office, card: Message) -> None:
    with away(office):
        edited = says(office, card, "1. On the May invoice")
        office.clock.hand.advance(5)
        office.ana.edit(edited, "1. On the June invoice")
        office.ana.delete(says(office, card, "2. Never mind"))
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_what_slack_delivers_afterwards_counts_once(office: Office, card: Message) -> None:
    known = office.says(office.ana, card, "1. On the May invoice")
    gone = office.says(office.ana, card, "2. The site says $39 (measured)")
    with away(office, for_good=False):
        says(office, card, "3. Three-person shops")
        says(office, card, "object: she was promised this price")
        office.ana.edit(known, "1. On the June invoice")
        office.ana.delete(gone)
    come_back(office)
    before = given(office)
    assert answers(office) == {1: "On the June invoice", 3: "Three-person shops"}
    assert office.slack.waiting_deliveries
    for _ in range(3):
        office.clock.hand.advance(SLACK_GIVES_UP)
        office.settle()
    assert answers(office) == {1: "On the June invoice", 3: "Three-person shops"}
    assert given(office) == before
    assert len(office.store.read(lambda s: s.exec(select(ObjectionRow)).all())) == 1


def test_delivered_first_and_read_then_it_counts_once(office: Office, card: Message) -> None:
    office.says(office.ana, card, "1. On the June invoice")
    office.says(office.ana, card, "thanks")
    before = given(office)
    come_back(office)
    come_back(office)
    assert given(office) == before
    assert answers(office) == {1: "On the June invoice"}


def test_talk_that_was_heard_does_not_become_an_answer_later(office: Office, card: Message) -> None:
    taken = [office.says(office.ana, card, f"{n}. answer {n}") for n in range(1, 7)]
    office.says(office.ana, card, "she says: I would look around")
    office.says(office.ana, card, "would complain")
    office.says(office.ana, card, "I hope that is all")  # nothing is asked any more
    with away(office):
        office.ana.delete(taken[1])
    come_back(office)
    assert 2 not in answers(office)
    assert "I hope" not in str(answers(office))


def test_nobody_elses_words_are_taken_or_kept(office: Office, card: Message) -> None:
    with away(office):
        office.dan.reply(card, "1. a secret of mine")
        office.ben.reply(card, "1. another")
    come_back(office)
    assert answers(office) == {}
    assert not office.store.read(lambda s: s.exec(select(ThreadMessage)).all())


def test_what_was_said_before_taking_the_seat_stays_talk(office: Office, card: Message) -> None:
    office.says(office.ben, card, "1. I would say June")
    office.press(office.ana, office.letter(office.ana, "customer for this one"), "decline_seat")
    with away(office):
        office.clock.hand.advance(5)
        office.ben.reply(card, "1. On the June invoice")
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_the_first_advocates_words_count_though_our_clock_was_ahead(office: Office) -> None:
    """Found by the campaign, seed 502: seated at ten by our clock, answered at nine by Slack's."""
    office.set_up(office.ana, office.ben)
    office.clock.wrong = timedelta(hours=1)
    card = office.propose()
    with away(office):
        says(office, card, "1. On the June invoice")
        office.clock.wrong = timedelta()
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_a_long_thread_is_read_page_by_page(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.catching_up.PAGE", 3)
    with away(office):
        for number in range(1, 6):
            says(office, card, f"{number}. answer {number}")
            office.dan.reply(card, "hm")
    come_back(office)
    assert answers(office) == {n: f"answer {n}" for n in range(1, 6)}
    assert calls(office) == 4


def test_throttled_in_the_middle_it_goes_on_where_it_was(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.catching_up.PAGE", 2)
    with away(office):
        for number in range(1, 6):
            says(office, card, f"{number}. answer {number}")
    office.slack.faults.add("ratelimited", method=REPLIES, skip=1, count=1, retry_after=40)
    come_back(office)
    assert 0 < len(answers(office)) < 5
    before = calls(office)
    office.running.catching_up.drain()
    assert calls(office) == before  # Slack said when
    office.clock.hand.advance(41)
    office.running.catching_up.drain()
    office.settle()
    assert answers(office) == {n: f"answer {n}" for n in range(1, 6)}
    first_after = office.slack.wire.calls(REPLIES)[before]
    assert first_after.request["oldest"] > card.ts


def test_our_own_pace_is_kept_among_many_threads(office: Office, card: Message) -> None:
    cards = [card] + [office.propose() for _ in range(7)]
    with away(office):
        for each in cards:
            for person in (office.ana, office.ben):
                person.reply(each, "1. On the June invoice")
    office.running.catching_up.want()
    office.running.catching_up.drain()
    assert calls(office) == 5  # a tenth of Slack's 50 a minute at once
    for _ in range(10):
        office.clock.hand.advance(2)
        office.running.catching_up.drain()
    assert calls(office) == len(cards)
    office.settle()
    assert all("1 of 7" in each.all_text() for each in cards)


def test_the_oldest_deadline_is_read_first(office: Office, card: Message) -> None:
    later = office.propose(title="Another")
    quick = office.propose(title="A third", size="quick")
    office.running.catching_up.want()
    office.running.catching_up.drain()
    read = [call.request["ts"] for call in office.slack.wire.calls(REPLIES)]
    assert read == [quick.ts, card.ts, later.ts]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_killed_in_the_middle_the_next_process_goes_on(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr("bot.catching_up.PAGE", 2)
    with away(office):
        for number in range(1, 6):
            says(office, card, f"{number}. answer {number}")
    with monkeypatch.context() as killing:
        heard: list[str] = []
        hear = office.running.toolbox.__class__.carry_out

        def die(toolbox: object, key: str, *more: object) -> object:
            if len(heard) == after:
                raise KeyboardInterrupt
            heard.append(key)
            return hear(toolbox, key, *more)  # type: ignore[arg-type]

        killing.setattr("bot.toolbox.Toolbox.carry_out", die)
        office.running.catching_up.want()
        with pytest.raises(KeyboardInterrupt):
            office.running.catching_up.drain()
    assert len(answers(office)) == after
    next_one = another_process(office)
    next_one.catching_up.want()
    office.clock.hand.advance(LEASE)
    next_one.catching_up.drain()
    office.settle()
    assert answers(office) == {n: f"answer {n}" for n in range(1, 6)}
    assert given(office) == 5
    next_one.stop()


def another_process(office: Office) -> Running:
    return build_app(office.settings, office.store, clock=office.clock, durations=Durations())


def test_told_to_stop_it_leaves_the_rest_to_the_next_start(office: Office, card: Message) -> None:
    with away(office):
        says(office, card, "1. On the June invoice")
    office.running.catching_up.want()
    office.running.catching_up.stop()
    office.running.catching_up.drain()
    assert answers(office) == {}
    next_one = another_process(office)
    next_one.catching_up.drain()
    assert answers(office) == {1: "On the June invoice"}
    next_one.stop()


def test_on_its_own_thread_it_reads_when_asked_to(office: Office, card: Message) -> None:
    with away(office):
        says(office, card, "1. On the June invoice")
    office.running.catching_up.start()
    office.running.catching_up.want()
    office.slack.wait_until(lambda: answers(office) == {1: "On the June invoice"})


def test_nobody_is_reminded_of_what_was_answered_meanwhile(office: Office, card: Message) -> None:
    with away(office):
        for text in (
            "1. Paying, on the June invoice",
            "2. $39, the site still says so (measured)",
            "3. Three-person shops, $120 a year",
            "4. Only if the old price holds until renewal",
            "5. Two months of notice",
            "6. don't know",
            "7. I would start looking around",
            "would complain",
        ):
            says(office, card, text)
    nudge = office.store.read(
        lambda s: s.exec(select(Due.due_at).where(Due.kind == "nudge_advocate")).one()
    )
    office.clock.hand.advance((nudge - office.clock.now()).total_seconds() + 60)
    office.slack.faults.add("ratelimited", method=REPLIES, count=1, retry_after=30)
    office.running.catching_up.want()
    office.running.catching_up.drain()
    tick_due(office.running.toolbox)
    office.clock.hand.advance(31)
    office.running.catching_up.drain()
    tick_due(office.running.toolbox)
    office.settle()
    outcome = office.store.read(
        lambda s: s.exec(select(Due.outcome).where(Due.kind == "nudge_advocate")).one()
    )
    assert outcome != "sent"


def test_a_slack_that_cannot_be_asked_holds_reminders_for_ten_minutes_only(
    office: Office, card: Message
) -> None:
    nudge = office.store.read(
        lambda s: s.exec(select(Due.due_at).where(Due.kind == "nudge_advocate")).one()
    )
    office.clock.hand.advance((nudge - office.clock.now()).total_seconds() + 60)
    office.slack.faults.add("http_503", method=REPLIES)
    office.running.catching_up.want()
    office.running.catching_up.drain()
    assert tick_due(office.running.toolbox) == 0
    office.clock.hand.advance(600)
    office.running.catching_up.drain()
    assert tick_due(office.running.toolbox) > 0


def test_where_we_may_not_read_the_others_are_read(office: Office, card: Message) -> None:
    other = office.slack.add_channel("support", members=list(office.people.values()))
    office.set_up(office.ana, office.ben, channel=other)
    theirs = office.propose(channel=other)
    office.slack.faults.add("error:channel_not_found", method=REPLIES, count=1)
    with away(office):
        office.ben.reply(theirs, "1. On the June invoice")
        office.ana.reply(theirs, "1. On the June invoice")
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_a_message_that_meets_a_bug_does_not_hold_up_the_others(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(office):
        says(office, card, "1. On the June invoice")
        says(office, card, "2. The site says $39 (measured)")
    from bot.reviews.hear_reply import hear_reply

    def bug_once(deed: object, reply: object) -> None:
        if "June" in reply.text:  # type: ignore[attr-defined]
            raise RuntimeError("a bug")
        hear_reply(deed, reply)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr("bot.handlers.hear_thread.hear_reply", bug_once)
        come_back(office)
    assert answers(office) == {2: "The site says $39"}
    come_back(office)  # after the mend
    assert answers(office) == {1: "On the June invoice", 2: "The site says $39"}


@pytest.mark.parametrize("what", ["reply", "edit", "deletion", "cross"])
def test_what_met_a_bug_while_catching_up_can_be_replayed(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    known = None if what == "reply" else office.says(office.ana, card, "1. On the May invoice")
    with away(office):
        office.clock.hand.advance(5)
        if known is None:
            known = says(office, card, "1. On the June invoice")
        elif what == "edit":
            office.ana.edit(known, "1. On the June invoice")
        elif what == "deletion":
            office.ana.delete(known)
        else:
            office.ana.react(known, "x")
    verb = {"reply": "hear_reply", "edit": "hear_edit", "deletion": "hear_deletion"}.get(what)

    def bug(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(f"bot.handlers.hear_thread.{verb or 'untake'}", bug)
        come_back(office)
    before = {} if what == "reply" else {1: "On the May invoice"}
    assert answers(office) == before
    (failure,) = office.store.read(find_failures)
    assert replay(office.running, failure.reference) == Replayed.DONE
    office.settle()
    after = {1: "On the June invoice"} if what in ("reply", "edit") else {}
    assert answers(office) == after
    entries = given(office)
    come_back(office)  # it is read once more, and counts once
    assert answers(office) == after
    assert given(office) == entries
    assert not office.store.read(find_failures)


def test_a_cross_put_meanwhile_takes_the_answer_back(office: Office, card: Message) -> None:
    known = office.says(office.ana, card, "1. On the May invoice")
    with away(office):
        office.ana.react(known, "x")
        new = says(office, card, "2. The site says $39 (measured)")
        office.ana.react(new, "x")
        says(office, card, "3. Three-person shops")
    come_back(office)
    assert answers(office) == {3: "Three-person shops"}
    assert not [m for m in (known, new) if "one" in m.reactions or "two" in m.reactions]


def test_somebody_elses_cross_takes_nothing_back(office: Office, card: Message) -> None:
    known = office.says(office.ana, card, "1. On the May invoice")
    with away(office):
        office.sam.react(known, "x")
    come_back(office)
    assert answers(office) == {1: "On the May invoice"}


def test_a_cross_that_was_heard_before_is_not_heard_again(office: Office, card: Message) -> None:
    """Crossed, then edited: it is taken again, and the cross still stands there."""
    known = office.says(office.ana, card, "1. On the May invoice")
    office.ana.react(known, "x")
    office.settle()
    office.clock.hand.advance(5)
    office.ana.edit(known, "1. On the June invoice")
    office.settle()
    assert answers(office) == {1: "On the June invoice"}
    come_back(office)
    assert answers(office) == {1: "On the June invoice"}


def test_what_slack_gave_up_while_the_database_was_gone_is_read_when_it_is_back(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise StoreUnreachable("gone")

    with monkeypatch.context() as patch:
        for name in ("transact", "read"):
            patch.setattr(Store, name, unreachable)
        says(office, card, "1. On the June invoice")
        for _ in range(4):
            office.slack.settle()
            office.clock.hand.advance(SLACK_GIVES_UP)
        with pytest.raises(StoreUnreachable):
            office.running.catching_up.drain()
    assert office.slack.waiting_deliveries == [], "given up"
    office.running.catching_up.drain()
    office.settle()
    assert answers(office) == {1: "On the June invoice"}


def test_while_the_database_is_gone_it_does_not_spin(
    office: Office, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    catching_up, tries, waits = office.running.catching_up, [], []

    def unreachable(*_: object) -> None:
        tries.append("tried")
        if len(tries) == 10:
            catching_up.stop()
        raise StoreUnreachable("gone")

    class Bell(threading.Condition):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            if len(waits) == 3:
                catching_up.stop()
            return False

    monkeypatch.setattr(catching_up, "_bell", Bell())
    monkeypatch.setattr(Store, "transact", unreachable)
    catching_up.want()
    catching_up._run()
    assert len(waits) == len(tries) == 3


def test_replies_under_a_card_that_was_in_doubt_while_we_were_away(office: Office) -> None:
    """Posted, killed before its answer was stored, answered under: nobody told us of the thread."""
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    office.running.dispatcher.drain()
    (card,) = [m for m in office.pricing.messages if m.by_bot]
    with away(office):
        says(office, card, "1. On the June invoice")
    come_back(office)
    office.running.catching_up.drain()
    office.settle()
    assert answers(office) == {1: "On the June invoice"}
    assert len([m for m in office.pricing.messages if m.by_bot]) == 1


def test_a_reply_kept_for_a_card_in_doubt_and_deleted_while_we_were_away(office: Office) -> None:
    """It is heard before the thread is read, or nobody would notice that it is not there."""
    office.set_up(office.ana, office.ben)
    card = propose_unheard(office)
    reply = office.ana.reply(card, "1. On the June invoice")
    office.slack.settle()
    with away(office):
        office.ana.delete(reply)
    office.running.dispatcher.drain()  # finds the card, and wants its thread read
    office.running.catching_up.drain()
    assert calls(office) == 0
    tick_due(office.running.toolbox)
    assert answers(office) == {1: "On the June invoice"}
    office.running.catching_up.drain()
    assert answers(office) == {}
