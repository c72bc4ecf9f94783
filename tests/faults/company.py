"""The bot and its Slack in one run: it is started, dies, is started again, and settles."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, func, select

from bot.app import Running, install
from bot.jobs.ticks import tick_due
from bot.web.app import dispatch
from db.backlog import BeingSent
from db.catch_up import EARLY, OPEN
from db.due import next_due_at
from db.store import Store
from db.tables import CatchUp, Due, Lane, OutboxRow, OutboxState, ReviewRow, Seat
from playground.delivery.carrier import Answer, Parcel
from playground.driver.message import Channel
from tests.faults.caretaker import find_held_back, find_untold, try_parked_again
from tests.faults.life import MortalStore
from tests.faults.lives import Lives, store_of
from tests.faults.spells import Spell
from tests.faults.troubles import ONE_CHANNEL, TAKEN_OUT, Fate
from tests.faults.wire import QuietSlack

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOST_STEPS = 600
MOST_REFUSED = 10
"""Times that one message is wanted anew while its channel is forbidden."""
MOST_WITHOUT_TOKEN = 3
"""The first tells; more where that could not be stored."""
PEOPLE = ("Sam Ortiz", "Ana Lima", "Ben Osei", "Cleo Sato", "Lee Park")
ADMIN = "Ada Min"
CUT_BEFORE, CUT_AFTER = "cut before it was handled", "cut before the acknowledgement"


class NeverSettled(AssertionError):
    pass


class Company(Lives):
    when_gone = Answer(None, trouble="connection_failed")
    """What Slack has of a delivery that the bot died of, or could not store."""

    def __init__(self, slack: QuietSlack, store: Store, fate: Fate) -> None:
        super().__init__(slack, store, fate)
        known = {person.real_name: person for person in slack.team.people}
        people = [
            known.get(name) or slack.add_person(name, tz="Europe/Madrid", admin=name == ADMIN)
            for name in (*PEOPLE, ADMIN)
        ]
        self.sam, self.ana, self.ben, self.cleo, self.lee, self.admin = people
        self.roster = (self.ana, self.ben, self.cleo)
        self.channels: list[Channel] = list(slack.team.channels)
        slack.carrier.carry = self.carry  # type: ignore[method-assign]
        if not known:
            install(self.settings, self.eye, self.clock)
        self.never_came: list[dict[str, Any]] = []
        """Deliveries that were cut off on their way here."""
        self._invited_to = ""
        self.live()

    # The way from Slack to the bot

    def carry(self, parcel: Parcel) -> Answer:
        if self.fate.hits(CUT_BEFORE):
            self.never_came.append(parcel.body)
            return Answer(None, trouble="connection_failed")
        answer = self._deliver(parcel)
        if answer is None or self.fate.hits(CUT_AFTER) or not answer.ok:
            return self.when_gone
        return answer

    def _deliver(self, parcel: Parcel) -> Answer | None:
        """None when the bot is not there, died of it, or has no database."""
        if self.is_stopping and self._working:
            return None  # it listens no more
        headers = {"x-slack-retry-num": [str(parcel.attempt)]} if parcel.attempt else {}
        # Frozen, as what goes over a wire is: nobody may write into what Slack keeps.
        body = json.loads(json.dumps(parcel.body))
        response = self.work(lambda running: dispatch(running.app, body, headers))
        if response is None:
            return None
        if response.status != 200:
            return Answer(response.status, trouble="http_error")
        text = response.body or ""
        return Answer(200, json.loads(text) if text[:1] == "{" else text or None)

    # Time

    def tick(self) -> None:
        def tick(running: Running) -> None:
            store = store_of(running)
            store.is_ticking = True
            try:
                tick_due(running.toolbox)
            finally:
                store.is_ticking = False

        self.work(tick)

    def step(self) -> None:
        """Deliver and send what can be now."""
        self._take_care()
        if not self.fate.waits_for("deed while sending"):
            self.slack.settle()
        self.work(lambda running: running.catching_up.drain())
        self.work(lambda running: running.dispatcher.drain())
        self._watch()
        self.slack.settle()

    def _take_care(self) -> None:
        """Of what Slack refuses until somebody does something."""
        spells, now = self.slack.spells, self.hand.now()
        if spells.revoked is not None and self._may_install(spells.revoked):
            if spells.asked_without_token.total() > MOST_WITHOUT_TOKEN:
                self.noticed.append(f"asked without a token: {spells.asked_without_token}")
            self._install_anew()
        if spells.taken_out is not None and spells.taken_out.until <= now:
            channel = next(c for c in self.channels if c.id == spells.taken_out.channel)
            if not channel.bot_in:  # setting up its seat brings it back too
                self.lee.invite_bot(channel)
            spells.taken_out, self._invited_to = None, channel.id
        if spells.forbidden is not None and spells.forbidden.until <= now:
            self._try_parked_again()

    def _try_parked_again(self) -> None:
        self.noticed += self.eye.read(lambda s: [*find_untold(s)])
        if self.slack.spells.refused and max(self.slack.spells.refused.values()) > MOST_REFUSED:
            self.noticed.append(f"asked again and again: {self.slack.spells.refused}")
        with suppress(BeingSent):  # so whoever asked is told, and asks again
            self.eye.transact(lambda s: try_parked_again(s, machine=self.clock.machine()))
            self.slack.spells.forbidden = None

    def _may_install(self, revoked: Spell) -> bool:
        return max(revoked.until, self.slack.names_gone_until) <= self.hand.now()

    def _install_anew(self) -> None:
        """With a new token, and whoever runs is told to stop."""
        self.slack.spells.renew_token()
        self.tell_to_stop()
        was_armed, self.fate.is_armed = self.fate.is_armed, False
        on_call, self.slack.on_call = self.slack.on_call, lambda *_: None
        install(self.settings, self.eye, self.clock)
        self.fate.is_armed, self.slack.on_call = was_armed, on_call

    def _watch(self) -> None:
        hits, machine = {t.kind for t in self.fate.troubles if t.hits}, self.clock.machine()
        throttled, invited = self.slack.spells.throttles_now(), self._invited_to
        if throttled and hits == {ONE_CHANNEL}:
            self.noticed += self.eye.read(
                lambda s: [*find_held_back(s, machine=machine, but=throttled)]
            )
        is_told = not self.fate.waits_for("deed while sending")  # by the settling in `step`
        if invited and is_told and hits == {TAKEN_OUT} and self.slack.spells.taken_out is None:
            self.noticed += self.eye.read(
                lambda s: [*find_held_back(s, machine=machine, only=invited)]
            )
        self._invited_to = ""

    def settle(self) -> None:
        """Until nothing is on its way in either direction."""
        for _ in range(MOST_STEPS):
            self.tick()
            self.step()
            waits = self.slack.post.waiting() or self.pending() or self.unread()
            waits = waits or self.slack.spells.ends()
            if self.running and not waits:
                return
            self.hand.advance(self._until_next())
        raise NeverSettled(f"{self.pending()} {self.slack.post.waiting()}")

    def wait_until(self, moment: datetime) -> None:
        """Time passes, from one due row to the next, and what falls due happens."""
        while (left := (moment - self.clock.now()).total_seconds()) > 0:
            due_at = self.eye.read(next_due_at)
            soon = (due_at - self.clock.now()).total_seconds() if due_at else left
            self.hand.advance(min(left, max(soon, 1.0)))
            self.settle()

    def pending(self) -> int:
        return self.eye.read(
            lambda s: s.exec(
                select(func.count())
                .select_from(OutboxRow)
                .where(OutboxRow.state == OutboxState.PENDING)
            ).one()
        )

    def unread(self) -> int:
        """Threads of open reviews that are still to be read after an absence."""
        return self.eye.read(
            lambda s: s.exec(
                select(func.count())
                .select_from(CatchUp)
                .join(ReviewRow, col(ReviewRow.id) == col(CatchUp.review_id))
                .where(col(CatchUp.wanted_at).is_not(None), col(ReviewRow.state).in_(OPEN))
            ).one()
        )

    def _until_next(self) -> float:
        """Seconds until something can happen again; at least one."""
        now = self.hand.now()
        moments = [due for due, _ in self.slack.post.waiting()] + self.slack.spells.ends()
        if self.running is None:
            moments.append(self.back_at)
        else:
            moments += [self._store().silent_until, self._store().full_until]
        if self.pending() or self.unread():
            moments.extend(
                (at - self.clock.ahead).timestamp()
                for at in self.eye.read(_waits)
                if at is not None
            )
        ahead = [moment - now for moment in moments if moment > now]
        return max(1.0, min(ahead, default=1.0))

    def _store(self) -> MortalStore:
        """Of the life that is lived."""
        assert self.running is not None
        return store_of(self.running)

    def next_digest(self, channel: str) -> datetime:
        """When the digest of this channel is planned."""
        planned = select(Due.due_at).where(
            Due.seat_id == Seat.id,
            Seat.channel_id == channel,
            Due.kind == "digest",
            col(Due.done_at).is_(None),
        )
        return self.eye.read(lambda s: s.exec(planned).one())

    def arm(self) -> None:
        """From here on things go wrong."""
        self.fate.is_armed = True
        if any(trouble.kind == "clock ahead, put right" for trouble in self.fate.troubles):
            self.clock.ahead = timedelta(hours=1)

    def given_up(self) -> list[dict[str, Any]]:
        """Events that Slack dropped after its last try, and of which the bot could know nothing:
        it was there all the time, and at least one try did not reach it.
        """
        cut = {body.get("event_id") for body in self.never_came}  # forms and commands have none
        return [body for body in self.dropped() if body["event_id"] in cut]

    def dropped(self) -> list[dict[str, Any]]:
        """All events that Slack dropped after its last try."""
        return self.slack.post.given_up

    def mend(self) -> None:
        """No more troubles; what was begun comes to its end, what is away comes back."""
        self.fate.is_armed = False
        self.settle()
        store = self._store()
        over = max(store.silent_until, store.full_until, self.slack.names_gone_until)
        self.hand.advance(max(0.0, over - self.hand.now()))
        self.settle()
        self.hand.advance(1)
        self.settle()


def _waits(session: Any) -> list[datetime | None]:
    rows = session.exec(
        select(OutboxRow.not_before).where(
            OutboxRow.state == OutboxState.PENDING, col(OutboxRow.not_before).is_not(None)
        )
    ).all()
    lanes = session.exec(select(Lane.not_before, Lane.leased_until)).all()
    threads = session.exec(select(CatchUp.not_before)).all()
    kept = session.exec(
        select(Due.due_at).where(Due.kind == EARLY, col(Due.done_at).is_(None))
    ).all()  # a thread is read after what was kept of it is heard
    return [*rows, *threads, *kept, *(at for pair in lanes for at in pair)]
