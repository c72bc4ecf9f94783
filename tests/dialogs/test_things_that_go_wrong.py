"""What is not ours, bugs of our own, a database that is gone, and people of another workspace."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

import bot.handlers.propose_change
import bot.handlers.take_seat
from bot.reviews import hear_reply, take_seat
from db.store import Store, StoreUnreachable
from db.tables import DeliveryFailed, ReviewRow
from playground.delivery.carrier import Parcel
from playground.driver.person import Person
from tests.databases import fresh_sqlite_url
from tests.dialogs.deciding import option
from tests.dialogs.ears import Ears
from tests.dialogs.office import PRICING, Office, open_office


def broken(*_: Any, **__: Any) -> None:
    raise RuntimeError("a bug with <secret> words")


def send(office: Office, kind: Any, name: str, body: dict[str, Any]) -> Any:
    return office.slack.carrier.carry(Parcel(kind, name, body))


def press_body(office: Office, **action: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": office.slack.team.id},
        "user": {"id": office.sam.id, "team_id": office.slack.team.id},
        "channel": {"id": office.pricing.id},
        "trigger_id": "1.2.3",
        "actions": [{"type": "button", "action_ts": "1.0", "block_id": "b", **action}],
    }


def test_what_is_not_ours_is_acknowledged_and_says_nothing(office: Office) -> None:
    office.set_up(office.ana)
    ears = Ears(office)
    team, user = office.slack.team.id, {"id": office.sam.id}
    base = {"team": {"id": team}, "user": user, "trigger_id": "1.2.3"}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "other",
        "state": {"values": {}},
        "private_metadata": "",
    }
    for body in (
        press_body(office, action_id="somebody_elses", value="x"),
        press_body(office, action_id="open_thread"),
        press_body(office, action_id="follow_up", value="1:1"),
        {**base, "type": "view_submission", "view": view},
        {**base, "type": "view_closed", "view": view},
        {**base, "type": "shortcut", "callback_id": "other", "action_ts": "1.0"},
        {**base, "type": "message_action", "callback_id": "other", "action_ts": "1.0",
         "channel": {"id": office.pricing.id}, "message": {"ts": "1.0", "text": "x"}},
        {**base, "type": "block_suggestion", "action_id": "x", "block_id": "b", "value": "a"},
    ):  # fmt: skip
        answer = send(office, "interaction", str(body["type"]), body)
        assert answer.status == 200, body
    for kind in ("app_mention", "pin_added", "emoji_changed", "something_new"):
        event = {"type": kind, "user": office.sam.id, "channel": office.pricing.id}
        envelope = {
            "type": "event_callback", "team_id": team, "event_id": f"Ev{kind}", "event": event,
        }  # fmt: skip
        assert send(office, "event", kind, envelope).status == 200, kind
    shown = office.sam.command("/something-else", "x", office.pricing)
    assert shown.ok
    office.settle()
    assert [place for place in ears.new() if place != "~sam"] == []


@pytest.mark.parametrize(
    "value",
    ["", "x", "1", "1:", ":1", "999999999:1", "1:1:1:1:1", "-1:1", "9" * 40 + ":1", "1:1:x",
     "<!channel>", "1' OR 1=1"],
)  # fmt: skip
def test_a_button_with_a_forged_value_changes_nothing(office: Office, value: str) -> None:
    office.set_up(office.ana)
    card = office.propose()
    card_said = card.all_text().replace("Open thread\n", "")
    for action in ("accept_seat", "decide", "more", "mitigated", "leave_roster", "set_up",
                   "volunteer", "withdraw_objection", "revise", "why_me"):  # fmt: skip
        body = press_body(office, action_id=action, value=value)
        body["actions"][0]["action_ts"] = f"{action}.{value[:9]}"
        assert send(office, "interaction", "block_actions", body).status == 200, action
    office.settle()
    assert card.all_text().replace("Open thread\n", "") == card_said
    assert not [said for said in office.whispers(office.sam) if "reference" in said]


def test_a_bug_in_a_form_shows_a_reference_and_keeps_what_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana)
    office.sam.command("/propose-change", "", office.pricing)
    with monkeypatch.context() as patch:
        patch.setattr(bot.handlers.propose_change, "propose", broken)
        errors = office.sam.submit(**PRICING)
    assert "tell whoever looks after this seat this reference" in str(errors)
    assert "secret" not in str(errors)
    assert office.sam.modal is not None
    assert office.sam.modal.fields()["title"] == PRICING["title"]
    assert office.sam.submit() == {}
    office.settle()
    assert "#1" in office.pricing.messages[-1].text, "no number was used up"


def test_a_bug_in_a_command_shows_a_reference(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana)
    monkeypatch.setattr(bot.handlers.propose_change, "open_proposal", broken)
    shown = office.sam.command("/propose-change", "pricing A", office.pricing)
    assert shown.ok
    assert "reference" in shown.text


def test_a_bug_behind_a_button_is_told_privately_and_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    letter = office.letter(office.ana, "you're the customer")
    ears = Ears(office)
    with monkeypatch.context() as patch:
        patch.setattr(take_seat, "seat_next", broken)
        office.choose(office.ana, letter, "decline_seat")
        assert "reference" in office.ana.submit()["reason"]
    assert ears.new() == []
    assert "Ana Lima speaks for" in card.all_text()
    assert office.ana.submit() == {}
    office.settle()
    assert "Ben Osei speaks for" in card.all_text()


def test_a_bug_in_an_event_is_kept_and_not_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana)
    card = office.propose()
    with monkeypatch.context() as patch:
        patch.setattr(hear_reply, "take_in_reply", broken, raising=False)
        patch.setattr("bot.handlers.hear_thread.hear_reply", broken)
        office.says(office.ana, card, "1. Paying")
    failed = office.store.read(lambda s: s.exec(select(DeliveryFailed)).all())
    assert len(failed) == 1
    assert office.slack.waiting_deliveries == [], "200: Slack does not send it again"
    assert "0 of 7" in card.all_text()
    office.says(office.ana, card, "1. Paying")
    assert "1 of 7" in card.all_text(), "the next one counts"


def gone(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise StoreUnreachable("gone")

    for name in ("transact", "read"):
        monkeypatch.setattr(Store, name, unreachable)


def test_without_a_database_slack_tells_the_person_and_sends_events_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_up(office.ana)
    card = office.propose()
    letter = office.letter(office.ana, "you're the customer")
    office.sam.command("/propose-change", "", office.pricing)
    with monkeypatch.context() as patch:
        gone(patch, office)
        shown = office.sam.command("/customer-seat", "list", office.pricing)
        assert shown.error == '/customer-seat failed with the error "dispatch_failed"'
        assert office.ana.press(letter, "dont_know").error
        assert "*" in office.sam.submit(**PRICING)
        assert office.sam.modal is not None, "the form is still there"
        office.ana.reply(card, "1. Paying")
        office.slack.settle()
        assert office.slack.waiting_deliveries, "500: Slack sends it again"
    office.clock.hand.advance(400)
    office.settle()
    assert "1 of 7" in card.all_text()
    assert "Ana Lima speaks for" in card.all_text()
    assert office.sam.submit() == {}


def test_an_event_delivered_twice_counts_once(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    office.slack.faults.add("duplicate")
    ears = Ears(office)
    office.says(office.ana, card, "object: She was promised $39")
    assert ears.new() == ["@sam"]
    assert "1 objection" in card.all_text()


@pytest.fixture
def outsider(office: Office) -> Person:
    """Olga works elsewhere: another workspace that has installed the bot too."""
    return office.slack.add_team("Other Co").add_person("Olga Other")


def test_another_workspace_that_is_not_known_sees_nothing(office: Office, outsider: Person) -> None:
    office.set_up(office.ana)
    office.propose(title="Team plan")
    channel = outsider.team.add_channel("pricing", members=[outsider], bot_in=True)
    for text in ("list", "show 1", "mine", "digest"):
        shown = outsider.command("/customer-seat", text, channel)
        assert "Team plan" not in shown.text


def test_a_forged_press_from_another_workspace_changes_and_shows_nothing(
    office: Office, outsider: Person
) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    letter = office.letter(office.ana, "you're the customer")
    value = str((letter.button("dont_know") or {}).get("value"))
    ears = Ears(office)
    for action in ("dont_know", "decline_seat", "accept_seat", "decide", "why_me", "leave_roster"):
        body = press_body(office, action_id=action, value=value)
        body["team"] = {"id": outsider.team.id}
        body["user"] = {"id": office.ana.id, "team_id": outsider.team.id}
        send(office, "interaction", "block_actions", body)
    office.settle()
    assert "Ana Lima speaks for" in card.all_text()
    assert ears.new() == []
    rows = office.store.read(lambda s: s.exec(select(ReviewRow.workspace_id)).all())
    assert {*rows} == {office.slack.team.id}


def test_someone_whose_button_is_pressed_twice_hears_it_once(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    ears = Ears(office)
    body = press_body(office, action_id="more")
    body["actions"][0] |= {
        "type": "overflow", "selected_option": {"value": option(card, "why_me")},
    }  # fmt: skip
    body["message"] = {"ts": card.ts}
    for _ in range(3):
        assert send(office, "interaction", "block_actions", body).status == 200
    office.settle()
    assert ears.new() == ["~sam"]


def test_the_bot_removed_from_the_channel_catches_up_when_it_is_back(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.pricing.remove_bot()
    office.slack.settle()
    office.passes_on(office.ana, office.letter(office.ana, "you're the customer"))
    office.running.dispatcher.drain()
    assert "Ana Lima speaks for" in card.all_text()
    office.sam.invite_bot(office.pricing)
    office.settle()
    assert "Ben Osei speaks for" in card.all_text()


def test_a_form_slack_takes_forever_to_open_does_not_keep_the_person_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.OPEN_SECONDS", 1)
    with open_office(fresh_sqlite_url(tmp_path)) as office:
        office.set_up(office.ana)
        office.slack.faults.add("slow", method="views.open", seconds=1.3, count=1)
        shown = office.sam.command("/propose-change", "pricing Team plan", office.pricing)
        assert "Slack didn't open the form in time" in shown.text
