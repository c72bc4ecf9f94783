"""Slack links names and addresses that a bot sends as letters, unless it is told not to."""

from types import SimpleNamespace as Where
from typing import Any

import pytest
from slack_sdk import WebClient

TYPED = "@here see #pricing, https://x.invalid/a"


def linked(place: Where) -> str:
    return f"<!here> see <#{place.pricing.id}|pricing>, <https://x.invalid/a>"


def block(**how: Any) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": TYPED, **how}}]


@pytest.mark.parametrize("how", [{}, {"verbatim": False}])
def test_in_mrkdwn_that_is_not_verbatim(client: WebClient, place: Where, how: Any) -> None:
    client.chat_postMessage(channel=place.pricing.id, text="x", blocks=block(**how))
    assert place.pricing[0].blocks[0]["text"]["text"] == linked(place)


def test_not_in_verbatim_mrkdwn_nor_in_plain_text(client: WebClient, place: Where) -> None:
    plain = {"type": "header", "text": {"type": "plain_text", "text": TYPED}}
    blocks = [*block(verbatim=True), plain]
    client.chat_postMessage(channel=place.pricing.id, text="x", blocks=blocks)
    assert [b["text"]["text"] for b in place.pricing[0].blocks] == [TYPED, TYPED]


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ({}, "@here see #pricing, <https://x.invalid/a>"),
        ({"parse": "none"}, TYPED),
        ({"parse": "full"}, None),
        (
            {"parse": "none", "link_names": True},
            "<!here> see <#PRICING|pricing>, https://x.invalid/a",
        ),
    ],
)
def test_in_the_text_of_a_post_as_parse_says(
    client: WebClient, place: Where, how: Any, kept: str | None
) -> None:
    client.chat_postMessage(channel=place.pricing.id, text=TYPED, **how)
    expected = linked(place) if kept is None else kept.replace("PRICING", place.pricing.id)
    assert place.pricing[0].text == expected


@pytest.mark.parametrize(("how", "links"), [({}, True), ({"parse": "none"}, False)])
def test_an_update_links_unless_it_is_told_not_to(
    client: WebClient, place: Where, how: Any, links: bool
) -> None:
    """Its `parse` is client unless said otherwise, whatever the post said."""
    ts = client.chat_postMessage(channel=place.pricing.id, text="x", parse="none")["ts"]
    client.chat_update(channel=place.pricing.id, ts=ts, text=TYPED, **how)
    assert place.pricing[0].text == (linked(place) if links else TYPED)


def test_people_are_linked_where_link_names_asks_for_it(client: WebClient, place: Where) -> None:
    name = place.sam.record.name
    client.chat_postMessage(channel=place.pricing.id, text=f"@{name}", link_names=True)
    assert place.pricing[0].text == f"<@{place.sam.id}>"
