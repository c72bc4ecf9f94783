"""Everything that is drawn, as one table: a name and what draws it for any review."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.views.digest import draw_digest_of
from bot.views.forms.again import come_back
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
from bot.views.forms.seat import (
    draw_hand_over,
    draw_name_decider,
    draw_pass_on,
    draw_reassign,
)
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
from bot.views.meanwhile import answer_lines, changed_lines
from bot.views.messages import MESSAGES
from bot.views.pen import Pen
from bot.views.scene import Drawn, Scene
from bot.views.whispers import draw_whisper
from bot.views.why import draw_why_me
from bot.wording import Wording
from seat.digest import Digest, Promise, digest
from seat.facts import Answer, AnswerState, ObjectionState, Review, State
from seat.her_words import her_words, to_data
from seat.leaving import Left
from seat.meanwhile import Entry, Seen
from seat.waiting import is_waiting_on
from tests.views.reading import read
from tests.views.reviews import (
    ANA,
    ASKED,
    BEN,
    DUE,
    LEE,
    LINK,
    NOW,
    OBJECTION,
    SAM,
    WORDING,
    scene,
    states,
)

FIELDS = ("title", "told_to_her", "why", "change", "affected", "links", "takes_effect")
WHISPERS = (
    "why",
    "ask_replace",
    "file_not_taken",
    "if_what",
    "help",
    "taken_back",
    "nothing_to_undo",
    "dm_paused",
    "dm_reply",
    "dm_which",
    "dm_nothing_asked",
    "dm_question",
    "thread_elsewhere",
    "not_understood_stance",
    "not_understood_skip_needs_reason",
    "not_understood_no_such_question",
    "not_understood_objection_needs_words",
    "not_understood_statement_needs_words",
    "not_understood_no_statement_asked",
    "not_understood_too_long",
    "not_understood_too_many_messages",
    "not_understood_too_many_objections",
    "not_understood_changed_too_often",
    "edited_after_decision",
    "seat_settings.saved_new",
    "seat_settings.saved",
    "redact.done",
)


def args_for(
    kind: str, text: str = "Notice is given in April", review: Review = ASKED
) -> list[dict[str, Any]]:
    """What each kind's surface is queued with, in every form it takes."""
    kept = {"version": review.statement_version - 1, "said": to_data(her_words(review))}
    differences = {
        "number": 2,
        "note": text,
        "difference": {name: {"before": "", "after": text} for name in FIELDS},
    }
    happened = {"move": "reopen", "by": LEE, "reason": text, "until": ""}
    returned = {"move": "return", "by": LEE, "reason": "", "until": "2027-06-01"}
    return {
        "revision": [
            differences,
            {"number": 2, "before": {"title": text, "links": text}, "after": {"title": "new"}},
            {"number": 3, "difference": {}},
            {"number": 4, "difference": {"takes_effect": {"before": "", "after": "2027-06-01"}}},
        ],
        "say_back": [{}, kept, {**kept, "confirmed": ANA}],
        "revision_for_advocate": [differences],
        "parked_for_keeper": [
            {"what": "card", "error": "is_archived"},
            {"what": "checklist", "error": "not_in_channel"},
            {"what": "digest", "error": "restricted_action_read_only_channel"},
            {"what": "react", "error": "could_not_draw"},
            {"what": "seat", "error": "in_doubt:missing_scope"},
            {"what": "card", "error": "edit_window_closed"},
            {"what": "seat", "error": "messages_tab_disabled"},
            {"what": "say_back", "error": "thread_not_found"},
            {"what": "seat", "error": "user_disabled"},
            {"what": text, "error": text},
            {"nameless": True},
        ],
        "shared_for_keeper": [{}, {"over": True}],
        "deleted_for_keeper": [
            {"what": what, "thread": thread}
            for what in ("card", "checklist")
            for thread in (True, False)
        ],
        "keeper_left": [
            {"left": LEE, "why": str(why), "keepers": keepers}
            for why in Left
            for keepers in ([SAM], [SAM, BEN])
        ],
        "reviews_go": [
            {"on": "2027-04-01", "numbers": [18], "channel": "C1", "months": 12},
            {"on": "2027-04-01", "numbers": [*range(1, 30)], "channel": "C1", "months": 24},
        ],
        "another_decider": [
            {"decider": LEE, "why": "silent"},
            {"decider": LEE, "why": "deactivated"},
            {"decider": LEE, "why": "outside"},
            {"decider": BEN, "why": "silent"},
        ],
        "heard_for_decider": [{}, {"instead_of": BEN, "why": "deactivated"}],
        "unkept": [{"until": "2027-03-09"}, {"by": BEN}],
        "checklist_broken_for_keeper": [{"mistakes": [text] * 3}, {"mistakes": [text] * 40}],
        "not_taken": [
            {"template": "not_understood_stance", "args": {"number": None, "question": ""}},
            {"template": "ask_replace", "args": {"number": 1, "question": text}},
            {"template": "file_not_taken", "args": {"question": ""}, "over": True},
        ],
        "hello": [{}, {"home": "C00PRICING"}, {"home": "C00PRICING", "made": True}],
        "invited": [{"home": "C00PRICING"}, {"home": "C00PRICING", "made": True}],
        "private_answer": [
            {"template": "refusals.form_not_opened", "args": {}},
            {"template": "told", "args": {"text": WORDING.say("whispers.why", number=0)}},
        ],
        "seat": [{}, {"take_back_until": DUE}],
        "taken_back": [{"by": ANA}],
        "on_the_roster": [{"seat_id": 1}, {"seat_id": 1, "left": True}, {}],
        "instead": [{"letter": letter, "person": ANA, "with": {}} for letter in LETTERS],
        "moved": [{**happened, "move": "withdraw"}, happened, returned],
        "open_again": [happened, returned],
    }.get(kind, [{}])


