"""Zones come with us: what the machine says of them is not asked."""

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from seat.zones import read_zone

HOME = Path(__file__).parents[2]
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_old_files_of_the_machine_are_not_looked_at(tmp_path: Path) -> None:
    """As an image of 2021 has it, where Mexico's clocks still move."""
    (tmp_path / "America").mkdir()
    moved = files("tzdata").joinpath("zoneinfo", "America", "Chicago").read_bytes()
    (tmp_path / "America" / "Mexico_City").write_bytes(moved)
    zoneinfo.reset_tzpath([tmp_path])
    zoneinfo.ZoneInfo.clear_cache()
    read_zone.cache_clear()
    try:
        assert SUMMER.astimezone(zoneinfo.ZoneInfo("America/Mexico_City")).hour == 7
        assert SUMMER.astimezone(read_zone("America/Mexico_City")).hour == 6
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
        read_zone.cache_clear()


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("UTC", 0),
        ("Etc/GMT+12", -12),
        ("Pacific/Kiritimati", 14),
        ("Asia/Kathmandu", 5.75),
        ("Australia/Lord_Howe", 10.5),
        ("America/Argentina/Buenos_Aires", -3),
        ("GB-Eire", 1),
    ],
)
def test_every_kind_of_name_is_read(name: str, hours: float) -> None:
    assert SUMMER.astimezone(read_zone(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "Europe", "../zoneinfo/UTC", "/etc/localtime", "Europe//Madrid", "zones",
     "tzdata.zi", "leapseconds", "Europe/\ud83d", "Europe/Madrid\n", "a" * 300],
)  # fmt: skip
def test_what_is_no_zone_is_named(name: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        read_zone(name)


def test_nothing_reads_a_zone_by_another_way() -> None:
    for room in ("bot", "db", "seat"):
        for path in (HOME / room).rglob("*.py"):
            assert not re.search(r"(?<!`)\bZoneInfo\(", path.read_text()), path
