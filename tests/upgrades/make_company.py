"""How a company's old database was made: `python -m tests.upgrades.make_company FOLDER`.

It was run once, on the code whose newest migration was 0002, and runs on no other: nothing of a
later version may have touched what it leaves. 500 changes are proposed in 20 channels over five
weeks, and everybody does what people do: answers, half answers, is silent, objects, disputes,
decides, defers, withdraws, reopens. The last moment is a Wednesday at one, in everyone's working
hours, with nothing due for the hour after it and everything sent.

Two files come of it: the database, and Slack as the bot left it: people, channels and messages,
without the token and without blocks, which nothing reads.
"""

import json
import lzma
import sqlite3
import sys
import tempfile
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text as sql

from bot.jobs.ticks import tick_forget
from db.due import next_due_at
from playground.driver.message import Channel, Message
from playground.driver.person import Person
from tests.databases import fresh_sqlite_url, roomy_folder
from tests.dialogs.office import Office, open_office

CHANNELS, WEEKS, A_DAY = 20, 5, 20
HOUR = timedelta(hours=1)


class Company:
    def __init__(self, office: Office) -> None:
        self.office = office
        team = [office.slack.add_person(f"Person {n:02}", tz="Europe/Madrid") for n in range(60)]
        self.leads = [office.slack.add_person(f"Lead {n}", tz="Europe/Madrid") for n in range(6)]
        self.team: dict[str, Person] = {p.id: p for p in (*team, *self.leads)}
        everyone = list(self.team.values())
        self.channels: list[Channel] = []
        for n in range(CHANNELS):
            channel = office.slack.add_channel(f"area-{n:02}", members=everyone)
            many = 3 if n == 7 else 12
            roster = [team[(n * 5 + i) % len(team)] for i in range(many)]
            office.set_up(*roster, channel=channel, by=self.leads[n % 6])
            self.channels.append(channel)
        self.later: list[tuple[datetime, Message, int]] = []

    def row(self, card: Message) -> dict[str, Any]:
        query = "SELECT r.* FROM review r JOIN surface s ON s.review_id = r.id WHERE s.ts = :ts"
        return self.office.store.read(
            lambda s: dict(s.connection().execute(sql(query), {"ts": card.ts}).mappings().one())
        )

    def advocate(self, card: Message) -> Person | None:
        return self.team.get(str(self.row(card)["advocate"]))

    def decider(self, card: Message) -> Person:
        return self.team[str(self.row(card)["decider"])]

    def proposer(self, card: Message) -> Person:
        return self.team[str(self.row(card)["proposer"])]

    # One change

    def propose(self, n: int) -> None:
        fate = n % 25
        sam, lee = self.leads[n % 6], self.leads[(n + 1) % 6]
        card = self.office.propose(
            sam,
            self.channels[n % CHANNELS],
            title=f"Plan {n:03} from ${n} to ${n + 10}",
            decider=lee,
            size="quick" if fate in (3, 20) else "full",
        )
        self.begin(card, fate)
        self.later.append((self.office.clock.now() + timedelta(days=1), card, fate))

    def begin(self, card: Message, fate: int) -> None:
        """On the day itself. Of 25, seven are never answered."""
        who = self.advocate(card)
        if who is None or fate < 5:
            return
        letter = self.office.letter(who, self.row(card)["title"])
        if fate in (5, 6):
            self.office.press(who, letter, "accept_seat")
        if fate in (6, 7, 8):
            for said in ("1. Paying, on the June invoice", "2. $39, the site says so (measured)"):
                self.office.says(who, card, said)
        if fate in (8, 10, 12, 15, 18):
            self.office.says(who, card, "object: she was promised this price")
            self.office.says(who, card, "The old price until her renewal")
        if fate >= 9 and fate not in (21, 22):
            self.answer(who, letter, quick=fate == 20)
            if fate not in (9, 17):
                said_back = [m for m in card.replies if m.button("confirm_heard")]
                self.office.press(who, said_back[-1], "confirm_heard")

    def answer(self, who: Person, letter: Message, *, quick: bool) -> None:
        value = next(b["value"] for b in letter.buttons() if b["action_id"] == "answer_form")
        self.office.press(who, letter, "answer_form", value=value)
        assert who.modal is not None, self.office.whispers(who)
        last = 3 if quick else 7
        answers = {f"q{n}": f"Answer {n}, as she sees it" for n in range(1, last + 1)}
        answers |= {q: who.modal.options(q)[0] for q in answers if who.modal.options(q)}
        answers |= {f"q{last}": "I would start looking around", "stance": "would_complain"}
        assert who.submit(**answers) == {}
        self.office.settle()

    def go_on(self, card: Message, fate: int) -> None:
        """A day later."""
        lee, sam = self.decider(card), self.proposer(card)
        today = self.office.clock.now().date()
        if fate in (10, 18):
            told = self.office.letter(sam, "objects for the customer")
            self.office.press(sam, told, "reply_objection")
            assert sam.submit(reply="She keeps it till May.", offer="mitigated") == {}
            self.office.settle()
        if fate in (12, 13):
            self.decide(lee, card, "stop", because="She would leave us for this.")
        if fate in (14, 15):
            self.decide(
                lee, card, "go", because="It pays for support at weekends.", overrule=fate == 15
            )
        if fate in (16, 21):
            changes = "The old price until she renews."
            self.decide(
                lee, card, "go_with_changes", because="It pays for support.", changes=changes
            )
        if fate in (19, 20):
            days = 7 if fate == 20 else 150
            until = today + timedelta(days=days)
            self.decide(lee, card, "defer", because="After the audit.", until=until)
        if fate in (22, 23):
            self.choose(sam, card, "withdraw")
            assert sam.submit(reason="Too early.") == {}
            self.office.settle()
        if fate == 24:
            self.decide(lee, card, "go", because="It pays for support at weekends.")
            self.choose(lee, card, "reopen")
            assert lee.submit(reason="We forgot schools.") == {}
            self.office.settle()

    def choose(self, who: Person, card: Message, action: str) -> None:
        menu = card.button("more")
        assert menu is not None, card.all_text()
        values = [str(option["value"]) for option in menu["options"]]
        value = next(value for value in values if value.startswith(f"{action}:"))
        self.office.press(who, card, "more", option=value)

    def decide(self, lee: Person, card: Message, verdict: str, *, overrule: bool = False,
               **fields: str | date) -> None:  # fmt: skip
        if card.button("decide"):
            self.office.press(lee, card, "decide")
        else:
            self.choose(lee, card, "decide")
        if overrule:
            fields["overrule_1"] = "It holds for nobody else."
        assert lee.submit(verdict=verdict, **fields) == {}
        self.office.settle()

    # Five weeks

    def live(self) -> None:
        n = 0
        monday = self.office.clock.now()
        for day in (7 * week + d for week in range(WEEKS) for d in range(5)):
            self.office.wait_until(monday + timedelta(days=day))
            today, self.later = self.later, []
            for due, card, fate in today:
                if due <= self.office.clock.now() + HOUR:
                    self.go_on(card, fate)
                else:
                    self.later.append((due, card, fate))
            for _ in range(A_DAY):
                self.propose(n)
                n += 1
            print(f"day {day}: {n} proposed", flush=True)
        self.office.wait_until(monday + timedelta(days=7 * WEEKS + 2))
        for _, card, fate in self.later:
            self.go_on(card, fate)
        self.office.wait(hours=1)
        while True:
            due = self.office.store.read(next_due_at)
            if due is None or due > self.office.clock.now() + HOUR:
                return
            self.office.wait_until(due + timedelta(minutes=1))


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=roomy_folder()) as room:
        url = fresh_sqlite_url(Path(room))
        with open_office(url) as office:
            office.slack.limiter.enabled = False
            company = Company(office)
            company.live()
            assert not office.pending()
            assert not office.parked()
            tick_forget(office.running.toolbox)
            at = office.clock.now().isoformat()
            team = asdict(office.slack.team.record)
        path = url.removeprefix("sqlite:///")
        with sqlite3.connect(path, isolation_level=None) as file:
            file.execute("PRAGMA journal_mode=DELETE")
            file.execute("VACUUM")
        keep(folder / "company.db.xz", Path(path).read_bytes())
    team["bot_token"] = ""
    for channel in team["channels"].values():
        for message in channel["messages"].values():
            message |= {"blocks": [], "attachments": []}
    keep(folder / "slack.json.xz", json.dumps({"at": at, "team": team}).encode())


def keep(path: Path, content: bytes) -> None:
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(path, path.stat().st_size, "of", len(content))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
