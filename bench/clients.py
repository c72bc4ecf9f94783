"""Many people submitting the proposal form at once, over keep-alive connections as Slack uses them.

Bare sockets: an HTTP library's own work would be measured too, and takes the processor away from
what is measured.
"""

import asyncio
import itertools
import json
import time
from typing import Any
from urllib.parse import quote_plus

from slack_sdk.signature import SignatureVerifier


def make_requests(company: dict[str, Any], run: str, count: int) -> list[bytes]:
    """Signed submissions, each of another view, spread over people and channels."""
    signer = SignatureVerifier(company["secret"])
    people, channels = itertools.cycle(company["people"]), itertools.cycle(company["channels"])
    return [
        sign(signer, _submission(company, next(people), next(channels), f"V{run}{number}"))
        for number in range(count)
    ]


async def run_clients(port: int, requests: list[bytes], at_once: int) -> tuple[list[float], int]:
    """Seconds from sending to the whole answer, for each, and how many were not taken."""
    waiting = iter(requests)
    took: list[float] = []
    refused = 0

    async def one_client() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            started = time.perf_counter()
            writer.write(request)
            status, body = await read_answer(reader)
            took.append(time.perf_counter() - started)
            refused += status != 200 or body not in (b"", b"{}")
        writer.close()

    await asyncio.gather(*(one_client() for _ in range(at_once)))
    return took, refused


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((int(x[15:]) for x in lines if x.startswith("content-length:")), 0)
    return int(lines[0].split(" ")[1]), await reader.readexactly(length)


def sign(signer: SignatureVerifier, payload: dict[str, Any]) -> bytes:
    body = f"payload={quote_plus(json.dumps(payload))}"
    now = str(int(time.time()))
    signature = signer.generate_signature(timestamp=now, body=body)
    return (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _submission(company: dict[str, Any], user: str, channel: str, view: str) -> dict[str, Any]:
    def text(value: str | None) -> dict[str, Any]:
        return {"type": "plain_text_input", "value": value}

    fields: dict[str, dict[str, Any]] = {
        "kind": {"type": "static_select", "selected_option": {"value": "pricing"}},
        "title": text("Team plan from $39 to $49"),
        "told_to_her": text("From 1 June you pay $10 more a month and keep every feature."),
        "why": text("Hosting is up 18 %; this pays for weekend support."),
        "change": text(None),
        "affected": text("Everyone on the team plan"),
        "takes_effect": {"type": "datepicker", "selected_date": None},
        "decider": {"type": "users_select", "selected_user": None},
    }
    return {
        "type": "view_submission",
        "team": {"id": company["team"], "domain": "acme"},
        "user": {"id": user, "team_id": company["team"], "username": user.lower()},
        "api_app_id": "A0",
        "token": "unused",
        "is_enterprise_install": False,
        "trigger_id": f"1.{view}",
        "response_urls": [],
        "view": {
            "id": view,
            "team_id": company["team"],
            "type": "modal",
            "callback_id": "propose_change",
            "hash": "1.a",
            "private_metadata": json.dumps({"channel": channel}),
            "state": {"values": {name: {name: value} for name, value in fields.items()}},
            "blocks": [],
        },
    }
