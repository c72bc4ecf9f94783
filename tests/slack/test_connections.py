"""Connections are kept, and a call is made once: what may have reached Slack is never repeated."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from bot.answers import Meaning
from bot.delivery.calls import Answer, call_slack
from bot.slack import connections
from bot.slack.client import Clients
from playground import Playground
from tests.slack.door import Moody

PATIENCE = 1


@contextmanager
def posting(url: str) -> Iterator[Callable[[], Answer]]:
    with closing(Clients(lambda _: "xoxb-1", url)) as clients:
        yield lambda: call_slack(
            clients, "T1", lambda c: c.chat_postMessage(channel="C1", text="hi"), timeout=PATIENCE
        )


def test_calls_one_after_the_other_share_a_connection() -> None:
    with Moody(lambda _: "answer") as slack, posting(slack.url) as post:
        assert [post().meaning for _ in range(5)] == [Meaning.SENT] * 5
        assert (slack.connections, len(slack.requests)) == (1, 5)
        assert b"Connection: close" not in slack.requests[0]


def test_calls_at_the_same_time_have_one_each_and_keep_both() -> None:
    together = threading.Barrier(3)

    def both(number: int) -> str:
        if number <= 2:
            together.wait(5)
        return "answer"

    with Moody(both) as slack, posting(slack.url) as post:
        others = [threading.Thread(target=post) for _ in range(2)]
        for other in others:
            other.start()
        together.wait(5)
        for other in others:
            other.join()
        post()
        assert (slack.connections, len(slack.requests)) == (2, 3)


def test_a_connection_closed_while_idle_is_replaced_before_anything_is_written() -> None:
    moods = ["answer and hang up", "answer"]
    with Moody(lambda n: moods[n - 1]) as slack, posting(slack.url) as post:
        assert post().meaning is Meaning.SENT
        assert slack.hung_up.wait(5)
        assert post().meaning is Meaning.SENT
        assert (slack.connections, len(slack.requests)) == (2, 2)


@pytest.mark.parametrize("mood", ["hang up", "half"])
def test_a_call_that_was_read_and_not_answered_is_in_doubt_and_not_repeated(mood: str) -> None:
    """On a connection that was kept too, where it looks most like one that was closed."""
    moods = ["answer", mood, "answer"]
    with Moody(lambda n: moods[n - 1]) as slack, posting(slack.url) as post:
        assert post().meaning is Meaning.SENT
        assert post().meaning is Meaning.IN_DOUBT
        assert (slack.connections, len(slack.requests)) == (1, 2)
        assert post().meaning is Meaning.SENT
        assert (slack.connections, len(slack.requests)) == (2, 3)


def test_an_answer_that_does_not_come_is_waited_for_as_long_as_was_asked() -> None:
    moods = ["answer", "say nothing"]
    with Moody(lambda n: moods[n - 1]) as slack, posting(slack.url) as post:
        post()
        assert post().meaning is Meaning.IN_DOUBT
        assert len(slack.requests) == 2


def test_nobody_there_leaves_no_doubt() -> None:
    with Moody(lambda _: "answer") as slack:
        url = slack.url
    with posting(url) as post:
        assert post().error == "not_sent"
    with posting("http://no-such-host.invalid/api/") as post:
        assert post().error == "not_sent"


def test_a_connection_left_for_long_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "IDLE_SECONDS", -1.0)
    with Moody(lambda _: "answer") as slack, posting(slack.url) as post:
        post()
        post()
        assert slack.connections == 2


def test_a_redirect_is_not_followed_with_what_was_to_be_posted(slack: Playground) -> None:
    """Slack's API has none; whoever answers one is something else on the way."""
    with posting(f"{slack.url}/page") as post:  # it redirects to the page, with a slash
        assert post().meaning is not Meaning.SENT
    assert slack.wire.calls() == []


def test_a_proxy_is_asked_to_make_the_request_but_for_whom_it_is_not_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Moody(lambda _: "answer") as proxy, Moody(lambda _: "answer") as slack:
        through = proxy.url.removesuffix("/api/").replace("http://", "http://me:se%40cret@")
        monkeypatch.setenv("HTTPS_PROXY", through)
        with posting("http://slack.test/api/") as post:
            assert post().meaning is Meaning.SENT
        assert proxy.requests[0].startswith(b"POST http://slack.test/api/chat.postMessage HTTP/1.1")
        assert b"Proxy-Authorization: Basic bWU6c2VAY3JldA==" in proxy.requests[0]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with posting(slack.url) as post:
            assert post().meaning is Meaning.SENT
        assert (len(proxy.requests), len(slack.requests)) == (1, 1)
        assert b"Proxy-Authorization" not in slack.requests[0]
