"""Removing the app: nothing more is sent, and what was queued is not lost."""

from bot.app import install
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


def test_installed_anew_what_waited_is_sent(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.slack.team.uninstall()
    office.slack.settle()
    office.running.dispatcher.drain()
    office.slack.team.record.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.settle()
    assert len(office.pricing.messages) == 1
