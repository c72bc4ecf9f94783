"""Removing the app: nothing more is sent, and what was queued is not lost."""

import pytest
from pydantic import SecretStr
from sqlmodel import delete, select

from bot.app import build_app, install
from bot.delivery.durations import Durations
from bot.jobs.ticks import tick_due
from db.tables import AnswerRow, Person, Workspace
from playground.driver.message import Message
from tests.dialogs.absence import SLACK_GIVES_UP, away, says
from tests.dialogs.office import PRICING, Office

REVOKED = ("token_revoked", "account_inactive", "invalid_auth", "token_expired")


def refused(office: Office) -> list[str]:
    """The calls that Slack answered with an error."""
    return [c.name for c in office.slack.wire.calls() if not c.answer.get("ok", True)]


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


@pytest.mark.parametrize("trouble", REVOKED)
def test_without_a_token_nothing_is_tried_and_after_it_nothing_is_lost_or_doubled(
    office: Office, trouble: str
) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    team = office.slack.team.record
    office.sam.command("/propose-change", "", office.pricing)
    team.token_trouble = trouble
    told_before = len(office.slack.wire.calls("chat.postMessage"))
    reply = office.ana.reply(card, "1. On the June invoice")
    office.slack.settle()
    assert office.sam.submit(**{**PRICING, "title": "Another"}) == {}
    office.slack.settle()
    office.running.dispatcher.drain()
    refused = [c for c in office.slack.wire.calls() if c.answer.get("error") == trouble]
    assert len(refused) == 1  # the first says it; after that nobody asks
    for _ in range(48):
        office.clock.hand.advance(3600)
        office.running.dispatcher.drain()
        office.running.catching_up.want()
        office.running.catching_up.drain()
    assert [c for c in office.slack.wire.calls() if c.answer.get("error") == trouble] == refused
    assert len(office.slack.wire.calls("chat.postMessage")) <= told_before + 1
    team.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.running.catching_up.drain()
    office.settle()
    assert list(reply.reactions) == ["one"]
    assert "1 of 7" in card.all_text()
    shown = [m for m in office.pricing.messages if m.by_bot]
    assert len([m for m in shown if "Another" in m.all_text()]) == 1
    assert len(shown) == 2
    assert [len(m.replies) for m in shown] == [2, 1]
    assert not office.parked()
    rows = office.store.read(lambda s: s.exec(select(AnswerRow.text)).all())
    assert list(rows) == ["On the June invoice"]


@pytest.mark.parametrize("trouble", REVOKED)
def test_a_post_in_doubt_when_the_token_goes_is_found_after_it_came_back(
    office: Office, trouble: str
) -> None:
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.slack.faults.add("drop_after", method="chat.postMessage", count=1)
    office.running.dispatcher.drain()
    office.slack.team.record.token_trouble = trouble
    office.clock.hand.advance(60)  # the first look
    office.running.dispatcher.drain()
    office.clock.hand.advance(3600)
    office.running.dispatcher.drain()
    office.slack.team.record.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.settle()
    assert len([m for m in office.pricing.messages if m.by_bot]) == 1
    assert not office.parked()


def test_a_token_that_is_refused_while_reading_is_not_tried_again_either(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.slack.team.record.token_trouble = "token_revoked"
    reply = office.ana.reply(card, "1. On the June invoice")  # of which Slack tells nobody
    office.running.catching_up.want()
    for _ in range(20):
        office.running.catching_up.drain()
        office.clock.hand.advance(60)
    assert refused(office) == ["conversations.replies"]
    office.slack.team.record.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.running.catching_up.drain()
    office.settle()
    assert list(reply.reactions) == ["one"]


def test_a_token_that_is_refused_when_asked_who_may_see_is_not_tried_again_either(
    office: Office,
) -> None:
    people = [office.sam, office.ana, office.ben, office.lee]
    secret = office.slack.add_channel("secret", members=people, private=True, bot_in=True)
    office.set_up(office.ana, office.ben, channel=secret)
    office.propose(channel=secret)
    before = len(office.ana.dm.messages)
    office.slack.team.record.token_trouble = "token_revoked"
    for _ in range(48):  # she is to be reminded, if she is still in there
        office.clock.hand.advance(3600)
        tick_due(office.running.toolbox)
        office.running.dispatcher.drain()
    assert refused(office) == ["users.info", "conversations.info"]
    office.slack.team.record.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.settle()
    assert len(office.ana.dm.messages) == before + 1


def test_a_token_that_is_refused_when_asked_for_a_name_is_not_tried_again_either(
    office: Office,
) -> None:
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**PRICING) == {}
    office.store.transact(lambda s: s.exec(delete(Person)))
    office.slack.team.record.token_trouble = "token_revoked"
    office.running.dispatcher.drain()
    assert refused(office) == ["users.info"]
    office.slack.team.record.token_trouble = None
    install(office.settings, office.store, office.clock)
    office.settle()
    (card,) = [m for m in office.pricing.messages if m.by_bot]
    assert "Ana Lima speaks for" in card.all_text()


