"""The weekly digest: once a week in the seat's zone, whoever was down and however many serve."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.app import build_app
from bot.delivery.durations import Durations
from bot.jobs.ticks import tick_due
from bot.settings import Settings
from playground.driver.message import Message
from tests.databases import drop_postgres, fresh_postgres_url
from tests.dialogs.deciding import rule
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office, open_office


def local(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def digests(office: Office) -> list[Message]:
    return [m for m in office.pricing.messages if "Customer seat, #" in m.all_text()]


def test_it_comes_at_nine_on_monday_where_the_seat_is(office: Office) -> None:
    office.set_up(office.ana, timezone="America/New_York")
    office.propose()
    office.wait_until(local("America/New_York", 2026, 3, 9, 8, 59))
    assert [d.ts for d in digests(office)][1:] == []
    before = len(digests(office))
    office.wait_until(local("America/New_York", 2026, 3, 9, 9, 1))
    assert len(digests(office)) == before + 1


def test_it_keeps_to_nine_when_the_clocks_change(office: Office) -> None:
    office.set_up(office.ana)
    office.propose()
    office.wait_until(local("Europe/Madrid", 2026, 3, 23, 9, 1))
    before = len(digests(office))
    office.wait_until(local("Europe/Madrid", 2026, 3, 30, 8, 59))
    assert len(digests(office)) == before
    office.wait_until(local("Europe/Madrid", 2026, 3, 30, 9, 1))
    assert len(digests(office)) == before + 1


def test_it_groups_by_whose_move_it_is(office: Office) -> None:
    office.set_up(office.ana, office.ben, office.cleo)
    decided = office.propose(title="Decided one")
    rule(office, decided, "stop", because="She is right.")
    ahead = office.propose(title="Gone ahead", already_live=date(2026, 2, 20))
    waiting = office.propose(title="Waiting one")
    heard = office.propose(title="Heard one")
    seated = next(
        p for p in (office.ana, office.ben, office.cleo) if p.real_name in heard.all_text()
    )
    office.answer_all(seated, heard)
    office.press(seated, heard.replies[-1], "confirm_heard")
    office.wait_until(local("Europe/Madrid", 2026, 3, 9, 9, 1))
    text = digests(office)[-1].text.replace("*", "")
    groups = ["To decide (1)", "For the customer to answer (2)", "Decided (1)",
              "Went ahead without the customer (1)"]  # fmt: skip
    assert [g for g in groups if g in text] == groups
    order = [text.index(g) for g in groups]
    assert order == sorted(order)
    for title in ("Decided one", "Gone ahead", "Waiting one", "Heard one"):
        assert title in text
    assert "<@" not in text
    assert ahead
    assert waiting


def test_more_than_five_of_a_group_are_a_number(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    for number in range(8):
        office.propose(title=f"Change {number}")
    office.wait_until(local("Europe/Madrid", 2026, 3, 9, 9, 1))
    text = digests(office)[-1].text
    assert "For the customer to answer (8)" in text
    assert "3 more" in text


def test_nothing_waiting_is_silence_or_one_line_as_the_seat_chose(office: Office) -> None:
    office.set_up(office.ana)
    ears = Ears(office)
    office.wait(days=8)
    assert ears.new() == []
    office.set_up(office.ana, digest_when_empty=["yes"])
    assert ears.new() == ["~lee"], "that it is saved"
    office.wait(days=7)
    assert ears.new() == ["#pricing"]
    assert "nothing waits this week" in ears.texts["#pricing"]


def test_missed_it_comes_later_that_week_and_once(office: Office) -> None:
    office.set_up(office.ana)
    office.propose()
    office.wait_until(local("Europe/Madrid", 2026, 3, 8, 12))
    before = len(digests(office))
    office.clock.hand.advance(4 * 86400)  # down until Thursday
    office.wait(seconds=5)
    assert len(digests(office)) == before + 1
    office.wait_until(local("Europe/Madrid", 2026, 3, 15, 12))
    assert len(digests(office)) == before + 1


def test_missed_for_the_whole_week_it_does_not_come_late(office: Office) -> None:
    office.set_up(office.ana, digest_day="fri")
    office.propose()
    office.wait_until(local("Europe/Madrid", 2026, 3, 12, 12))
    before = len(digests(office))
    office.clock.hand.advance(6 * 86400)  # Friday the 13th went by, it is Wednesday the 18th
    office.wait(seconds=5)
    assert len(digests(office)) == before
    office.wait_until(local("Europe/Madrid", 2026, 3, 20, 9, 1))
    assert len(digests(office)) == before + 1


def test_changing_the_time_after_it_came_does_not_send_it_again_that_week(office: Office) -> None:
    office.set_up(office.ana)
    office.propose()
    office.wait_until(local("Europe/Madrid", 2026, 3, 9, 10))
    before = len(digests(office))
    office.set_up(office.ana, digest_day="thu")
    office.wait_until(local("Europe/Madrid", 2026, 3, 13, 10))
    assert len(digests(office)) == before
    office.wait_until(local("Europe/Madrid", 2026, 3, 19, 10))
    assert len(digests(office)) == before + 1


def test_someone_sits_down_from_the_digest(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    for person in (office.ana, office.ben):
        office.pass_on(person, office.letter(person, "you're the customer"))
    office.wait_until(local("Europe/Madrid", 2026, 3, 9, 9, 1))
    digest = digests(office)[-1]
    assert "Nobody in the seat (1)" in digest.text
    ears = Ears(office)
    office.press(office.ben, digest, "volunteer")
    assert ears.new() == ["@ben"]
    assert "Ben Osei speaks for" in card.all_text()


def test_asked_for_it_comes_to_one_person_alone(office: Office) -> None:
    office.set_up(office.ana)
    office.propose()
    ears = Ears(office)
    shown = office.dan.command("/customer-seat", "digest", office.pricing)
    assert "Team plan" in shown.text
    office.settle()
    assert ears.new() == ["~dan"]


def test_two_processes_on_one_database_send_one() -> None:
    url = fresh_postgres_url()
    try:
        with open_office(url) as office:
            settings = Settings(
                _env_file=None,
                slack_bot_token=office.slack.bot_token,
                slack_signing_secret=office.slack.signing_secret,
                slack_api_url=office.slack.api_url,
            )
            second = build_app(settings, office.store, clock=office.clock, durations=Durations())
            office.set_up(office.ana)
            office.propose()
            due = local("Europe/Madrid", 2026, 3, 9, 9, 1)
            office.wait_until(local("Europe/Madrid", 2026, 3, 9, 8, 59))
            before = len(digests(office))
            office.clock.hand.advance((due - office.clock.now()).total_seconds())
            _at_once(
                [lambda: tick_due(office.running.toolbox), lambda: tick_due(second.toolbox)] * 2
            )
            _at_once([office.running.dispatcher.drain, second.dispatcher.drain])
            office.settle()
            assert len(digests(office)) == before + 1
            assert office.parked() == []
            second.stop()
    finally:
        drop_postgres(url)


def _at_once(deeds: list[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(len(deeds)) as pool:
        for done in [pool.submit(deed) for deed in deeds]:
            done.result()


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kolkata", "Pacific/Auckland"])
def test_each_zone_has_its_own_monday(office: Office, zone: str) -> None:
    office.set_up(office.ana, timezone=zone, digest_when_empty=["yes"])
    office.wait_until(local(zone, 2026, 4, 13, 8, 59))
    before = len(digests(office))
    office.wait_until(local(zone, 2026, 4, 13, 9, 1))
    assert len(digests(office)) == before + 1
