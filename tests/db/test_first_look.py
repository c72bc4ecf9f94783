"""The dispatcher's threads all begin at once: what the first query finds out is shared by them.

In a process of its own, for reading those modules anew would give the other tests other classes.
"""

import subprocess
import sys

BEGINNING = """
import importlib, sys, threading
from sqlmodel import select
from db import lane_order, lanes

sys.setswitchinterval(1e-6)
THREADS = 8

def begin():
    importlib.reload(lane_order)
    module = importlib.reload(lanes)
    gate, queries = threading.Barrier(THREADS), []

    def first_look():
        gate.wait()
        head = module._HEAD
        queries.append(str(select(head.id).where(module.waits_for_ts(head), head.state == "x")))

    threads = [threading.Thread(target=first_look) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return queries

right = begin()[0]
for _ in range(25):
    assert set(begin()) == {right}
"""


def test_threads_that_look_for_the_first_time_at_once_all_ask_the_same() -> None:
    """An alias whose columns are looked up by several threads at once lacked some, for good: that
    process asked for any surface without a place where it meant the one above."""
    command = [sys.executable, "-W", "error", "-c", BEGINNING]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "Warning" not in run.stderr, run.stderr[-2000:]
