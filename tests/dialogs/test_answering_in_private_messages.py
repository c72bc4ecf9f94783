"""What is typed to the bot answers what its letter asks: in the letter's thread, or at the root."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def test_a_reply_under_the_letter_answers_what_it_asks_and_can_be_changed_like_any_other(
    office: Office,
) -> None:
    at = Answering(office)
    office.clock.hand.advance(30)
    reply = office.ana.reply(at.letter, "Paying, on the June invoice")
    office.settle()
    assert at.text(1) == "Paying, on the June invoice"
    assert list(reply.reactions) == ["one"]
    assert at.asks(2), "the letter, the checklist and the card are drawn anew"
    assert at.progress == "1 of 7"
    at.edits(reply, "Renewing, in June")
    assert at.text(1) == "Renewing, in June"
    at.crosses(reply)
    assert at.state(1) == "retracted"
    assert reply.reactions == {"x": [office.ana.id]}
    at.edits(reply, "Renewing, in July")
    at.deletes(reply)
    assert at.state(1) == "retracted"
    assert at.ears.new() == []


def test_words_typed_to_the_bot_answer_the_question_shown(office: Office) -> None:
    at = Answering(office)
    for text in ("Paying, on the June invoice", "3. Three-person shops, $120", "object: promised"):
        office.clock.hand.advance(30)
        office.ana.post(office.ana.dm, text)
        office.settle()
    assert at.text(1) == "Paying, on the June invoice"
    assert at.text(3) == "Three-person shops, $120"
    assert "promised" in at.card.all_text() or "1 objection" in at.card.all_text()
    assert at.ears.new() == ["@sam"], "he is told of the objection"
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "Her old price until renewal")
    office.settle()
    assert at.rows("SELECT changes_her_mind FROM objection") == [
        {"changes_her_mind": "Her old price until renewal"}
    ]


def test_a_why_belongs_where_the_thin_answer_was_typed(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    at.ana("fine")
    assert at.ears.new() == ["~ana"]
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "Three-person shops, $120 a year")
    office.settle()
    assert at.text(3) == "Three-person shops, $120 a year", "the letter shows question 3"
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "5. none")
    office.settle()
    assert "Why is that" in office.whispers(office.ana)[-1]
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "They have money enough for a month more")
    office.settle()
    assert at.answer(5).why == "They have money enough for a month more"  # type: ignore[union-attr]


def test_with_two_letters_open_nothing_typed_at_the_root_is_filed_by_guess(
    office: Office,
) -> None:
    at = Answering(office)
    office.set_up(office.ana)
    second = office.propose(title="Trial from 14 to 7 days")
    other = office.letter(office.ana, "Trial from 14 to 7 days")
    at.ears.new()
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "Paying, on the June invoice")
    office.settle()
    said = office.ana.ephemerals()[-1]
    assert at.ears.new() == ["~ana"]
    for card in (at.card, second):
        assert card.ts.replace(".", "") in str(said.blocks)
    assert at.kept_anywhere("June invoice") == []
    office.ana.post(office.ana.dm, "thanks :tada:")
    office.settle()
    assert at.ears.new() == [], "talk needs no answer"
    office.clock.hand.advance(30)
    office.ana.reply(other, "Buying, on the site")
    office.settle()
    assert [row["review_id"] for row in at.rows("SELECT * FROM answer")] == [2]


def test_help_and_a_question_get_one_private_line_and_undo_takes_back(office: Office) -> None:
    at = Answering(office)

    def typed(text: str) -> str:
        before = len(office.ana.ephemerals())
        office.clock.hand.advance(30)
        office.ana.post(office.ana.dm, text)
        office.settle()
        said = office.whispers(office.ana)[before:]
        return "\n".join(said)

    assert "Just reply" in typed("help")
    assert "Questions are for people" in typed("When does this begin?")
    assert typed("Paying, on the June invoice") == ""
    assert '"Paying, on the June invoice"' in typed("undo")
    assert at.state(1) == "retracted"
    assert "nothing of yours" in typed("undo")
    assert at.progress == "0 of 7"


def test_who_has_no_seat_is_told_where_answers_go_or_nothing_at_all(office: Office) -> None:
    at = Answering(office)
    office.sam.post(office.sam.dm, "The release is on Friday")
    office.settle()
    assert at.ears.new() == []
    at.ana("object: she was promised $39")
    told = office.letter(office.sam, "she was promised $39")
    at.ears.new()
    office.sam.reply(told, "She was not")
    office.settle()
    line = office.sam.ephemerals()[-1]
    assert f"/archives/{office.pricing.id}/p{at.card.ts.replace('.', '')}" in str(line.blocks)
    assert at.kept_anywhere("She was not") == []


def test_once_nothing_is_asked_it_says_so(office: Office) -> None:
    at = Answering(office)
    at.heard()
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "One more thing about the invoice")
    office.settle()
    assert "Nothing is asked of you just now" in office.whispers(office.ana)[-1]


def test_who_left_the_private_channel_answers_no_more(office: Office) -> None:
    people = [office.ana, office.ben, office.sam, office.lee]
    secret = office.slack.add_channel("secret", members=people, private=True, bot_in=True)
    office.set_up(office.ana, channel=secret)
    office.propose(channel=secret)
    letter = office.letter(office.ana, "you're the customer")
    office.ana.leave(secret)
    office.settle()
    office.clock.hand.advance(30)
    office.ana.reply(letter, "Paying, on the June invoice")
    office.settle()
    rows = office.store.read(lambda s: s.connection().exec_driver_sql("SELECT * FROM answer").all())
    assert rows == []


def test_reading_a_thread_after_an_absence_leaves_private_answers_alone(office: Office) -> None:
    at = Answering(office)
    office.clock.hand.advance(30)
    office.ana.post(office.ana.dm, "Paying, on the June invoice")
    office.settle()
    at.ana("$39, the site says so")
    office.running.catching_up.want()
    office.running.catching_up.drain()
    office.settle()
    assert (at.text(1), at.text(2)) == ("Paying, on the June invoice", "$39, the site says so")
