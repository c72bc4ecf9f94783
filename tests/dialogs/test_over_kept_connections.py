"""Every call of the whole bot goes over connections that are kept, forms included."""

import pytest

from tests.dialogs.office import Office


def test_no_call_makes_a_connection_for_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the SDK would use; Bolt makes a client of the SDK's for each request."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a call went its own way")

    monkeypatch.setattr("slack_sdk.web.base_client.urlopen", never)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", never)
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.says(office.ana, card, "Paying, on the June invoice")
    called = {call.name for call in office.slack.wire.calls()}
    assert called >= {"auth.test", "views.open", "chat.postMessage", "chat.update", "reactions.add"}
