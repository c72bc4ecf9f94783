"""Processor time of one call to Slack over TLS: the SDK's client as it comes, and ours.

    python -m bench.calls

In the same run, against the same stand-in in a process of its own, with a certificate made for it.
The SDK's client reads the machine's trusted certificates each time; so do we, once.
"""

import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import trustme
from slack_sdk import WebClient

from bot.slack.client import Clients
from playground import Playground
from tests.slack.door import Door, opened
from tests.slack.test_tls import server

CALLS = 100
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")


def serve(authority: bytes, tell: Connection) -> None:
    """A Slack behind TLS, until told to stop."""
    ca = trustme.CA.from_pem(*authority.split(b"\0"))
    with Playground(rate_limits=False) as slack, opened(Door(slack.port, server(ca))) as port:
        tell.send((f"https://localhost:{port}/api/", slack.bot_token))
        tell.recv()


def measure(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time and by the clock for each of CALLS, the first left out."""
    call()
    processor, clock = time.process_time(), time.perf_counter()
    for _ in range(CALLS):
        call()
    spent = time.process_time() - processor, time.perf_counter() - clock
    return 1000 * spent[0] / CALLS, 1000 * spent[1] / CALLS


def main() -> None:
    ca = trustme.CA()
    pems = b"\0".join((ca.cert_pem.bytes(), ca.private_key_pem.bytes()))
    ours, theirs = multiprocessing.Pipe()
    slack = multiprocessing.get_context("spawn").Process(target=serve, args=(pems, theirs))
    slack.start()
    url, token = ours.recv()
    with tempfile.NamedTemporaryFile(suffix=".pem") as trusted:
        # As many certificates as a machine has, and one more.
        machine = TRUSTED.read_bytes() if TRUSTED.exists() else b""
        trusted.write(machine + ca.cert_pem.bytes())
        trusted.flush()
        os.environ["SSL_CERT_FILE"] = trusted.name
        before = measure(WebClient(token, url, retry_handlers=[]).auth_test)
        with closing(Clients(lambda _: token, url)) as clients:
            after = measure(clients.of("").auth_test)
    ours.send("stop")
    slack.join()
    print(f"Python {platform.python_version()}, {machine.count(b'BEGIN')} trusted certificates")
    for name, (processor, clock) in (("the SDK's client", before), ("ours", after)):
        print(f"{name:17} {processor:6.2f} ms of processor time, {clock:6.2f} ms by the clock")
    print(f"{before[0] / after[0]:.0f} times less processor time")


if __name__ == "__main__":
    main()
