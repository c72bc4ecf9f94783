"""Two channels, one of them private, with a review in each and somebody for every role."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from sqlmodel import Session, col, select

from bot.errors import Refusal
from bot.reviews.deed import Deed, read_case
from bot.reviews.permit import permit, permit_in_seat
from bot.web.app import dispatch
from db.tables import ObjectionRow, Person, ReviewRow, Seat, ThreadMessage, Workspace
from db.tables.base import SQLModel
from playground.driver.message import Channel
from playground.driver.person import Person as Somebody
from seat.access import Act
from tests.faults.company import Company
from tests.faults.furnishing import copy_store, open_bare, put_back

OF_A_SEAT = (
    Act.SET_UP,
    Act.PROPOSE,
    Act.SETTINGS,
    Act.ROSTER,
    Act.OWN_TURNS,
    Act.REPLACE_KEEPERS,
    Act.TAKE_OVER,
    Act.READ,
)
SECRET = "Team plan from $39 to $49"
ELSEWHERE = "T0000OTHER"
PROPOSAL = {"kind": "pricing", "title": SECRET, "told_to_her": "You pay more.", "why": "Costs."}
NOT_FACTS = {
    "workspace", "person", "channel", "membership", "inbox", "outbox", "lane", "surface", "due",
    "failed_delivery", "early_message", "catch_up", "draft",
}  # fmt: skip
"""Copies of what Slack said, and what is on its way."""


@dataclass(slots=True)
class Attempt:
    """What came of one try."""

    refused: list[str]
    """Keys of the refusals, in turn."""
    changed: bool
    """Whether anything that people said or decided is different."""
    told: str


@dataclass(slots=True)
class House:
    company: Company
    channels: dict[bool, Channel] = field(default_factory=dict)
    """By whether it is private."""
    roles: dict[str, Somebody] = field(default_factory=dict)
    reviews: dict[bool, int] = field(default_factory=dict)
    unseated: dict[bool, int] = field(default_factory=dict)
    seats: dict[bool, int] = field(default_factory=dict)
    said: dict[bool, str] = field(default_factory=dict)
    """The ts of an answer of the advocate's."""
    heads: dict[bool, str] = field(default_factory=dict)
    letters: dict[bool, str] = field(default_factory=dict)
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _before: Any = None
    _facts: Any = None

    @property
    def team(self) -> str:
        return str(self.company.slack.team.id)

    def keep(self) -> None:
        self._before = copy_store()
        self._facts = self.company.eye.read(facts)

    def attempt(self, kind: str, name: str, role: str, *, private: bool) -> Attempt:
        """One person of `role` tries that way in, from how things stood at the beginning."""
        refused: list[str] = []
        really = Refusal.__init__

        def note(self: Refusal, key: str, **values: Any) -> None:
            refused.append(key)
            really(self, key, **values)

        self.company.hand.advance(12)  # nobody presses faster than the bot takes presses
        body = self.body(kind, name, role, private=private)
        with patch.object(Refusal, "__init__", note):
            response = dispatch(self.company.live().app, body, {})
        after = self.company.eye.read(facts)
        put_back(self._before)
        return Attempt(refused, after != self._facts, response.body or "")

    def judge(self, act: Act, role: str, *, private: bool) -> bool:
        """What the rule says of one person, by all that is stored of them."""
        workspace = ELSEWHERE if role == "other" else self.team
        user, now = self.roles[role].id, self.company.clock.now()

        def look(session: Session) -> bool:
            deed = Deed(session, now, workspace, user)
            about = self.unseated if act is Act.VOLUNTEER else self.reviews
            try:
                if act in OF_A_SEAT:
                    seat = session.get_one(Seat, self.seats[private])
                    if seat.workspace_id != workspace:
                        raise Refusal("no_such_seat")
                    if act is Act.TAKE_OVER:
                        seat.keepers, seat.keepers_gone_at = [self.roles["gone"].id], now
                    with session.no_autoflush:
                        permit_in_seat(deed, act, seat)
                else:
                    permit(read_case(deed, about[private]), act)
            except Refusal:
                return False
            finally:
                session.rollback()
            return True

        return self.company.eye.read(look)

    # What Slack would deliver, and what it would not

    def body(self, kind: str, name: str, role: str, *, private: bool) -> dict[str, Any]:
        number = next(self.count)
        user, team = self.roles[role].id, ELSEWHERE if role == "other" else self.team
        channel = self.channels[private].id
        review = self.unseated[private] if name == "volunteer" else self.reviews[private]
        base: dict[str, Any] = {
            "team": {"id": team},
            "user": {"id": user, "team_id": team},
            "trigger_id": f"{number}.1",
        }
        if kind in ("button", "menu"):
            value = f"{review}:1:1"
            if name == "leave_roster":
                value = str(self.seats[private])
            elif name == "set_up":
                value = channel
            elif name == "reassign":
                value = f"{review}:1"
            action = {"action_id": name, "value": value}
            if kind == "menu":
                chosen = {"value": f"{name}:{review}:1"}
                action = {"action_id": "more", "type": "overflow", "selected_option": chosen}
            return base | {
                "type": "block_actions",
                "channel": {"id": channel},
                "actions": [
                    {"type": "button", "block_id": "b", "action_ts": f"{number}.0"} | action
                ],
            }
        if kind == "form":
            return base | {
                "type": "view_submission",
                "view": self._form(name, number, review, channel),
            }
        if kind == "command":
            known = name if name.startswith("/") else "/customer-seat"
            words = {"show": "show 1", known: ""}.get(name, name)
            return {
                "team_id": team, "user_id": user, "channel_id": channel, "channel_name": "x",
                "command": known, "text": words, "trigger_id": f"{number}.1",
            }  # fmt: skip
        if kind == "shortcut":
            about = {
                "channel": {"id": channel},
                "message": {"ts": "1.0", "text": "x", "user": user},
            }
            is_of_message = name == "propose_from_message"
            what = {"type": "message_action", **about} if is_of_message else {"type": "shortcut"}
            return base | what | {"callback_id": name, "action_ts": f"{number}.0"}
        return {
            "type": "event_callback",
            "team_id": team,
            "event_id": f"Ev{number}",
            "authorizations": [{"team_id": team, "user_id": "U", "is_bot": True}],
            "event": self._event(name, user, number, private=private),
        }

    def _form(self, name: str, number: int, review: int, channel: str) -> dict[str, Any]:
        fields = ("q2", "title", "statement", "reply", "because", "reason")
        words = dict.fromkeys(fields, "words")
        if name == "propose_change":
            words = {**PROPOSAL, "title": "another"}
        elif name == "seat_settings":
            words = {"personas": "A shop of three"}
        values = {
            block: {block: {"type": "plain_text_input", "value": value}}
            for block, value in words.items()
        }
        if (block := {"hand_over": "to", "reassign": "decider"}.get(name, "")) != "":
            who = self.roles["roster" if block == "to" else "member"].id
            values[block] = {block: {"type": "users_select", "selected_user": who}}
        verdict = {"type": "radio_buttons", "selected_option": {"value": "stop"}}
        values["verdict"] = {"verdict": verdict}
        where = {"type": "conversations_select", "selected_conversation": channel}
        values["channel"] = {"channel": where}
        carried = {"review": review, "part": "1", "channel": channel, "version": 1}
        return {
            "id": f"V{number}",
            "hash": "1.1",
            "type": "modal",
            "callback_id": name,
            "private_metadata": json.dumps(carried),
            "state": {"values": values},
            "blocks": [],
        }

    def _event(self, name: str, user: str, number: int, *, private: bool) -> dict[str, Any]:
        channel, ts = self.channels[private].id, f"{self.company.hand.now() + number:.6f}"
        message = {"user": user, "text": "3. three-person shops", "ts": ts}
        thread = {"thread_ts": self.heads[private]}
        told = {"type": "message", "channel": channel, "event_ts": ts}
        if name == "thread":
            return {**told, **message, **thread, "channel_type": "group" if private else "channel"}
        if name == "private":
            under = {"thread_ts": self.letters[private]}
            return {**told, **message, **under, "channel": f"D{user[1:]}", "channel_type": "im"}
        if name == "edited":
            edited = {"edited": {"user": user, "ts": ts}, "ts": self.said[private], **thread}
            return {
                **told,
                "subtype": "message_changed",
                "message": {**message, **edited},
                "ts": ts,
            }
        item = {"type": "message", "channel": channel, "ts": self.said[private]}
        return {
            "type": "reaction_added",
            "user": user,
            "reaction": "x",
            "item": item,
            "event_ts": ts,
        }


