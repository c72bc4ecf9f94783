"""Importing does nothing: no network, no files, no environment, no threads, no processes.

The imports run in a process of their own, under an audit hook that sees what they reach for.
"""

import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "db", "playground", "seat")
ALEMBIC_RUNS = ("db/migrations/versions/", "db/migrations/env.py")

REACHES_OUT = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.fork")
CHANGES_FILES = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "shutil.rmtree",
    "sqlite3.connect",
)
OUR_CODE = (".py", ".pyc")


def module_names() -> list[str]:
    paths = (p.relative_to(ROOT) for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")))
    ours = (p.with_suffix("") for p in paths if not p.as_posix().startswith(ALEMBIC_RUNS))
    return [".".join(p.parts).removesuffix(".__init__") for p in ours]


def spy(names: Sequence[str]) -> list[str]:
    """Import `names` and say what that did besides. For a process of its own."""
    seen: list[str] = []
    importing = "nothing"
    homes = (str(ROOT), os.getcwd())

    def is_ours(path: str) -> bool:
        return path.startswith(homes) and "/.venv/" not in path

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event in REACHES_OUT or event in CHANGES_FILES:
            seen.append(f"{importing}: {event} {args[0]!r}")
        elif event == "open":
            path, mode, flags = str(args[0]), args[1], args[2]
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) or mode in ("w", "a", "x")
            reads_ours = is_ours(path)
            if writes or (reads_ours and not path.endswith(OUR_CODE)):
                seen.append(f"{importing}: open {path!r} {mode}")

    class Watched(dict[str, str]):
        """The environment: libraries may look at it while they are imported, we may not."""

        def __getitem__(self, key: str) -> str:
            self.note(key)
            return super().__getitem__(key)

        def get(self, key: str, default: Any = None) -> Any:
            self.note(key)
            return super().get(key, default)

        def note(self, key: str) -> None:
            frame = sys._getframe(2)
            while frame.f_back and Path(frame.f_code.co_filename).name == "os.py":
                frame = frame.f_back
            code = frame.f_code.co_filename
            if is_ours(code):
                seen.append(f"{importing}: environment {key}")

    os.environ = Watched(os.environ)  # type: ignore[assignment]  # noqa: B003 (nothing to clear)
    threads = threading.active_count()
    sys.addaudithook(watch)
    for importing in names:
        importlib.import_module(importing)
        if threading.active_count() > threads:
            seen.append(f"{importing}: a thread was started")
            threads = threading.active_count()
    return seen


def run_spy(names: Sequence[str], folder: Path) -> list[str]:
    """What importing `names` does in a fresh process, begun in an empty folder."""
    code = f"import json; from {__name__} import spy; print(json.dumps(spy({list(names)!r})))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=folder,
        env={"PYTHONPATH": f"{ROOT}:{folder}", "PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "importing says something"
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    assert done.stdout.count("\n") == 1, "importing prints"
    return found


def test_importing_every_module_has_no_side_effect(tmp_path: Path) -> None:
    assert run_spy(module_names(), tmp_path) == []


def test_the_spy_sees_what_it_looks_for(tmp_path: Path) -> None:
    (tmp_path / "guilty.py").write_text(
        f"""
import os, socket, threading
open("left_behind", "w").close()
open({str(ROOT / "pyproject.toml")!r}).close()
threading.Thread(target=threading.Event().wait, args=(5,), daemon=True).start()
socket.socket().bind(("127.0.0.1", 0))
os.environ.get("HOME")
"""
    )
    said = run_spy(["guilty"], tmp_path)
    assert [line.split(" ")[1] for line in said] == [
        "open",
        "open",
        "socket.bind",
        "environment",
        "a",
    ]
