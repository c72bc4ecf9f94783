"""One channel that is throttled, archived or forbidden holds back nothing else."""

import statistics

import pytest

from tests.faults.company import Company, open_company
from tests.faults.troubles import Fate

GOOD = 5
LONGEST = 5.0
"""Seconds from the form to the card, on the clock that all share: no wait but our own pace."""


def propose_everywhere(company: Company) -> dict[str, float]:
    """Seconds until the card stood, by channel; those where it never came are left out."""
    began = company.hand.now()
    for channel in company.channels:
        company.sam.command("/propose-change", "", channel)
        told = {"told_to_her": "From 1 June you pay more.", "why": "Hosting is up."}
        fields = {"kind": "pricing", "title": f"Plan in {channel.name}", **told}
        assert company.sam.submit(decider=company.lee, **fields) == {}
    came: dict[str, float] = {}
    for _ in range(120):
        company.step()
        for channel in company.channels:
            if channel.name not in came and channel.from_bot:
                came[channel.name] = company.hand.now() - began
        company.hand.advance(0.5)
    return came


@pytest.mark.parametrize("trouble", ["throttled", "archived", "forbidden", "in doubt"])
def test_one_bad_channel_holds_back_nothing_else(
    trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_company(Fate(), channels=GOOD + 1) as company:
        bad = company.channels[0]
        really = company.slack._desk.take

        def take(method: str, token: str | None, given: dict[str, object]) -> object:
            if method == "chat.postMessage" and given.get("channel") == bad.id:
                if trouble == "forbidden":
                    company.slack.faults.add("error:restricted_action", count=1)
                if trouble == "in doubt":
                    company.slack.faults.add("error:internal_error", count=1)
                if trouble == "throttled":
                    # As Slack does it: that channel only, and for a minute.
                    company.slack.faults.add("error:message_limit_exceeded", count=1)
            return really(method, token, given)

        monkeypatch.setattr(company.slack._desk, "take", take)
        if trouble == "archived":
            company.work(lambda _: None)
            bad.record.archived = True
        came = propose_everywhere(company)
        good = [came.get(channel.name, 999.0) for channel in company.channels[1:]]
        assert bad.name not in came
        assert max(good) <= LONGEST, (statistics.median(good), good)
