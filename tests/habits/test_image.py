"""Image and compose file: not root, nothing written but data, secrets from files, pinned."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.secret_files import SECRETS

ROOT = Path(__file__).parents[2]
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
PIN = re.compile(r"^([a-z0-9.-]+)==([^ ;\\]+)", re.MULTILINE)


def instructions(stage: int) -> list[tuple[str, str]]:
    """Of the first stage or the second, in order: what, and its words."""
    part = re.split(r"^(?=FROM )", DOCKERFILE, flags=re.MULTILINE)[stage]
    lines = [line for line in part.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def compose() -> Any:
    return YAML(typ="safe").load((ROOT / "compose.yaml").read_text())


def pins(path: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / path).read_text()))


def test_what_runs_is_not_root_and_says_whether_it_is_well() -> None:
    last = dict(instructions(2))
    uid, _, gid = last["USER"].partition(":")
    assert int(uid) >= 10_000
    assert int(gid) >= 10_000
    assert last["HEALTHCHECK"].endswith('CMD ["healthy"]')
    assert (last["ENTRYPOINT"], last["CMD"]) == ('["customer-seat"]', '["serve"]')


def test_what_is_built_with_stays_behind() -> None:
    taken = [rest for word, rest in instructions(2) if word == "COPY"]
    assert taken == [
        "--from=build /opt/customer-seat /opt/customer-seat",
        "deploy/image/healthy /usr/local/bin/healthy",
    ]


def test_it_copies_what_there_is_and_the_ignore_file_lets_in() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines()
              if line.startswith("!")}  # fmt: skip
    sources = [s for word, rest in instructions(1) if word == "COPY" for s in rest.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source in let_in


@pytest.mark.parametrize("path", ["requirements.lock", "build-requirements.lock"])
def test_it_installs_what_the_tests_ran_with(path: str) -> None:
    """Made by `make lock`, as the lock of everything is."""
    ours, tested = pins(f"deploy/image/{path}"), pins("requirements.lock")
    assert ours
    assert {name: tested.get(name) for name in ours} == ours
    assert "pytest" not in ours
    assert "--hash=sha256:" in (ROOT / "deploy" / "image" / path).read_text()


def test_the_bot_may_write_nowhere_and_holds_no_privilege() -> None:
    bot = compose()["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["ports"] == ["127.0.0.1:3000:3000"]


def test_secrets_come_from_files_alone() -> None:
    told = compose()
    for name, service in told["services"].items():
        for variable, value in service["environment"].items():
            if re.search("TOKEN|SECRET|PASSWORD|URL", variable):
                assert value == f"/run/secrets/{value.rpartition('/')[2]}", (name, variable)
                assert value.rpartition("/")[2] in service["secrets"]
    files = told["services"]["bot"]["environment"]
    assert {variable.removesuffix("_FILE").lower() for variable in files} <= set(SECRETS)
    assert not re.search(r"^(ENV|ARG) .*(TOKEN|SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)
