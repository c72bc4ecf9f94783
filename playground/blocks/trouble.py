"""One thing wrong with blocks or a view, and how Slack words it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    path: tuple[str | int, ...]
    what: str

    def message(self) -> str:
        pointer = "".join(f"/{part}" for part in self.path)
        return f"[ERROR] {self.what} [json-pointer:{pointer}]"