LETTERS = ("seat", "nudge_advocate", "offer", "heard_for_decider", "nudge_decider")


def can_be_drawn(kind: str, review: Review) -> bool:
    """Some messages are only ever queued once there is an objection, or a decision."""
    if kind in ("objection_for_proposer", "reply_for_advocate"):
        return bool(review.objections)
    if kind in ("decision", "decision_for_advocate", "decided_for_proposer"):
        return review.decision is not None
    return kind != "digest"


def draw_messages(
    review: Review,
    wording: Wording,
    text: str = "Notice is given in April",
    *,
    readers: Sequence[str] = ("", ANA, BEN, LEE, SAM),
    **how: Any,
) -> Mapping[str, Drawn]:
    """Every message there is about this review, to everyone who might read it."""
    drawn = {}
    for kind, message in MESSAGES.items():
        if can_be_drawn(kind, review):
            for i, args in enumerate(args_for(kind, text, review)):
                for reader in readers:
                    drawn[f"{kind} {i} to {reader}"] = message(
                        review, scene(reader, **how, **args), wording
                    )
    drawn["digest"] = draw_digest_of(a_digest(review), scene(), wording, links={review.id: LINK})
    empty = digest([], NOW, seat_id=99)
    drawn["digest, empty"] = MESSAGES["digest"](None, scene(digest=empty), wording)
    for template in WHISPERS:
        args: dict[str, Any] = {"number": 3, "question": text, "option": "only if", "words": text}
        args["links"], args["privately"] = [LINK], 1
        args["reviews"] = [{"title": text, "url": LINK}, {"title": text}]
        drawn[f"whisper {template}"] = draw_whisper(template, args, wording)
    for reader in (ANA, SAM):
        why = draw_why_me(review, scene(reader), wording)
        drawn[f"told {reader}"] = draw_whisper("told", {"text": why}, wording)
    for name, answer in _answers(review, wording).items():
        drawn[name] = Drawn(answer["text"], answer["blocks"])
    return drawn


def a_digest(review: Review) -> Digest:
    many = [review] * 7
    promises = [Promise(review, review.title, SAM, NOW.date())] * 7
    made = digest(many, NOW, seat_id=review.seat_id, promises=promises)
    if review.decision and review.state is not State.OPEN:
        return digest(many, review.decision.at, seat_id=review.seat_id, promises=promises)
    return replace(made, next_up=BEN)


