"""Makes ids and times as Slack writes them: unique, and in order of making."""

import hashlib
import secrets
import string
import threading

_DIGITS = string.digits + string.ascii_uppercase


class Names:
    def __init__(self) -> None:
        self.made = 0
        """How many ids and words were made."""
        self.last_us = 0
        """The newest time that was given out, in microseconds."""
        self._lock = threading.Lock()

    def id(self, letter: str) -> str:
        """`U07P00000A`: a letter and nine characters."""
        with self._lock:
            n = self._next()
        digits = ""
        while n:
            n, rest = divmod(n, 36)
            digits = _DIGITS[rest] + digits
        return f"{letter}0P{digits.rjust(8, '0')}"

    def ts(self, now: float) -> str:
        """`1763795403.000100`, later than every one before it."""
        with self._lock:
            self.last_us = max(int(now * 1_000_000), self.last_us + 100)
            return f"{self.last_us // 1_000_000}.{self.last_us % 1_000_000:06d}"

    def word(self, what: str) -> str:
        """Made up, and the same in every run: ids of blocks, hashes of views."""
        with self._lock:
            n = self._next()
        return hashlib.sha256(f"{what}:{n}".encode()).hexdigest()[:24]

    def secret(self) -> str:
        """Not to be guessed, even here: other programs run on this machine."""
        return secrets.token_hex(16)

    def _next(self) -> int:
        self.made += 1
        return self.made
