"""The image's steps without an engine: `python -m tests.image.steps`.

Builds as the Dockerfile's first stage does, then runs what it made as the image would: as its user
(where we are root), with nothing in the environment but what the image and the compose file set,
secrets in files, and one folder to write to. Slack is the stand-in. Prints each step.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playground import Playground

ROOT = Path(__file__).parents[2]
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
USER = int(re.findall(r"^USER (\d+)", DOCKERFILE, re.MULTILINE)[-1])
READY_SECONDS = 60
STOP_SECONDS = 15
"""compose.yaml's `stop_grace_period`."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="customer-seat-image-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        made, data, secrets = folder / "made", folder / "data", folder / "secrets"
        _say("build", f"deploy/image/build {made}")
        subprocess.run(
            [_copied(folder) / "deploy/image/build", made], cwd=folder / "src", check=True
        )
        for each in (data, secrets):
            each.mkdir(mode=0o700)
        with Playground() as slack:
            for secret, value in (
                ("slack_bot_token", slack.bot_token),
                ("slack_app_token", slack.app_token),
            ):
                (secrets / secret).write_text(value + "\n")
                (secrets / secret).chmod(0o400)
            return _try(made, data, secrets, slack)


def _copied(folder: Path) -> Path:
    """What the Dockerfile copies, and nothing else."""
    source = folder / "src"
    first = DOCKERFILE.split("\nFROM ")[1]
    for names in re.findall(r"^COPY (.*)$", first, re.MULTILINE):
        *paths, _ = names.split()
        for path in paths:
            target = source / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / path).is_dir():
                shutil.copytree(ROOT / path, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(ROOT / path, target)
    return source


def _try(made: Path, data: Path, secrets: Path, slack: Playground) -> int:
    port = _free_port()
    (told,) = re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
    environment = {
        **dict(setting.split("=", 1) for setting in told.split()),
        "PATH": f"{made}/bin:/usr/bin:/bin",
        "HOME": str(data),
        "PORT": str(port),
        "SLACK_BOT_TOKEN_FILE": str(secrets / "slack_bot_token"),
        "SLACK_APP_TOKEN_FILE": str(secrets / "slack_app_token"),
        "SLACK_API_URL": slack.api_url,
    }
    user: dict[str, Any] = {}
    if os.geteuid() == 0 and _open_to_all(made / "bin" / "python"):
        user = {"user": USER, "group": USER, "extra_groups": []}
        for path in (data, secrets, *secrets.iterdir()):
            os.chown(path, USER, USER)
    _say("user", str(user.get("user") or "our own: this Python is not for others to run"))
    before = _seen(made)
    _say("start", "customer-seat serve")
    bot = subprocess.Popen(
        [made / "bin" / "customer-seat", "serve"],
        cwd=data, env=environment, stderr=subprocess.PIPE, text=True, **user,
    )  # fmt: skip
    try:
        healthy = [str(ROOT / "deploy" / "image" / "healthy")]
        waited = 0.0
        while subprocess.run(healthy, env=environment, check=False).returncode != 0:
            if bot.poll() is not None or waited > READY_SECONDS:
                return _fail(bot, "it never became healthy")
            time.sleep(0.5)
            waited += 0.5
        _say("healthy", f"after {waited:.1f} s, with {slack.connections} connections to Slack")
        bot.send_signal(signal.SIGTERM)
        began = time.monotonic()
        bot.wait(STOP_SECONDS)
        _say("stop", f"in {time.monotonic() - began:.1f} s, exit code {bot.returncode}")
        if subprocess.run(healthy, env=environment, check=False).returncode == 0:
            return _fail(bot, "the health check finds a stopped bot well")
    finally:
        bot.kill()
    if bot.returncode != 0:
        return _fail(bot, "it did not stop cleanly")
    if _seen(made) != before:
        return _fail(bot, "it wrote into what it was built as")
    if not (data / "customer-seat.db").exists():
        return _fail(bot, "its database is not in the folder of its data")
    _say("done", "every step of the image works")
    return 0


def _open_to_all(program: Path) -> bool:
    real = program.resolve()
    return all(path.stat().st_mode & 0o001 for path in (real, *real.parents))


def _seen(folder: Path) -> set[tuple[str, float]]:
    return {(str(p), p.stat().st_mtime) for p in folder.rglob("*") if p.is_file()}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _fail(bot: "subprocess.Popen[str]", why: str) -> int:
    bot.kill()
    said = bot.communicate()[1]
    print(f"FAILED   {why}\n{said}", file=sys.stderr)
    return 1


def _say(step: str, what: str) -> None:
    print(f"{step:<8} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
