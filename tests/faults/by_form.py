"""What people do by forms and buttons: they see what there is to press, and press that."""

from functools import partial
from typing import Any

from db.tables import ReviewRow
from tests.faults.ledger import Tale
from tests.faults.sight import UNDECIDED, Sight, label_of

WORDS = "she was told so on the site and counts on it until her renewal"


class ByForm(Sight):
    def propose(self) -> None:
        tale = Tale(self.ledger.mark(), self.dice.choice(self.company.channels).id)
        self.ledger.tales.append(tale)
        sam = self.company.sam
        tale.proposed = self._form(
            sam,
            lambda: sam.command("/propose-change", "", self._channel(tale)),
            lambda: {
                "kind": "pricing",
                "title": f"{tale.title} from $39 to $49",
                "told_to_her": f"From 1 June you pay more, {tale.title}.",
                "why": "Hosting is up.",
                "decider": self.company.lee,
            },
            called="propose_change",
        )

    def object_by_form(self) -> None:
        if found := self._open_tale():
            tale, row = found
            ana, mark = self._advocate(row), self.ledger.mark()
            letter = self._letter(ana, row, "object")
            if letter is None:
                return
            tale.tried.add(mark)
            if self._form(
                ana,
                lambda: ana.press(letter, "object"),
                lambda: {"title": f"{mark} was promised"},
                called="object",
                about=row.id,
            ):
                tale.objections.append(mark)

    def fill(self) -> None:
        """One or two answers by form."""
        if found := self._open_tale():
            tale, row = found
            free = self._free(tale, row)
            numbers = self.dice.sample(free, min(len(free), self.dice.choice((1, 2))))
            self._fill(tale, row, numbers)

    def _fill(self, tale: Tale, row: ReviewRow, numbers: list[int], **more: Any) -> bool:
        ana = self._advocate(row)
        letter = self._letter(ana, row, "answer_form")
        if letter is None or not (numbers or more):
            return False
        tale.used |= set(numbers)
        marks = {number: self.ledger.mark() for number in numbers}
        tale.tried |= set(marks.values())
        choices = self._choices(row)

        def values() -> dict[str, Any]:
            words = {n: f"q{n}_words" if n in choices else f"q{n}" for n in marks}
            return {words[n]: f"{mark} {WORDS}" for n, mark in marks.items()} | more

        value = next(
            str(b["value"]) for b in letter.buttons() if b.get("action_id") == "answer_form"
        )
        if not self._form(
            ana,
            lambda: ana.press(letter, "answer_form", text=label_of(letter, value)),
            values,
            called="answer_form",
            about=row.id,
        ):
            return False
        tale.filled |= marks
        return True

    def dont_know(self) -> None:
        """The question that the private message asks now; unless it was answered in the thread."""
        if (found := self._open_tale()) is None:
            return
        tale, row = found
        ana = self._advocate(row)
        letter = self._letter(ana, row, "dont_know")
        if letter is None:
            return
        button = letter.button("dont_know")
        assert button is not None
        asked = str(button["value"]).split(":")[2]
        if not asked.isdecimal():  # what would change her mind
            return
        number = int(asked)
        if number in tale.used:
            return
        tale.used.add(number)
        if self._takes(ana, letter, "dont_know"):
            tale.not_known.append(number)

    def answer_objection(self) -> None:
        """The proposer offers to make it as she asks; who has nothing to answer hears of one."""
        if not self._answer_one():
            self.object_by_form()
            self.company.settle()
            self._answer_one()

    def _answer_one(self) -> bool:
        sam, mark = self.company.sam, self.ledger.mark()
        for tale in self._shuffled():
            row = self._row(tale)
            letter = self._letter(sam, row, "reply_objection") if row else None
            if row is None or letter is None or row.state not in UNDECIDED:
                continue
            tale.tried.add(mark)
            if self._form(
                sam,
                partial(sam.press, letter, "reply_objection"),
                lambda: {"reply": f"{mark} she keeps it", "offer": "mitigated"},
                called="reply_objection",
                about=row.id,
            ):
                tale.replies.append(mark)
            return True
        return False

    def agree(self) -> None:
        """To what she is offered; where nothing is, the proposer offers it first."""
        if not self._agree_to_one():
            self.answer_objection()
            self.company.settle()
            self._agree_to_one()

    def _agree_to_one(self) -> bool:
        for tale in self._shuffled():
            row = self._row(tale)
            if row is None or row.advocate is None or row.state not in UNDECIDED:
                continue
            ana = self._advocate(row)
            if letter := self._letter(ana, row, "mitigated"):
                button = letter.button("mitigated")
                assert button is not None
                if self._takes(ana, letter, "mitigated"):
                    tale.agreed.append(int(str(button["value"]).split(":")[2]))
                return True
        return False

    def hear_out(self) -> None:
        """Everything that is still open is answered by form, and what is said back is confirmed."""
        if (found := self._open_tale()) is None:
            return
        self.company.settle()
        tale, row = found
        if not self._fill(tale, row, self._free(tale, row), stance="would_complain"):
            return
        tale.stance = "would_complain"
        self.company.settle()
        for message in reversed(self._thread(tale)):
            if message.by_bot and message.button("confirm_heard"):
                tale.confirmed = self._takes(self._advocate(row), message, "confirm_heard")
                return

    def decide(self) -> None:
        """After everything said was heard: what comes later is not an answer any more."""
        if (found := self._open_tale(with_card=True)) is None:
            return
        self.company.settle()
        tale, row = found
        lee, mark = self.company.lee, self.ledger.mark()
        tale.tried.add(mark)
        verdict = self.dice.choice(("stop", "go"))
        if self._form(
            lee,
            lambda: self._press_decide(tale),
            lambda: {
                "verdict": verdict,
                "because": f"{mark} it pays for support.",
                **{
                    field: f"{mark} known"
                    for field in (lee.modal.fields() if lee.modal else {})
                    if field.startswith("overrule_")
                },
            },
            called="decide",
            about=row.id,
        ):
            tale.decided, tale.verdict = mark, verdict
