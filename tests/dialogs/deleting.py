"""Somebody deletes messages of ours, and what stands then."""

from sqlmodel import select

from db.store import Store
from db.tables import AnswerRow, Surface
from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.office import Office


def answers(office: Office) -> dict[int, str]:
    rows = office.store.read(lambda s: s.exec(select(AnswerRow)).all())
    return {row.number: row.text for row in rows if row.state == "given"}


def cards(office: Office) -> list[Message]:
    return [m for m in office.pricing.messages if m.by_bot and not m.deleted]


def checklists(card: Message) -> list[Message]:
    return [m for m in card.replies if not m.deleted and "she say" in m.all_text()]


def opens(card: Message) -> str:
    """Where its *Open thread* leads."""
    elements = [e for block in card.blocks for e in block.get("elements", [])]
    return next(e["url"] for e in elements if e.get("action_id") == "open_thread")


def place_of(message: Message) -> str:
    """The end of a link to the thread under it."""
    place = f"/p{message.ts.replace('.', '')}"
    return f"{place}?thread_ts={message.ts}&cid={message.channel.id}"


def leads_to(letter: Message, card: Message) -> bool:
    return place_of(card) in str(letter.blocks).replace("&amp;", "&")


def surface(store: Store, kind: str) -> Surface:
    return store.read(lambda s: s.exec(select(Surface).where(Surface.kind == kind)).one())


def deletes(office: Office, person: Person, message: Message) -> None:
    office.clock.hand.advance(5)
    person.delete(message)
    office.settle()
