"""The one place where secrets are taken out of what leaves the process.

Standard output and standard error are wrapped, so whoever writes there is covered: structlog, the
standard library's loggers, tracebacks of threads, tables, JSON, a library that prints.
"""

import json
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote, quote_plus, unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.settings import Settings

TOKEN, SECRET = "[token]", "[secret]"
SURE = 8
"""Characters from which a secret is taken out inside of a longer word too; a shorter one, like
the password `seat`, only where it stands alone."""

_SHAPES = (
    # Slack's tokens of every kind (xoxb-, xoxp-, xoxe.xoxp-, xapp-), by their documented prefixes.
    (re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+"), TOKEN),
    # Whoever has such an address may write where it leads.
    (
        re.compile(
            r"(hooks(?:\.[\w-]+)*\.(?:com|test)/(?:services|actions|commands|app)/)[\w/.-]+"
        ),
        rf"\1{SECRET}",
    ),
    # A password in an address, and in a connection string of PostgreSQL's.
    (re.compile(r"([a-z][a-z0-9+.-]*://[^\s/:@'\"]*:)[^\s/'\"]+@", re.IGNORECASE), rf"\1{SECRET}@"),
    (
        re.compile(r"\b((?:pg)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s'\"]+)", re.IGNORECASE),
        rf"\1{SECRET}",
    ),
)


class Redactor:
    """Knows what secrets look like, and those it was told of in every form they are written in."""

    def __init__(self) -> None:
        self._known: list[tuple[re.Pattern[str], str]] = []
        self._told: set[str] = set()

    def know(self, secrets: Iterable[str]) -> None:
        self._told |= {secret for secret in secrets if secret}
        forms = {form for secret in self._told for form in _forms(secret)}
        self._known = [(_pattern(form), SECRET) for form in sorted(forms, key=len, reverse=True)]

    def redact(self, text: str) -> str:
        for pattern, instead in (*self._known, *_SHAPES):
            text = pattern.sub(instead, text)
        return text


class Guarded:
    """A text stream that writes what the redactor leaves; everything else is the stream's own."""

    def __init__(self, stream: TextIO, redactor: Redactor) -> None:
        self._stream, self.redactor = stream, redactor

    def write(self, text: str) -> int:
        self._stream.write(self.redactor.redact(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def guard_output(settings: Settings | None = None) -> None:
    """From now on. Called again with `settings`, their secrets are known as well."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            continue
        if not isinstance(stream, Guarded):
            stream = Guarded(stream, Redactor())
            setattr(sys, name, stream)
        if settings is not None:
            stream.redactor.know(secrets_of(settings))


def secrets_of(settings: Settings) -> list[str]:
    """Tokens, signing secret, and the database's password."""
    secrets = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    return [*(secret.get_secret_value() for secret in secrets), _password(settings.database_url)]


def _password(url: str) -> str:
    try:
        return make_url(url).password or ""
    except (ArgumentError, ValueError):  # not an address; then a part of it may be one
        return unquote(urlsplit(url).password or "") if "://" in url else ""


def _forms(secret: str) -> set[str]:
    plain = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
    quoted = {
        written[1:-1]
        for form in plain
        for written in (json.dumps(form), json.dumps(form, ensure_ascii=False), repr(form))
    }
    return plain | quoted


def _pattern(form: str) -> re.Pattern[str]:
    if len(form) >= SURE:
        return re.compile(re.escape(form))
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
