"""The long campaign: `make fuzz SECONDS=60`, or `python -m tests.fuzz --only thread`.

Guided by what is covered of `seat` and `bot` (atheris, on libFuzzer). What fails is kept in a file
that is named, and `python -m tests.fuzz --again FILE --only NAME` tries it once more.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzz.seeds import SEEDS

MOST_LETTERS = 4096
COVERED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
TRIED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
KEPT = re.compile(r"Test unit written to (\S+)")


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    told.add_argument("--seconds", type=int, default=60, help="for each property")
    told.add_argument("--only", default="", choices=["", *SEEDS])
    told.add_argument("--again", type=Path, help="a file that failed")
    told.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    asked, more = told.parse_known_args()
    if asked.again:
        return _again(asked.only, asked.again)
    if asked.in_this_process:
        _fuzz(asked.only, more)
        return 0
    table, failed = Table("property", "tried", "covered", "kept as different"), 0
    for name in [asked.only] if asked.only else SEEDS:
        tried, covered, corpus, kept = _campaign(name, asked.seconds)
        failed += bool(kept)
        table.add_row(name, f"{tried:,}", str(covered), str(corpus))
        if kept:
            print(f"{name} failed: {kept}", flush=True)
    table.caption = f"{failed} failed"
    Console().print(table)
    return 1 if failed else 0


def _campaign(name: str, seconds: int) -> tuple[int, int, int, str]:
    """How often, how many edges of the code, how many inputs that differ in them, and a failure."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(SEEDS[name]):
            (Path(corpus) / f"seed-{number}").write_bytes(text.encode())
        command = [sys.executable, "-m", "tests.fuzz", "--in-this-process", "--only", name, corpus]
        limits = [f"-max_total_time={seconds}", f"-max_len={MOST_LETTERS}", "-timeout=20"]
        kept = [f"-artifact_prefix={tempfile.gettempdir()}/fuzz-{name}-", "-print_final_stats=1"]
        done = subprocess.run([*command, *limits, *kept], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-4000:], file=sys.stderr)
    last = (COVERED.findall(done.stderr) or [("0", "0", "0")])[-1]
    tried, failed = TRIED.search(done.stderr), KEPT.search(done.stderr)
    found = failed[1] if failed else "it did not run" if done.returncode else ""
    return int(tried[1]) if tried else 0, int(last[0]), int(last[2]), found


def _fuzz(name: str, options: list[str]) -> None:
    """Does not return: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["bot", "seat"]):
        from tests.fuzz.properties import PROPERTIES

    check = PROPERTIES[name]
    atheris.Setup([sys.argv[0], *options], lambda data: check(data.decode(errors="replace")))
    atheris.Fuzz()


def _again(name: str, path: Path) -> int:
    from tests.fuzz.properties import PROPERTIES

    PROPERTIES[name](path.read_bytes().decode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