def test_the_next_process_does_not_try_the_token_again_either(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    office.sam.command("/propose-change", "", office.pricing)
    office.slack.team.record.token_trouble = "account_inactive"
    assert office.sam.submit(**PRICING) == {}
    office.running.dispatcher.drain()
    before = len(office.slack.wire.calls())
    other = build_app(office.settings, office.store, clock=office.clock, durations=Durations())
    other.dispatcher.drain()
    other.stop()
    assert len(office.slack.wire.calls()) == before


@pytest.mark.parametrize("first", ["telling", "reading"])
def test_a_process_with_the_old_token_leaves_the_workspace_to_the_one_with_the_new(
    office: Office, first: str
) -> None:
    """A rolling restart after the token was renewed: both run for a while."""
    office.set_up(office.ana, office.ben)
    card = office.propose()
    with away(office):
        reply = says(office, card, "1. On the June invoice")
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.submit(**{**PRICING, "title": "Another"}) == {}
    office.slack.team.record.bot_token += "-renewed"
    office.clock.hand.advance(5)
    settings = office.settings.model_copy(
        update={"slack_bot_token": SecretStr(office.slack.team.bot_token)}
    )
    install(settings, office.store, office.clock)
    new = build_app(settings, office.store, clock=office.clock, durations=Durations())
    old, office.running = office.running, new
    old.catching_up.want()
    work = [old.dispatcher.drain, old.catching_up.drain]
    for _ in range(20):
        for drain in work if first == "telling" else reversed(work):
            drain()
        office.clock.hand.advance(60)
    refused = [c for c in office.slack.wire.calls() if c.answer.get("error") == "invalid_auth"]
    assert len(refused) == 1
    assert office.store.read(lambda s: s.exec(select(Workspace.revoked_at)).all()) == [None]
    new.catching_up.drain()
    office.settle()
    new.stop()
    assert list(reply.reactions) == ["one"]
    read = [c for c in office.slack.wire.calls("conversations.replies") if c.answer.get("ok")]
    assert len(read) == 1
    shown = [m for m in office.pricing.messages if m.by_bot]
    assert len(shown) == 2
    assert "Another" in shown[1].all_text()
    assert not office.parked()


def test_that_the_old_token_is_revoked_once_the_new_one_serves_stops_nothing(
    office: Office, card: Message
) -> None:
    """As docs/security.md says to replace one; Slack does not say which token it was."""
    office.slack.team.revoke_tokens()
    office.slack.team.record.token_trouble = None
    office.settle()
    reply = office.says(office.ana, card, "1. On the June invoice")
    assert list(reply.reactions) == ["one"]


@pytest.mark.parametrize("act", ["uninstall", "revoke_tokens"])
def test_what_slack_tells_late_of_the_token_before_pauses_nothing(
    office: Office, card: Message, act: str
) -> None:
    with away(office, for_good=False):
        getattr(office.slack.team, act)()
        office.slack.settle()
        office.clock.hand.advance(5)
        office.slack.team.record.token_trouble = None
        install(office.settings, office.store, office.clock)
    assert office.slack.waiting_deliveries
    office.clock.hand.advance(SLACK_GIVES_UP)
    office.settle()
    reply = office.says(office.ana, card, "1. On the June invoice")
    assert list(reply.reactions) == ["one"]
    assert office.store.read(lambda s: s.exec(select(Workspace.revoked_at)).all()) == [None]
