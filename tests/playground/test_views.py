"""Modals in a stack, hashes, what an answer to a form may hold, homes, and response URLs."""

from types import SimpleNamespace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from playground import CannotDo, HandClock, Playground
from tests.playground.bot_in_a_thread import ListeningBot


def plain(text: str = "x") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(name: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(name),
        "submit": plain("Send"),
        "blocks": list(blocks) or [typed("title")],
        **more,
    }


def typed(name: str, **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": name}
    block = {"type": "input", "block_id": name, "label": plain(name), "element": element}
    return block | {"optional": True} | more


def button(action_id: str) -> dict[str, Any]:
    return {
        "type": "actions",
        "block_id": f"row_{action_id}",
        "elements": [{"type": "button", "action_id": action_id, "text": plain()}],
    }


@pytest.fixture
def triggers(app: App, bot: ListeningBot) -> list[dict[str, Any]]:
    """The bodies of whatever asked the bot; it answers nothing of its own accord."""
    bodies: list[dict[str, Any]] = []

    def keep(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    app.command("/open")(keep)
    app.action({"block_id": "row_more"})(keep)
    app.action({"block_id": "choice"})(keep)
    app.action({"block_id": "title"})(keep)
    return bodies


@pytest.fixture
def answers(app: App) -> list[dict[str, Any]]:
    """What the bot answers to the next forms."""
    queue: list[dict[str, Any]] = []

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack(**queue.pop(0))

    return queue


def test_three_views_can_be_stacked(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    place.sam.command("/open", "", place.pricing)
    view = modal("one", typed("title"), button("more"))
    root = client.views_open(trigger_id=triggers[-1]["trigger_id"], view=view)["view"]
    assert root["root_view_id"] == root["id"]
    assert root["previous_view_id"] is None
    for name in ("two", "three"):
        place.sam.press_in_modal("more")
        view = modal(name, button("more"))
        pushed = client.views_push(trigger_id=triggers[-1]["trigger_id"], view=view)["view"]
        assert pushed["root_view_id"] == root["id"]
    place.sam.press_in_modal("more")
    with pytest.raises(SlackApiError) as refused:
        client.views_push(trigger_id=triggers[-1]["trigger_id"], view=modal("four"))
    assert refused.value.response["error"] == "push_limit_reached"
    place.sam.close()
    assert place.sam.modal.title == "two"
    place.sam.close(everything=True)
    assert place.sam.modal is None
    with pytest.raises(CannotDo, match="no modal open"):
        place.sam.close()


def test_a_push_needs_a_trigger_from_the_open_modal(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    place.sam.command("/open", "", place.pricing)
    with pytest.raises(SlackApiError) as refused:
        client.views_push(trigger_id=triggers[-1]["trigger_id"], view=modal("x"))
    assert refused.value.response["error"] == "not_found"


def test_an_update_keeps_what_was_typed_and_a_stale_hash_is_a_conflict(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    place.sam.command("/open", "", place.pricing)
    opened = client.views_open(trigger_id=triggers[-1]["trigger_id"], view=modal("one"))["view"]
    place.sam.fill(title="typed")
    longer = modal("two", typed("title"), typed("why"))
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=longer)
    assert place.sam.modal.fields() == {"title": "typed", "why": None}
    with pytest.raises(SlackApiError) as refused:
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=longer)
    assert refused.value.response["error"] == "hash_conflict"
    place.sam.close()
    with pytest.raises(SlackApiError) as refused:
        client.views_update(view_id=opened["id"], view=longer)
    assert refused.value.response["error"] == "not_found"


def test_an_external_id_is_used_once(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    for person in (place.sam, place.ana):
        person.command("/open", "", place.pricing)
    first, second = (body["trigger_id"] for body in triggers)
    client.views_open(trigger_id=first, view=modal("one", external_id="e1"))
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=second, view=modal("one", external_id="e1"))
    assert refused.value.response["error"] == "duplicate_external_id"
    client.views_update(external_id="e1", view=modal("two", external_id="e1"))
    assert place.sam.modal.title == "two"


def test_an_answer_can_update_push_or_clear(
    place: SimpleNamespace,
    client: WebClient,
    triggers: list[dict[str, Any]],
    answers: list[dict[str, Any]],
) -> None:
    place.sam.command("/open", "", place.pricing)
    client.views_open(trigger_id=triggers[-1]["trigger_id"], view=modal("one"))
    answers += [
        {"response_action": "update", "view": modal("changed")},
        {"response_action": "push", "view": modal("on top")},
        {"response_action": "clear"},
    ]
    for title in ("changed", "on top"):
        assert place.sam.submit() == {}
        assert place.sam.modal.title == title
    assert place.sam.submit() == {}
    assert place.sam.modal is None


def test_an_unusable_answer_leaves_the_form_open_and_the_person_in_trouble(
    place: SimpleNamespace,
    client: WebClient,
    triggers: list[dict[str, Any]],
    answers: list[dict[str, Any]],
) -> None:
    place.sam.command("/open", "", place.pricing)
    client.views_open(trigger_id=triggers[-1]["trigger_id"], view=modal("one"))
    answers += [
        {"response_action": "errors", "errors": {"nothing": "No such field"}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
    ]
    for reason in ("no input block", "missing required field: title"):
        errors = place.sam.submit()
        assert reason in errors["*"]
        assert place.sam.modal.title == "one"


def test_choosing_and_typing_can_tell_the_bot_before_the_form_is_sent(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    place.sam.command("/open", "", place.pricing)
    options = [{"text": plain(value), "value": value} for value in ("a", "b")]
    choice = {
        "type": "section",
        "block_id": "choice",
        "text": plain(),
        "accessory": {"type": "static_select", "action_id": "choose", "options": options},
    }
    view = modal("one", choice, typed("title", dispatch_action=True), typed("quiet"))
    client.views_open(trigger_id=triggers[-1]["trigger_id"], view=view)
    place.sam.fill(choose="b", title="typed", quiet="unheard")
    assert [body["type"] for body in triggers[1:]] == ["block_actions", "block_actions"]
    assert triggers[1]["actions"][0]["selected_option"]["value"] == "b"
    assert triggers[2]["actions"][0]["value"] == "typed"
    assert triggers[2]["container"] == {"type": "view", "view_id": place.sam.modal.id}
    assert triggers[2]["view"]["state"]["values"]["choice"]["choose"]["selected_option"]
    assert place.sam.modal.fields() == {"choose": "b", "title": "typed", "quiet": "unheard"}


def test_a_field_that_is_not_shown_is_looked_for_behind_more(
    place: SimpleNamespace, app: App, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    @app.action("show_why")
    def show(ack: Any, body: dict[str, Any]) -> None:
        client.views_update(
            view_id=body["view"]["id"], view=modal("two", typed("title"), typed("why"))
        )
        ack()

    place.sam.command("/open", "", place.pricing)
    behind = button("show_why")
    behind["elements"][0]["text"] = plain("More: the reasons")
    client.views_open(
        trigger_id=triggers[-1]["trigger_id"], view=modal("one", typed("title"), behind)
    )
    place.sam.fill(title="typed", why="asked")
    assert place.sam.modal.fields() == {"title": "typed", "why": "asked"}
    with pytest.raises(CannotDo, match="no field when here"):
        place.sam.fill(when="never")


def test_a_home_is_published_for_one_person_and_pressed_there(
    place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    home = {"type": "home", "blocks": [button("more")]}
    first = client.views_publish(user_id=place.sam.id, view=home)["view"]
    assert place.sam.home is not None
    assert place.ana.home is None
    place.sam.press_in_home("more")
    assert triggers[-1]["view"]["type"] == "home"
    client.views_publish(user_id=place.sam.id, view=home, hash=first["hash"])
    with pytest.raises(SlackApiError) as refused:
        client.views_publish(user_id=place.sam.id, view=home, hash=first["hash"])
    assert refused.value.response["error"] == "hash_conflict"


def test_a_response_url_works_five_times_in_thirty_minutes(
    clock: HandClock, place: SimpleNamespace, triggers: list[dict[str, Any]]
) -> None:
    place.sam.command("/open", "", place.pricing)
    url = WebhookClient(triggers[-1]["response_url"])
    assert [url.send(text=f"number {n}").status_code for n in range(5)] == [200] * 5
    used = url.send(text="one more")
    assert (used.status_code, "used_url" in used.body) == (404, True)
    assert len(place.sam.ephemerals(place.pricing)) == 5

    place.sam.command("/open", "", place.pricing)
    clock.advance(1801)
    expired = WebhookClient(triggers[-1]["response_url"]).send(text="late")
    assert "expired_url" in expired.body


def test_a_response_url_can_replace_delete_or_speak_aloud(
    slack: Playground, place: SimpleNamespace, client: WebClient, triggers: list[dict[str, Any]]
) -> None:
    row = button("more")
    client.chat_postEphemeral(
        channel=place.pricing.id, user=place.sam.id, text="private", blocks=[row]
    )
    place.sam.press(place.sam.ephemerals()[0], "more")
    url = WebhookClient(triggers[-1]["response_url"])
    url.send(text="replaced", replace_original=True)
    assert [m.text for m in place.sam.ephemerals()] == ["replaced"]
    url.send(delete_original=True)
    assert place.sam.ephemerals() == []
    url.send(text="aloud", response_type="in_channel")
    assert [m.text for m in place.pricing] == ["aloud"]
    refused = url.send(text="x", blocks=[{"type": "nonsense"}])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)
