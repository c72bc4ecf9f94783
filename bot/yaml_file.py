"""One YAML file -> plain values and the line of each; whatever is wrong with it is a Mistake.

Reads the node tree rather than Python objects: no tag can build anything, and every field knows
its line. What the values must be is judged in seat/checklist.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import category

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from seat.checklist import FieldPath, Mistake, field_name

LARGEST = 64 * 1024
"""Bytes; a checklist has about two thousand."""

UNPRINTABLE = "has a character that cannot be shown (a control character); remove it"
TOO_DEEP = "is nested too deeply; a checklist has lists and fields, no more"
MANY_BRACKETS = re.compile(r"(?:[\[{]\s*){20}")
"""Refused unread: the parser would take seconds to run out of stack."""

TAGS = "tag:yaml.org,2002:"


@dataclass(slots=True)
class YamlFile:
    """`data` is None when there are mistakes."""

    name: str
    data: dict[str, object] | None = None
    lines: dict[FieldPath, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def locate(self, path: FieldPath) -> tuple[str, int]:
        """The line of the field, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.name, self.lines.get(path, 1)

    def wrong(self, message: str, *, line: int = 1, path: FieldPath = ()) -> None:
        self.mistakes.append(Mistake(self.name, line, field_name(path), message))


def read_yaml(path: Path) -> YamlFile:
    """Never raises for what a person can put into a folder."""
    file = YamlFile(path.name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        file.wrong(f"cannot be read: {error.strerror}; check that it is a file you may read")
        return file
    if len(raw) > LARGEST:
        file.wrong(f"has {len(raw)} bytes; a checklist has at most {LARGEST}")
        return file
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        file.wrong("is not UTF-8 here; save the file as UTF-8", line=line)
        return file
    _read_text(text, file)
    return file


def _read_text(text: str, file: YamlFile) -> None:
    if brackets := MANY_BRACKETS.search(text):
        file.wrong(TOO_DEEP, line=text.count("\n", 0, brackets.start()) + 1)
        return
    try:
        root = YAML(typ="rt").compose(text)
        if not isinstance(root, Node) or _is_null(root):
            file.wrong("is empty; write the questions, or remove the file")
        elif not isinstance(root, MappingNode):
            file.wrong('must begin with fields, as in "kind: pricing"', line=_line(root))
        else:
            data = _Plain(file).mapping(root, ())
            file.data = None if file.mistakes else data
    except RecursionError:
        file.wrong(TOO_DEEP)
    except ReaderError as error:
        file.wrong(UNPRINTABLE, line=text.count("\n", 0, error.position) + 1)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        file.wrong(_about(error), line=mark.line + 1 if mark else 1)
    except YAMLError as error:
        file.wrong(f"is not YAML: {error}")
    except ValueError as error:  # e.g. "%YAML 9.9.9": ruamel's parser does not wrap it
        file.wrong(f"is not YAML: {error}")


class _Plain:
    """Turns nodes into plain values, writing lines and mistakes into the file."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.seen: set[int] = set()

    def value(self, node: Node, path: FieldPath) -> object:
        if id(node) in self.seen:
            line = self.file.locate(path)[1]
            self.file.wrong(f"repeats line {_line(node)}; write it out", line=line, path=path)
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            listed = []
            for place, item in enumerate(node.value):
                self.file.lines.setdefault((*path, place), _line(item))
                listed.append(self.value(item, (*path, place)))
            return listed
        value = _scalar(node)
        if isinstance(value, str) and not _is_printable(value):
            self.file.wrong(UNPRINTABLE, line=_line(node), path=path)
        return value

    def mapping(self, node: MappingNode, path: FieldPath) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            here = (*path, name)
            if name in values:
                first = self.file.lines[here]
                message = f'"{name}" is there twice, on line {first} too; keep one'
                self.file.wrong(message, line=_line(key), path=here)
                continue
            self.file.lines[here] = _line(key)
            values[name] = self.value(value, here)
        return values


def _scalar(node: Node) -> object:
    """By the rules of YAML 1.2: `no` is a word. Dates stay text, as somebody wrote them."""
    text = str(node.value)
    match str(node.tag).removeprefix(TAGS):
        case "null":
            return None
        case "bool":
            return text.lower() in ("true", "yes", "on", "y")
        case "int" | "float" as kind:
            try:
                return int(text) if kind == "int" else float(text)
            except ValueError:
                return text
    return text


def _is_printable(text: str) -> bool:
    """An escape in quotes may smuggle in what neither Slack nor a database takes."""
    return not any(category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text)


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and _scalar(node) is None


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _about(error: MarkedYAMLError) -> str:
    problem = str(error.problem or error.context)
    if "'\\t'" in problem:
        return "has a tab; indent with spaces"
    if "mapping values are not allowed" in problem:
        return 'is not YAML: a text with ": " in it needs quotes around it'
    if "another document" in problem:
        return 'has a second document; remove the line "---" and put it into a file of its own'
    return f"is not YAML: {problem}; see the line before, too"
