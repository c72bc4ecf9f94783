"""How a Web API call ends: with facts, or with one of Slack's errors."""

from typing import Any

from playground.state.records import Json


class SlackError(Exception):
    """`ok: false`. Shown to the bot as Slack would; never a bug of the stand-in."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        if messages:
            self.more["response_metadata"] = {"messages": messages}

    def shape(self) -> Json:
        return {"ok": False, "error": self.error, **self.more}


def missing_scope(needed: str, provided: list[str]) -> SlackError:
    return SlackError("missing_scope", needed=needed, provided=",".join(provided))


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", messages=list(messages))
