"""One channel that is throttled, archived or forbidden holds back nothing else.

`python -m tests.faults.test_one_bad_channel` prints the figures that docs/reliability.md shows.
"""

import statistics
from collections.abc import Callable
from functools import cache

import pytest

from playground.driver.message import Channel
from tests.faults.company import Company
from tests.faults.furnishing import open_company
from tests.faults.troubles import Fate

GOOD = 7
LATER = 1.0
"""Seconds that a card may come later than with no trouble: two steps of the clock."""
TOLD_BY = ("chat.postMessage", "chat.update", "chat.postEphemeral", "reactions.add")


def _every_call(kind: str, *methods: str, **more: object) -> Callable[[Company, Channel], None]:
    """Each call about that channel has this fault, for as long as the run lasts."""

    def bring(company: Company, bad: Channel) -> None:
        for method in methods:
            company.slack.faults.add(kind, method=method, channel=bad.id, **more)

    return bring


def _archive(_company: Company, bad: Channel) -> None:
    bad.record.archived = True  # nobody told us


TROUBLES: dict[str, Callable[[Company, Channel], None]] = {
    "none": lambda company, bad: None,
    "rate-limited": _every_call("ratelimited", *TOLD_BY, retry_after=30),
    "over its message limit": _every_call("error:message_limit_exceeded", TOLD_BY[0]),
    "archived": _archive,
    "forbidden": _every_call("error:restricted_action", TOLD_BY[0]),
    "in doubt": _every_call("error:internal_error", TOLD_BY[0]),
}


@cache
def seconds_to_the_card(trouble: str) -> dict[str, float]:
    """From the form to the card, by channel, all proposed in one minute; the first has `trouble`.

    Seconds of the clock that all share, looked at twice a second: no wait but our own pace. A
    channel whose card never came is left out.
    """
    with open_company(Fate(), channels=GOOD + 1) as company:
        TROUBLES[trouble](company, company.channels[0])
        began = company.hand.now()
        for channel in company.channels:
            company.sam.command("/propose-change", "", channel)
            told = {"told_to_her": "From 1 June you pay more.", "why": "Hosting is up."}
            fields = {"kind": "pricing", "title": f"Plan in {channel.name}", **told}
            assert company.sam.submit(decider=company.lee, **fields) == {}
        came: dict[str, float] = {}
        for _ in range(40):
            company.step()
            for channel in company.channels:
                if channel.name not in came and channel.from_bot:
                    came[channel.name] = company.hand.now() - began
            company.hand.advance(0.5)
        return came


def good_ones(trouble: str) -> list[float]:
    came = seconds_to_the_card(trouble)
    return [came.get(f"pricing-{number}", 999.0) for number in range(1, GOOD + 1)]


@pytest.mark.parametrize("trouble", list(TROUBLES)[1:])
def test_one_bad_channel_holds_back_nothing_else(trouble: str) -> None:
    assert "pricing-0" in seconds_to_the_card("none")
    assert "pricing-0" not in seconds_to_the_card(trouble)
    fair, bad = good_ones("none"), good_ones(trouble)
    assert max(bad) <= max(fair) + LATER, (fair, bad)
    assert statistics.median(bad) <= statistics.median(fair) + LATER, (fair, bad)


def main() -> None:
    print(f"seconds from form to card in {GOOD} other channels, one more is …")
    for trouble in TROUBLES:
        took = good_ones(trouble)
        print(f"{trouble:24} median {statistics.median(took):.1f}   longest {max(took):.1f}")


if __name__ == "__main__":
    main()
