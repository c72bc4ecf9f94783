"""Who may do what, and by which way in it is done: the two tables that the tests read.

`.` is no, `pub` only where the channel is public.
"""

WHO_MAY = """
                member roster guest outside visitor away gone proposer advocate stand_in former decider keeper admin other
set_up          yes    yes    .     .       .       pub  .    yes      yes      yes      yes    yes     yes    yes   .
propose         yes    yes    .     .       .       .    .    yes      yes      yes      yes    yes     yes    yes   .
add_voice       yes    yes    .     .       .       .    .    yes      yes      yes      yes    yes     yes    yes   .
answer          .      .      .     .       .       .    .    .        yes      .        .      .       .      .     .
hold_seat       .      .      .     .       .       .    .    .        yes      .        .      .       .      .     .
take_offer      .      .      .     .       .       .    .    .        .        yes      .      .       .      .     .
take_back       .      yes    .     .       .       .    .    .        yes      yes      yes    .       .      .     .
volunteer       .      yes    .     .       .       .    .    .        yes      yes      yes    .       .      .     .
reseat          .      .      .     .       .       .    .    .        .        .        .      .       yes    .     .
revise          .      .      .     .       .       .    .    yes      .        .        .      .       .      .     .
reply_objection .      .      .     .       .       .    .    yes      .        .        .      .       .      .     .
withdraw        .      .      .     .       .       .    .    yes      .        .        .      .       yes    .     .
name_decider    .      .      .     .       .       .    .    yes      .        .        .      .       yes    .     .
decide          .      .      .     .       .       .    .    .        .        .        .      yes     .      .     .
overrule        .      .      .     .       .       .    .    .        .        .        .      yes     .      .     .
reopen          .      .      .     .       .       .    .    .        .        .        .      yes     yes    .     .
settings        .      .      .     .       .       .    .    .        .        .        .      .       yes    .     .
roster          .      .      .     .       .       .    .    .        .        .        .      .       yes    .     .
own_turns       .      yes    .     .       .       .    .    .        yes      yes      yes    .       .      .     .
replace_keepers .      .      .     .       .       .    .    .        .        .        .      .       yes    yes   .
take_over       .      .      .     .       .       .    .    .        .        .        .      .       .      yes   .
redact          .      .      .     .       .       .    .    .        .        .        .      .       yes    .     .
read            yes    yes    yes   yes     .       pub  .    yes      yes      yes      yes    yes     yes    yes   .
"""  # noqa: E501, a table
"""An act a line, a role a column. `volunteer` is judged where nobody sits, `take_over` where the
keepers have just left."""

ROLES = {
    "member": "a full member, in the channel, with no part in it",
    "roster": "takes turns there, and has none now",
    "guest": "a guest who is in the channel",
    "outside": "of another company, by Slack Connect, in the channel",
    "visitor": "a guest who was taken out of the channel",
    "away": "a full member who is not in the channel",
    "gone": "deactivated; takes turns and keeps the seat",
    "proposer": "of this review",
    "advocate": "in the seat now",
    "stand_in": "was offered the seat",
    "former": "had the seat, and passed it on just now",
    "decider": "of this review",
    "keeper": "of the channel's seat",
    "admin": "of the workspace",
    "other": "the keeper's id, in another workspace that has the bot",
}

WAYS = """
button  accept_seat            hold_seat take_offer
button  volunteer              volunteer
button  take_back              take_back
button  answer_one             answer
button  answer_tap             answer
button  dont_know              answer
button  all_still_true         answer
button  that_is_all            answer
button  confirm_heard          answer
button  answer_form            answer
button  answer_number          answer
button  part_of_asked          answer
button  still_objects          answer
button  she_says               answer
button  withdraw_objection     answer
button  reply_objection        reply_objection
button  mitigated              reply_objection answer
button  accept_objection       reply_objection answer
button  decide                 decide
button  revise                 revise
button  withdraw               withdraw
button  reopen                 reopen
button  reassign               reseat
button  hand_over              hold_seat
button  decline_seat           hold_seat
button  object                 answer
button  whole_proposal         read
button  why_me                 read
button  needs_full             answer
button  redact                 redact
button  leave_roster           -
button  more_fields            -
button  set_up                 settings
menu    decide                 decide
menu    revise                 revise
menu    withdraw               withdraw
menu    reopen                 reopen
menu    reassign               reseat
menu    hand_over              hold_seat
menu    decline_seat           hold_seat
menu    object                 answer
menu    whole_proposal         read
menu    why_me                 read
menu    needs_full             answer
menu    redact                 redact
form    propose_change         propose
form    choose_channel         propose
form    seat_settings          settings
form    answer_one             answer
form    answer_form            answer
form    object                 answer
form    she_says               answer
form    reply_objection        reply_objection
form    decline_seat           hold_seat
form    hand_over              hold_seat
form    reassign               name_decider
form    decide                 decide
form    revise                 revise
form    withdraw               withdraw
form    reopen                 reopen
form    redact                 redact
form    redact_sure            redact
command /propose-change        propose
command setup                  settings
command settings               settings
command list                   read
command show                   read
command roster                 read
command digest                 read
command mine                   -
command help                   -
shortcut propose_from_message  propose
shortcut propose_change        -
message thread                 answer
message private                answer
message edited                 answer
message crossed                answer
"""
"""A way in a line: what kind, its name in the product, the acts it does; whoever may do one of them
gets through. `-`: nobody's but one's own (`OWN`)."""

OWN = {
    "leave_roster": "takes the one who presses off the roster, and nobody else",
    "more_fields": "draws more empty fields into the form that is open",
    "mine": "lists what waits for the one who asks, of channels they can read",
    "help": "the same for everybody",
    "propose_change": "asks where; that form checks",
}

NO_WAY_YET = {
    "set_up": "by /customer-seat setup where no seat is; tests/dialogs/test_setting_up_a_seat.py",
    "take_over": "by setup too; tests/dialogs/test_when_those_who_keep_a_seat_leave.py",
    "overrule": "in the decide form, where an objection stands; tests/dialogs/test_deciding.py",
    "roster": "in the settings form",
    "own_turns": "leave_roster",
    "add_voice": "nothing does it yet",
    "replace_keepers": "nothing does it yet",
}
"""Acts that no line of `WAYS` names."""


def who_may() -> dict[tuple[str, str], str]:
    """By act and role: "yes", "." or "pub"."""
    head, *lines = WHO_MAY.strip("\n").splitlines()
    roles = head.split()
    found = {}
    for line in lines:
        act, *cells = line.split()
        found |= {(act, role): cell for role, cell in zip(roles, cells, strict=True)}
    return found


def ways() -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, name and acts."""
    lines = [line.split() for line in WAYS.strip().splitlines()]
    return [(kind, name, tuple(a for a in acts if a != "-")) for kind, name, *acts in lines]


def is_allowed(act: str, role: str, *, private: bool) -> bool:
    cell = who_may()[act, role]
    return cell == "yes" or (cell == "pub" and not private)
