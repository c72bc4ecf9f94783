"""What the database says of the bot's work: what waits, what was given up, what failed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from bot.answers import READINGS
from bot.clock import Clock
from bot.doctor.finding import MOST_NAMED, Finding, State, many, named
from bot.settings import Settings
from db.backlog import UNSEEN, Counts, Entry, counts, find_backlog
from db.catch_up import find_unread
from db.crowded import last_crowded
from db.engines import file_of
from db.epochs import last_epoch
from db.failures import find_failures
from db.migrate import current_revision, head_revision, is_newer
from db.newer import UNKNOWN
from db.store import Store, StoreTrouble
from db.tables import Due, LostReview, OutboxState, Workspace

LATE = timedelta(minutes=2)
"""Longer than a message in doubt takes until it is found or sent again (90 s)."""
CROWDED = timedelta(minutes=5)
"""Longer than a process that was refused waits before it tries again."""
REMEMBERED = timedelta(days=7)
"""How long a due row that failed is told of: it does not come again, and the log has the rest."""


def look_at_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    check = "database"
    try:
        store = Store(settings.database_url)
    except ValueError as error:
        yield Finding(check, State.FAIL, str(error), "Correct DATABASE_URL.")
        return
    where = store.url.render_as_string(hide_password=True)
    file = file_of(store.url)
    if file is not None and not file.exists():  # looking would make an empty one
        do = "customer-seat serve makes it; or is this another folder than the bot's?"
        yield Finding(check, State.FAIL, f"{where} is not there.", do)
        return
    try:
        yield from _look_into(store, where, clock)
    except StoreTrouble as error:
        do = "Is it running, and may this user connect?"
        yield Finding(check, State.FAIL, f"It does not answer: {error}", do)
    finally:
        store.close()


def _look_into(store: Store, where: str, clock: Clock) -> Iterator[Finding]:
    at, head = current_revision(store), head_revision()
    yield Finding("database", State.OK, f"{where} answers.")
    if is_newer(at):
        says = f"The database is at {at}; this version knows {head}, and runs on it."
        do = "Is the upgrade over? Then start the newer version here too."
        yield Finding("migrations", State.WARN, says, do, {"at": at, "needed": head})
    elif at != head:
        says = f"The database is at {at or 'nothing'}, this version needs {head}."
        yield Finding("migrations", State.FAIL, says, "Run customer-seat migrate.",
                      {"at": at, "needed": head})  # fmt: skip
        return
    else:
        yield Finding("migrations", State.OK, f"At {head}, the newest.", facts={"at": at})
    machine, now = clock.machine(), clock.now()
    yield store.read(_look_at_workspaces)
    yield store.read(lambda s: _look_at_restores(s, now))
    yield judge_connections(store.read(last_crowded), machine)
    yield judge_outbox(store.read(counts), store.read(_pending), machine)
    yield judge_parked(store.read(lambda s: find_backlog(s, state=OutboxState.PARKED)))
    yield store.read(_look_at_failures)
    yield store.read(lambda s: _look_at_due(s, now))
    yield store.read(lambda s: _look_at_threads(s, now))


def _look_at_workspaces(session: Session) -> Finding:
    rows = session.exec(select(Workspace).order_by(col(Workspace.id))).all()
    gone = [row.id for row in rows if row.revoked_at is not None]
    check = "workspaces"
    if gone:
        do = "Install the app again with deploy/manifest.yaml and restart; nothing queued is lost."
        says = f"{', '.join(gone)}: the app was removed or its token taken away; nothing is sent."
        return Finding(check, State.WARN, says, do, {"revoked": gone})
    if not rows:
        do = "Start customer-seat serve once."
        return Finding(check, State.WARN, "The bot was never started on this database.", do)
    return Finding(check, State.OK, ", ".join(row.name or row.id for row in rows))


def _look_at_restores(session: Session, now: datetime) -> Finding:
    check, epoch = "restored", last_epoch(session)
    if epoch is None:
        return Finding(check, State.OK, "It never came from a backup.")
    lost = session.exec(select(LostReview).order_by(col(LostReview.pressed_at))).all()
    says = (
        f"From a backup of {epoch.taken_at:%Y-%m-%d %H:%M}, "
        f"on {epoch.restored_at:%Y-%m-%d %H:%M} (UTC)."
    )
    facts = {
        "taken_at": epoch.taken_at,
        "restored_at": epoch.restored_at,
        "lost": [{"review": row.lost_id, "channel": row.channel_id} for row in lost],
    }
    recent = [row for row in lost if row.pressed_at > now - REMEMBERED]
    if not recent:
        return Finding(check, State.OK, says, facts=facts)
    where = named(list(dict.fromkeys(row.channel_id for row in recent)))
    says += f" Somebody pressed a button of {many(len(recent), 'review')} lost in it: {where}."
    do = "Have them proposed again; /propose-change opens a new one, and the old thread stays."
    return Finding(check, State.WARN, says, do, facts)


def judge_connections(crowded_at: datetime | None, now: datetime) -> Finding:
    """`crowded_at`: when Slack last refused a connection of this app's for having ten."""
    check = "connections"
    if crowded_at is None or now - crowded_at > CROWDED:
        return Finding(check, State.OK, "Slack has room for every process.")
    ago = int((now - crowded_at).total_seconds())
    says = f"Slack refused a connection {ago} s ago: all ten that an app may have are in use."
    do = (
        "Run five processes at most, as each holds two, or use HTTP. "
        "Is another program connected with this app's token?"
    )
    return Finding(check, State.WARN, says, do, {"seconds_ago": ago})


