"""The advocate just replies, and everyone can see what was taken."""

from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


def test_a_reply_is_taken_with_the_keycap_of_its_question_and_everything_is_redrawn(
    office: Office,
) -> None:
    at = Answering(office)
    assert at.asks(1)
    reply = at.ana("Paying, on the June invoice")
    assert reply.reactions == {"one": [office.slack.team.bot_user]}
    assert (
        at.line(1)
        == ':white_check_mark: 1 Meets it first: _paying_ · "Paying, on the June invoice"'
    )
    assert at.progress == "1 of 7"
    assert at.asks(2)
    assert at.ears.new() == []


def test_ten_answers_in_a_burst_make_few_updates(office: Office) -> None:
    at = Answering(office)
    before = len(office.slack.wire.calls("chat.update"))
    for n in range(10):
        office.ana.reply(at.card, f"{n % 5 + 1}. Paying, the {n}th time" if n < 5 else f"and {n}")
    office.settle()
    assert len(office.slack.wire.calls("chat.update")) - before <= 4
    assert at.progress == "5 of 7"
    assert at.text(5).splitlines() == ["Paying, the 4th time", *(f"and {n}" for n in range(5, 10))]
    assert at.ears.new() == []


def test_several_numbered_paragraphs_in_one_message_answer_several_questions(
    office: Office,
) -> None:
    at = Answering(office)
    reply = at.ana(
        "2. $39, the site said so (said)\n3. Three-person shops, $120 a year\nand students"
    )
    assert list(reply.reactions) == ["white_check_mark"]
    assert at.text(2) == "$39, the site said so"
    assert at.line(2).endswith("· a customer said it")
    assert at.text(3) == "Three-person shops, $120 a year\nand students"
    assert at.asks(1)
    assert at.ears.new() == []


