"""Ten of the stories about answering, told again on PostgreSQL and over Socket Mode."""

from collections.abc import Callable, Iterator

import pytest

from tests.databases import drop_postgres, fresh_postgres_url
from tests.dialogs import (
    test_asking_for_the_full_list as full_list,
)
from tests.dialogs import (
    test_editing_and_deleting_a_reply as editing,
)
from tests.dialogs import (
    test_filling_in_the_answer_form as form,
)
from tests.dialogs import (
    test_messages_that_come_twice_late_or_out_of_order as disorder,
)
from tests.dialogs import (
    test_one_whole_review as whole,
)
from tests.dialogs import (
    test_replying_in_the_thread as replying,
)
from tests.dialogs import (
    test_saying_back_what_was_heard as saying_back,
)
from tests.dialogs import (
    test_tapping_answers as tapping,
)
from tests.dialogs.office import Office, open_office

STORIES: list[Callable[[Office], None]] = [
    whole.test_a_change_is_proposed_answered_decided_and_told_of_on_monday,
    replying.test_ten_answers_in_a_burst_make_few_updates,
    replying.test_a_thin_answer_gets_one_private_why_and_the_reply_is_kept,
    editing.test_editing_the_message_of_an_objection_edits_it_and_deleting_withdraws_it,
    editing.test_an_edit_after_the_decision_adds_its_mark_and_changes_nothing_else,
    disorder.test_every_delivery_may_come_twice,
    form.test_a_field_changed_in_the_thread_meanwhile_gets_an_error_beside_it,
    tapping.test_a_whole_review_by_buttons_only_between_two_calls,
    saying_back.test_several_fixes_in_a_burst_are_said_back_once,
    full_list.test_the_full_list_keeps_what_was_answered_under_its_new_number,
]


@pytest.fixture
def other_office() -> Iterator[Office]:
    url = fresh_postgres_url()
    try:
        with open_office(url, socket_mode=True) as office:
            yield office
    finally:
        drop_postgres(url)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.removeprefix("test_"))
def test_it_goes_the_same(story: Callable[[Office], None], other_office: Office) -> None:
    assert other_office.slack.connections >= 1
    assert not other_office.store.is_sqlite
    story(other_office)