def _answers(review: Review, wording: Wording) -> dict[str, dict[str, Any]]:
    two_kinds = [review, replace(review, kind="product", kind_label="Product")]
    here = scene(ANA, links={str(review.id): LINK}, channels={review.channel_id: "pricing"})
    return {
        "list": draw_list([review] * 42, here, wording, state="open", more=3),
        "list, two kinds": draw_list(two_kinds, here, wording, state="open", more=3),
        "list, decided": draw_list([review], here, wording, state="decided"),
        "list, decided, two kinds": draw_list(two_kinds, here, wording, state="decided", more=3),
        "list, none": draw_list([], here, wording),
        "list, a kind": draw_list([review], here, wording, kind="Pricing", is_channel=True),
        "list, found": draw_found(two_kinds, here, wording, words="plan", more=3),
        "list, none decided": draw_list([], here, wording, state="decided"),
        **{
            f"mine to {who}": draw_mine([review], replace(here, reader=who), wording)
            for who in (ANA, LEE, SAM)
            if is_waiting_on(review, who)
        },
        "mine, many": draw_mine([review], here, wording, more=9),
        "mine, some left out": draw_mine([review], here, wording, unasked=2),
        "mine, all left out": draw_mine([], here, wording, unasked=1),
        "mine, none": draw_mine([], here, wording),
        "show": draw_show(review, here, wording),
        "roster": draw_roster([ANA] * 90, [SAM], here, wording),
        "roster, none": draw_roster([], [], here, wording),
        "help": draw_help(wording),
        "propose help": draw_propose_help(wording, ["pricing", "product"]),
        "offer to set up": draw_setup_offer(wording, channel_id="C1", channel_name="pricing"),
    }


REDACTED = (
    *(f"field:{name}" for name in FIELDS if name != "takes_effect"),
    "answer:1",
    "answer:7",
    "objection:1",
    "decision:1",
    "reasons",
)


def draw_forms(review: Review, wording: Wording, text: str = "") -> Mapping[str, dict[str, Any]]:
    """Every form, with `text` in each field that keeps what was typed."""
    typed = dict.fromkeys(("kind", "size", *FIELDS, "what_changed"), text)

    def of(draw: Callable[..., dict[str, Any]], **more: Any) -> dict[str, Any]:
        return draw(review, scene(ANA), wording, **more)

    forms = {
        "choose channel": draw_choose_channel(wording),
        "propose": draw_propose_change(
            scene(SAM), wording, channel_id="C1", kinds=[("pricing", "Pricing")], filled=typed
        ),
        "propose, private": draw_propose_change(
            Scene(names={}, now=NOW, channel_name="secret"),
            wording,
            channel_id="C1",
            kinds=[("pricing", "Pricing")],
            private=True,
            gone=LEE,
        ),
        "propose, with personas": draw_propose_change(
            scene(SAM),
            wording,
            channel_id="C1",
            kinds=[("pricing", "Pricing")],
            filled={"change": text or "Every team on the old plan moves at once. " * 90},
            personas=["First-year small business", "Agencies"],
        ),
        "propose, all of it": _with_more(wording),
        "settings": draw_seat_settings(scene(SAM), wording, channel_id="C1"),
        "settings, filled": draw_seat_settings(
            scene(SAM),
            wording,
            channel_id="C1",
            filled={
                "roster": [ANA, BEN],
                "keepers": [SAM],
                "timezone": "America/Indiana/Knox",
                "digest_day": "thu",
                "digest_time": "16:30",
                "answer_within": 1.5,
                "default_decider": LEE,
                "personas": ["first-year small business", text],
                "proposer_may_overrule": True,
            },
            version=4,
            offer_private_channel=False,
        ),
        "one moment": draw_moment(wording),
        "instead of a form": draw_refusal(
            wording, "try_again", {"roles": [], "people": []}, title="forms.explained"
        ),
        "revise": of(draw_revise),
        "answer": of(draw_answer_form),
        "object": of(draw_object),
        "she says": of(draw_she_says),
        "hand over": of(draw_hand_over, roster=[ANA, BEN, SAM, LEE]),
        "hand over, nobody": of(draw_hand_over, roster=[SAM, LEE, ANA]),
        "pass on": of(draw_pass_on),
        "redact": of(draw_redact, parts=dict.fromkeys(REDACTED, text or "At Acme, all of it")),
        **{
            f"redact {part}": of(draw_redact_sure, part=part, words=text or "At Acme, all of it")
            for part in REDACTED
        },
        "whole proposal": of(draw_whole_proposal),
        "reassign": of(draw_reassign),
        "name decider": of(draw_name_decider),
        "decide": of(draw_decide),
        "withdraw": of(draw_withdraw),
        "reopen": of(draw_reopen),
    }
    if review.questions and not text:
        long = {3: Answer(3, AnswerState.GIVEN, "She reads the invoice twice and calls. " * 100)}
        forms["answer, a long one"] = draw_answer_form(
            replace(review, answers=long), scene(ANA), wording
        )
    if not text:
        forms |= _come_back(review, wording)
    if review.questions:
        forms["answer one"] = of(draw_answer_one, question=review.questions[1])
    if review.objections:
        forms["mind"] = of(draw_mind_alone, number=review.objections[0].number)
        forms["reply"] = of(draw_reply_objection, number=review.objections[0].number)
    return forms


