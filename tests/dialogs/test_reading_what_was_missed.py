"""How missed threads are read: page by page, at a pace, in which order, through kills and bugs."""

import threading

import pytest
from sqlmodel import select

from bot.app import Running, build_app
from bot.delivery.durations import Durations
from bot.jobs.ticks import tick_due
from bot.replay import Replayed, replay
from db.failures import find_failures
from db.store import Store, StoreUnreachable
from db.tables import Due
from playground.driver.message import Message
from tests.dialogs.absence import (
    REPLIES,
    SLACK_GIVES_UP,
    answers,
    away,
    calls,
    come_back,
    given,
    says,
)
from tests.dialogs.office import PRICING_ANSWERS, Office

LEASE = 61


def another_process(office: Office) -> Running:
    return build_app(office.settings, office.store, clock=office.clock, durations=Durations())


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
        for text in (*PRICING_ANSWERS, "would complain"):
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
