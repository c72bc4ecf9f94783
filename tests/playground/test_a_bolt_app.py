"""A real Bolt app with a real WebClient, over real HTTP: the walk of one form."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from playground import CannotDo, CannotSubmit, HandClock, Playground
from tests.playground.a_form import CARD, FORM, words
from tests.playground.bot_in_a_thread import ListeningBot


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []

    @app.command("/propose")
    def propose(ack: Any, body: dict[str, Any], client: Any) -> None:
        bodies.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @app.command("/say")
    def say(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack(text="Only *you* see this", response_type="ephemeral")

    @app.view("propose")
    def submitted(ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        bodies.append(body)
        if view["state"]["values"]["title"]["title"]["value"] == "bad":
            ack(response_action="errors", errors={"title": "Not that one"})
        else:
            ack()

    @app.view_closed("propose")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.action("go")
    def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        bodies.append(body)
        respond(text="Pressed", replace_original=False)
        ack()

    @app.action("more")
    def more(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.shortcut("keep")
    def keep(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    @app.event("message")
    def message(body: dict[str, Any]) -> None:
        bodies.append(body)

    return bodies


def test_a_command_opens_a_form_that_is_filled_and_sent(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    shown = place.sam.command("/propose", "pricing Team plan", place.pricing)

    assert shown.ok
    assert shown.modal == place.sam.modal
    assert place.sam.modal.callback_id == "propose"
    assert place.sam.modal.fields()["kind"] is None

    place.sam.fill(kind="pricing", roster=[place.ana], decide_by="2026-12-01")
    assert place.sam.submit(title="Team plan") == {}

    assert place.sam.modal is None
    values = heard[-1]["view"]["state"]["values"]
    assert values["kind"]["kind"]["selected_option"]["value"] == "pricing"
    assert values["title"]["title"] == {"type": "plain_text_input", "value": "Team plan"}
    assert values["roster"]["roster"]["selected_users"] == [place.ana.id]
    assert values["decide_by"]["decide_by"]["selected_date"] == "2026-12-01"
    assert values["size"]["size"]["selected_option"] is None
    assert heard[-1]["view"]["private_metadata"] == "C1"


def test_errors_stand_beside_the_fields_and_the_form_stays_open(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    place.sam.command("/propose", "", place.pricing)

    assert place.sam.submit(kind="product", title="bad") == {"title": "Not that one"}
    assert place.sam.modal.errors == {"title": "Not that one"}
    assert place.sam.modal.fields()["kind"] == "product"
    assert place.sam.submit(title="good") == {}


def test_slacks_client_does_not_send_a_form_with_a_required_field_empty_or_too_long(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    place.sam.command("/propose", "", place.pricing)
    with pytest.raises(CannotSubmit) as refused:
        place.sam.submit(title="x" * 21)
    assert set(refused.value.fields) == {"kind", "title"}
    with pytest.raises(CannotDo, match="cannot be chosen"):
        place.sam.fill(kind="nonsense")


def test_a_hostile_client_can_be_played(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    place.sam.command("/propose", "", place.pricing)
    assert place.sam.submit(force=True, kind="nonsense", title="x" * 21) == {}
    chosen = heard[-1]["view"]["state"]["values"]["kind"]["kind"]["selected_option"]
    assert chosen["value"] == "nonsense"


def test_closing_tells_a_bot_that_asked_for_it(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    place.sam.command("/propose", "", place.pricing)
    place.sam.close()
    assert place.sam.modal is None
    assert (heard[-1]["type"], heard[-1]["is_cleared"]) == ("view_closed", False)


def test_the_answer_to_a_command_is_seen_by_the_one_who_typed_it(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    shown = place.sam.command("/say", "hello", place.random)
    assert shown.text == "Only *you* see this"
    assert [m.text for m in place.sam.ephemerals(place.random)] == ["Only *you* see this"]
    assert place.ana.ephemerals(place.random) == []
    assert list(place.random) == []


def test_a_command_names_a_private_place_only_by_its_kind(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    for channel, name in (
        (place.pricing, "pricing"),
        (place.secret, "privategroup"),
        (place.sam.dm, "directmessage"),
    ):
        place.sam.command("/say", "", channel)
        assert heard[-1]["channel_name"] == name


def test_a_command_nobody_answers_says_so(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    shown = place.sam.command("/unknown", "", place.pricing)
    assert shown.error == '/unknown failed with the error "dispatch_failed"'


def test_a_late_answer_to_a_command_is_a_timeout_and_is_not_sent_again(
    slack: Playground,
    impatient: None,
    place: SimpleNamespace,
    bot: ListeningBot,
    heard: list[dict[str, Any]],
) -> None:
    bot.gate = threading.Event()
    shown = place.sam.command("/say", "", place.pricing)
    bot.gate.set()
    slack.settle()
    assert shown.error == '/say failed with the error "operation_timeout"'
    assert len(slack.wire.sent("command")) == 1
    assert slack.waiting_deliveries == []


def test_a_press_carries_the_message_and_can_be_answered_through_its_url(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    card = place.pricing[0]
    assert place.ana.press(card, "go").ok
    body = heard[-1]
    assert body["actions"][0]["value"] == "1:1"
    assert body["message"]["ts"] == card.ts
    assert body["container"]["is_ephemeral"] is False
    assert [m.text for m in place.ana.ephemerals(place.pricing)] == ["Pressed"]
    assert card.text == "A card"


def test_a_menu_is_pressed_by_its_option(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    place.ana.press(place.pricing[0], "more", option="revise")
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "revise"
    with pytest.raises(CannotDo, match="not in the menu"):
        place.ana.press(place.pricing[0], "more", option="nothing")
    with pytest.raises(CannotDo, match="nothing to press"):
        place.ana.press(place.pricing[0], "nothing")


def test_what_was_on_the_screen_before_can_still_be_pressed(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postMessage(channel=place.pricing.id, text="A card", blocks=CARD)
    old = place.pricing[0].snapshot()
    app.client.chat_update(channel=place.pricing.id, ts=old.ts, text="No buttons any more")
    assert place.pricing[0].blocks == []
    assert place.ana.press(old, "go").ok


def test_an_ephemeral_message_is_not_in_the_payload_of_its_press(
    place: SimpleNamespace, app: App, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    app.client.chat_postEphemeral(
        channel=place.pricing.id, user=place.ana.id, text="For you", blocks=CARD
    )
    message = place.ana.ephemerals(place.pricing)[0]
    place.ana.press(message, "go")
    assert heard[-1]["container"]["is_ephemeral"] is True
    assert "message" not in heard[-1]
    with pytest.raises(CannotDo):
        place.sam.press(message, "go")


def test_a_message_shortcut_carries_the_message(
    place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    message = place.ana.post(place.random, "She wrote: why is it $49 now?")
    assert place.sam.shortcut("keep", message).ok
    assert heard[-1]["message"]["text"] == "She wrote: why is it $49 now?"
    assert place.sam.shortcut("nothing").error == "dispatch_failed"


def test_a_message_reaches_the_bot_only_where_it_is_a_member(
    slack: Playground, place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    place.sam.post(place.random, "not for the bot")
    place.sam.post(place.pricing, "for the bot")
    place.sam.post(place.secret, "in private")
    place.sam.post(place.sam.dm, "between us")
    slack.settle()
    seen = {b["event"]["text"]: b["event"]["channel_type"] for b in heard}
    assert seen == {"for the bot": "channel", "in private": "group", "between us": "im"}


def test_bolt_refuses_a_delivery_signed_with_another_secret(
    slack: Playground, place: SimpleNamespace, bot: ListeningBot, heard: list[dict[str, Any]]
) -> None:
    slack.carrier._secret = "another"
    assert place.sam.command("/say", "", place.pricing).error is not None
    assert slack.wire.sent("command")[0].status == 401


def test_a_trigger_works_once_and_for_three_seconds(
    clock: HandClock, place: SimpleNamespace, app: App, bot: ListeningBot
) -> None:
    triggers: list[str] = []

    @app.command("/later")
    def later(ack: Any, body: dict[str, Any]) -> None:
        triggers.append(body["trigger_id"])
        ack()

    def open_with(trigger: str) -> Any:
        return app.client.api_call("views.open", json={"trigger_id": trigger, "view": FORM})

    place.sam.command("/later", "", place.pricing)
    clock.advance(3)
    assert open_with(triggers[0])["ok"]
    place.sam.command("/later", "", place.pricing)
    clock.advance(3.1)
    for trigger, error in (
        (triggers[0], "exchanged_trigger_id"),
        (triggers[1], "expired_trigger_id"),
        ("1.2.x", "invalid_trigger_id"),
    ):
        with pytest.raises(SlackApiError) as refused:
            open_with(trigger)
        assert refused.value.response["error"] == error


def test_a_press_on_a_drawing_that_has_just_been_replaced_still_counts(
    app: App, bot: ListeningBot, place: SimpleNamespace
) -> None:
    """Blocks without an id of their own get a new one in each drawing; the person saw the first."""
    pressed: list[str] = []

    @app.action("go")
    def go(ack: Any, action: Any) -> None:
        pressed.append(action["value"])
        ack()

    def rows() -> list[dict[str, Any]]:
        buttons = [
            {"type": "button", "action_id": "go", "value": value, "text": words(value)}
            for value in ("1", "2")
        ]
        return [{"type": "actions", "elements": [button]} for button in buttons]

    posted = app.client.chat_postMessage(channel=place.pricing.id, text="rows", blocks=rows())
    message = place.pricing.message(posted["ts"])
    seen = message.blocks[1]["block_id"]
    app.client.chat_update(channel=place.pricing.id, ts=posted["ts"], text="rows", blocks=rows())
    assert seen not in {block["block_id"] for block in message.blocks}
    place.sam.press(message, "go", value="2", block=seen)
    assert pressed == ["2"]
    with pytest.raises(CannotDo, match="2 elements"):
        place.sam.press(message, "go", block=seen)
