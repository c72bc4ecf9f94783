"""Loads checklists: the shipped ones, and a team's own from CHECKLISTS_DIR over or beside them.

What a checklist must hold is judged in seat/checklist; how YAML is read stands in yaml_file.py.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource

from bot.data import data_folder
from bot.yaml_file import read_yaml
from seat.checklist import Checklist, Mistake, Shared, parse_checklist, parse_shared

SHARED_FILE = "_common.yaml"

__all__ = [
    "Checklists",
    "Mistake",
    "check_folder",
    "format_mistake",
    "load_checklists",
]


@dataclass(frozen=True, slots=True)
class _Folder:
    """What one folder held when it was read. `files`: kind -> file name, good ones only."""

    checklists: dict[str, Checklist] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    shared: Shared | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def load_checklists(folder: Path) -> tuple[dict[str, Checklist], list[Mistake]]:
    """The good checklists of a folder by kind, and every mistake in the others.

    A folder without `_common.yaml` takes the shipped first and closing question.
    """
    read = _read_folder(folder)
    return read.checklists, read.mistakes


def check_folder(folder: Path) -> list[Mistake]:
    """Every mistake in a folder of checklists; one without any checklist is a mistake too."""
    read = _read_folder(folder)
    if not (read.checklists or read.mistakes or read.shared):
        message = "has no checklist in it; write one as KIND.yaml"
        return [Mistake(str(folder), 1, "", message)]
    return read.mistakes


def format_mistake(mistake: Mistake) -> str:
    """`pricing.yaml:14: questions[3].kind: must be "text" or "choice", not "txt"`."""
    about = f"{mistake.field}: " if mistake.field else ""
    return f"{mistake.file}:{mistake.line}: {about}{mistake.message}"


class Checklists:
    """The checklists in use. A bad file never stops a running bot: the last good one stays."""

    def __init__(self, own: Path | None = None, *, shipped: Path | None = None) -> None:
        self._folders = [shipped or data_folder("checklists"), *([own] if own else [])]
        self._lock = Lock()
        self._read = [_Folder() for _ in self._folders]
        self._seen: list[dict[str, bytes]] = []
        self._current: Mapping[str, Checklist] = MappingProxyType({})
        self.mistakes: list[Mistake] = self.reload_if_changed()

    def current(self) -> Mapping[str, Checklist]:
        """By kind: the shipped kinds first, then a team's own, each by name."""
        return self._current

    def kinds(self) -> list[str]:
        return list(self._current)

    def reload_if_changed(self) -> list[Mistake]:
        """The mistakes found, if anything changed on disk; else nothing."""
        with self._lock:
            seen = [_contents(folder) for folder in self._folders]
            if seen == self._seen:
                return []
            self._seen = seen
            self._read = [
                _kept(last, _read_folder(folder, last.shared))
                for folder, last in zip(self._folders, self._read, strict=True)
            ]
            merged = {kind: c for read in self._read for kind, c in read.checklists.items()}
            self._current = MappingProxyType(merged)
            self.mistakes = [m for read in self._read for m in read.mistakes]
            return self.mistakes


def _kept(last: _Folder, now: _Folder) -> _Folder:
    """What was read now, and for each file that went bad what it held when it was last good."""
    bad = {m.file for m in now.mistakes}
    stays = {
        kind: checklist
        for kind, checklist in last.checklists.items()
        if last.files[kind] in bad and kind not in now.checklists
    }
    files = {kind: last.files[kind] for kind in stays} | now.files
    together = stays | now.checklists
    ordered = {kind: together[kind] for kind in sorted(together)}
    return replace(now, checklists=ordered, files=files, shared=now.shared or last.shared)


def _read_folder(folder: Path, last_shared: Shared | None = None) -> _Folder:
    """`last_shared`: used while the folder's own `_common.yaml` is bad."""
    try:
        paths = sorted(p for p in folder.iterdir() if _is_checklist(p))
        own_shared = (folder / SHARED_FILE).exists()
    except OSError as error:
        message = f"cannot be read: {error.strerror}; name a folder with checklists in it"
        return _Folder(mistakes=[Mistake(str(folder), 1, "", message)])
    mistakes: list[Mistake] = []
    shared = _read_shared(folder / SHARED_FILE, mistakes) if own_shared else None
    asked = shared or (last_shared if own_shared else None) or _shipped_shared()
    checklists: dict[str, Checklist] = {}
    files: dict[str, str] = {}
    for path in paths if asked else []:
        file = read_yaml(path)
        mistakes += file.mistakes
        if file.data is None or asked is None:
            continue
        parsed = parse_checklist(
            file.data, file.locate, shared=asked, schema=_schemas()["checklist"]
        )
        if isinstance(parsed, list):
            mistakes += parsed
        elif parsed.kind in checklists:
            message = f'"{parsed.kind}" is the kind of {files[parsed.kind]} too; change one'
            mistakes.append(Mistake(path.name, file.locate(("kind",))[1], "kind", message))
        else:
            checklists[parsed.kind], files[parsed.kind] = parsed, path.name
    return _Folder(checklists, files, shared, mistakes)


def _read_shared(path: Path, mistakes: list[Mistake]) -> Shared | None:
    file = read_yaml(path)
    mistakes += file.mistakes
    if file.data is None:
        return None
    parsed = parse_shared(file.data, file.locate, schema=_schemas()["common"])
    if isinstance(parsed, Shared):
        return parsed
    mistakes += parsed
    return None


def _shipped_shared() -> Shared | None:
    return _read_shared(data_folder("checklists") / SHARED_FILE, [])


@cache
def _schemas() -> dict[str, Validator]:
    """The published schemas, by the name before `.schema.json`."""
    found = data_folder("checklists").glob("*.schema.json")
    schemas = {p.name.removesuffix(".schema.json"): json.loads(p.read_text("utf-8")) for p in found}
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    return {
        name: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()
    }


def _is_checklist(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml") and not path.name.startswith(("_", "."))


def _contents(folder: Path) -> dict[str, bytes]:
    """What tells a changed folder; small files, so their bytes are safer than their times."""
    contents: dict[str, bytes] = {}
    try:
        for path in folder.iterdir():
            if _is_checklist(path) or path.name == SHARED_FILE:
                contents[path.name] = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        contents["?"] = str(error).encode()
    return contents
