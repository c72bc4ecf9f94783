"""A whole story of a seeded run, with what only happens where the wire is ours."""

from collections.abc import Callable

from tests.faults.ledger import Ledger
from tests.faults.sight import UNDECIDED
from tests.faults.story import Story
from tests.faults.troubles import AFTER_ITS_CROSS, AT_ONCE, AWAY_FROM_CHANGES, IN_A_TICK


class SeededStory(Story):
    def play(self) -> Ledger:
        company, dice = self.company, self.dice
        company.bystander = self._answer_at_once
        self.propose()
        left = dice.choice((1, 1, 1, 1, 1, 1, 2, 3))
        for _ in range(dice.randint(3, 5)):
            act = dice.choice(self._possible(may_propose=left > 0))
            left -= act == self.propose
            act()
            company.hand.advance(dice.choice((1, 2, 5, 20, 70)))
            if dice.random() < 0.3:
                company.tick()
                company.step()
        while left > 0:
            self.propose()
            left -= 1
        return self.ledger

    def _possible(self, *, may_propose: bool) -> list[Callable[[], None]]:
        acts, fate = super()._possible(may_propose=may_propose), self.company.fate
        acts += [self.cross_edited] * 5 * fate.waits_for(AFTER_ITS_CROSS)
        acts += [self.days_pass] * 5 * fate.waits_for(IN_A_TICK)
        return acts + [self.change_unseen] * 5 * fate.waits_for(AWAY_FROM_CHANGES)

    def _answer_at_once(self) -> None:
        """Her card stands in Slack, and where is not stored yet."""
        for tale in self.ledger.tales if self.company.fate.waits_for(AT_ONCE) else ():
            row, card = self._row(tale), self._card(tale)
            if row is None or row.advocate is None or row.state not in UNDECIDED:
                continue
            is_new = card is not None and self._surface(card) is None
            if is_new and self.company.fate.hits(AT_ONCE):
                self._reply(tale, row)
                self.company.slack.settle()

    def cross_edited(self) -> None:
        """Edited and then crossed out; Slack tells of the edit when the cross is long heard."""
        if found := self._said():
            self.company.step()
            if found[2].reactions and (hit := self.company.fate.hits(AFTER_ITS_CROSS)):
                self.company.slack.post.hold_next = hit.seconds
                self._edit(found)
                self._cross(found)

    def change_unseen(self) -> None:
        """What was heard is edited or deleted while nobody is there to be told."""
        if found := self._said():
            self.company.step()
            if found[2].reactions and self.company.fate.hits(AWAY_FROM_CHANGES):
                self.company.leave()
                self.dice.choice((self._edit, self._delete))(found)

    def clean_up(self) -> None:
        # While the bot is told of nothing nobody would tell it of this, nor is it read.
        if not self.company.slack.spells.are_deaf:
            super().clean_up()
