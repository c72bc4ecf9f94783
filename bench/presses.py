"""How long a card waits while one guest presses what is refused, three hundred times.

    python -m bench.presses

The whole bot as `serve` runs it, sending, in a process of its own; the stand-in for Slack keeps
Slack's rate limits. Cards are timed from the form's being sent to the message's standing in the
channel, alone and beside the presses. docs/benchmarks.md keeps the results.
"""

import asyncio
import contextlib
import json
import os
import platform
import statistics
import tempfile
import time
from typing import Any

from rich.console import Console
from slack_sdk.signature import SignatureVerifier

from bench.ack import start_process
from bench.clients import make_requests, read_answer, sign
from playground import Playground
from playground.driver.message import Channel

PRESSES, CONNECTIONS = 300, 10
CARDS = 6
SPACING = 3.5
"""Seconds between two proposals: a channel takes one post a second, and each brings two."""
LIMIT = 1.0
"""Seconds that the presses may add to any card."""


def main() -> None:
    out = Console(width=110)
    out.print(
        f"{PRESSES} presses of one guest on {CONNECTIONS} connections beside {CARDS} proposals; "
        f"Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"{os.getloadavg()[0]:.1f} processes wanting them before.",
        highlight=False,
    )
    with tempfile.TemporaryDirectory(prefix="customer-seat-") as folder, Playground() as slack:
        people = [slack.add_person(f"Person {n}") for n in range(12)]
        guest = slack.add_person("Gus Guest", guest=True)
        channel = slack.add_channel("team", members=[*people, guest], bot_in=True)
        company = {
            "api_url": slack.api_url,
            "token": slack.bot_token,
            "secret": slack.signing_secret,
            "team": slack.team.id,
            "people": {person.id: person.real_name for person in people},
            "channels": {channel.id: channel.name},
            "guest": guest.id,
        }
        order = {"company": company, "database": f"sqlite:///{folder}/seat.db", "sending": True}
        with start_process("bench.served", json.dumps(order)) as (process, said):
            found = asyncio.run(measure(said["port"], company, channel))
            assert process.stdin is not None
            process.stdin.close()
    slowest = {name: max(times) for name, times in found.items()}
    for name, times in found.items():
        median = statistics.median(times)
        out.print(f"cards, {name}: median {median:.2f} s, slowest {slowest[name]:.2f} s")
    if slowest["beside the presses"] - slowest["alone"] > LIMIT:
        raise SystemExit(f"more than {LIMIT:.0f} s later")


async def measure(port: int, company: dict[str, Any], channel: Channel) -> dict[str, list[float]]:
    await time_cards(port, company, channel, "w")
    alone = await time_cards(port, company, channel, "a")
    pressing = asyncio.create_task(press_all(port, company, channel))
    beside = await time_cards(port, company, channel, "b")
    await pressing
    return {"alone": alone, "beside the presses": beside}


async def time_cards(port: int, company: dict[str, Any], channel: Channel, run: str) -> list[float]:
    """Seconds until each card stands in the channel, one begun every SPACING."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    for request in make_requests(company, run, CARDS):
        before, began = len(channel.messages), time.perf_counter()
        writer.write(request)
        status, _ = await read_answer(reader)
        assert status == 200
        while len(channel.messages) == before:
            await asyncio.sleep(0.005)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, SPACING - took[-1]))
    writer.close()
    return took


async def press_all(port: int, company: dict[str, Any], channel: Channel) -> None:
    signer, card = SignatureVerifier(company["secret"]), channel.messages[0]
    waiting = iter([sign(signer, press(company, card.ts, n)) for n in range(PRESSES)])

    async def one_hand() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            writer.write(request)
            assert (await read_answer(reader))[0] == 200
        writer.close()

    with contextlib.suppress(ConnectionError):
        await asyncio.gather(*(one_hand() for _ in range(CONNECTIONS)))


def press(company: dict[str, Any], ts: str, number: int) -> dict[str, Any]:
    (channel,) = company["channels"]
    return {
        "type": "block_actions",
        "team": {"id": company["team"], "domain": "acme"},
        "user": {"id": company["guest"], "team_id": company["team"], "username": "gus"},
        "api_app_id": "A0",
        "token": "unused",
        "trigger_id": f"2.{number}",
        "container": {"type": "message", "message_ts": ts, "channel_id": channel},
        "channel": {"id": channel, "name": "team"},
        "message": {"ts": ts, "type": "message"},
        "response_url": "https://example.com",
        "actions": [
            {
                "type": "button",
                "action_id": "volunteer",
                "block_id": "b",
                "value": "1:1",
                "action_ts": f"{time.time():.3f}{number:03}",
            }
        ],
    }


if __name__ == "__main__":
    main()