def test_a_phone_turns_a_number_into_a_list_and_it_is_the_same_answer(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("3. Three-person shops, $120 a year", phone=True)
    assert "3." not in str(reply.blocks), "the number is an offset now"
    assert list(reply.reactions) == ["three"]
    assert at.text(3) == "Three-person shops, $120 a year"


def test_a_number_is_written_in_many_ways(office: Office) -> None:
    at = Answering(office)
    for text in ("Q3: About $120", "#3 About $120", "3) About $120", "3： About $120"):
        reply = at.ana(text)
        assert list(reply.reactions) == ["three"], text
        assert at.text(3) == "About $120"
        at.deletes(reply)
    assert at.ears.new() == []


def test_what_only_looks_like_a_number_is_a_plain_answer(office: Office) -> None:
    at = Answering(office)
    for number, text in enumerate(
        ("3 customers told me she pays in June", "10 % is too much for them", "9:30 she calls us"),
        1,
    ):
        at.ana(text)
        assert at.text(number) == text
    assert at.ears.new() == []


def test_a_thought_goes_on_until_the_next_question_was_drawn_and_after_half_a_minute_answers_it(
    office: Office,
) -> None:
    at = Answering(office)
    office.ana.reply(at.card, "Paying, on the June invoice")
    office.slack.settle()
    office.clock.hand.advance(2)
    more = office.ana.reply(at.card, "It comes as a letter")
    office.settle()
    assert at.text(1) == "Paying, on the June invoice\nIt comes as a letter"
    assert list(more.reactions) == ["one"]
    at.ana("$39, on the site since May")
    assert at.text(2) == "$39, on the site since May"
    at.ana("because sales said so, too")
    assert at.text(2) == "$39, on the site since May\nbecause sales said so, too"
    assert at.asks(3)
    assert at.ears.new() == []


def test_a_question_is_skipped_with_a_reason_and_not_without_one(office: Office) -> None:
    at = Answering(office)
    assert list(at.ana("skip 3: we sell to no one there").reactions) == ["three"]
    assert at.line(3) == ':heavy_minus_sign: 3 Hurt most: skipped, "we sell to no one there"'
    assert at.ears.new() == []
    assert at.ana("skip 5").reactions == {}
    assert at.ears.new() == ["@ana", "~ana"]
    assert "needs a short reason" in at.ears.texts["~ana"]
    assert at.state(5) == ""


def test_not_knowing_is_an_answer(office: Office) -> None:
    at = Answering(office)
    assert list(at.ana("don’t know").reactions) == ["one"]
    assert at.line(1).endswith("_not known_")
    at.ana("No idea, sorry")
    assert at.state(2) == "not_known"
    assert at.progress == "2 of 7"
    assert "2 not known" in at.card.all_text()
    assert at.ears.new() == []


def test_talk_is_left_alone_in_silence(office: Office) -> None:
    at = Answering(office)
    for text in (
        "note: I'll ask finance first",
        "Does anyone know what the site says?",
        ":thinking_face: :tada:",
        "thanks!",
        "> From 1 June you pay $10 more a month",
        "```SELECT price FROM plans```",
        f"{office.sam.mention} what about the yearly plans",
    ):
        assert at.ana(text).reactions == {}, text
    assert at.progress == "0 of 7"
    assert at.ears.new() == []
    assert at.kept_anywhere("finance") == []
    assert at.kept_anywhere("yearly plans") == []


def test_everyone_else_talks_freely_and_nothing_of_it_is_kept(office: Office) -> None:
    at = Answering(office)
    for person in (office.sam, office.ben, office.lee):
        reply = office.says(person, at.card, f"3. I think Zanzibar pays most, says {person.name}")
        assert reply.reactions == {}
        office.says(person, at.card, "object: Zanzibar was promised this price")
    assert at.ears.new() == []
    assert at.progress == "0 of 7"
    assert at.kept_anywhere("Zanzibar") == []
    assert at.rows("SELECT * FROM thread_message") == []


def test_a_thin_answer_gets_one_private_why_and_the_reply_is_kept(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying in June")
    at.ana("fine")
    assert at.ears.new() == ["~ana"]
    assert "Why is that" in at.ears.texts["~ana"]
    assert at.text(2) == "fine"
    reply = at.ana("Because the site says $39 since May")
    assert list(reply.reactions) == ["two"]
    row = at.answer(2)
    assert row is not None
    assert (row.text, row.why) == ("fine", "Because the site says $39 since May")
    assert "the site says $39" in at.line(2), "what was asked for is shown"
    assert at.asks(3)
    assert at.ears.new() == []


def test_why_is_asked_once_and_lapses_with_the_next_numbered_answer(office: Office) -> None:
    at = Answering(office)
    at.ana("2. fine")
    assert at.ears.new() == ["~ana"]
    at.ana("3. Three-person shops, $120 a year")
    first = at.ana("2. none")
    assert at.text(2) == "fine"
    assert first.reactions == {}
    at.ears.new()
    at.edits(at.card.replies[1], "2. nothing")
    assert at.text(2) == "nothing"
    assert at.ears.new() == []


def test_a_number_never_replaces_an_answer_from_another_message(office: Office) -> None:
    at = Answering(office)
    at.ana("3. Three-person shops, $120 a year")
    second = at.ana("3. Students, half of what they have")
    assert second.reactions == {}
    assert at.text(3) == "Three-person shops, $120 a year"
    assert at.ears.new() == ["@ana", "~ana"]
    assert "Question 3 already has an answer" in at.ears.texts["~ana"]
    assert len(at.history(3)) == 1


def test_a_number_that_no_question_has_is_part_of_the_answer_or_said_so(office: Office) -> None:
    at = Answering(office)
    at.ana("skip 12: not for us")
    assert at.ears.new() == ["@ana", "~ana"]
    assert "no question 12" in at.ears.texts["~ana"]
    at.ana("12. December is when it hurts")
    assert at.text(1) == "12. December is when it hurts"


def test_evidence_is_named_at_the_end_of_an_answer(office: Office) -> None:
    at = Answering(office)
    at.ana("2. $39 – measured\n3. Three-person shops (a customer said so)\n5. Two months (assumed)")
    assert [at.answer(n).evidence for n in (2, 3, 5)] == ["measured", "said", "assumed"]  # type: ignore[union-attr]
    assert at.line(2) == ':white_check_mark: 2 Expected: "$39" · measured'
    assert "1 assumed" in at.card.all_text()


def test_a_choice_is_answered_in_words(office: Office) -> None:
    at = Answering(office)
    at.ana("4. Only if the old price holds until renewal")
    assert at.line(4).startswith(":white_check_mark: 4 Would you stay? _only if_")
    at.ana("1. In the kitchen, over the invoice")
    assert at.line(1) == ':white_check_mark: 1 Meets it first: "In the kitchen, over the invoice"'
    assert at.ears.new() == []


def test_a_reply_also_sent_to_the_channel_is_a_reply(office: Office) -> None:
    at = Answering(office)
    reply = at.ana("Paying, on the June invoice", broadcast=True)
    assert list(reply.reactions) == ["one"]
    assert at.text(1) == "Paying, on the June invoice"
    assert at.ears.new() == []


def test_a_file_without_words_is_not_taken_and_one_with_words_is(office: Office) -> None:
    at = Answering(office)
    voice = at.ana("", files=["voice.m4a"])
    assert voice.reactions == {}
    assert at.ears.new() == ["@ana", "~ana"]
    assert "Files and voice clips" in at.ears.texts["~ana"]
    assert at.progress == "0 of 7"
    at.ana("Paying, see the scan", files=["invoice.pdf"])
    assert at.text(1) == "Paying, see the scan"
    assert at.ears.new() == []


def test_once_it_is_decided_everything_is_talk(office: Office) -> None:
    at = Answering(office)
    at.ana("Paying, on the June invoice")
    office.press(office.lee, at.card, "more", option="Decide")
    assert office.lee.submit(verdict="go", because="Hosting is up.") == {}
    office.settle()
    at.ears.new()
    for text, files in (("2. $39", []), ("object: she was promised", []), ("", ["voice.m4a"])):
        assert at.ana(text, files=files).reactions == {}
    assert at.ears.new() == []
    assert at.state(2) == ""


def test_a_former_advocate_s_replies_are_talk_and_their_edits_count_no_more(office: Office) -> None:
    at = Answering(office)
    kept = at.ana("Paying, on the June invoice")
    stays = at.ana("$39, the site says so")
    office.pass_on(office.ana, at.letter)
    if office.ana.modal is not None:
        assert office.ana.submit() == {}
        office.settle()
    assert "Ben" in at.checklist
    at.ears.new()
    assert at.ana("3. Three-person shops, $120 a year").reactions == {}
    at.edits(kept, "Renewing")
    at.crosses(stays)
    at.deletes(stays)
    assert at.text(1) == "Paying, on the June invoice"
    assert at.text(2) == "$39, the site says so"
    assert at.state(3) == ""
    assert at.ears.new() == []
    assert list(office.says(office.ben, at.card, "Three-person shops, $120 a year").reactions) == [
        "three"
    ]


def test_hostile_text_is_kept_as_written_and_harmless_where_it_is_shown(office: Office) -> None:
    at = Answering(office)
    words = "<!channel> pays & <@U12345678> leaves ‮evil‬ 🧾"
    blocks = [
        {
            "type": "rich_text",
            "block_id": "b1",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
            ],
        }
    ]
    office.clock.hand.advance(30)
    office.ana.reply(at.card, "2", blocks=blocks)
    at.ana("3. " + "Three thousand letters. " * 124)
    assert "pays &" in at.text(1)
    shown = str(office.checklist(at.card).blocks)
    assert "<!channel>" not in shown
    assert "<@U12345678>" not in shown
    assert len(at.text(3)) > 2_900
    assert office.parked() == []
    assert at.ears.new() == []
