"""Removing the app: nothing more is sent, and what was queued is not lost."""

from tests.dialogs.office import PRICING, Office


def test_after_the_app_is_removed_nothing_more_is_sent_and_nothing_is_lost(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    queued = office.pending()
    assert queued
    office.slack.team.uninstall()
    office.slack.settle()
    before = len(office.slack.wire.calls())
    office.running.dispatcher.drain()
    assert len(office.slack.wire.calls()) == before
    assert office.pending() == queued
