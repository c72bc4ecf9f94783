"""Slack has to be asked, and takes its time, or opens no form: nothing typed is lost."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.errors import Refusal
from bot.handlers import set_up_seat, windows
from bot.handlers.windows import open_view
from tests.dialogs.office import Office, ask

TYPED = "pricing Team plan from $39"


@pytest.fixture
def slow(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Slack takes a fifth of a second to say who somebody is, and that is long."""
    office.set_up(office.ana, office.ben)
    monkeypatch.setattr(windows, "MOMENT", 0.02)
    monkeypatch.setattr(windows, "PATIENCE", 5)
    office.slack.faults.add("slow", method="users.info", seconds=0.2)
    return office


def calls(office: Office) -> list[str]:
    return [each.name for each in office.slack.wire.calls() if each.name.startswith("views.")]


def test_a_window_opens_at_once_and_becomes_the_form(slow: Office) -> None:
    shown = slow.sam.command("/propose-change", TYPED, slow.pricing)
    assert calls(slow)[-2:] == ["views.open", "views.update"]
    assert shown.text == ""
    assert slow.sam.modal is not None
    assert slow.sam.modal.fields()["title"] == "Team plan from $39"
    slow.sam.close()
    again = slow.sam.command("/propose-change", "", slow.pricing)
    assert calls(slow)[-1] == "views.open", "asked once"
    assert slow.sam.modal is not None, again.text
    assert not slow.sam.modal.fields()["title"], "it stood in the form"


def test_a_button_opens_its_form_the_same_way(slow: Office) -> None:
    card = slow.propose()
    slow.clock.hand.advance(24 * 60 * 60)
    slow.opens(slow.lee, card, "decide")
    assert calls(slow)[-2:] == ["views.open", "views.update"]
    assert slow.lee.modal is not None
    assert "decid" in slow.lee.modal.title.lower()


def test_what_stands_in_the_way_is_said_in_the_window(slow: Office) -> None:
    card = slow.propose()
    slow.clock.hand.advance(24 * 60 * 60)
    slow.opens(slow.dan, card, "decide")
    assert slow.dan.modal is not None
    assert "Lee Park" in slow.dan.modal.text()
    assert slow.whispers(slow.dan) == []


def test_if_the_window_is_never_filled_what_was_typed_is_there_the_next_time(
    slow: Office,
) -> None:
    fault = slow.slack.faults.add("drop_before", method="views.update")
    slow.sam.command("/propose-change", TYPED, slow.pricing)
    assert slow.sam.modal is not None
    assert "What you typed is kept" in slow.sam.modal.text()
    slow.slack.faults.remove(fault)
    slow.sam.command("/propose-change", "", slow.pricing)
    assert slow.sam.modal.fields()["title"] == "Team plan from $39"


@pytest.mark.parametrize(
    "fault",
    [
        "error:expired_trigger_id",
        "error:invalid_trigger_id",
        "error:invalid_arguments",
        "error:internal_error",
        "error:something_new",
        "http_500",
        "drop_before",
        "truncated_json",
        "ratelimited",
    ],
)
def test_whatever_slack_answers_what_was_typed_is_kept_and_said_so(
    office: Office, fault: str
) -> None:
    office.set_up(office.ana)
    office.slack.faults.add(fault, method="views.open", count=1)
    shown = office.sam.command("/propose-change", TYPED, office.pricing)
    assert shown.error is None
    assert "what you typed is kept" in shown.text.lower()
    assert ("reference" in shown.text) is (fault == "error:invalid_arguments")
    office.sam.command("/propose-change", "", office.pricing)
    assert office.sam.modal is not None
    assert office.sam.modal.fields()["title"] == "Team plan from $39"


class Broken:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def views_open(self, **_: Any) -> SlackResponse:
        raise self.error


def refused(messages: list[str]) -> SlackApiError:
    data = {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": messages}}
    answer = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={},
        status_code=200,
    )  # fmt: skip
    return SlackApiError("refused", answer)


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (refused(["[ERROR] invalid trigger_id [json-pointer:/trigger_id]"]), "form_not_opened"),
        (refused(["[ERROR] must be less than 25 [json-pointer:/view/title/text]"]), "form_bug"),
        (refused([]), "form_bug"),
        (ConnectionResetError(), "form_not_opened"),
        (TypeError("not JSON"), "form_bug"),
    ],
)
def test_a_trigger_that_is_too_old_is_told_apart_from_a_form_drawn_wrong(
    error: Exception, key: str
) -> None:
    with pytest.raises(Refusal) as told:
        open_view(Broken(error), "trigger", {})
    assert told.value.key == key


def test_a_large_roster_is_asked_about_in_parts_and_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up_seat, "PATIENCE", 0.15)
    many = [office.slack.add_person(f"Person {number:03d}") for number in range(40)]
    place = office.slack.add_channel("large", members=[*office.people.values(), *many])
    office.slack.faults.add("slow", method="users.info", seconds=0.05)
    ask(office.lee, place)
    for _ in range(12):
        answer = office.lee.submit(roster=many)
        if answer == {}:
            break
        (told,) = answer["errors"].values() if "errors" in answer else [str(answer)]
        assert "of 41 people so far" in told
        assert "what you typed stays" in told
    assert answer == {}
    asked = [each.request["user"] for each in office.slack.wire.calls("users.info")]
    assert len(asked) == len(set(asked))
