"""A story drawn from the seed: what people do with two to four reviews, while things go wrong.

They do what they see: a button that isn't there is not pressed, and who gets an error tries again.
"""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from db.tables import ReviewRow
from playground.driver.message import Message
from tests.faults.by_form import WORDS, ByForm
from tests.faults.ledger import Said, Tale
from tests.faults.sight import Found

MADRID = ZoneInfo("Europe/Madrid")


class Story(ByForm):
    def _possible(self, *, may_propose: bool) -> list[Callable[[], None]]:
        acts = [self.reply] * 5 + [self.fill] * 2 + [self.dont_know, self.edit]
        acts += [self.delete, self.cross, self.object, self.object_by_form, self.answer_objection]
        acts += [self.second_thoughts] * 2 + [self.fill_and_reply, self.move_digest, self.clean_up]
        acts += [self.agree, self.decide, self.hear_out, self.days_pass, self.days_pass]
        return acts + [self.propose] * 3 * may_propose

    # What people do

    def reply(self) -> None:
        """One answer, or two in one message."""
        if (found := self._open_tale(with_card=True)) is None:
            return
        self._reply(*found)

    def _reply(self, tale: Tale, row: ReviewRow) -> None:
        # What begins with 1 could be a list: one plain answer to whatever is asked now.
        free = [number for number in self._free(tale, row) if number > 1]
        numbers = sorted(self.dice.sample(free, min(len(free), self.dice.choice((1, 1, 2)))))
        if numbers:
            tale.used |= set(numbers)
            answers = {number: self.ledger.mark() for number in numbers}
            message = self._advocate(row).reply(self._head(tale), _numbered(answers))
            tale.said.append(Said(message.ts, answers))

    def _said(self) -> Found | None:
        """A message that counts; where none does yet, she says something first."""
        if (found := self._find_said()) is None:
            self.reply()
            if self.dice.random() < 0.5:
                self.company.step()
            found = self._find_said()
        return found

    def edit(self) -> None:
        if (found := self._said()) is not None:
            self._edit(found)

    def _edit(self, found: Found) -> None:
        _, said, message, author = found
        marks = [*said.answers.values(), said.objection]
        said.former += [mark for mark in marks if mark]
        if said.objection:
            said.objection = self.ledger.mark()
            author.edit(message, f"object: {said.objection} was promised $39")
        else:
            said.answers = {number: self.ledger.mark() for number in said.answers}
            author.edit(message, _numbered(said.answers))

    def second_thoughts(self) -> None:
        """Edited, and at once edited again or deleted: Slack may tell of them in any order."""
        if (found := self._said()) is None:
            return
        before = list(found[1].former)
        self._edit(found)
        if found[1].former != before and self.dice.random() < 0.5:
            self._delete(found)
        else:
            self._edit(found)

    def delete(self) -> None:
        if (found := self._said()) is not None:
            self._delete(found)

    def _delete(self, found: Found) -> None:
        _, said, message, author = found
        author.delete(message)
        said.is_deleted = True
        said.former += [*said.answers.values(), *([said.objection] if said.objection else [])]

    def cross(self) -> None:
        """It was not meant as an answer: the reaction that says so."""
        found = self._said()
        if found is not None and found[2].reactions:  # nobody says so of what was not taken yet
            self._cross(found)

    def _cross(self, found: Found) -> None:
        _, said, message, author = found
        author.react(message, "x")
        said.is_deleted = True
        said.former += [*said.answers.values(), *([said.objection] if said.objection else [])]

    def object(self) -> None:
        if found := self._open_tale(with_card=True):
            tale, row = found
            mark = self.ledger.mark()
            message = self._advocate(row).reply(
                self._head(tale), f"object: {mark} was promised $39"
            )
            tale.said.append(Said(message.ts, objection=mark))

    def fill_and_reply(self) -> None:
        """By form and in the thread in one breath: while the first is being shown, the second."""
        self.fill()
        self.reply()

    def move_digest(self) -> None:
        """Just after a digest the keeper has it come an hour later: still one a week."""
        company, lee = self.company, self.company.lee
        channel = self.dice.choice(company.channels)
        company.settle()
        company.wait_until(company.next_digest(channel.id) + timedelta(seconds=30))
        later = company.clock.now().astimezone(MADRID) + timedelta(hours=1)
        told = self._form(
            lee,
            lambda: lee.command("/customer-seat", "setup", channel),
            lambda: {"roster": list(company.roster), "digest_time": f"{later:%H}:00"},
            called="seat_settings",
        )
        known = self.ledger.digest_times.setdefault(channel.id, {"09:00"})
        self.ledger.digest_times[channel.id] = (set() if told else known) | {f"{later:%H}:00"}
        if not told:
            return
        company.settle()
        company.wait_until(company.clock.now() + timedelta(hours=1))

    def clean_up(self) -> None:
        """An admin takes the card or the checklist of a review for rubbish; at times once more."""
        if (found := self._open_tale(with_card=True)) is None:
            return
        tale, _ = found
        lists = [m for m in self._thread(tale) if m.by_bot and "In the customer's chair" in m.text]
        card = self._card(tale)
        # One in doubt is looked for by what it carries, and a deleted one carries nothing.
        rubbish = [m for m in (card, *lists) if m is not None and self._surface(m)]
        for message in self.dice.sample(rubbish, min(1, len(rubbish))):
            key = self._throw_away(message)
            self.company.settle()
            again = self._standing(tale, key) if self.dice.random() < 0.5 else None
            if again is not None:
                self._throw_away(again)

    def _throw_away(self, message: Message) -> str:
        surface = self._surface(message)
        assert surface is not None
        self.company.admin.delete(message)
        self.ledger.cleaned.append((surface.key, message.ts))
        return surface.key

    def _standing(self, tale: Tale, key: str) -> Message | None:
        """Where this message of ours stands now."""
        for message in self._channel(tale).from_bot:
            surface = None if message.deleted else self._surface(message)
            if surface is not None and surface.key == key:
                return message
        return None

    def days_pass(self) -> None:
        """Half a day to a week: reminders, and the digest, fall due."""
        hours = self.dice.choice((12, 30, 60, 24 * 7))
        self.company.settle()
        self.company.wait_until(self.company.clock.now() + timedelta(hours=hours))


def _numbered(answers: dict[int, str]) -> str:
    return "\n".join(f"{number}. {mark} {WORDS}" for number, mark in sorted(answers.items()))