def _pending(session: Session) -> list[Entry]:
    return find_backlog(session, state=OutboxState.PENDING)


def judge_outbox(counted: Counts, pending: Sequence[Entry], now: datetime) -> Finding:
    """How far behind Slack is. What waits for its thread's first message is not late itself."""
    age = now - counted.oldest_at if counted.oldest_at is not None else timedelta()
    facts: dict[str, Any] = {
        "pending": counted.pending,
        "waiting": counted.waiting,
        "oldest_seconds": max(0, int(age.total_seconds())),
    }
    if not counted.pending:
        return Finding("outbox", State.OK, "Slack has been told everything.", facts=facts)
    says = (
        f"{many(counted.pending, 'message')} to send, the oldest for {facts['oldest_seconds']} s."
    )
    reasons = Counter(entry.row.error for entry in pending if entry.row.error)
    if reasons:
        said = ", ".join(f"{error} ({n})" for error, n in reasons.most_common(MOST_NAMED))
        says += f" Why: {said}."
        facts["errors"] = dict(reasons)
    if age <= LATE:
        return Finding("outbox", State.OK, says, facts=facts)
    do = "Is customer-seat serve running? customer-seat outbox list says what each waits for."
    if UNKNOWN in reasons:
        do = "A newer version queued some of it: is that still running? " + do
    if "not_in_channel" in reasons:
        do = "Invite the bot to its channels: what waits is sent at once. " + do
    known = dict.fromkeys(a for e in reasons if e != "not_in_channel" and (a := ADVICE.get(e)))
    do = " ".join([*known, do])
    return Finding("outbox", State.WARN, says, do, facts)


ADVICE = {
    **{error: reading.do for error, reading in READINGS.items() if reading.do},
    UNSEEN: "Invite the bot to the private channel that it was taken out of.",
    UNKNOWN: "Of a newer version: once that runs again it sends them. Or drop them.",
}
"""By code, or by what stands before its colon."""


def judge_parked(parked: Sequence[Entry]) -> Finding:
    check = "parked"
    if not parked:
        return Finding(check, State.OK, "Nothing was given up.")
    reasons = Counter(entry.row.error for entry in parked)
    why = ", ".join(f"{error} ({n})" for error, n in reasons.most_common(MOST_NAMED))
    known = dict.fromkeys(a for e in reasons if (a := ADVICE.get(e) or ADVICE.get(e.split(":")[0])))
    ways = "customer-seat outbox list, then retry ID, retry --all or drop ID."
    says = f"{many(len(parked), 'message')} given up: {why}."
    facts = {"count": len(parked), "why": dict(reasons), "ids": [e.row.id for e in parked]}
    return Finding(check, State.WARN, says, " ".join([*known, ways]), facts)


def _look_at_failures(session: Session) -> Finding:
    check = "deliveries"
    failed = [row.reference for row in find_failures(session)]
    if not failed:
        return Finding(check, State.OK, "Every event could be handled.")
    says = f"{many(len(failed), 'event')} could not be handled: {named(failed)}."
    do = "A bug: look for the reference in the log, update, then customer-seat deliveries replay."
    return Finding(check, State.WARN, says, do, {"references": failed})


def _look_at_due(session: Session, now: datetime) -> Finding:
    late, oldest = session.exec(
        select(func.count(), func.min(Due.due_at)).where(
            col(Due.done_at).is_(None), col(Due.due_at) < now - LATE
        )
    ).one()
    failed = session.exec(
        select(Due.key)
        .where(Due.outcome == "failed", col(Due.done_at) > now - REMEMBERED)
        .order_by(col(Due.id))
    ).all()
    check, facts = "due", {"overdue": late, "oldest": oldest, "failed": list(failed)}
    if late:
        says = f"{many(late, 'reminder')} not sent in time, the oldest due {oldest:%Y-%m-%d %H:%M}."
        do = "Is customer-seat serve running, and this machine's clock right?"
        return Finding(check, State.WARN, says, do, facts)
    if failed:
        says = f"{many(len(failed), 'reminder')} failed within a week: {named(failed)}."
        return Finding(check, State.WARN, says, "A bug: the log names the place. Update.", facts)
    return Finding(check, State.OK, "What was due was done.", facts=facts)


def _look_at_threads(session: Session, now: datetime) -> Finding:
    check, left = "threads", find_unread(session, now=now)
    if not left:
        return Finding(check, State.OK, "Nothing said during an absence is still to be read.")
    says = f"{many(len(left), 'thread')} still to be read after an absence, for over ten minutes."
    do = "Is customer-seat serve running? The log says catch_up.not_answered, and why."
    return Finding(check, State.WARN, says, do, {"reviews": left})
