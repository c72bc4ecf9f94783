"""What outlives the process: everything but what lives for minutes, and never less than the bot
was told."""

import json
import re
import threading
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import CannotRead, HandClock, Playground, read_kept
from playground.control.snapshot import snapshot
from playground.delivery.carrier import Parcel
from playground.delivery.queue import Waiting
from playground.keeping import VERSION, Identity, Kept, write_kept
from playground.state.records import (
    ChannelRecord,
    MessageRecord,
    PersonRecord,
    TeamRecord,
    ViewRecord,
)
from tests.playground.bot_in_a_thread import ListeningBot, build_bolt_app


def text_of(slack: Playground) -> str:
    with slack.world.lock:
        return write_kept(slack.world, slack._queue)


def again(text: str, **more: Any) -> Playground:
    kept = read_kept(text)
    return Playground(clock=HandClock(kept.now), kept=kept, **more)


def told(slack: Playground) -> Any:
    """All that can be seen of it, but the count of changes."""
    state = snapshot(slack.world)
    return {name: state[name] for name in ("now", "app", "teams", "homes", "modals")}


def test_people_channels_messages_reactions_homes_and_whispers_come_back(
    slack: Playground, app: App, bot: ListeningBot, client: WebClient, place: SimpleNamespace
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*A card*"}}]
    meta = {"event_type": "t", "event_payload": {"key": "card:1"}}
    sent = client.chat_postMessage(
        channel=place.pricing.id, text="A card", blocks=blocks, metadata=meta
    )
    card = place.pricing.message(str(sent["ts"]))
    reply = place.ana.reply(card, "3. About a <week> & more")
    place.ana.edit(reply, "3. About a day")
    place.sam.react(card, "eyes")
    gone = place.sam.post(place.random, "to be deleted")
    place.sam.delete(gone)
    place.ana.post(place.ana.dm, "a private word")
    client.chat_postEphemeral(channel=place.pricing.id, user=place.sam.id, text="only you")
    client.views_publish(user_id=place.sam.id, view={"type": "home", "blocks": blocks})
    slack.settle()
    with again(text_of(slack)) as second:
        assert told(second) == told(slack)
        assert second.bot_token == slack.bot_token
        assert second.signing_secret == slack.signing_secret
        sam = second.team.person("Sam Ortiz")
        assert [m.text for m in sam.ephemerals(second.team.channel("pricing"))] == ["only you"]
        more = sam.post(second.team.channel("pricing"), "later")
        assert more.ts > reply.record.edited["ts"]
        assert more.record.client_msg_id != reply.record.client_msg_id


def test_open_forms_come_back_with_what_was_filled_in_and_can_be_sent(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace
) -> None:
    box = {"type": "plain_text_input", "action_id": "why"}
    asked = {
        "type": "input",
        "block_id": "why",
        "label": {"type": "plain_text", "text": "Why?"},
        "element": box,
    }
    words = {name: {"type": "plain_text", "text": name} for name in ("title", "submit")}
    form = {"type": "modal", "callback_id": "ask", "blocks": [asked], **words}

    @app.command("/ask")
    def open_form(ack: Any, body: Any, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form)
        ack()

    app.view("ask")(lambda ack: ack(response_action="push", view={**form, "callback_id": "more"}))
    place.sam.command("/ask", "", place.pricing)
    place.sam.submit(why="Below it.")
    place.sam.fill(why="Half a sen")
    with again(text_of(slack)) as second:
        assert told(second) == told(slack)
        other = build_bolt_app(second)
        sent: list[str] = []

        @other.view(re.compile("ask|more"))
        def take(ack: Any, view: Any) -> None:
            sent.append(f"{view['callback_id']}: {view['state']['values']['why']['why']['value']}")
            ack()

        listening = ListeningBot(other)
        try:
            second.deliver_to(listening.address)
            sam = second.team.person("Sam Ortiz")
            assert sam.submit() == {}
            assert sam.submit() == {}
            assert sam.modal is None
        finally:
            listening.close()
    assert sent == ["more: Half a sen", "ask: Below it."]


def test_a_page_that_was_open_finds_the_workspace_where_it_was(slack: Playground) -> None:
    text = text_of(slack)
    with again(text) as beside:
        assert beside.port not in (0, slack.port), "in use: any other will do"
    slack.stop()
    with again(text) as second:
        assert second.port == slack.port
        with pytest.raises(OSError, match="in use"):
            again(text, port=second.port)


def test_what_the_bot_was_not_told_yet_is_delivered_after_the_restart_as_the_same_event(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace
) -> None:
    app.event("message")(lambda: None)
    bot.gate = threading.Event()
    place.sam.post(place.pricing, "on its way")
    slack.wait_until(lambda: bot.requests)
    place.sam.post(place.pricing, "still in line")
    text = text_of(slack)
    bot.gate.set()
    first = json.loads(bot.requests[0][0])["event_id"]
    with again(text) as second:
        other = build_bolt_app(second)
        other.event("message")(lambda: None)
        listening = ListeningBot(other)
        try:
            second.deliver_to(listening.address)
            second.settle()
            bodies = [json.loads(body) for body, _ in listening.requests]
        finally:
            listening.close()
    assert [body["event"]["text"] for body in bodies] == ["on its way", "still in line"]
    assert bodies[0]["event_id"] == first


def test_a_retry_waits_for_its_time_after_the_restart_too(
    slack: Playground, app: App, bot: ListeningBot, place: SimpleNamespace
) -> None:
    bot.status_override = [500, 500]
    place.sam.post(place.pricing, "again, please")
    slack.settle()
    (due, _), = slack.waiting_deliveries  # fmt: skip
    with again(text_of(slack)) as second:
        second.resume_deliveries()
        second.settle()
        assert second.waiting_deliveries == [(due, "message")]


def test_nothing_is_said_to_the_bot_that_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.keeping.LOOKS_EVERY", 60.0)
    texts: list[str] = []
    with Playground(clock=HandClock(), keep=texts.append) as slack:
        sam = slack.add_person("Sam Ortiz")
        pricing = slack.add_channel("pricing", members=[sam], bot_in=True)
        client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        # An ephemeral: nobody is told of it by an event, before which it would be kept as well.
        client.chat_postEphemeral(channel=pricing.id, user=sam.id, text="from the bot")
        assert "from the bot" in texts[-1], "kept before it was answered"
        app = build_bolt_app(slack)
        kept_when_heard: list[bool] = []

        @app.event("message")
        def hear(event: Any) -> None:
            kept_when_heard.append(event["text"] in texts[-1])

        listening = ListeningBot(app)
        try:
            slack.deliver_to(listening.address)
            sam.post(pricing, "from a person")
            slack.settle()
        finally:
            listening.close()
        assert kept_when_heard == [True]
        assert isinstance(slack.clock, HandClock)
        slack.clock.advance(86_400)
        client.auth_test()
        assert read_kept(texts[-1]).now == slack.clock.now()
        reply = sam.post(pricing, "and a word that nobody is told of")
    last = read_kept(texts[-1])
    assert reply.ts in last.teams[0].channels[pricing.id].messages, "kept when it stopped"


def test_what_changes_without_the_bot_is_kept_soon() -> None:
    texts: list[str] = []
    with Playground(clock=HandClock(), keep=texts.append) as slack:
        slack.add_person("Late Comer")
        slack.wait_until(lambda: "Late Comer" in texts[-1])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is damaged"),
        ("[]", "is damaged"),
        ('{"version": 3', "is damaged"),
        ('{"version": 3, "now": "noon"}', r"is damaged \(at now\)"),
        ('{"version": 0}', r"was kept by another version \(format 0; this one reads 3\)"),
        ('{"version": 99, "now": 0}', "was kept by another version"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, what: str) -> None:
    with pytest.raises(CannotRead, match=what):
        read_kept(text)


def test_a_change_of_what_is_kept_is_another_version() -> None:
    """Fails when a field comes or goes: raise VERSION then, and write the new list here."""
    kinds = (Kept, Identity, TeamRecord, PersonRecord, ChannelRecord, MessageRecord, ViewRecord,
             Waiting, Parcel)  # fmt: skip
    names = {kind.__name__: " ".join(field.name for field in fields(kind)) for kind in kinds}
    assert (VERSION, names) == (
        3,
        {
            "Kept": "version now made last_us identity teams port homes modals read ephemerals "
            "waiting",
            "Identity": "app_id app_token signing_secret verification_token client_id "
            "client_secret",
            "TeamRecord": "id domain name bot_user bot_id bot_token scopes people channels "
            "token_trouble",
            "PersonRecord": "id team_id name real_name display_name tz is_guest "
            "is_single_channel_guest is_stranger is_bot is_admin deleted bot_id status_text "
            "status_emoji status_expiration updated",
            "ChannelRecord": "id team_id name kind created creator members archived deleted "
            "shared_with read_only im_user messages previous_names",
            "MessageRecord": "ts channel_id text user blocks attachments thread_ts subtype bot_id "
            "client_msg_id metadata files edited reactions ephemeral_for deleted tombstone",
            "ViewRecord": "id team_id type user content hash root_id previous_id values errors "
            "trigger_id is_open",
            "Waiting": "due lane parcel held",
            "Parcel": "kind name body attempt reason",
        },
    )
