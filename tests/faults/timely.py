"""Whether what fell due was done, once, and each week has its digest."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from db.due import CANCELLED
from db.tables import DigestRun, Due, Seat, Surface
from tests.faults.company import Company
from tests.faults.finding import DOUBLED, LOST, Finding, key_of, messages_of


def find_untimely(session: Session, company: Company) -> Iterator[Finding]:
    """What fell due was done, once; each week that had something waiting has one digest."""
    now = company.clock.now()
    wanted = set(session.exec(select(Surface.key)).all())
    for due in session.exec(select(Due)):
        if due.done_at is None and due.due_at <= now - timedelta(seconds=5):
            yield Finding(LOST, f"{due.key} was due and is not done")
        if due.outcome == "failed":
            yield Finding(LOST, f"{due.key} was given up")
        told = f"{due.kind}:{due.review_id}:{due.id}"
        if due.kind.startswith("nudge") and due.outcome == "sent" and told not in wanted:
            yield Finding(LOST, f"{due.key} is done, and nobody was told")
        offer = f"offer:{due.review_id}:"
        if (due.kind, due.outcome) == ("offer_seat", "sent") and not any(
            key.startswith(offer) for key in wanted
        ):
            yield Finding(LOST, f"{due.key} is done, and the stand-in was not asked")
    runs = {(run.seat_id, run.week): run for run in session.exec(select(DigestRun))}
    posted: Counter[tuple[int, str]] = Counter()
    for seat in session.exec(select(Seat)):
        assert seat.id is not None
        zone = ZoneInfo(seat.timezone)
        for message in messages_of(company):
            if message.channel_id == seat.channel_id and key_of(message).startswith("digest"):
                posted[seat.id, _week(datetime.fromtimestamp(float(message.ts), zone))] += 1
        planned = session.exec(
            select(Due.outcome).where(Due.seat_id == seat.id, Due.kind == "digest")
        ).all()
        if planned.count("") != 1:
            yield Finding(LOST, f"{planned.count('')} next digests are planned")
        for week in _mondays(seat, now) if CANCELLED not in planned else ():
            if (seat.id, week) not in runs:
                yield Finding(LOST, f"no digest was thought of in {week}")
    for (seat_id, week), run in runs.items():
        count = posted.pop((seat_id, week), 0)
        if run.outcome == "queued" and count != 1:
            yield Finding(DOUBLED if count else LOST, f"{count} digests in {week}")
    for (_, week), count in posted.items():
        yield Finding(DOUBLED, f"{count} digests in {week} that nobody planned")


def _mondays(seat: Seat, now: datetime) -> Iterator[str]:
    """Weeks whose digest time is over by some minutes, where it never was moved."""
    zone = ZoneInfo(seat.timezone)
    hour, minute = (int(part) for part in seat.digest_time.split(":"))
    day = seat.created_at.astimezone(zone).replace(hour=hour, minute=minute, second=0)
    while (day := day + timedelta(days=1)) < now.astimezone(zone) - timedelta(minutes=5):
        if day.weekday() == 0:
            yield _week(day)


def _week(day: datetime) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
