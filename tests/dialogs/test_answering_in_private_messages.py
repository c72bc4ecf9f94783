"""Answers belong in the thread: who types them in private is told so, with the link."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def test_a_reply_under_the_private_message_gets_one_line_with_the_link_to_the_thread(
    office: Office,
) -> None:
    at = Answering(office)
    office.ana.reply(at.letter, "Paying, on the June invoice")
    office.settle()
    assert at.ears.new() == ["~ana"]
    line = office.ana.ephemerals()[-1]
    assert f"/archives/{office.pricing.id}/p{at.card.ts.replace('.', '')}" in str(line.blocks)
    assert line.thread_ts == at.letter.ts
    assert at.progress == "0 of 7"
    assert at.kept_anywhere("June invoice") == []


def test_words_typed_to_the_bot_get_the_link_to_the_review_that_waits(office: Office) -> None:
    at = Answering(office)
    typed = office.ana.post(office.ana.dm, "Paying, on the June invoice")
    office.settle()
    assert at.ears.new() == ["~ana"]
    assert at.card.ts.replace(".", "") in str(office.ana.ephemerals()[-1].blocks)
    office.ana.edit(typed, "Paying, on the July invoice")
    office.settle()
    assert at.ears.new() == [], "an edit of it is not said again"


def test_who_is_asked_nothing_is_told_nothing(office: Office) -> None:
    at = Answering(office)
    office.sam.post(office.sam.dm, "Hello there")
    office.settle()
    assert at.ears.new() == []
