"""Time zones from the tzdata package, which is pinned, never from the machine."""

import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")


@cache
def read_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name ("Europe/Berlin"). ValueError, with the name, if there is none.

    Not `ZoneInfo(name)`, which takes the machine's files where there are any: Mexico's clocks have
    stood still since 2022, and an old image moves them.
    """
    try:
        if not _NAME.fullmatch(name):
            raise ValueError("no name of a zone")
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (ValueError, OSError) as unknown:
        raise ValueError(f"unknown time zone: {name!r}") from unknown
