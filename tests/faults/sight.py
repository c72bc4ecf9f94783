"""What people see of their reviews, and the forms and buttons they find there."""

import json
import random
from collections.abc import Callable
from typing import Any

from sqlmodel import col, func, select

from db.tables import OutboxRow, QuestionRow, ReviewRow, Surface
from playground.driver.message import Message
from playground.driver.person import Person
from playground.driver.view import View
from playground.errors import CannotDo, CannotSubmit
from tests.faults.company import Company
from tests.faults.ledger import Ledger, Said, Tale

TRIES = 4
UNDECIDED = ("open", "heard")
Found = tuple[Tale, Said, Message, Person]
"""A message that counts, and whose it is."""


class Sight:
    def __init__(self, company: Company, dice: random.Random, name: str = "") -> None:
        self.company, self.dice = company, dice
        self.ledger = Ledger(name)

    def _form(
        self,
        person: Person,
        open_it: Callable[[], object],
        values: Callable[[], dict[str, Any]],
        *,
        called: str,
        about: int = 0,
    ) -> bool:
        """Open a form and send it, again and again if it does not go. Whether it was accepted: one
        that comes back with another field was not, something arrived meanwhile.

        She fills in the one that she asked for, of this name and about this review: another may
        stand open, of an act before, whose answer was late. And when a second one comes over hers
        before she knows whether that was taken, she leaves it: it might be said twice.
        """
        tried: View | None = None
        for _ in range(TRIES):
            try:
                if tried is not None and person.modal != tried:
                    break
                if not _is_meant(person.modal, called, about):
                    _close(person)
                    open_it()
                form = person.modal
                if _is_meant(form, called, about):
                    tried = form
                    accepted = person.submit(form=form, **values()) == {}
                    if person.modal != form:
                        _close(person)
                        return accepted
            except (CannotDo, CannotSubmit):
                pass
            self.company.hand.advance(25)
            self.company.step()
        _close(person)
        return False

    def _takes(self, person: Person, message: Message, action: str) -> bool:
        """Press it. Whether it was taken: neither failed, nor was she told to try again."""

        def refusals() -> tuple[int, int]:
            """The last line that only she sees, and how often she was answered by a message."""
            last = select(func.max(OutboxRow.id)).where(
                col(OutboxRow.kind).in_(("whisper", "refusal"))
            )
            times = select(func.sum(Surface.wanted)).where(Surface.kind == "private_answer")
            return self.company.eye.read(
                lambda s: (s.exec(last).one() or 0, s.exec(times).one() or 0)
            )

        before = refusals()
        return person.press(message, action).error is None and refusals() == before

    def _press_decide(self, tale: Tale) -> None:
        card = self._card(tale)
        if card is None:
            return
        if card.button("decide"):
            self.company.lee.press(card, "decide")
            return
        menu = card.button("more")
        options = [str(o["value"]) for o in menu["options"]] if menu else []
        chosen = next((o for o in options if o.startswith("decide:")), None)
        if chosen:
            self.company.lee.press(card, "more", option=chosen)

    def _open_tale(self, *, with_card: bool = False) -> tuple[Tale, ReviewRow] | None:
        """A review that waits to be heard or decided; its card may take a moment to come."""
        if (found := self._find_open(with_card=with_card)) is None:
            self.company.step()
            found = self._find_open(with_card=with_card)
        return found

    def _find_open(self, *, with_card: bool) -> tuple[Tale, ReviewRow] | None:
        for tale in self._shuffled():
            row = self._row(tale)
            if row is None or row.advocate is None or row.state not in UNDECIDED:
                continue
            if not with_card or self._card(tale) is not None:
                return tale, row
        return None

    def _find_said(self) -> Found | None:
        for tale in self._shuffled():
            row = self._row(tale)
            live = [said for said in tale.said if not said.is_deleted]
            if row is not None and row.state in UNDECIDED and live:
                said = self.dice.choice(live)
                message = self._channel(tale).message(said.ts)
                return tale, said, message, self._advocate(row)
        return None

    def _shuffled(self) -> list[Tale]:
        return self.dice.sample(self.ledger.tales, len(self.ledger.tales))

    def _channel(self, tale: Tale) -> Any:
        return next(c for c in self.company.channels if c.id == tale.channel)

    def _card(self, tale: Tale) -> Message | None:
        if self._is_posted_anew(tale):
            return None
        # A digest names the review too, and the card may have been deleted.
        found = (m for m in self._channel(tale).from_bot if tale.title in m.text and not m.deleted)
        return next((m for m in found if not m.text.startswith("*Customer seat,")), None)

    def _is_posted_anew(self, tale: Tale) -> bool:
        """It was deleted, and where it stands now the bot has yet to learn: it leads to no thread,
        and who replies under it is told that the review's is elsewhere (docs/reliability.md).
        """
        anew = (
            select(Surface.id)
            .join(ReviewRow, col(ReviewRow.id) == col(Surface.review_id))
            .where(
                col(ReviewRow.title).startswith(tale.title),
                Surface.kind == "card",
                col(Surface.reposted_at).is_not(None),
                col(Surface.ts).is_(None),
            )
        )
        return self.company.eye.read(lambda s: s.exec(anew).first()) is not None

    def _head(self, tale: Tale) -> Message:
        """Where the card's *Open thread* leads: another message, once the card was deleted."""
        card = self._card(tale)
        assert card is not None
        known = self._surface(card)
        return self._channel(tale).message(known.head or card.ts) if known else card

    def _surface(self, message: Message) -> Surface | None:
        """None while the bot does not know that it posted it."""
        return self.company.eye.read(
            lambda s: s.exec(select(Surface).where(Surface.ts == message.ts)).one_or_none()
        )

    def _thread(self, tale: Tale) -> list[Message]:
        return self._head(tale).replies if self._card(tale) else []

    def _row(self, tale: Tale) -> ReviewRow | None:
        return self.company.eye.read(
            lambda s: s.exec(
                select(ReviewRow).where(col(ReviewRow.title).startswith(tale.title))
            ).first()
        )

    def _advocate(self, row: ReviewRow) -> Person:
        return next(p for p in self.company.roster if p.id == row.advocate)

    def _letter(self, person: Person, row: ReviewRow, action: str) -> Message | None:
        """The latest private message about this review with that button."""
        for message in reversed(person.dm.messages):
            for button in message.buttons():
                about = str(button.get("value", "")).startswith(f"{row.id}:")
                if about and button["action_id"] == action:
                    return message
        return None

    def _questions(self, row: ReviewRow) -> list[QuestionRow]:
        return self.company.eye.read(
            lambda s: list(
                s.exec(
                    select(QuestionRow)
                    .where(QuestionRow.review_id == row.id)
                    .order_by(col(QuestionRow.number))
                )
            )
        )

    def _choices(self, row: ReviewRow) -> set[int]:
        return {q.number for q in self._questions(row) if q.options}

    def _free(self, tale: Tale, row: ReviewRow) -> list[int]:
        return [q.number for q in self._questions(row) if q.number not in tale.used]


def _is_meant(form: View | None, called: str, about: int) -> bool:
    if form is None or form.callback_id != called:
        return False
    return about in (0, json.loads(form.private_metadata)["review"])


def _close(person: Person) -> None:
    if person.modal is not None:
        person.close(everything=True)


def label_of(letter: Message, value: str) -> str | None:
    """Where several buttons open the form: the words of the last one."""
    found = [b for b in letter.buttons() if b.get("action_id") == "answer_form"]
    return str(found[-1]["text"]["text"]) if len(found) > 1 else None
