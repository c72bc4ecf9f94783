"""Each mechanism, and how to take it out: what the campaign must then notice.

`kinds` are the troubles against which the mechanism stands; `seeds` are runs that caught its
absence, the cheapest first. One of them must: what a run meets moves with the product. A switch
changes the bot's own code, or what Slack has of its answer; never the auditor's.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.faults import off_due, off_hearing, off_sending
from tests.faults.troubles import (
    AFTER_ITS_CROSS,
    AT_ONCE,
    AWAY_FROM_CHANGES,
    AWAY_IN_DOUBT,
    DEATHS,
    FORBIDDEN,
    IN_A_TICK,
    LATE,
    ONE_CHANNEL,
    REVOKED,
    STOPPED,
    TAKEN_OUT,
    TROUBLES,
)

Switch = Callable[[ExitStack], None]


@dataclass(frozen=True, slots=True)
class Mechanism:
    name: str
    kinds: tuple[str, ...]
    seeds: tuple[int, ...]
    off: Switch


@contextmanager
def without(mechanism: Mechanism) -> Iterator[None]:
    with ExitStack() as stack:
        mechanism.off(stack)
        yield


CALL_LOST = ("connection dropped after", "answer after the time limit", "truncated JSON")
AWAY, SILENT = ("gone for a quarter of an hour",), ("database restarted",)

MECHANISMS = (
    Mechanism("inbox key", ("cut before the acknowledgement",), (0,), off_hearing.no_inbox),
    Mechanism(
        "commit, then acknowledge", ("killed before commit",), (20,), off_hearing.acknowledge_first
    ),
    Mechanism(
        "outbox in the deed's transaction",
        ("killed after commit",),
        (0,),
        off_sending.queue_afterwards,
    ),
    Mechanism("look for a post in doubt", CALL_LOST, (5,), off_sending.do_not_look),
    Mechanism("note that a post begins", ("killed sent",), (2, 4, 11, 12), off_sending.do_not_note),
    Mechanism("draw again what was found", CALL_LOST, (23, 34, 38, 42), off_sending.found_is_drawn),
    Mechanism("wanted and drawn", ("deed while sending",), (20,), off_sending.sent_is_drawn),
    Mechanism(
        "what is being sent is not known to be shown",
        TROUBLES,
        (7637,),
        off_sending.shows_what_was_stored,
    ),
    Mechanism("order in a lane", ("late delivery",), (0,), off_sending.newest_first),
    Mechanism(
        "a reply waits for its thread", ("500", "503"), (8, 6, 5, 9), off_sending.wait_for_nothing
    ),
    Mechanism("fencing token", ("overslept its lease",), (3, 5, 8, 10), off_sending.no_fence),
    Mechanism("leases run out", DEATHS, (2, 5, 3, 6), off_sending.leases_for_ever),
    Mechanism(
        "what is refused for now is sent later",
        ("429 with Retry-After",),
        (1,),
        off_sending.one_try,
    ),
    Mechanism("tombstone", ("reordered delivery",), (120,), off_hearing.no_tombstone),
    Mechanism("version of an edit", ("reordered delivery",), (36,), off_hearing.no_versions),
    Mechanism(
        "due rows end in their transaction",
        (IN_A_TICK,),
        (14, 34, 47, 1),
        off_due.done_before_it_is,
    ),
    Mechanism("one digest a week", DEATHS, (3,), off_due.a_digest_each_time),
    Mechanism(
        "reading what was missed",
        ("gone for a quarter of an hour",),
        (2, 12, 29, 35),
        off_hearing.read_nothing_anew,
    ),
    Mechanism(
        "where something was missed",
        ("database restarted",),
        (70,),
        off_hearing.forget_what_was_missed,
    ),
    Mechanism(
        "a reply before its card is known",
        (AT_ONCE,),
        (0,),
        off_hearing.keep_nothing_early,
    ),
    Mechanism(
        "a card found is read", (AWAY_IN_DOUBT,), (2,), off_hearing.do_not_read_what_is_found
    ),
    Mechanism("a second look", (LATE,), (7, 0, 1, 6), off_sending.repeat_after_one_look),
    Mechanism("a whisper at most once", CALL_LOST, (22,), off_sending.whisper_again),
    Mechanism("a channel rests alone", (ONE_CHANNEL,), (3,), off_sending.rest_everywhere),
    Mechanism("circuit breaker", (REVOKED,), (3,), off_sending.no_breaker),
    Mechanism("parked is told once", (FORBIDDEN,), (1,), off_sending.tell_each_time),
    Mechanism("stops when told", (STOPPED,), (10,), off_sending.do_not_stop),
    Mechanism("leases are given back", (STOPPED,), (0,), off_sending.keep_leases),
    Mechanism(
        "reading where we were not", (TAKEN_OUT,), (19,), off_hearing.do_not_read_when_invited
    ),
    Mechanism("edits are read", (AWAY_FROM_CHANGES,), (9, 11, 2, 3), off_hearing.read_no_edits),
    Mechanism(
        "deletions are read", (AWAY_FROM_CHANGES,), (0, 10, 13, 17), off_hearing.read_no_deletions
    ),
    Mechanism("500 where it could not be stored", SILENT, (3, 1, 6, 7), off_hearing.answer_200),
    Mechanism("comes back once", ("late delivery",), (20,), off_hearing.comes_back_each_time),
    Mechanism("waits to be invited", (TAKEN_OUT,), (0,), off_sending.drop_where_uninvited),
    Mechanism("an invitation opens the lane", (TAKEN_OUT,), (0,), off_sending.stay_shut),
    Mechanism("what is refused for good is parked", (FORBIDDEN,), (5,), off_sending.park_nothing),
    Mechanism("time of a cross", (AFTER_ITS_CROSS,), (2,), off_hearing.cross_whenever_it_comes),
    Mechanism("what is deleted comes back", ("late delivery",), (20,), off_hearing.deleted_is_gone),
)
