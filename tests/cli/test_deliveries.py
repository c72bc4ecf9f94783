"""`customer-seat deliveries`: an event that met a bug is handled after the mend, once."""

import json
from collections.abc import Callable

import pytest

from bot.handlers import hear_thread
from db.failures import find_failures
from db.tables import DeliveryFailed
from playground.driver.message import Message
from tests.cli.conftest import Run, told
from tests.dialogs.office import Office

Mend = Callable[[], None]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, office: Office) -> Mend:
    """Replies meet a bug, until it is mended."""
    as_it_should = hear_thread.hear_reply

    def bug(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(hear_thread, "hear_reply", bug)
    return lambda: monkeypatch.setattr(hear_thread, "hear_reply", as_it_should)


@pytest.fixture
def card(office: Office, broken: Mend) -> Message:
    """Ana answered twice, and neither was heard."""
    office.set_up(office.ana, office.ben)
    card = office.propose()
    office.says(office.ana, card, "1. it would surprise her")
    office.says(office.ana, card, "2. the site still says $39 (measured)")
    assert "0 of 7" in card.all_text()
    return card


def failed(office: Office) -> list[DeliveryFailed]:
    return office.store.read(find_failures)


def test_nothing_failed(run: Run, office: Office) -> None:
    assert run("deliveries", "list").stdout == "Nothing failed.\n"
    assert run("deliveries", "replay", "--all").stdout == "Nothing failed.\n"


def test_they_are_listed_without_anybodys_words(run: Run, office: Office, card: Message) -> None:
    for more in ([], ["--json"]):
        result = run("deliveries", "list", *more)
        assert result.exit_code == 0
        assert "surprise" not in result.output
        assert all(row.reference in result.stdout for row in failed(office))
    assert {row["event"] for row in told(run("deliveries", "list", "--json"))} == {"message"}


def test_all_are_handled_after_the_mend_in_their_order(
    run: Run, office: Office, card: Message, broken: Mend
) -> None:
    before = [row.reference for row in failed(office)]
    broken()
    result = run("deliveries", "replay", "--all", "--json")
    assert result.exit_code == 0
    assert told(result) == dict.fromkeys(before, "done")
    assert list(told(result)) == before
    office.settle()
    assert "2 of 7" in card.all_text()
    assert failed(office) == []
    kept = told(run("deliveries", "list", "--replayed", "--json"))
    assert all(row["replayed_at"] for row in kept)


def test_the_words_are_not_kept_longer_than_needed(
    run: Run, office: Office, card: Message, broken: Mend
) -> None:
    broken()
    run("deliveries", "replay", "--all")
    rows = office.store.read(lambda s: find_failures(s, replayed=True))
    assert "surprise" not in json.dumps([row.body for row in rows])


def test_replayed_twice_it_counts_once(
    run: Run, office: Office, card: Message, broken: Mend
) -> None:
    reference = failed(office)[0].reference
    broken()
    assert run("deliveries", "replay", reference).stdout == f"{reference}: done\n"
    assert run("deliveries", "replay", reference).stdout == f"{reference}: done before\n"
    office.settle()
    assert "1 of 7" in card.all_text()
    assert len(failed(office)) == 1


def test_killed_before_it_was_marked_it_still_counts_once(
    run: Run, office: Office, card: Message, broken: Mend, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = failed(office)[0].reference
    broken()
    with monkeypatch.context() as killing:
        killing.setattr("bot.replay.mark_replayed", lambda *_, **__: 1 / 0)
        assert run("deliveries", "replay", reference).exit_code == 1
    assert "1 of 7" in (office.settle() or card.all_text())
    assert told(run("deliveries", "replay", reference, "--json")) == {reference: "done"}
    office.settle()
    assert "1 of 7" in card.all_text()


def test_one_that_fails_again_stays(run: Run, office: Office, card: Message) -> None:
    before = [row.reference for row in failed(office)]
    result = run("deliveries", "replay", before[0])
    assert result.exit_code == 1
    assert "failed again" in result.stdout
    assert [row.reference for row in failed(office)] == before


def test_a_reference_nobody_gave(run: Run, office: Office) -> None:
    result = run("deliveries", "replay", "nonsense")
    assert result.exit_code == 2
    assert "nonsense" in result.stderr
