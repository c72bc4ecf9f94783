"""A real Bolt app with a real WebClient, over real HTTP: the walk of one form."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from playground import CannotDo, CannotSubmit, HandClock, Playground
from tests.playground.a_form import FORM
from tests.playground.a_form_in_bolt import keep_what_is_sent
from tests.playground.bot_in_a_thread import ListeningBot


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    return keep_what_is_sent(app)


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
