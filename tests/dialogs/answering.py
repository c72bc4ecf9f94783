"""Ana speaks for the customer in Sam's pricing change: where stories about answering begin."""

import re
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import col, select

from db.tables import AnswerEntryRow, AnswerRow
from playground.driver.message import Message
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office

CLOSING = ":white_check_mark: 7 *If the customer were here, what would she say?*"
"""The checklist's line above her statement, once it is given."""


class Answering:
    """`card`, its checklist and Ana's private message, and ears for whatever else is said."""

    def __init__(self, office: Office, **proposal: Any) -> None:
        self.office = office
        office.set_up(office.ana, office.ben, office.cleo)
        self.card = office.propose(**proposal)
        self.letter = office.letter(office.ana, "you're the customer")
        self.ears = Ears(office)

    def ana(self, text: str, **how: Any) -> Message:
        return self.office.says(self.office.ana, self.card, text, **how)

    def edits(self, message: Message, text: str, **how: Any) -> None:
        self.office.clock.hand.advance(20)
        self.office.ana.edit(message, text, **how)
        self.office.settle()

    def deletes(self, message: Message) -> None:
        self.office.clock.hand.advance(20)
        self.office.ana.delete(message)
        self.office.settle()

    def crosses(self, message: Message) -> None:
        """The reaction that un-takes a message."""
        self.office.clock.hand.advance(5)
        self.office.ana.react(message, "x")
        self.office.settle()

    def opens_form(self, action: str = "answer_form", where: Message | None = None) -> None:
        self.office.press(self.office.ana, where or self.letter, action)
        assert self.office.ana.modal is not None, self.office.whispers(self.office.ana)

    def saves(self, **fields: Any) -> dict[str, str]:
        errors = self.office.ana.submit(**fields)
        self.office.settle()
        return errors

    def heard(self) -> None:
        """Everything is answered and confirmed."""
        self.office.answer_all(self.office.ana, self.card)
        self.office.press(self.office.ana, self.say_back, "confirm_heard")
        self.ears.new()

    # What is to be seen

    @property
    def checklist(self) -> str:
        return self.office.checklist(self.card).all_text()

    @property
    def say_back(self) -> Message:
        """The latest."""
        said = [m for m in self.card.replies if m.by_bot and m.button("confirm_heard")]
        assert said, [m.all_text() for m in self.card.replies if m.by_bot]
        return said[-1]

    @property
    def progress(self) -> str:
        """ "2 of 7", which card and checklist agree on."""
        counts = {
            found[0] if (found := re.findall(r"\d+ of \d+", shown)) else ""
            for shown in (self.card.all_text(), self.checklist)
        }
        assert len(counts) == 1, counts
        return counts.pop()

    def line(self, number: int) -> str:
        """Question `number` in the checklist, as it stands, with what is quoted under it."""
        rows = self.checklist.replace("\n> ", " > ").splitlines()
        found = [row for row in rows if re.match(rf":\w+: \*?{number} ", row)]
        assert len(found) == 1, self.checklist
        return found[0]

    def asks(self, number: int) -> bool:
        """Checklist and private message both ask this question now."""
        in_thread = self.line(number).startswith(":arrow_right:")
        in_letter = re.search(rf"\*{number} of \d+ · ", self.letter.all_text()) is not None
        assert in_thread == in_letter, (self.line(number), self.letter.all_text())
        return in_thread

    # What is kept

    def answer(self, number: int) -> AnswerRow | None:
        return self.office.store.read(lambda s: s.get(AnswerRow, (1, number)))

    def text(self, number: int) -> str:
        """What counts as the answer; "" for none."""
        row = self.answer(number)
        return row.text if row and row.state == "given" else ""

    def state(self, number: int) -> str:
        row = self.answer(number)
        return str(row.state) if row else ""

    def history(self, number: int) -> list[str]:
        """What this answer has said, oldest first; its state where there were no words."""
        rows = self.office.store.read(
            lambda s: s.exec(
                select(AnswerEntryRow)
                .where(AnswerEntryRow.number == number)
                .order_by(col(AnswerEntryRow.id))
            ).all()
        )
        said: list[str] = []
        for row in rows:
            words = said[-1] + row.after["more"] if "more" in row.after else row.after["text"]
            said.append(str(words or row.after["state"]))
        return said

    def review(self) -> dict[str, Any]:
        return self.rows("SELECT * FROM review")[0]

    def rows(self, query: str) -> list[dict[str, Any]]:
        return self.office.store.read(
            lambda s: [dict(row) for row in s.connection().execute(sql(query)).mappings()]
        )

    def kept_anywhere(self, words: str) -> list[str]:
        """The tables in which `words` stand."""
        names = self.office.store.read(
            lambda s: (
                s.connection()
                .execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'"))
                .scalars()
                .all()
            )
        )
        return [
            n for n in names if any(words in str(row) for row in self.rows(f'SELECT * FROM "{n}"'))
        ]
