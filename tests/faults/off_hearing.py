"""Taken out: what keeps an act that Slack tells us of from being lost or done twice."""

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from slack_bolt import BoltResponse

from bot import catching_up
from bot.catching_up import CatchingUp
from bot.delivery import doubt
from bot.handlers import hear_thread
from bot.missed import Missed
from bot.reviews import hear_edit, notice_deletion
from bot.slack import resume
from bot.toolbox import Unheard
from playground.delivery.carrier import Answer
from tests.faults import company
from tests.faults.company import Company
from tests.faults.put_in_place import replace_in


def no_inbox(stack: ExitStack) -> None:
    stack.enter_context(patch("bot.toolbox.take_in", lambda *_, **__: None))


def acknowledge_first(stack: ExitStack) -> None:
    """Slack hears "done" before it is: what then fails is not sent again."""
    replace_in(stack, Company, "when_gone", Answer(200))


def no_tombstone(stack: ExitStack) -> None:
    really = hear_edit.keep_message

    def keep(*args: Any, deleted: bool = False, **more: Any) -> Any:
        return None if deleted else really(*args, **more)

    replace_in(stack, hear_edit, "keep_message", keep)


def no_versions(stack: ExitStack) -> None:
    """Whichever edit comes last counts."""
    newer = itertools.count(0, -1)
    replace_in(stack, hear_edit, "_order", lambda _version: next(newer))


def read_nothing_anew(stack: ExitStack) -> None:
    """What was said while the bot was away is not read when it is back."""
    replace_in(stack, CatchingUp, "want", lambda self: None)


def forget_what_was_missed(stack: ExitStack) -> None:
    """Nor where something came that the database could not take."""
    replace_in(stack, Unheard, "note", lambda self, *_: None)


def keep_nothing_early(stack: ExitStack) -> None:
    """A reply under a card that is not known yet is talk."""
    replace_in(stack, hear_thread, "keep_early", lambda *_, **__: False)
    replace_in(stack, hear_thread, "keep_early_deletion", lambda *_, **__: False)


def do_not_read_what_is_found(stack: ExitStack) -> None:
    """Of a card that was looked for and found, the thread is not read."""
    replace_in(stack, doubt, "want_one", lambda *_, **__: None)


def do_not_read_when_invited(stack: ExitStack) -> None:
    """What was said in a channel while we were not in it is not read when we are again."""
    replace_in(stack, resume, "want_all", lambda *_, **__: None)


def cross_whenever_it_comes(stack: ExitStack) -> None:
    """A cross has no time of its own: what was edited before, and is told later, undoes it."""
    really = hear_thread.untake
    replace_in(stack, hear_thread, "untake", lambda *a, **k: really(*a, **{**k, "version": ""}))


def deleted_is_gone(stack: ExitStack) -> None:
    """Of a message of ours: nobody heeds that Slack tells it."""
    replace_in(stack, hear_thread, "notice_deletion", lambda *_, **__: False)


def read_no_edits(stack: ExitStack) -> None:
    """Of what was said while the bot was away only what is new is heard."""
    _miss(stack, lambda missed: missed[1].get("subtype") == "message_changed")


def read_no_deletions(stack: ExitStack) -> None:
    """What was deleted while the bot was away still counts."""
    _miss(stack, lambda missed: missed[0].endswith(":gone"))


def _miss(stack: ExitStack, is_missed: Callable[[Missed], bool]) -> None:
    really = catching_up.find_missed

    def find(*args: Any, **more: Any) -> list[Missed]:
        return [each for each in really(*args, **more) if not is_missed(each)]

    replace_in(stack, catching_up, "find_missed", find)


def answer_200(stack: ExitStack) -> None:
    """Slack hears "done" of what the database could not take, and does not send it again."""
    really = company.dispatch

    def answer(*args: Any) -> BoltResponse:
        response = really(*args)
        return response if response.status == 200 else BoltResponse(status=200)

    replace_in(stack, company, "dispatch", answer)


def comes_back_each_time(stack: ExitStack) -> None:
    """A card or checklist comes back however often it is deleted."""
    really = notice_deletion._gone

    def gone(deed: Any, surface: Any, *args: Any, **more: Any) -> None:
        surface.reposted_at = None
        really(deed, surface, *args, **more)

    replace_in(stack, notice_deletion, "_gone", gone)
