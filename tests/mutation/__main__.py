"""`make mutation`: the rules of access made wrong, one small turn at a time; a test must fail.

No file is touched: each turn is imported in the module's place, in a process of its own.
"""

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import holidays  # noqa: F401, what the tests read: once, before the forks
import hypothesis  # noqa: F401
import pytest
import slack_bolt  # noqa: F401
import sqlmodel  # noqa: F401

from tests.mutation.explained import EXPLAINED
from tests.mutation.mutants import ENUMS, Mutant, mutants_of

RULE = ("tests/seat/test_access.py", "tests/seat/test_access_in_every_case.py")
HANDLED = (
    "tests/access/test_rule.py",
    "tests/seat/test_leaving.py",
    "tests/views/test_who_may.py",
    "tests/dialogs/test_pressing_what_is_somebody_elses.py",
    "tests/dialogs/test_naming_who_decides.py",
    "tests/dialogs/test_taking_turns.py",
    "tests/dialogs/test_when_someone_leaves.py",
    "tests/dialogs/test_when_those_who_keep_a_seat_leave.py",
    "tests/dialogs/test_out_of_a_private_channel.py",
)
TARGETS = {
    "seat.access": RULE,
    "seat.acts": (*RULE, *HANDLED[:3]),
    "bot.reviews.permit": HANDLED,
}
"""Modules, and the tests that hold them, the quickest first."""
ALREADY_READ = "ignore::pytest.PytestAssertRewriteWarning"
LONGEST = 300
"""Seconds of one mutant's tests: what hangs is noticed too."""


Job = tuple[str, Mutant]


class InItsPlace(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def exec_module(self, module: Any) -> None:
        exec(compile(self.source, f"<{self.module}, turned>", "exec"), module.__dict__)


def is_noticed(module: str, mutant: Mutant) -> bool:
    """In this process, which is good for nothing else after it."""
    sys.meta_path.insert(0, InItsPlace(module, mutant.source))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", ALREADY_READ]
    return any(pytest.main([*options, path]) != pytest.ExitCode.OK for path in TARGETS[module])


def try_all(jobs: list[Job], most: int) -> Iterator[tuple[Job, bool]]:
    """Each with whether it was noticed, as they end."""
    running: dict[int, Job] = {}
    waiting = list(reversed(jobs))
    while waiting or running:
        while waiting and len(running) < most:
            job = waiting.pop()
            if (child := os.fork()) == 0:
                for number in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
                signal.alarm(LONGEST)
                try:
                    os._exit(is_noticed(*job))
                finally:
                    os._exit(1)
            running[child] = job
        ended, status = os.wait()
        yield running.pop(ended), status != 0


def read_jobs(only: str) -> list[Job]:
    members = _members(Path("seat/acts.py").read_text())
    jobs = []
    for module in TARGETS:
        jobs += [(module, each) for each in mutants_of(_path(module).read_text(), members)]
    return [job for job in jobs if only in f"{job[0]}: {job[1].what}"]


def _path(module: str) -> Path:
    return Path(module.replace(".", "/") + ".py")


def _members(source: str) -> dict[str, list[str]]:
    return {
        node.name: [
            each.targets[0].id
            for each in node.body
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
        ]
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name in ENUMS
    }


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    told.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    told.add_argument("--only", default="", help="turns whose name has this in it")
    asked = told.parse_args()
    jobs = read_jobs(asked.only)
    as_it_is = [(m, Mutant(0, "as it is", _path(m).read_text())) for m in {m for m, _ in jobs}]
    for (module, _), noticed in try_all(as_it_is, asked.jobs):
        if noticed:
            sys.exit(f"the tests of {module} fail as it is")
    print(f"{len(jobs)} turns", flush=True)
    made, found = Counter[str](), Counter[str]()
    left = []
    for count, ((module, mutant), noticed) in enumerate(try_all(jobs, asked.jobs), 1):
        made[module] += 1
        found[module] += noticed
        if not noticed:
            name = f"{module}: {mutant.what}"
            left.append(name)
            why = EXPLAINED.get(name, "NOT NOTICED")
            print(f"{name} (line {mutant.line}): {why}", flush=True)
        if count % 50 == 0:
            print(f"{count} of {len(jobs)}", flush=True)
    for module in made:
        print(f"{module}: {found[module]} of {made[module]} noticed")
    unexplained = [name for name in left if name not in EXPLAINED]
    print(
        f"{found.total()} of {made.total()} noticed, {found.total() / made.total():.1%};"
        f" {len(left) - len(unexplained)} that change nothing, {len(unexplained)} not noticed"
    )
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
