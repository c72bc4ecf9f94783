"""Slack delivers at least once and in no promised order; the answers are as if it were tidy."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office

POSTED, CHANGED, DELETED = "message", "message.message_changed", "message.message_deleted"


def later(at: Answering, seconds: float = 60) -> None:
    at.office.clock.hand.advance(seconds)
    at.office.settle()


def test_every_delivery_may_come_twice(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("duplicate")
    first = at.ana("Paying, on the June invoice")
    at.ana("fine")
    at.ana("because the site says so")
    at.ana("object: she was promised this price")
    at.ana("skip 5")
    at.edits(first, "Renewing, in June")
    later(at)
    assert at.history(1) == ["Paying, on the June invoice", "Renewing, in June"]
    assert len(at.rows("SELECT * FROM objection")) == 1
    assert len(office.whispers(office.ana)) == 2, "one why, one line about the skip"
    assert at.ears.new() == ["@ana", "@sam", "~ana", "~ana"]
    assert office.parked() == []


def test_a_reply_that_comes_late_is_taken(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("late", method=POSTED, seconds=40, count=1)
    late = at.ana("3. Three-person shops, $120 a year")
    assert late.reactions == {}
    later(at)
    assert list(late.reactions) == ["three"]
    assert at.text(3) == "Three-person shops, $120 a year"
    assert at.ears.new() == []


def test_an_older_version_that_comes_late_is_ignored(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying")
    office.slack.faults.add("late", method=CHANGED, seconds=90, count=1)
    at.edits(reply, "Buying")
    at.edits(reply, "Renewing, in June")
    assert at.text(1) == "Renewing, in June"
    later(at, 120)
    assert at.text(1) == "Renewing, in June"
    assert at.history(1) == ["Paying", "Renewing, in June"]


def test_an_edit_that_overtakes_its_message_is_what_counts(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("late", method=POSTED, seconds=90, count=1)
    reply = at.ana("2. $29")
    at.edits(reply, "2. $39, the site says so")
    assert at.text(2) == "$39, the site says so"
    later(at, 120)
    assert at.history(2) == ["$39, the site says so"]
    assert list(reply.reactions) == ["two"]
    assert at.ears.new() == []


def test_an_edit_into_talk_that_overtakes_its_message_is_what_counts(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("late", method=POSTED, seconds=90, count=1)
    reply = at.ana("2. $29")
    at.edits(reply, "note: never mind")
    later(at, 120)
    assert at.state(2) == ""
    assert reply.reactions == {}
    at.edits(reply, "2. $39 after all")
    assert at.text(2) == "$39 after all"
    assert at.ears.new() == []


def test_a_deletion_that_overtakes_its_message_wins(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("late", method=POSTED, seconds=90, count=1)
    reply = at.ana("Paying, on the June invoice")
    at.deletes(reply)
    later(at, 120)
    assert at.state(1) == ""
    assert at.progress == "0 of 7"
    assert at.kept_anywhere("June invoice") == []
    assert at.ears.new() == []


def test_a_deletion_wins_over_an_edit_that_comes_after_it(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    office.slack.faults.add("late", method=CHANGED, seconds=90, count=1)
    at.edits(reply, "Renewing, in June")
    at.deletes(reply)
    later(at, 120)
    assert at.state(1) == "retracted"
    assert at.asks(1)


def test_a_cross_wins_over_an_edit_made_before_it_and_not_over_one_after_it(
    office: Office,
) -> None:
    at = Answering(office)
    reply = at.ana("Paying")
    office.slack.faults.add("late", method=CHANGED, seconds=90, count=1)
    at.edits(reply, "Buying")
    at.crosses(reply)
    assert at.state(1) == "retracted"
    later(at, 120)
    assert at.state(1) == "retracted"
    assert "one" not in reply.reactions
    at.edits(reply, "Renewing, in June")
    assert at.text(1) == "Renewing, in June"


def test_a_cross_that_comes_late_takes_nothing_back_that_was_written_after_it(
    office: Office,
) -> None:
    at = Answering(office)
    reply = at.ana("Paying")
    office.slack.faults.add("late", method="reaction_added", seconds=90, count=1)
    at.crosses(reply)
    at.edits(reply, "Renewing, in June")
    later(at, 120)
    assert at.text(1) == "Renewing, in June"
    assert "one" in reply.reactions


def test_someone_else_s_deleted_talk_leaves_nothing(office: Office) -> None:
    at = Answering(office)
    talk = office.says(office.ben, at.card, "I'd ask finance")
    office.ben.delete(talk)
    office.settle()
    assert at.rows("SELECT * FROM thread_message") == []
    assert at.ears.new() == []


def test_two_replies_that_change_places_are_both_taken(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("reorder", method=POSTED, count=1)
    office.ana.reply(at.card, "2. $39, the site says so")
    office.ana.reply(at.card, "3. Three-person shops, $120 a year")
    later(at)
    assert (at.text(2), at.text(3)) == ("$39, the site says so", "Three-person shops, $120 a year")
    assert at.ears.new() == []
