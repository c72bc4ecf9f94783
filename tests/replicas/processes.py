"""The fleet: real processes that are started, killed and told to stop from here."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.replicas.process import Order

LONGEST_START = 60.0
"""Seconds; on a machine that has much else to do."""


@dataclass(eq=False)
class Bot:
    """One process. `code` is its exit code once it ended; -9 for SIGKILL."""

    pid: int
    order: Order
    code: int | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def written(self) -> str:
        path = Path(self.order.log)
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def port(self) -> int | None:
        """Where it listens; None while it is still starting."""
        for line in self.written().splitlines():
            if "event=serving" in line and (found := re.search(r"\bport=(\d+)", line)):
                return int(found[1])
        return None

    def has_said(self, words: str) -> bool:
        return words in self.written()


class Nursery:
    """A child that forks bots for us (nursery.py): close it, and all of them are gone."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._started: dict[str, int] = {}
        self._bots: dict[int, Bot] = {}
        self._ended: dict[int, int] = {}
        self._count = 0
        self.on_end: list[Callable[[Bot], None]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.replicas.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        self._reader = threading.Thread(target=self._read, name="nursery", daemon=True)
        self._reader.start()

    def start(self, order: Order) -> Bot:
        """Returns at once; the process is still starting then."""
        with self._news:
            self._count += 1
            name = str(self._count)
            self._tell({"start": order.as_json(), "name": name})
            if not self._news.wait_for(lambda: name in self._started, LONGEST_START):
                raise TimeoutError("the nursery does not answer")
            pid = self._started[name]
            bot = self._bots[pid] = Bot(pid, order)
            if pid in self._ended:
                self._note_end(bot, self._ended.pop(pid))
            return bot

    def signal(self, bot: Bot, number: signal.Signals) -> None:
        """Nothing if it is gone already."""
        with self._news:
            self._tell({"signal": int(number), "pid": bot.pid})

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._reader.join(30)
        self._process.stdout.close()

    def _tell(self, told: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        output: IO[str] | None = self._process.stdout
        assert output is not None
        for line in output:
            fact = json.loads(line)
            with self._news:
                if "started" in fact:
                    self._started[fact["name"]] = fact["started"]
                elif bot := self._bots.pop(fact["ended"], None):
                    self._note_end(bot, fact["code"])
                else:
                    self._ended[fact["ended"]] = fact["code"]
                self._news.notify_all()

    def _note_end(self, bot: Bot, code: int) -> None:
        bot.code = code
        bot.ended.set()
        for listener in self.on_end:
            listener(bot)
