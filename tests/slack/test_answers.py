"""Every error that Slack documents for what we call has its row; what it means is decided."""

import json
from pathlib import Path

import pytest

from bot.answers import _TABLE, READINGS, UNKNOWN, Fault, Meaning, meaning_of, reading_of
from bot.data import data_folder
from bot.doctor.database import ADVICE
from bot.wording import Wording
from tests.habits.test_manifest import methods_called

DOCUMENTED: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "documented_errors.json").read_text()
)["methods"]


def test_every_method_we_call_is_in_the_list() -> None:
    called = {name.replace("_", ".") for name in methods_called()}
    assert called - DOCUMENTED.keys() == set()


@pytest.mark.parametrize("method", DOCUMENTED)
def test_every_documented_error_has_a_row(method: str) -> None:
    assert [error for error in DOCUMENTED[method] if error not in READINGS] == []


def test_no_error_has_two_rows() -> None:
    """The later one would win, unseen."""
    listed = [error for _, errors in _TABLE for error in errors.split()]
    assert len(listed) == len(set(listed)) == len(READINGS)


def test_an_error_nobody_documented_is_parked_and_told() -> None:
    assert reading_of("brand_new_error") is UNKNOWN
    assert (UNKNOWN.meaning, UNKNOWN.cause) == (Meaning.HOPELESS, "unknown")


@pytest.mark.parametrize(
    ("error", "meaning", "fault"),
    [
        ("is_inactive", Meaning.HOPELESS, Fault.CHANNEL),
        ("edit_window_closed", Meaning.HOPELESS, Fault.ADMIN),
        ("messages_tab_disabled", Meaning.HOPELESS, Fault.OPERATOR),
        ("accesslimited", Meaning.NOT_NOW, Fault.ADMIN),
        ("org_login_required", Meaning.NOT_NOW, Fault.SLACK),
        ("team_added_to_org", Meaning.NOT_NOW, Fault.SLACK),
        ("update_failed", Meaning.IN_DOUBT, Fault.SLACK),
        ("not_in_channel", Meaning.UNINVITED, Fault.CHANNEL),
        ("not_allowed_token_type", Meaning.REVOKED, Fault.OPERATOR),
        ("invalid_blocks", Meaning.HOPELESS, Fault.OURS),
        ("in_doubt:missing_scope", Meaning.HOPELESS, Fault.NOBODY),
    ],
)
def test_what_the_likely_ones_mean(error: str, meaning: Meaning, fault: Fault) -> None:
    assert meaning_of(error) is meaning
    assert reading_of(error).fault is fault


def test_every_cause_has_words_for_the_keepers() -> None:
    keys = Wording(data_folder("templates")).keys()
    for cause in {reading.cause for reading in [*READINGS.values(), UNKNOWN]}:
        assert {f"parked.why_{cause}", f"parked.do_{cause}"} <= {*keys}


def test_whoever_can_mend_it_is_told_how() -> None:
    """Where it parks, and is nobody's fault but an admin's or the operator's."""
    for error, reading in READINGS.items():
        if reading.fault in (Fault.ADMIN, Fault.OPERATOR):
            assert ADVICE.get(error), error
