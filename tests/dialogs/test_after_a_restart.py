"""Another process on the same database goes on where the first one stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import build_app
from bot.clock import SystemClock
from bot.delivery.durations import Durations
from bot.web.app import build_web
from bot.web.http import HttpRunner
from db.store import Store
from tests.dialogs.answering import Answering
from tests.dialogs.office import Office


@contextmanager
def restarted(office: Office) -> Iterator[None]:
    """Nothing but the database is left of the process before."""
    before = office.running
    url = office.store.url.render_as_string(hide_password=False)
    store = Store(url)
    after = build_app(office.settings, store, clock=office.clock, durations=Durations())
    web = build_web(
        after.app,
        signing_secret=office.slack.signing_secret,
        clock=SystemClock(),
        checks=dict,
    )
    http = HttpRunner(web, host="127.0.0.1", port=0)
    http.start()
    office.slack.deliver_to(f"http://127.0.0.1:{http.port}/slack/events")
    office.running = after
    try:
        yield
    finally:
        http.stop()
        after.stop()
        store.close()
        office.running = before


def test_answering_goes_on_and_what_was_queued_is_sent(office: Office) -> None:
    at = Answering(office)
    first = at.ana("Paying, on the June invoice")
    office.clock.hand.advance(30)
    unsent = office.ana.reply(at.card, "fine")
    office.slack.settle()
    assert unsent.reactions == {}
    with restarted(office):
        office.settle()
        assert list(unsent.reactions) == ["two"]
        assert at.ears.new() == ["~ana"]
        at.ana("because the site says so")
        row = at.answer(2)
        assert row is not None
        assert row.why == "because the site says so"
        at.edits(first, "Renewing, in June")
        assert at.text(1) == "Renewing, in June"
        assert at.asks(3)
        assert at.ears.new() == []


def test_a_delivery_repeated_to_the_next_process_is_known(office: Office) -> None:
    at = Answering(office)
    office.slack.faults.add("duplicate", method="message", count=1)
    office.slack.faults.add("late", method="message", seconds=0, count=0)
    at.ana("object: she was promised this price")
    with restarted(office):
        office.settle()
        assert len(at.rows("SELECT * FROM objection")) == 1
        assert at.ears.new() == ["@sam"]
