"""The same over TLS, with a certificate of the test's own: Web API and Socket Mode."""

import ssl
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import trustme

from bot.answers import Meaning
from bot.delivery.calls import Answer, call_slack
from bot.slack.client import Clients
from bot.slack.connections import tls
from bot.slack.socket_mode import SocketRunner
from playground import Playground
from playground.driver.message import Channel
from playground.driver.person import Person
from tests.slack.door import Door, opened
from tests.slack.socket_bot import BOTH, QUICK, Bot

HTTPS = "https://localhost/api/"
"""By its name and usual port, which only a proxy gets to: the SDK's sockets know no other."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """As a company's own authority is: SSL_CERT_FILE, read once a process."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls.cache_clear()
    yield
    tls.cache_clear()


def server(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def door(authority: trustme.CA, slack: Playground) -> Iterator[tuple[Door, str]]:
    """Slack's own, and its address."""
    door = Door(slack.port, server(authority))
    with opened(door) as port:
        yield door, f"https://localhost:{port}/api/"


@pytest.fixture
def proxy(
    authority: trustme.CA, slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Door]:
    """A company's way out, behind which Slack is found by its name."""
    door = Door(slack.port, server(authority), proxy=True)
    with opened(door) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://seat:secret@127.0.0.1:{port}")
        slack.world.url = "https://localhost"
        yield door


def post(clients: Clients, channel: Channel) -> Answer:
    def call(client: Any) -> Any:
        return client.chat_postMessage(channel=channel.id, text="hi")

    return call_slack(clients, "T1", call, timeout=5)


def test_calls_over_tls_share_one_greeting_and_one_context(
    trusted: None, door: tuple[Door, str], slack: Playground, pricing: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made: list[object] = []
    make = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: made.append(1) or make())
    with closing(Clients(lambda _: slack.bot_token, door[1])) as clients:
        assert {post(clients, pricing).meaning for _ in range(10)} == {Meaning.SENT}
        clients.of("T1", timeout=1).auth_test()  # of another patience: the same connection
    assert (door[0].opened, made) == (1, [1])
    assert len(pricing.messages) == 10


@pytest.mark.usefixtures("trusted")
def test_a_name_that_is_not_the_certificates_is_not_spoken_to(
    authority: trustme.CA, slack: Playground, pricing: Channel
) -> None:
    door = Door(slack.port, server(authority, "slack.test"))
    with (
        opened(door) as port,
        closing(
            Clients(lambda _: slack.bot_token, f"https://localhost:{port}/api/")
        ) as clients,
    ):  # fmt: skip
        assert post(clients, pricing).error == "not_sent"
    assert slack.wire.calls() == []


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(
    door: tuple[Door, str], slack: Playground, pricing: Channel
) -> None:
    with closing(Clients(lambda _: slack.bot_token, door[1])) as clients:
        assert post(clients, pricing).error == "not_sent"
    assert (door[0].opened, slack.wire.calls()) == (0, [])


@pytest.mark.usefixtures("trusted")
def test_a_proxy_passes_tls_on_and_may_refuse(
    proxy: Door, slack: Playground, pricing: Channel
) -> None:
    with closing(Clients(lambda _: slack.bot_token, HTTPS)) as clients:
        assert post(clients, pricing).meaning is Meaning.SENT
        assert post(clients, pricing).meaning is Meaning.SENT
        assert proxy.opened == 1
        asked = proxy.asked[0].splitlines()
        assert asked[0].startswith("CONNECT localhost:443 ")
        assert "Proxy-Authorization: Basic c2VhdDpzZWNyZXQ=" in asked
    proxy.refuses = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
    with closing(Clients(lambda _: slack.bot_token, HTTPS)) as clients:
        assert post(clients, pricing).error == "not_sent"


@pytest.mark.usefixtures("trusted")
def test_socket_mode_speaks_tls_and_is_replaced_when_it_breaks(
    proxy: Door, slack: Playground, bot: Bot, ana: Person, pricing: Channel
) -> None:
    runner = SocketRunner(
        bot.dispatch, app_token=slack.app_token, base_url=HTTPS, durations=QUICK
    )  # fmt: skip
    runner.start()
    try:
        slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
        assert "heard help" in str(ana.command("/customer-seat", "help", pricing))
        slack.sockets.warn()
        assert "heard list" in str(ana.command("/customer-seat", "list", pricing))
        slack.drop_socket_mode()
        slack.wait_until(lambda: slack.connections == BOTH and runner.connected == BOTH)
        assert "heard mine" in str(ana.command("/customer-seat", "mine", pricing))
    finally:
        runner.stop()
    assert all(asked.startswith("CONNECT localhost:443 ") for asked in proxy.asked)
    assert not any(line.is_connected() for line in runner._lines if line)


@pytest.mark.usefixtures("trusted")
def test_whom_the_proxy_is_not_for_is_spoken_to_directly(
    slack: Playground, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody is there
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    runner = SocketRunner(
        bot.dispatch, app_token=slack.app_token, base_url=slack.api_url, durations=QUICK
    )
    runner.start()
    try:
        slack.wait_until(lambda: slack.connections == BOTH)
    finally:
        runner.stop()
