"""What is said to whoever presses what is somebody else's: which act, who may, and what to do."""

import pytest

from bot.views.refusals import say_refusal
from seat.access import WHO_MAY, Act, Actor, Refused, Role, SeatFacts, may
from tests.seat.access_context import REVIEW
from tests.views.reviews import WORDING

NAMES = {
    "ANA": "Ana Lima", "BEN": "Ben Osei", "SAM": "Sam Ortiz", "LEE": "Lee Park", "KIM": "Kim Wu",
}  # fmt: skip

SENTENCES = {
    Act.ANSWER: "Only Ana Lima can speak for the customer in #18. "
    "What you know of the customer is welcome in the thread.",
    Act.HOLD_SEAT: "Only Ana Lima can take, pass on or hand over the customer's seat in #18. "
    "Whoever looks after the seat can with *Change who sits* on the card.",
    Act.TAKE_OFFER: "Only Ben Osei can take over the customer's seat in #18 from here. "
    "If it is free, *I'll sit* is on the card.",
    Act.TAKE_BACK: "Only people who take turns here can have the customer's seat in #18 again. "
    "`/customer-seat roster` shows who they are.",
    Act.RESEAT: "Only Kim Wu can change who speaks for the customer in #18. Ask Kim.",
    Act.REVISE: "Only Sam Ortiz can revise #18. Write in the thread what should change.",
    Act.REPLY_OBJECTION: "Only Sam Ortiz can answer an objection in #18. "
    "Write in the thread what you would offer.",
    Act.WITHDRAW: "Only Sam Ortiz or Kim Wu can withdraw #18. "
    "Write in the thread why it should go.",
    Act.NAME_DECIDER: "Only Sam Ortiz or Kim Wu can say who decides #18. Ask one of them.",
    Act.DECIDE: "Only Lee Park can decide #18. The proposer can name another in *Revise*.",
    Act.OVERRULE: "Only Lee Park can go ahead over an objection in #18. "
    "The proposer can name another in *Revise*.",
    Act.REOPEN: "Only Lee Park or Kim Wu can reopen #18. Write in the thread what has changed.",
    Act.SETTINGS: "Only Kim Wu can change the customer seat here. Ask Kim.",
    Act.ROSTER: "Only Kim Wu can change who takes turns here. Ask Kim.",
    Act.OWN_TURNS: "Only people who take turns here can say that they are away, or leave. "
    "`/customer-seat roster` shows who they are.",
    Act.REPLACE_KEEPERS: "Only Kim Wu, or a workspace admin, can change who looks after this "
    "seat. Ask Kim.",
    Act.REDACT: "Only Kim Wu can take words off the record of #18. Ask Kim.",
}  # fmt: skip
"""To a member of a public channel who has no part in the review."""

MAY = {Act.SET_UP, Act.PROPOSE, Act.ADD_VOICE, Act.READ}
"""What every member may."""


def refused(act: Act, who: Actor) -> Refused:
    verdict = may(act, who, SeatFacts(keepers=("KIM",)), REVIEW)
    assert isinstance(verdict, Refused)
    return verdict


def said(act: Act, verdict: Refused, *, plain: bool = False) -> str:
    values = {
        "act": str(act),
        "number": 18,
        "people": [NAMES[user] for user in verdict.names],
        "roles": [str(role) for role in verdict.who_may],
    }
    return say_refusal(verdict.reason, values, WORDING, plain=plain)


@pytest.mark.parametrize("act", SENTENCES)
def test_each_act_has_its_sentence(act: Act) -> None:
    assert said(act, refused(act, Actor("MEM"))) == SENTENCES[act]


def test_every_act_that_can_be_somebody_elses_is_in_the_table() -> None:
    # Taken as long as somebody sits, or looks after the seat: that they do is said instead.
    assert set(SENTENCES) | MAY | {Act.VOLUNTEER, Act.TAKE_OVER} == set(Act)


def test_the_seat_already_taken_and_the_roster() -> None:
    assert said(Act.VOLUNTEER, refused(Act.VOLUNTEER, Actor("MEM"))) == (
        "Ana Lima has the seat already."
    )
    off = Refused(refused(Act.DECIDE, Actor("MEM")).reason, (Role.ON_ROSTER,))
    assert said(Act.VOLUNTEER, off) == (
        "Only people who take turns here can take the customer's seat in #18. "
        "`/customer-seat roster` shows who they are."
    )


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_nobody_known_by_name_is_named_by_part(act: Act, role: Role) -> None:
    line = said(act, Refused(refused(Act.DECIDE, Actor("MEM")).reason, (role,)))
    assert line.startswith("Only ")
    assert " can " in line
    assert line.count(". ") == 1, "one sentence who may, one what to do"


@pytest.mark.parametrize("act", Act)
def test_who_is_not_in_the_channel_is_told_the_act_and_no_more(act: Act) -> None:
    verdict = may(act, Actor("OUT", False), SeatFacts(("KIM",), private=True), REVIEW)
    assert isinstance(verdict, Refused) or act is Act.SET_UP
    if isinstance(verdict, Refused):
        line = said(act, verdict)
        assert line.startswith("Only members of the channel can ")
        assert "do this" not in line
        assert not any(name in line for name in (*NAMES.values(), "18"))


def test_roles_and_buttons_in_a_form() -> None:
    assert WHO_MAY[Act.DECIDE] == (Role.DECIDER,)
    line = said(Act.DECIDE, refused(Act.DECIDE, Actor("MEM")), plain=True)
    assert line == 'Only Lee Park can decide #18. The proposer can name another in "Revise".'
