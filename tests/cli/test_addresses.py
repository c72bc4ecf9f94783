"""An address that is wrong is told in one line, with no traceback and no part of a password."""

import socket
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from db.store import Store
from playground import Playground
from tests.cli.conftest import Run

PASSWORDS = ("hun@ter2", "hun@t@er2", "h@")


@pytest.fixture(autouse=True)
def _ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it should not serve and does, it fails the test rather than hang."""
    monkeypatch.setattr("bot.serving.wait_for_signal", lambda: None)
    # It logs to this command's own standard error, which is closed by the next test.
    monkeypatch.setattr("bot.serving.configure_logging", lambda _level: None)


@pytest.fixture(params=["serve", "migrate", "outbox list"])
def command(request: pytest.FixtureRequest, store: Store) -> list[str]:
    return str(request.param).split()


def said(run: Run, command: list[str]) -> str:
    result = run(*command)
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stderr.count("\n") == 1, result.stderr
    assert "event=serving" not in result.output
    return result.stderr


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://seat:hunter2@db/seat", "only sqlite and postgresql"),
        ("", "DATABASE_URL is empty"),
        ("  ", "DATABASE_URL is empty"),
        ("somewhere", "is not a database address"),
        ("postgresql://seat:hunter2/seat", "is not a database address"),
        ("sqlite://here.db", "three slashes"),
        *((f"postgresql://seat:{p}@127.0.0.1/seat", "%40") for p in PASSWORDS),
    ],
)
def test_a_database_address(
    run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch, address: str, says: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    told = said(run, command)
    assert says in told
    for part in ("hun", "ter2", "er2@"):
        assert part not in told


def test_a_database_that_is_not_there(
    run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://seat:hunter2@127.0.0.1:1/seat")
    assert "hunter2" not in said(run, command)
    monkeypatch.setenv("DATABASE_URL", "sqlite:////no/such/folder/seat.db")
    said(run, command)


def test_a_database_of_another_program(run: Run, store: Store) -> None:
    other = text("UPDATE alembic_version SET version_num = 'b7f2'")
    store.transact(lambda s: s.execute(other))
    for command in (["serve"], ["migrate"]):
        assert "none of ours" in said(run, command)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_in_use(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setenv("PORT", str(taken))
    told = run("serve")
    assert told.exit_code == 2
    last = told.stderr.splitlines()[-1]
    assert f"Something else listens on port {taken} of 127.0.0.1" in last
    assert "Traceback" not in told.output


@pytest.mark.parametrize("host", ["x86_64-conda-linux-gnu", "192.0.2.7", "a" * 70, "::zz"])
def test_a_host_that_is_no_address(
    run: Run, store: Store, slack: Playground, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "0")
    told = run("serve")
    assert told.exit_code == 2
    assert told.stderr.splitlines()[-1].startswith(f"HOST is {host}, which is no address")
    assert "Traceback" not in told.output


def test_an_empty_host(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "")
    assert "HOST" in said(run, ["serve"])
