"""*Propose this change*, in a message's menu."""

from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def test_a_message_becomes_the_details_of_a_proposal(seated: Office) -> None:
    wrote = seated.sam.post(seated.pricing, "Let us drop the *free* plan & see")
    seated.settle()
    shown = seated.sam.shortcut("propose_from_message", wrote)
    assert shown.ok
    assert seated.sam.modal is not None
    assert seated.sam.modal.fields()["change"] == "Let us drop the *free* plan & see"


def test_a_shortcut_that_cannot_open_the_form_says_why_privately(office: Office) -> None:
    wrote = office.sam.post(office.pricing, "Let us drop the free plan")
    office.settle()
    office.lee.invite_bot(office.pricing)
    office.settle()
    ears = Ears(office)
    assert office.sam.shortcut("propose_from_message", wrote).ok
    office.settle()
    assert office.sam.modal is not None
    assert "/customer-seat setup" in office.sam.modal.text()
    assert office.sam.modal.submit_text == ""
    assert ears.new() == []


def test_a_shortcut_whose_form_does_not_open_keeps_the_message(seated: Office) -> None:
    wrote = seated.sam.post(seated.pricing, "Let us drop the free plan")
    seated.settle()
    seated.slack.faults.add("error:expired_trigger_id", method="views.open", count=1)
    ears = Ears(seated)
    assert seated.sam.shortcut("propose_from_message", wrote).ok
    seated.settle()
    assert "Please try again" in ears.only("@sam")
    assert seated.sam.command("/propose-change", "", seated.pricing).ok
    assert seated.sam.modal is not None
    assert seated.sam.modal.fields()["change"] == "Let us drop the free plan"
