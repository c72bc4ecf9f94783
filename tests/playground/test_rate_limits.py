"""Slack's tiers, on a clock that is moved by hand."""

from types import SimpleNamespace

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import HandClock, Playground
from playground.web_api.limiter import Limiter


def test_a_tier_is_so_many_calls_a_minute(clock: HandClock) -> None:
    limiter = Limiter(clock)
    limiter.leniency = 1
    call = {"team": "T1", "method": "conversations.list", "channel": None}
    assert [limiter.seconds_to_wait(**call) for _ in range(20)] == [None] * 20
    clock.advance(15)
    assert limiter.seconds_to_wait(**call) == 45
    assert limiter.seconds_to_wait(**{**call, "team": "T2"}) is None
    clock.advance(45)
    assert limiter.seconds_to_wait(**call) is None


def test_posts_are_one_a_second_for_each_channel_after_a_burst(clock: HandClock) -> None:
    limiter = Limiter(clock)
    limiter.post_burst = 3
    post = {"team": "T1", "method": "chat.postMessage", "channel": "C1"}
    assert [limiter.seconds_to_wait(**post) for _ in range(4)] == [None, None, None, 1]
    assert limiter.seconds_to_wait(**{**post, "channel": "C2"}) is None
    clock.advance(1)
    assert [limiter.seconds_to_wait(**post) for _ in range(2)] == [None, 1]


def test_an_app_sold_outside_the_marketplace_reads_history_once_a_minute(clock: HandClock) -> None:
    limiter = Limiter(clock)
    limiter.commercial = True
    call = {"team": "T1", "method": "conversations.history", "channel": "C1"}
    assert [limiter.seconds_to_wait(**call) for _ in range(2)] == [None, 60]


def test_a_bot_that_posts_too_fast_gets_a_429(
    slack: Playground, client: WebClient, place: SimpleNamespace
) -> None:
    slack.limiter.post_burst = 2
    for _ in range(2):
        client.chat_postMessage(channel=place.pricing.id, text="x")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=place.pricing.id, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["retry-after"] == "1"
    slack.limiter.enabled = False
    assert client.chat_postMessage(channel=place.pricing.id, text="x")["ok"]