def facts(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that people said, decided and set."""
    return {
        name: [tuple(map(repr, row)) for row in session.connection().execute(table.select())]
        for name, table in SQLModel.metadata.tables.items()
        if name not in NOT_FACTS
    }


@contextmanager
def open_house() -> Iterator[House]:
    with open_bare() as company:
        house = House(company)
        slack = company.slack
        add = slack.add_person
        house.roles = {
            "member": add("Mem Ber"), "roster": add("Rae Ross"), 
            "guest": add("Gus Est", guest=True), "visitor": add("Vi Sitor", guest=True),
            "outside": add("Otto Out"), "away": add("Abe Way"), "gone": add("Dora Gone"),
            "proposer": company.sam, "advocate": company.ana, "stand_in": company.ben,
            "former": company.cleo, "decider": company.lee, "keeper": add("Kim Keep"),
            "admin": company.admin,
        }  # fmt: skip
        house.roles["other"] = house.roles["keeper"]
        here = [
            who for role, who in house.roles.items() if role not in ("away", "visitor", "other")
        ]
        for private in (False, True):
            name = "secret" if private else "pricing"
            channel = slack.add_channel(name, members=here, private=private, bot_in=private)
            house.channels[private] = channel
            _play(house, private=private)
        directory = company.live().toolbox.directory
        house.roles["gone"].deactivate()
        company.settle()
        for private, somebody in itertools.product((False, True), house.roles.values()):
            directory.person(house.team, somebody.id)
            directory.membership(house.team, house.channels[private].id, somebody.id)
        company.eye.transact(lambda s: _alter(s, house))
        house.keep()
        yield house


def _play(house: House, *, private: bool) -> None:
    company, people, channel = house.company, house.roles, house.channels[private]
    keeper = people["keeper"]
    keeper.command("/customer-seat", "setup", channel)
    turns = [people[role] for role in ("former", "advocate", "stand_in", "roster", "gone")]
    assert keeper.submit(roster=turns, keepers=[keeper, people["gone"]]) == {}
    company.settle()
    house.reviews[private], house.seats[private] = _propose(house, channel)
    dispatch(company.live().app, house.body("form", "decline_seat", "former", private=private), {})
    company.settle()
    house.unseated[private], _ = _propose(house, channel)
    card = next(m for m in channel.messages if m.by_bot and SECRET in m.text)
    house.heads[private] = card.ts
    company.hand.advance(30)
    house.said[private] = people["advocate"].reply(card, "2. $39, the site says so").ts
    company.settle()
    letters = [m for m in people["advocate"].dm.messages if SECRET in m.text]
    house.letters[private] = letters[-1].ts
    dispatch(company.live().app, house.body("form", "object", "advocate", private=private), {})
    company.settle()


def _propose(house: House, channel: Channel) -> tuple[int, int]:
    """The ids of the review and of its seat."""
    sam, lee = house.roles["proposer"], house.roles["decider"]
    sam.command("/propose-change", "", channel)
    assert sam.submit(**PROPOSAL, decider=lee) == {}
    house.company.settle()

    def look(session: Session) -> tuple[int, int]:
        newest = select(ReviewRow).order_by(col(ReviewRow.id).desc())
        row = session.exec(newest.where(ReviewRow.channel_id == channel.id)).first()
        assert row is not None
        return row.id or 0, row.seat_id

    return house.company.eye.read(look)


def _alter(session: Session, house: House) -> None:
    """What a story would take long to come to."""
    for private in (False, True):
        row = session.get_one(ReviewRow, house.reviews[private])
        assert row.advocate == house.roles["advocate"].id
        row.stand_in = house.roles["stand_in"].id
        assert session.exec(select(ObjectionRow).where(ObjectionRow.review_id == row.id)).one()
        assert session.exec(select(ThreadMessage).where(ThreadMessage.review_id == row.id)).one()
        unseated = session.get_one(ReviewRow, house.unseated[private])
        unseated.advocate = unseated.stand_in = None
        session.add_all((row, unseated, session.get_one(Seat, row.seat_id)))
    outside = session.get_one(Person, (house.team, house.roles["outside"].id))
    outside.is_external = True
    first = session.get_one(Workspace, house.team)
    session.add(Workspace(id=ELSEWHERE, installed_at=first.installed_at))
