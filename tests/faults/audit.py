"""After a run: playground and database beside each other, and beside what people were promised.

Nothing here asks the bot, but for one thing: what a message should show now is drawn anew from the
facts, by the views that drew it, and compared with what stands in Slack.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from bot.delivery.drawings import Drawings
from bot.delivery.keepers import KIND as KEEPER_TOLD
from bot.reviews.deed import REDRAWN
from bot.slack.links import Links
from bot.views.messages import MESSAGES
from bot.views.names import OPEN_THREAD
from bot.views.whispers import draw_whisper
from db.tables import (
    AnswerRow,
    DecisionRow,
    DeliveryFailed,
    OutboxRow,
    ReviewRow,
    Surface,
    ThreadMessage,
)
from playground.blocks.check import elements_of
from playground.state.records import MessageRecord
from playground.text.plain import plain_blocks
from tests.faults.company import Company
from tests.faults.finding import DOUBLED, LOST, STALE, STUCK, Finding, key_of, messages_of
from tests.faults.ledger import Ledger
from tests.faults.promises import find_broken
from tests.faults.timely import find_untimely

UNDECIDED = ("open", "heard")
LINK = re.compile(r"<(https?://[^|>]+)")


def audit(company: Company, *ledgers: Ledger) -> list[Finding]:
    given_up, dropped = _named_in(company.given_up()), _named_in(company.dropped())

    def look(session: Session) -> list[Finding]:
        return [
            *(
                Finding(kind, what)
                for ledger in ledgers
                for kind, what in find_broken(session, ledger, given_up)
            ),
            *_posts(session, company, given_up, dropped),
            *_in_its_place(session, company),
            *_in_order(session),
            *_shown(session, company),
            *find_untimely(session, company),
            *_reactions(session, company, given_up),
            *_left_over(session),
            *_told_once(session),
            *(f for ledger in ledgers for f in _cleaned(company, ledger, dropped)),
        ]

    return company.eye.read(look)


def _named_in(bodies: list[dict[str, Any]]) -> set[str]:
    """The messages that these events tell of."""
    events = [body["event"] for body in bodies]
    return {_ts_of(event) for event in events} | {
        str(event.get("deleted_ts") or "") for event in events
    }


def _ts_of(event: dict[str, Any]) -> str:
    message = event.get("message") or event.get("item") or event
    return str(message.get("ts") or "")


def _is_settled(session: Session, surface: Surface) -> bool:
    """Whether nobody answers or decides through it any more: it does not come back then."""
    row = session.get(ReviewRow, surface.review_id) if surface.review_id else None
    return row is None or row.state not in UNDECIDED


def _posts(
    session: Session, company: Company, given_up: set[str], dropped: set[str]
) -> Iterator[Finding]:
    """Each message that was wanted stands in Slack once, where the database says.

    One that somebody deleted comes back once; deleted again it stays so.
    """
    deleted = {(m.channel_id, m.ts) for m in messages_of(company, deleted=True)}
    stand: dict[str, list[MessageRecord]] = {}
    for message in messages_of(company):
        stand.setdefault(key_of(message), []).append(message)
    parked = set(session.exec(select(OutboxRow.surface_id)).all())
    for surface in session.exec(select(Surface)):
        found = stand.pop(surface.key, [])
        is_gone = surface.gone_at is not None or (
            (surface.channel_id, surface.ts) in deleted
            and (
                surface.ts in given_up
                or _is_settled(session, surface)
                # Nobody told us, and reading the thread does not: it comes back when next drawn.
                or (surface.kind == "checklist" and surface.ts in dropped)
            )
        )
        if is_gone and found:
            yield Finding(DOUBLED, f"post {surface.key} was deleted and stands")
        if not found and not is_gone and surface.id not in parked:
            yield Finding(LOST, f"post {surface.key}")
        if len(found) > 1:
            yield Finding(DOUBLED, f"post {surface.key} stands {len(found)} times")
        if found and surface.ts not in [message.ts for message in found]:
            yield Finding(STALE, f"post {surface.key} is not at {surface.ts}")
    for key, messages in stand.items():
        yield Finding(DOUBLED, f"{len(messages)} posts with the key {key!r}, which nobody wants")


def _in_its_place(session: Session, company: Company) -> Iterator[Finding]:
    """What has to stand whatever the outbox says: one card, checklist and decision a review."""
    messages = messages_of(company)
    deleted = {(m.channel_id, m.ts) for m in messages_of(company, deleted=True)}

    def was_deleted(surface: Surface) -> bool:
        # Told of in _posts, where it should have come back.
        return surface.gone_at is not None or (surface.channel_id, surface.ts) in deleted

    for row in session.exec(select(ReviewRow)):
        tops = [
            m
            for m in messages
            if m.channel_id == row.channel_id and m.thread_ts is None and row.title in m.text
        ]
        cards = [m for m in tops if not key_of(m).startswith("digest")]
        card, checklist = (_surface(session, row, kind) for kind in ("card", "checklist"))
        if len(cards) > 1 or (not cards and not was_deleted(card)):
            yield Finding(DOUBLED if cards else LOST, f"{len(cards)} cards of {row.title}")
            continue
        thread = [m for m in messages if m.thread_ts == card.head and m.ts != card.head]
        lists = [m for m in thread if key_of(m).startswith("checklist")]
        if len(lists) > 1 or (not lists and not was_deleted(checklist)):
            yield Finding(DOUBLED if lists else LOST, f"{len(lists)} checklists of {row.title}")
        for decision in session.exec(select(DecisionRow).where(DecisionRow.review_id == row.id)):
            told = [m for m in thread if decision.because in m.text]
            if len(told) != 1:
                kind = DOUBLED if told else LOST
                yield Finding(kind, f"decision of {row.title} told {len(told)} times")


def _surface(session: Session, row: ReviewRow, kind: str) -> Surface:
    return session.exec(
        select(Surface).where(Surface.review_id == row.id, Surface.kind == kind)
    ).one()


def _in_order(session: Session) -> Iterator[Finding]:
    """What was wanted first stands first: in each thread, in each private conversation."""
    last: dict[tuple[str, int | None], Surface] = {}
    for surface in session.exec(
        select(Surface)
        .where(col(Surface.ts).is_not(None), col(Surface.reposted_at).is_(None))
        .order_by(col(Surface.id))
    ):
        place = (surface.person_id or surface.channel_id, surface.under_id)
        before = last.get(place)
        if before is not None and float(before.ts or 0) > float(surface.ts or 0):
            yield Finding(STALE, f"{surface.key} stands before {before.key}")
        last[place] = surface


def _shown(session: Session, company: Company) -> Iterator[Finding]:
    """Each message that shows a state shows the one that is: all its words and buttons."""
    running = company.live()
    tools = running.toolbox
    drawings = Drawings(wording=tools.wording, messages=MESSAGES, whisper=draw_whisper)
    at = {(m.channel_id, m.ts): m for m in messages_of(company)}
    for surface in session.exec(select(Surface).where(col(Surface.kind).in_(REDRAWN))):
        message = at.get((surface.channel_id, surface.ts or ""))
        if message is None:
            continue  # told above
        address = Links(tools.clients).address(surface.workspace_id)
        drawn, _ = drawings.draw(session, surface, address=address, now=company.clock.now())
        without = OPEN_THREAD if surface.kind == "card" else ""
        shows = _seen(message.text, message.blocks, without)
        should = _seen(drawn.text, drawn.blocks, without)
        if shows != should:
            apart = [(a, b) for a, b in zip(shows, should, strict=True) if a != b]
            yield Finding(STALE, f"{surface.key} shows, and should show: {apart}")


def _seen(text: str, blocks: Any, without: str) -> Any:
    """What a reader has of a message: its words, where they lead, and what can be pressed but for
    `without`."""
    plain = json.loads(json.dumps(blocks))
    for block in plain:
        # A card knows the address of its own thread only once it is posted: from its first redraw.
        if "elements" in block:
            kept = [e for e in block["elements"] if e.get("action_id") != without]
            block["elements"] = kept
    pressed = [
        (element.get("action_id"), element.get("value"), element.get("url"))
        for block in plain
        for element, _ in elements_of(block)
    ]
    leads = LINK.findall(html.unescape(json.dumps(plain)))
    return html.unescape(text), html.unescape(plain_blocks(plain)), leads, pressed


def _reactions(session: Session, company: Company, given_up: set[str]) -> Iterator[Finding]:
    """Who was heard sees it: one reaction of ours on each message that was taken."""
    bot = company.slack.world.teams[next(iter(company.slack.world.teams))].bot_user
    for heard in session.exec(select(ThreadMessage)):
        channel = company.slack.world.channel(heard.channel_id)
        message = channel.messages.get(heard.ts) if channel else None
        if message is None or message.deleted or heard.deleted or heard.ts in given_up:
            continue
        taken = [p for p in heard.pieces if not str(p["what"]).startswith("replaced")]
        ours = [name for name, users in message.reactions.items() if bot in users]
        wanted = 1 if taken and not heard.untaken else 0
        if len(ours) != wanted:
            kind = DOUBLED if len(ours) > wanted else LOST
            yield Finding(kind, f"{len(ours)} reactions on {message.text[:40]!r}")


def _cleaned(company: Company, ledger: Ledger, dropped: set[str]) -> Iterator[Finding]:
    """What was deleted twice stays so, if we could know of both."""
    known = Counter(key for key, ts in ledger.cleaned if ts not in dropped)
    standing = {key_of(message) for message in messages_of(company)}
    for key, times in known.items():
        if times > 1 and key in standing:
            yield Finding(DOUBLED, f"post {key} was deleted {times} times and stands")


def _told_once(session: Session) -> Iterator[Finding]:
    """Of what is parked each keeper reads once a cause."""
    told = Counter(
        (surface.person_id, surface.args.get("channel"), surface.args.get("error"))
        for surface in session.exec(select(Surface).where(Surface.kind == KEEPER_TOLD))
    )
    for cause, count in told.items():
        if count > 1:
            yield Finding(DOUBLED, f"told {count} times of {cause}")


def _left_over(session: Session) -> Iterator[Finding]:
    for row in session.exec(select(OutboxRow)):
        if row.state == "pending" or not row.error:
            yield Finding(STUCK, f"{row.state} {row.kind} in {row.lane}: {row.error!r}")
    for failed in session.exec(select(DeliveryFailed)):
        yield Finding(STUCK, f"a delivery failed: {failed.error[:300]}")
    settled = ("given", "retracted", "not_known", "skipped")
    for answer in session.exec(select(AnswerRow).where(col(AnswerRow.state).not_in(settled))):
        yield Finding(STUCK, f"answer {answer.number} is {answer.state}")
