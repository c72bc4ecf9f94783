"""The wheel carries what the checkout has: packages, wording, checklists and migrations."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]


def test_the_wheel_carries_its_data_and_nothing_of_the_tests(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(ZipFile(wheel).namelist())
    for folder in ("templates", "checklists"):
        shipped = {f"bot/_data/{folder}/{p.name}" for p in (ROOT / folder).iterdir() if p.is_file()}
        assert shipped
        assert shipped <= held
    for package in ("bot", "db", "playground", "seat"):
        files = [*(ROOT / package).rglob("*.py"), *(ROOT / package).rglob("*.json")]
        assert {str(p.relative_to(ROOT)) for p in files} <= held
    assert not any(name.startswith(("tests/", "bench/")) for name in held)
