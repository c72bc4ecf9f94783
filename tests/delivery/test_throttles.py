"""Token buckets on a clock given from outside."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.throttles import (
    LIMITS,
    MANY,
    POST,
    POSTS_IN_A_CHANNEL,
    Rate,
    Throttles,
    _Bucket,
    _free_at,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_burst_then_one_a_second_in_each_channel() -> None:
    throttles = Throttles()
    for _ in range(3):
        assert throttles.take("T1", POST, now=START, channel="C1") is None
    assert throttles.take("T1", POST, now=START, channel="C1") == START + SECOND
    assert throttles.take("T1", POST, now=START, channel="C2") is None
    assert throttles.take("T1", POST, now=START + SECOND, channel="C1") is None


@given(
    rate=st.sampled_from([*LIMITS.values(), POSTS_IN_A_CHANNEL]),
    steps=st.lists(st.integers(0, 2_000_000), min_size=20, max_size=60),
)
def test_who_has_to_wait_is_told_a_time_to_come(rate: Rate, steps: list[int]) -> None:
    """Parts of a token add up to nearly one: the campaign's seed 1177 span on that for ever."""
    throttles, now = Throttles(limits={"chat.update": rate}), START
    for microseconds in steps:
        now += timedelta(microseconds=microseconds)
        later = throttles.take("T1", "chat.update", now=now)
        assert later is None or later > now


def test_a_wait_too_short_to_be_told_is_none() -> None:
    bucket = _Bucket(1 - 1e-9, START)
    assert _free_at(bucket, Rate(50, 1), START) is None


def test_methods_and_workspaces_are_apart() -> None:
    throttles = Throttles(limits={"chat.update": Rate(60, 1)})
    assert throttles.take("T1", "chat.update", now=START) is None
    assert throttles.take("T1", "chat.update", now=START) == START + SECOND
    assert throttles.take("T2", "chat.update", now=START) is None
    assert throttles.take("T1", "reactions.add", now=START) is None


def test_what_slack_says_about_resting_holds_for_that_method_only() -> None:
    throttles = Throttles.none()
    throttles.rest("T1", POST, seconds=20, now=START)
    assert throttles.take("T1", POST, now=START, channel="C1") == START + 20 * SECOND
    assert throttles.take("T1", "chat.update", now=START) is None
    assert throttles.take("T2", POST, now=START, channel="C1") is None
    assert throttles.take("T1", POST, now=START + 20 * SECOND, channel="C1") is None


def test_a_channel_that_was_refused_rests_alone() -> None:
    throttles = Throttles.none()
    throttles.rest("T1", POST, seconds=20, now=START, channel="C1")
    assert throttles.take("T1", POST, now=START, channel="C1") == START + 20 * SECOND
    assert throttles.take("T1", POST, now=START, channel="C2") is None
    assert throttles.take("T1", "chat.update", now=START, channel="C1") is None
    assert throttles.take("T1", POST, now=START + 20 * SECOND, channel="C1") is None


def test_two_channels_refused_at_once_rest_the_method_everywhere() -> None:
    throttles = Throttles.none()
    throttles.rest("T1", POST, seconds=20, now=START, channel="C1")
    throttles.rest("T1", POST, seconds=30, now=START + 10 * SECOND, channel="C2")
    later = START + 10 * SECOND
    assert throttles.take("T1", POST, now=later, channel="C3") == START + 40 * SECOND
    assert throttles.take("T2", POST, now=later, channel="C3") is None
    assert throttles.take("T1", POST, now=START + 40 * SECOND, channel="C3") is None


def test_two_channels_refused_one_after_the_other_are_each_their_own() -> None:
    throttles = Throttles.none()
    throttles.rest("T1", POST, seconds=20, now=START, channel="C1")
    throttles.rest("T1", POST, seconds=20, now=START + 20 * SECOND, channel="C2")
    assert throttles.take("T1", POST, now=START + 20 * SECOND, channel="C3") is None


def test_the_same_channel_refused_again_is_one_channel() -> None:
    throttles = Throttles.none()
    for second in (0, 5):
        throttles.rest("T1", POST, seconds=20, now=START + second * SECOND, channel="C1")
    assert throttles.take("T1", POST, now=START + 6 * SECOND, channel="C2") is None


def test_a_refused_try_costs_nothing() -> None:
    """Held back by its channel, a post does not use up the workspace's."""
    throttles = Throttles(limits={POST: Rate(60, 4)})
    for _ in range(10):
        throttles.take("T1", POST, now=START, channel="C1")
    assert throttles.take("T1", POST, now=START, channel="C2") is None


def test_a_minute_holds_no_more_than_the_tier_and_its_burst() -> None:
    throttles = Throttles()
    sent = sum(
        throttles.take("T1", "chat.update", now=START + tenth * SECOND / 10) is None
        for tenth in range(600)
    )
    assert 50 <= sent <= 55


def test_a_clock_that_steps_back_takes_nothing_away() -> None:
    throttles = Throttles(limits={"chat.update": Rate(60, 2)})
    throttles.take("T1", "chat.update", now=START)
    assert throttles.take("T1", "chat.update", now=START - 60 * SECOND) is None


def test_channels_nobody_posts_to_are_forgotten() -> None:
    throttles = Throttles()
    throttles.rest("T1", "chat.update", seconds=600, now=START)
    for number in range(MANY):
        throttles.take("T1", POST, now=START + number * SECOND, channel=f"C{number}")
    later = START + (MANY + 120) * SECOND
    throttles.rest("T1", "chat.update", seconds=600, now=later - 120 * SECOND)
    throttles.take("T1", POST, now=later, channel="C0")
    assert len(throttles._buckets) < 100
    assert throttles.take("T1", "chat.update", now=later) is not None
