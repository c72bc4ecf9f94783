"""What was said in the thread can be said differently, or not at all; the answer follows."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def test_editing_a_reply_edits_its_answer_and_the_history_keeps_both(office: Office) -> None:
    at = Answering(office)
    first = at.ana("Paying, on the June invoice")
    at.ana("$39, the site says so")
    at.edits(first, "Renewing, in June")
    assert at.text(1) == "Renewing, in June"
    assert at.line(1).startswith(":white_check_mark: 1 Meets it first: _renewing_")
    assert at.history(1) == ["Paying, on the June invoice", "Renewing, in June"]
    assert at.text(2) == "$39, the site says so"
    assert at.asks(3)
    assert list(first.reactions) == ["one"]
    assert at.ears.new() == []


def test_an_edit_before_anything_was_redrawn_counts(office: Office) -> None:
    at = Answering(office)
    reply = office.ana.reply(at.card, "Paying")
    office.ana.edit(reply, "Renewing")
    office.settle()
    assert "_renewing_" in at.line(1)
    assert at.history(1) == ["Paying", "Renewing"]
    assert list(reply.reactions) == ["one"]


def test_the_reaction_follows_a_changed_number(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("3. Two months of notice")
    at.edits(reply, "5. Two months of notice")
    assert list(reply.reactions) == ["five"]
    assert (at.state(3), at.text(5)) == ("retracted", "Two months of notice")
    at.edits(reply, "5. Two months of notice\n2. and $39")
    assert list(reply.reactions) == ["five"], "numbers out of order are part of the answer"
    at.edits(reply, "2. $39\n5. Two months of notice")
    assert list(reply.reactions) == ["white_check_mark"]
    assert at.progress == "2 of 7"
    assert at.ears.new() == []


def test_a_link_preview_changes_nothing(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("link_preview", method="message", count=1)
    at.ana("2. $39, see https://example.com/prices")
    previews = office.slack.wire.sent("event", "message.message_changed")
    assert any("example.com" in str(told.request) for told in previews)
    assert at.history(2) == ["$39, see https://example.com/prices"]
    assert at.ears.new() == []


def test_deleting_a_reply_retracts_its_answer(office: Office) -> None:
    at = Answering(office)
    first = at.ana("Paying, on the June invoice")
    at.ana("$39, the site says so")
    at.deletes(first)
    assert at.progress == "1 of 7"
    assert at.asks(1)
    assert at.history(1) == ["Paying, on the June invoice", "retracted"]
    assert at.ears.new() == []
    at.ana("Renewing, in June")
    assert at.text(1) == "Renewing, in June"


def test_a_tombstone_is_a_deletion(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    office.slack.faults.add("tombstone", method="message", count=1)
    at.deletes(reply)
    assert at.state(1) == "retracted"
    assert at.progress == "0 of 7"


def test_one_part_of_an_answer_can_go(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    more = office.ana.reply(at.card, "and on the phone")
    office.settle()
    assert at.text(1) == "Paying, on the June invoice\nand on the phone"
    at.edits(more, "and on the telephone")
    assert at.text(1) == "Paying, on the June invoice\nand on the telephone"
    at.deletes(more)
    assert at.text(1) == "Paying, on the June invoice"


def test_a_cross_of_the_advocate_s_un_takes_a_reply(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    office.ben.react(reply, "x")
    office.settle()
    assert at.text(1) == "Paying, on the June invoice"
    assert "one" in reply.reactions
    at.crosses(reply)
    assert at.state(1) == "retracted"
    assert "one" not in reply.reactions
    assert at.asks(1)
    assert at.ears.new() == []
    at.edits(reply, "Renewing, in June")
    assert at.text(1) == "Renewing, in June"
    assert "one" in reply.reactions


def test_talk_that_is_edited_into_an_answer_is_taken(office: Office) -> None:
    at = Answering(office)
    talk = at.ana("Where would she see it?")
    at.ana("Paying, on the June invoice")
    at.edits(talk, "note: I asked Ben")
    assert talk.reactions == {}
    at.edits(talk, "$39, the site says so")
    assert at.text(2) == "$39, the site says so"
    assert list(talk.reactions) == ["two"]
    at.edits(talk, "note: not so sure")
    assert at.state(2) == "retracted"
    assert talk.reactions == {}
    assert at.ears.new() == []


def test_an_edit_may_say_that_it_is_not_known_or_skipped(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("2. $39 (measured)")
    at.edits(reply, "don't know")
    assert at.state(2) == "not_known"
    at.edits(reply, "skip 2: she never saw a price")
    assert at.state(2) == "skipped"
    at.edits(reply, "$39 it was")
    assert at.line(2) == ':white_check_mark: 2 Expected: "$39 it was" · assumed'
    assert list(reply.reactions) == ["two"]


def test_the_evidence_goes_with_the_words_that_named_it(office: Office) -> None:
    at = Answering(office)
    at.deletes(at.ana("2. $39 (measured)"))
    at.ana("2. About $35, someone thought")
    assert at.line(2).endswith("· assumed")


def test_saying_more_by_an_edit_answers_the_why(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    reply = at.ana("fine")
    at.edits(reply, "$39, the site says so since May")
    at.ana("Three-person shops, $120 a year")
    assert at.text(2) == "$39, the site says so since May"
    assert at.text(3) == "Three-person shops, $120 a year"
    assert at.ears.new() == ["~ana"], "the one why"


def test_an_edit_never_takes_the_place_of_another_message_s_answer(office: Office) -> None:
    at = Answering(office)
    at.ana("3. Three-person shops, $120 a year")
    other = at.ana("5. Two months of notice")
    at.edits(other, "3. Students, half of what they have")
    assert at.text(3) == "Three-person shops, $120 a year"
    assert at.state(5) == "retracted"
    assert at.ears.new() == ["@ana", "~ana"]
    assert "Question 3 already has an answer" in at.ears.texts["~ana"]


def test_editing_a_message_whose_answer_the_form_replaced_asks_first(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    at.opens_form()
    assert at.saves(q1="renewing", q1_words="In June") == {}
    at.edits(reply, "Paying, on the July invoice")
    assert at.text(1) == "In June"
    assert at.state(2) == "", "a binding does not shift to what is asked now"
    assert at.ears.new() == ["@ana", "~ana"]
    assert "Question 1 already has an answer" in at.ears.texts["~ana"]


def test_editing_the_message_of_an_objection_edits_it_and_deleting_withdraws_it(
    office: Office,
) -> None:
    at = Answering(office)
    reply = at.ana("object: she was promised this price\nuntil her renewal")
    assert list(reply.reactions) == ["white_check_mark"]
    assert at.ears.new() == ["@sam"]
    at.edits(reply, "object: she was promised this price in May\nuntil her renewal")
    assert "in May" in office.letter(office.sam, "promised").all_text()
    assert at.rows("SELECT title, detail, state FROM objection") == [
        {
            "title": "she was promised this price in May",
            "detail": "until her renewal",
            "state": "open",
        }
    ]
    at.deletes(reply)
    assert [row["state"] for row in at.rows("SELECT state FROM objection")] == ["withdrawn"]
    assert "objection" not in at.card.all_text()
    assert at.ears.new() == []


def test_an_answer_edited_into_an_objection_raises_it(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    at.edits(reply, "object: she was promised this price")
    assert at.state(1) == "retracted"
    assert "1 objection" in at.card.all_text()
    assert at.ears.new() == ["@sam"]
    assert list(reply.reactions) == ["white_check_mark"]


def test_what_would_change_her_mind_follows_its_message(office: Office) -> None:
    at = Answering(office)
    at.ana("object: she was promised this price")
    assert "What would change her mind" in at.checklist
    mind = at.ana("The old price until she renews")
    assert "What would change her mind" not in at.checklist
    at.edits(mind, "The old price for a year")
    (row,) = at.rows("SELECT changes_her_mind FROM objection")
    assert row["changes_her_mind"] == "The old price for a year"
    at.deletes(mind)
    (row,) = at.rows("SELECT changes_her_mind FROM objection")
    assert row["changes_her_mind"] == ""
    assert "What would change her mind" in at.checklist


def test_an_edit_after_the_decision_adds_its_mark_and_changes_nothing_else(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice")
    office.press(office.lee, at.card, "more", option="Decide")
    assert office.lee.submit(verdict="go", because="Hosting is up.") == {}
    office.settle()
    at.ears.new()
    at.edits(reply, "Renewing, in June")
    assert at.text(1) == "Paying, on the June invoice"
    assert "edited after decision" in at.card.all_text()
    assert at.ears.new() == ["~ana"]
    assert "decided already" in at.ears.texts["~ana"]
    at.edits(reply, "Renewing, in July")
    at.deletes(reply)
    assert at.text(1) == "Paying, on the June invoice"
    assert at.ears.new() == [], "said once"
    assert str(at.rows("SELECT marks FROM decision")[0]["marks"]).count("edited_after") == 1


def test_an_answer_to_a_revised_proposal_takes_the_place_of_the_old_one(office: Office) -> None:
    at = Answering(office)
    old = at.ana("2. $39, the site says so (measured)")
    office.press(office.sam, at.card, "more", option="Revise")
    assert office.sam.submit(told_to_her="From 1 July you pay $10 more a month.") == {}
    office.settle()
    assert at.progress == "0 of 7"
    new = at.ana("2. Still $39 until July")
    assert list(new.reactions) == ["two"]
    assert at.text(2) == "Still $39 until July"
    assert at.line(2).endswith("· assumed")
    at.edits(old, "2. $38")
    assert at.text(2) == "Still $39 until July"
