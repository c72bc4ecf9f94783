"""From setting up to the digest: the main job, as people live it."""

from tests.dialogs.office import Office


def test_a_change_is_proposed_answered_decided_and_told_of_on_monday(office: Office) -> None:
    office.set_up(office.ana, office.ben, office.cleo)
    card = office.propose()
    assert "Team plan from $39 to $49" in card.text
    assert "Ana" in card.all_text()
    assert len(card.replies) == 1, "the checklist"

    office.answer_all(office.ana, card)
    say_back = card.replies[-1]
    assert "is this what she would say" in say_back.all_text()
    office.press(office.ana, say_back, "confirm_heard")

    heard = office.letter(office.lee, "heard")
    office.press(office.lee, heard, "decide")
    assert office.lee.submit(verdict="go", because="Hosting is up.") == {}
    office.settle()
    assert "Go" in card.text
    assert "I would start looking around" in card.text

    office.wait(days=7)
    assert any("decided" in m.text for m in office.pricing.messages[1:])
    assert office.parked() == []
