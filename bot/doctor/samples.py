"""A sample of everything the bot draws, for asking Slack whether it would take it. Nobody's words.

A message or form that isn't among them fails a test, so that none is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.doctor.sample_reviews import (
    ANA,
    ASKED,
    BEN,
    DECIDED,
    HALF,
    HEARD,
    LEE,
    NAMES,
    NOW,
    SAM,
    UNSEATED,
)
from bot.views.forms.answer import draw_answer_form
from bot.views.forms.answer_one import draw_answer_one, draw_mind_alone
from bot.views.forms.choose_channel import draw_choose_channel
from bot.views.forms.decide import draw_decide
from bot.views.forms.endings import draw_reopen, draw_withdraw
from bot.views.forms.objection import draw_object, draw_reply_objection
from bot.views.forms.proposal import draw_whole_proposal
from bot.views.forms.propose import draw_more_fields, draw_propose_change, draw_revise
from bot.views.forms.redact import draw_redact, draw_redact_sure
from bot.views.forms.refusal import draw_moment, draw_refusal
from bot.views.forms.seat import draw_hand_over, draw_name_decider, draw_pass_on, draw_reassign
from bot.views.forms.settings import draw_seat_settings
from bot.views.forms.she_says import draw_she_says
from bot.views.lists import (
    draw_found,
    draw_help,
    draw_list,
    draw_mine,
    draw_propose_help,
    draw_roster,
    draw_setup_offer,
    draw_show,
)
from bot.views.messages import MESSAGES
from bot.views.scene import Scene
from bot.views.whispers import draw_whisper
from bot.wording import Wording
from bot.written_out import Place
from seat.digest import digest
from seat.facts import Review

LINK = (
    "https://example.slack.com/archives/C00000000/p1772445600000100"
    "?thread_ts=1772445600.000100&cid=C00000000"
)
CHANNEL = "C00000000"
STATES: Mapping[str, Review] = {
    "asked": ASKED,
    "half answered": HALF,
    "heard": HEARD,
    "decided": DECIDED,
}
ONLY_IN: Mapping[str, Mapping[str, Review]] = {
    "objection_for_proposer": {"objected to": HALF},
    "reply_for_advocate": {"objected to": HALF},
    "decision": {"decided": DECIDED},
    "decision_for_advocate": {"decided": DECIDED},
    "decided_for_proposer": {"decided": DECIDED},
    "unseated_for_keeper": {"with nobody seated": UNSEATED},
    "another_decider": {"a decider is silent": HEARD},
    "keeper_left": {"one has left": HALF},
    "unkept": {"all have left": HALF},
    "reviews_go": {"some go": HALF},
    "hello": {"greeted": HALF},
    "invited": {"invited": HALF},
    "digest": {"a week's": HALF},
    "on_the_roster": {"joined": HALF},
    "parked_for_keeper": {"archived": HALF},
    "shared_for_keeper": {"shared": HALF},
    "checklist_broken_for_keeper": {"one mistake": HALF},
}
"""In which states a message is ever sent, where it is not in each or looks alike in all."""
ARGS: Mapping[str, Mapping[str, Any]] = {
    "revision": {"number": 2, "difference": {"title": {"before": "old", "after": "new"}}},
    "revision_for_advocate": {
        "number": 2,
        "difference": {"title": {"before": "old", "after": "new"}},
    },
    "parked_for_keeper": {"what": "card", "error": "is_archived"},
    "deleted_for_keeper": {"what": "card", "thread": True},
    "checklist_broken_for_keeper": {"mistakes": ["pricing.yaml, line 3: hint: is too long"]},
    "not_taken": {
        "template": "not_understood_stance",
        "args": {"number": None, "question": ""},
    },
    "private_answer": {"template": "refusals.form_not_opened", "args": {}},
    "on_the_roster": {"seat_id": 1},
    "open_again": {"move": "reopen", "reason": "New numbers came in."},
    "moved": {"move": "reopen", "reason": "New numbers came in."},
    "instead": {"letter": "seat", "person": ANA, "with": {}},
    "another_decider": {"decider": LEE, "why": "silent"},
    "keeper_left": {"left": SAM, "why": "not_in_channel", "keepers": [LEE]},
    "unkept": {"until": "2027-03-09"},
    "reviews_go": {"on": "2027-04-01", "numbers": [7, 9], "channel": CHANNEL, "months": 24},
    "hello": {"home": CHANNEL},
    "invited": {"home": CHANNEL},
    "digest": {"digest": digest([HALF, HEARD, DECIDED], NOW, seat_id=1), "links": {1: LINK}},
}
"""What each kind is queued with, where it is queued with something."""
READERS = {"advocate": ANA, "stand-in": BEN, "proposer": SAM, "decider": LEE}


@dataclass(frozen=True, slots=True)
class Sample:
    """`name`: which message or form, and the state it is drawn in. `content`: as Slack gets it."""

    name: str
    what: Literal["message", "view"]
    content: dict[str, Any]


def draw_samples(wording: Wording) -> Iterator[Sample]:
    for kind, message in MESSAGES.items():
        for state, review in ONLY_IN.get(kind, STATES).items():
            here = _scene(READERS.get(message.to, ""), **ARGS.get(kind, {}))
            drawn = message(review, here, wording)
            yield Sample(
                f"{kind}, {state}", "message", {"text": drawn.text, "blocks": drawn.blocks}
            )
    for name, answer in _answers(wording).items():
        yield Sample(name, "message", answer)
    for name, view in _forms(wording).items():
        yield Sample(f"form: {name}", "view", view)


def _scene(reader: str = "", **args: Any) -> Scene:
    return Scene(
        names=NAMES,
        now=NOW,
        channel_name=Place("pricing", CHANNEL),
        channel_people=12,
        link=LINK,
        tz="Europe/Madrid",
        args=args,
        reader=reader,
    )


def _answers(wording: Wording) -> dict[str, dict[str, Any]]:
    here = _scene(SAM, links={"1": LINK}, channels={CHANNEL: Place("pricing", CHANNEL)})
    line = draw_whisper("refusals.no_seat_here", {}, wording)
    return {
        "list": draw_list([ASKED, HEARD], here, wording, state="open"),
        "found by title": draw_found([ASKED, HEARD], here, wording, words="team plan"),
        "mine": draw_mine([HALF], here, wording),
        "show": draw_show(DECIDED, here, wording, may_redact=True),
        "roster": draw_roster([ANA, BEN], [ANA], here, wording),
        "help": draw_help(wording),
        "help with proposing": draw_propose_help(wording, ["pricing", "product"]),
        "offer to set up": draw_setup_offer(wording, channel_id=CHANNEL, channel_name="pricing"),
        "private line": {"text": line.text, "blocks": line.blocks},
    }


def _forms(wording: Wording) -> dict[str, dict[str, Any]]:
    ana, lee, sam = _scene(ANA), _scene(LEE), _scene(SAM)
    kinds = [("pricing", "Pricing"), ("product", "Product")]
    proposal = draw_propose_change(
        sam, wording, channel_id=CHANNEL, kinds=kinds, personas=["first-year small business"]
    )
    return {
        "propose": proposal,
        "propose, with more": draw_more_fields(proposal, sam, wording),
        "propose, refused": draw_refusal(wording, "no_seat_here", {}),
        "revise": draw_revise(HALF, sam, wording),
        "settings": draw_seat_settings(lee, wording, channel_id=CHANNEL),
        "take words off": draw_redact(HALF, lee, wording, parts={"field:title": HALF.title}),
        "take these off": draw_redact_sure(
            HALF, lee, wording, part="field:title", words=HALF.title
        ),
        "the whole proposal": draw_whole_proposal(ASKED, ana, wording),
        "answer": draw_answer_form(HALF, ana, wording),
        "answer one": draw_answer_one(HALF, ana, wording, HALF.questions[1]),
        "what would change her mind": draw_mind_alone(HALF, ana, wording, 1),
        "object": draw_object(HALF, ana, wording),
        "reply to an objection": draw_reply_objection(HALF, sam, wording, 1),
        "she says": draw_she_says(HEARD, ana, wording),
        "pass on": draw_pass_on(ASKED, ana, wording),
        "hand over": draw_hand_over(ASKED, ana, wording, roster=[ANA, BEN]),
        "reassign": draw_reassign(ASKED, lee, wording, roster=[ANA, BEN]),
        "name who decides": draw_name_decider(HEARD, lee, wording),
        "choose a channel": draw_choose_channel(wording),
        "one moment": draw_moment(wording),
        "decide": draw_decide(HEARD, lee, wording),
        "withdraw": draw_withdraw(HALF, sam, wording),
        "reopen": draw_reopen(DECIDED, lee, wording),
    }