def _come_back(review: Review, wording: Wording) -> dict[str, dict[str, Any]]:
    """The decide form, after everything that it shows has changed; and what other forms say."""
    pen = Pen(wording, scene(LEE))
    open_, ended = replace(OBJECTION, number=2), replace(OBJECTION, number=3)
    ended = replace(ended, state=ObjectionState.WITHDRAWN)
    came = replace(OBJECTION, number=4, title="Nobody told her")
    replied = replace(
        OBJECTION, number=1, reply="We write to her.", offered=ObjectionState.MITIGATED
    )
    now = replace(review, objections=(replied, replace(open_, stands=True), ended, came))
    entries = [
        Entry("revised", {"title": "Team plan to $49"}, {"title": "Team plan to $490"}),
        Entry("reopen"),
        Entry("answer_given", {"state": "given", "text": "Fine by me."},
              {"number": review.closing.number if review.closing else 0}),
        Entry("stance", {"stance": "would_welcome"}),
        Entry("objection_edited", {"title": "She was promised"}, {"title": "She was told"}),
        Entry("objection_edited", {"title": "Promised"}, {"number": 2}),
        Entry("mind", {"text": "A year's notice"}, {"number": 1}),
        Entry("objection_reply", {"reply": "Hosting is up."}, {"number": 1}),
        Entry("objection_stands", {}, {"number": 2}),
        Entry("objection_withdrawn", {}, {"number": 3}),
        Entry("objected", {}, {"number": 4}),
        Entry("seated"),
        Entry("decider_named"),
    ]  # fmt: skip
    lines = changed_lines(now, entries, set(Seen), pen)
    unseated = replace(review, advocate=None)
    lines += changed_lines(unseated, [Entry("left")], {Seen.SEAT}, pen)
    if review.questions:
        before = {"state": "given", "text": "A year ago"}
        answered = Entry("answer_given", before, {"number": 2})
        lines += answer_lines(review, [answered], {2}, pen)
    typed = {"verdict": "go", "because": "Hosting is up.", "until": "2027-04-01",
             "accepts": ("4",), "overrule_9": "We wrote to her twice."}  # fmt: skip
    fields = pen.say("meanwhile.fields")
    return {
        "decide, come back": come_back(draw_decide(now, scene(LEE), wording), typed, lines, pen),
        "object, come back": come_back(
            draw_object(review, scene(ANA), wording), {"title": "No"}, [fields], pen
        ),
    }


def _with_more(wording: Wording) -> dict[str, Any]:
    kinds = [("pricing", "Pricing")]
    view = draw_propose_change(scene(SAM), wording, channel_id="C1", kinds=kinds)
    return draw_more_fields(view, scene(SAM), wording)


def drawn(kind: str, state: str, reader: str = "", **args: object) -> str:
    return read(MESSAGES[kind](states()[state], scene(reader, **args), WORDING))
