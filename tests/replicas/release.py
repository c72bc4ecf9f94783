"""The next release, as far as the one before can notice it: put around today's program.

It brings a migration (next_migration.py), a new table that only it writes, a new kind of row in
the outbox, and a new kind of message. Each review gets a badge on its card and a note under it,
once. Processes of today's version run beside it: the schema has grown under their feet, and they
find rows in the outbox that they know nothing of.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from bot import app
from bot.answers import Meaning
from bot.delivery import dispatcher
from bot.delivery.desk import Desk
from bot.jobs import ticks
from bot.toolbox import Toolbox
from bot.views.messages import MESSAGES
from bot.views.scene import Drawn
from db import migrate
from db.lanes import Claimed
from db.outbox import queue_surface
from db.tables import Lane, OutboxRow, ReviewRow, Surface
from playground.state.records import MessageRecord

BADGE, NOTE = "badge", "note"
REACTION = "rosette"


def changes(migrations: Path) -> list[tuple[object, str, Any]]:
    """What differs from today's version: (where, name, value). `migrations`: its folder of them."""
    return [
        (migrate, "MIGRATIONS", migrations),
        (dispatcher, "SENDERS", {**dispatcher.SENDERS, BADGE: send_badge}),
        (app, "MESSAGES", {**MESSAGES, NOTE: draw_note}),
        (ticks, "JOBS", (*ticks.JOBS, (tick_badges, timedelta(seconds=1)))),
    ]


def make_migrations(folder: Path) -> Path:
    """Ours and the next, in `folder`: the town's, as a killed process removes nothing."""
    if folder.exists():
        return folder
    shutil.copytree(migrate.MIGRATIONS, folder)
    number = f"{int(migrate.head_revision()) + 1:04}"
    here = Path(__file__).parent / "next_migration.py"
    shutil.copy(here, folder / "versions" / f"{number}_badges.py")
    return folder


def tick_badges(toolbox: Toolbox) -> None:
    """Each review whose card stands gets its badge and its note, once, whoever comes first."""
    now = toolbox.clock.now()

    def give(session: Session) -> None:
        bare = (
            select(ReviewRow, Surface)
            .join(Surface, col(Surface.review_id) == ReviewRow.id)
            .where(Surface.kind == "card", col(Surface.ts).is_not(None))
            .where(text("review.badge IS NULL"))
            .order_by(col(ReviewRow.id))
            .with_for_update(of=ReviewRow, skip_locked=True)
        )
        for row, card in session.exec(bare).all():
            session.execute(
                text("INSERT INTO badge (review_id, given_at) VALUES (:id, :now)"),
                {"id": row.id, "now": now},
            )
            session.execute(
                text("UPDATE review SET badge = :badge WHERE id = :id"),
                {"id": row.id, "badge": REACTION},
            )
            lane = session.get_one(Lane, (row.workspace_id, row.channel_id))
            session.add(
                OutboxRow(
                    workspace_id=row.workspace_id,
                    lane=lane.name,
                    kind=BADGE,
                    args={"ts": card.ts},
                    created_at=now,
                )
            )
            queue_surface(
                session,
                workspace_id=row.workspace_id,
                kind=NOTE,
                key=f"note:{row.id}",
                channel_id=row.channel_id,
                review_id=row.id,
                under=card,
                now=now,
            )

    toolbox.store.transact(give)


def send_badge(desk: Desk, claimed: Claimed, row: OutboxRow) -> bool:
    row = desk.start(claimed, row)
    answer = desk.call(
        claimed.workspace_id,
        lambda c: c.reactions_add(channel=row.lane, timestamp=row.args["ts"], name=REACTION),
    )
    if answer.meaning is Meaning.SENT:
        desk.drop(claimed, row)
        return True
    return desk.refused(claimed, row, answer, method="reactions.add")


def draw_note(review: Any, scene: Any, wording: Any) -> Drawn:
    words = f"A note on #{review.number}, which only the next release writes."
    return Drawn(words, [{"type": "section", "text": {"type": "mrkdwn", "text": words}}])


def find_missing(session: Session, messages: list[MessageRecord]) -> Iterator[str]:
    """After a run: each review has its badge and its note, once."""
    at = {(m.channel_id, m.ts): m for m in messages}
    given = set(session.execute(text("SELECT review_id FROM badge")).scalars())
    for card in session.exec(select(Surface).where(Surface.kind == "card")):
        if card.review_id not in given:
            yield f"no badge in the table for {card.key}"
        message = at.get((card.channel_id, card.ts or ""))
        if message is None or REACTION not in message.reactions:
            yield f"no badge on {card.key}"
        notes = [m for m in messages if f"note:{card.review_id}" == _key(m)]
        if len(notes) != 1:
            yield f"{len(notes)} notes under {card.key}"


def _key(message: MessageRecord) -> str:
    return str(((message.metadata or {}).get("event_payload") or {}).get("key") or "")
