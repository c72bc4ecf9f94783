"""The systemd unit gives the process what it needs, and nothing more."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy" / "customer-seat.service"
EXPOSURE = 2.0
"""The most that systemd may give: its scale ends at 10, and it calls below 3 *OK*."""

NEEDED = {
    "UMask": "0077",
    "StateDirectoryMode": "0700",
    "CapabilityBoundingSet": "",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
}


def read_service() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(UNIT.read_text())
    return parser["Service"]


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_it_is_shut_in(name: str) -> None:
    assert read_service()[name] == NEEDED[name]


def test_it_has_limits_and_a_filter_of_calls() -> None:
    service = read_service()
    assert re.fullmatch(r"\d+[MG]", service["MemoryMax"])
    assert "SystemCallFilter=@system-service\n" in UNIT.read_text()
    assert "SystemCallFilter=~@privileged @resources\n" in UNIT.read_text()


def test_systemd_calls_it_well_shut() -> None:
    """Where systemd is at hand; the tables above hold the same lines everywhere."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    grade = re.search(r"exposure level for .*: ([\d.]+)", told)
    if grade is None:  # a systemd older than 250 knows no --offline
        return
    assert float(grade[1]) <= EXPOSURE
