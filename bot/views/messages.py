"""Every message the bot sends of its own accord. Whatever is not here is a redraw of one of these.

docs/messages.md shows the same table; a test holds them together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bot.views.another_decider import draw_another_decider
from bot.views.card import draw_card
from bot.views.checklist import draw_checklist
from bot.views.decision import draw_decision
from bot.views.digest import draw_digest
from bot.views.for_advocate import (
    draw_decision_for_advocate,
    draw_nudge_advocate,
    draw_offer,
    draw_reply_for_advocate,
    draw_revision_for_advocate,
    draw_taken_back,
)
from bot.views.for_decider import draw_heard_for_decider, draw_nudge_decider
from bot.views.for_keepers import (
    draw_checklist_broken_for_keeper,
    draw_deleted_for_keeper,
    draw_on_the_roster,
    draw_parked_for_keeper,
    draw_shared_for_keeper,
    draw_unseated_for_keeper,
)
from bot.views.for_proposer import (
    draw_decided_for_proposer,
    draw_heard_for_proposer,
    draw_objection_for_proposer,
    draw_open_again,
)
from bot.views.going import draw_reviews_go
from bot.views.hello import draw_hello, draw_invited
from bot.views.instead import Draw, draw_instead
from bot.views.keeping import draw_keeper_left, draw_unkept
from bot.views.moved import draw_moved
from bot.views.revision import draw_revision
from bot.views.say_back import draw_say_back
from bot.views.scene import Drawn, Scene
from bot.views.seat import draw_seat
from bot.views.whispers import draw_not_taken, draw_private_answer
from bot.wording import Wording
from seat.facts import Review


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message. Called, it draws; `review` is None for what is about no review."""

    to: str
    when: str
    draw: Callable[..., Drawn]

    def __call__(self, review: Review | None, scene: Scene, wording: Wording) -> Drawn:
        return self.draw(review, scene, wording)


_LETTERS: Mapping[str, Draw] = MappingProxyType(
    {
        "seat": draw_seat,
        "nudge_advocate": draw_nudge_advocate,
        "offer": draw_offer,
        "objection_for_proposer": draw_objection_for_proposer,
        "heard_for_decider": draw_heard_for_decider,
        "nudge_decider": draw_nudge_decider,
        "unseated_for_keeper": draw_unseated_for_keeper,
    }
)
"""Those that ask for something, and are said in the thread where they can't be sent."""

MESSAGES: Mapping[str, Message] = MappingProxyType(
    {
        "card": Message("channel", "a review opens, once", draw_card),
        "digest": Message("channel", "weekly", draw_digest),
        "checklist": Message("thread", "a review opens, once", draw_checklist),
        "say_back": Message(
            "thread", "nothing more is asked, or said for an hour; once a version", draw_say_back
        ),
        "revision": Message("thread", "the proposal is revised", draw_revision),
        "decision": Message("thread", "it is decided", draw_decision),
        "instead": Message(
            "thread",
            "a letter asks for something, and private messages to the app are switched off, once",
            partial(draw_instead, letters=_LETTERS),
        ),
        "moved": Message("thread", "it is withdrawn, reopened, or its day has come", draw_moved),
        "seat": Message("advocate", "the seat is given, once a turn", draw_seat),
        "nudge_advocate": Message(
            "advocate", "half the time is over without answers, once", draw_nudge_advocate
        ),
        "taken_back": Message(
            "whoever was seated meanwhile", "a seat passed on is taken back, once", draw_taken_back
        ),
        "revision_for_advocate": Message(
            "advocate", "the proposal is revised", draw_revision_for_advocate
        ),
        "reply_for_advocate": Message(
            "advocate", "the proposer answers an objection", draw_reply_for_advocate
        ),
        "decision_for_advocate": Message("advocate", "it is decided", draw_decision_for_advocate),
        "offer": Message("stand-in", "the advocate's time is over", draw_offer),
        "objection_for_proposer": Message(
            "proposer", "the advocate objects", draw_objection_for_proposer
        ),
        "heard_for_proposer": Message("proposer", "she has been heard", draw_heard_for_proposer),
        "decided_for_proposer": Message("proposer", "it is decided", draw_decided_for_proposer),
        "heard_for_decider": Message("decider", "she has been heard", draw_heard_for_decider),
        "nudge_decider": Message("decider", "the decision is due, once", draw_nudge_decider),
        "another_decider": Message(
            "proposer, keepers",
            "the decider is gone, or silent a working day after the reminder, once",
            draw_another_decider,
        ),
        "open_again": Message(
            "advocate, proposer, decider", "it is reopened, or its day has come", draw_open_again
        ),
        "unseated_for_keeper": Message(
            "keepers", "nobody can be seated, or the ladder has ended", draw_unseated_for_keeper
        ),
        "parked_for_keeper": Message(
            "keepers", "Slack refuses a message for good, once", draw_parked_for_keeper
        ),
        "shared_for_keeper": Message(
            "keepers", "their channel is shared with another company, once", draw_shared_for_keeper
        ),
        "deleted_for_keeper": Message(
            "keepers", "a card or checklist is deleted a second time, once", draw_deleted_for_keeper
        ),
        "checklist_broken_for_keeper": Message(
            "keepers", "a checklist has mistakes, once a version", draw_checklist_broken_for_keeper
        ),
        "keeper_left": Message("keepers", "one of them has left, once", draw_keeper_left),
        "reviews_go": Message(
            "keepers",
            "reviews go in 30 days, as their seat chose; once a month",
            draw_reviews_go,
        ),
        "unkept": Message(
            "channel", "all its seat's keepers have left, or it was taken over, once", draw_unkept
        ),
        "on_the_roster": Message(
            "each on the roster", "somebody is put on it, once", draw_on_the_roster
        ),
        "not_taken": Message(
            "advocate", "words in the thread could not be taken, once an hour", draw_not_taken
        ),
        "hello": Message("whoever greets or mentions the bot", "they do, once a day", draw_hello),
        "invited": Message(
            "whoever invites the bot", "into a channel without a seat, once", draw_invited
        ),
        "private_answer": Message(
            "whoever pressed",
            "a press in a private message, or one of theirs anywhere, could not be done; "
            "the same once an hour",
            draw_private_answer,
        ),
    }
)


def messages_page() -> str:
    """docs/messages.md."""
    rows = [f"| `{kind}` | {m.to} | {m.when} |" for kind, m in MESSAGES.items()]
    return "\n".join(
        [
            "# Every message the bot sends of its own accord",
            "",
            "Anything not in this table is a redraw of something that already stands, an answer "
            "to a command,",
            "or one private line to whoever just wrote or pressed something. Made from",
            "`bot/views/messages.py`; a test holds the two together.",
            "",
            "| kind | to | when |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
