"""Drafts and answers to repeats: somebody else's words not at all, one's own for two days."""

import pytest
from sqlmodel import select

from bot.handlers import windows
from bot.jobs.ticks import tick_forget
from db.tables import Draft, InboxKey
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office

TYPED = "Team plan from $39 to $49"
DAY = 24 * 60 * 60


def drafts(office: Office) -> list[dict[str, object]]:
    return [d.fields for d in office.store.read(lambda s: s.exec(select(Draft)).all())]


def kept_answers(office: Office) -> str:
    return str([k.response for k in office.store.read(lambda s: s.exec(select(InboxKey)).all())])


def test_of_somebodys_message_nothing_is_kept_for_who_is_refused(seated: Office) -> None:
    guest = seated.slack.add_person("Gus Guest", guest=True)
    guest.join(seated.pricing)
    wrote = seated.sam.post(seated.pricing, "Our biggest customer is about to leave")
    seated.settle()
    assert guest.shortcut("propose_from_message", wrote).ok
    assert guest.modal is not None
    assert "guests" in guest.modal.text().lower()
    assert drafts(seated) == []


def test_nor_where_it_takes_slack_a_while_to_say_who_they_are(
    seated: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOMENT", 0.02)
    monkeypatch.setattr(windows, "PATIENCE", 5)
    guest = seated.slack.add_person("Gus Guest", guest=True)
    guest.join(seated.pricing)
    wrote = seated.sam.post(seated.pricing, "Our biggest customer is about to leave")
    seated.settle()
    seated.slack.faults.add("slow", method="users.info", seconds=0.2)
    assert guest.shortcut("propose_from_message", wrote).ok
    assert guest.modal is not None
    assert "guests" in guest.modal.text().lower()
    assert drafts(seated) == []


def test_a_draft_is_gone_after_two_days(office: Office) -> None:
    office.sam.command("/propose-change", f"pricing {TYPED}", office.pricing)
    office.clock.hand.advance(2 * DAY - 60)
    tick_forget(office.running.toolbox)
    assert drafts(office) == [{"kind": "pricing", "title": TYPED}]
    office.clock.hand.advance(120)
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.modal is not None
    assert not office.sam.modal.fields()["title"], "not offered, though no job came by yet"
    tick_forget(office.running.toolbox)
    assert drafts(office) == []


def test_what_a_repeat_is_answered_with_holds_no_words(office: Office) -> None:
    office.sam.command("/propose-change", f"pricing {TYPED}", office.pricing)
    office.press(office.sam, office.sam.ephemerals()[-1], "set_up")
    office.slack.faults.add("duplicate", method="interaction")
    assert office.sam.submit(roster=[office.ana, office.ben]) == {}
    assert office.sam.modal is not None
    assert office.sam.modal.fields()["title"] == TYPED
    assert "goes_on" in kept_answers(office)
    assert TYPED not in kept_answers(office)


def test_nor_after_choosing_a_channel(seated: Office) -> None:
    seated.slack.faults.add("error:expired_trigger_id", method="views.open", count=1)
    seated.sam.command("/propose-change", f"pricing {TYPED}", seated.pricing)
    assert drafts(seated)
    seated.sam.shortcut("propose_change")
    assert seated.sam.submit(channel=seated.pricing) == {}
    assert seated.sam.modal is not None
    assert seated.sam.modal.fields()["title"] == TYPED
    assert TYPED not in kept_answers(seated)


def test_nor_in_a_whole_review(office: Office) -> None:
    at = Answering(office)
    at.ana("3. Three-person shops, $120 a year")
    at.ana("object: she was promised this price")
    at.opens_form()
    at.saves(q2="$39, the site still says so")
    assert kept_answers(office).replace("{}", "").strip("[], ") == ""
