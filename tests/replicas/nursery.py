"""Starts bots by forking: the program is read once, so that a process costs a tenth of its start.

Run as a process of its own, with one thread: told what to do by lines of JSON on its standard
input, and telling on its standard output who ended, and how. When its input ends, all end.
"""

import ctypes
import json
import os
import selectors
import signal
import sys
import threading
import traceback
from contextlib import suppress
from typing import Any

from tests.replicas.process import Order, live

PR_SET_PDEATHSIG = 1


def main() -> None:
    selector = selectors.DefaultSelector()
    wakes, rings = os.pipe()
    for end in (wakes, rings):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(rings)
    os.set_blocking(0, False)
    selector.register(0, selectors.EVENT_READ)
    selector.register(wakes, selectors.EVENT_READ)
    alive: set[int] = set()
    heard = b""
    while True:
        for key, _ in selector.select():
            said = os.read(key.fd, 65536)
            if key.fd == wakes:
                _bury(alive)
                continue
            if not said:
                for pid in alive:
                    os.kill(pid, signal.SIGKILL)
                return
            *lines, heard = (heard + said).split(b"\n")
            for line in lines:
                _obey(json.loads(line), alive)


def _obey(told: dict[str, Any], alive: set[int]) -> None:
    if "signal" in told:
        if told["pid"] in alive:  # otherwise it is gone, and its number may be another's
            os.kill(told["pid"], told["signal"])
        return
    pid = os.fork()
    if pid == 0:
        _be(Order(**told["start"]))
    alive.add(pid)
    _say({"started": pid, "name": told["name"]})


def _be(order: Order) -> None:
    """Never returns."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        with suppress(AttributeError, OSError):  # Linux: whoever kills the nursery, kills all
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        log = os.open(order.log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDWR)
        for own, other in ((nothing, 0), (nothing, 1), (log, 2)):
            os.dup2(own, other)
        live(order)
        threading._shutdown()  # as Python ends: it waits for its threads
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _bury(alive: set[int]) -> None:
    while alive:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        alive.discard(pid)
        _say({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _say(fact: dict[str, Any]) -> None:
    os.write(1, json.dumps(fact).encode() + b"\n")


if __name__ == "__main__":
    main()
