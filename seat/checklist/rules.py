"""What a schema cannot say: how many, which twice, and what the shared questions take up."""

from collections.abc import Iterator, Mapping, Sequence

from seat.checklist.model import (
    QUICK_EXACTLY,
    REQUIRED_AT_MOST,
    FieldPath,
    Locate,
    Mistake,
    Shared,
    mistake_at,
)
from seat.checklist.read import option_value

RESERVED = frozenset({"help", "open", "decided"})
"""Words the commands take before a kind could be meant."""

SHARED = 2
"""The first and the closing question, both required and quick."""

Found = Iterator[tuple[FieldPath, str]]


def checklist_rules(data: Mapping[str, object], shared: Shared, locate: Locate) -> list[Mistake]:
    """Judges also what the schema refused: every mistake is to be named at once."""
    questions = _questions(data)
    found = [
        *_reserved(data),
        *_ids(questions, shared),
        *_required(questions),
        *_quick(questions),
        *_moments(questions, shared),
        *(hit for path, question in questions for hit in _options(path, question)),
    ]
    return [mistake_at(locate, path, message) for path, message in found]


def shared_rules(data: Mapping[str, object], locate: Locate) -> list[Mistake]:
    parts = [((name,), part) for name in ("first", "closing") if (part := _mapping(data, name))]
    found: list[tuple[FieldPath, str]] = []
    for path, part in parts:
        found += _options(path, part)
        found += [
            ((*path, name), "is always true here; remove the line")
            for name in ("required", "quick")
            if part.get(name) is False
        ]
    closing, first = _mapping(data, "closing"), _mapping(data, "first")
    if "id" in first and first["id"] == closing.get("id"):
        found.append((("closing", "id"), "is the id of the first question too; change one"))
    if closing.get("kind") == "choice":
        found.append((("closing", "kind"), 'must be "text": her statement is in her words'))
    return [mistake_at(locate, path, message) for path, message in found]


def _reserved(data: Mapping[str, object]) -> Found:
    kind = data.get("kind")
    if isinstance(kind, str) and kind in RESERVED:
        yield ("kind",), f'"{kind}" is a word of the commands; choose another'


def _ids(questions: Sequence[tuple[FieldPath, Mapping[str, object]]], shared: Shared) -> Found:
    where = {shared.first.key: "the first question", shared.closing.key: "the closing question"}
    for path, question in questions:
        key = question.get("id")
        if not isinstance(key, str):
            continue
        if key in where:
            yield (*path, "id"), f'"{key}" is the id of {where[key]} too; change one'
        where.setdefault(key, f'the question "{question.get("text")}"')


def _required(questions: Sequence[tuple[FieldPath, Mapping[str, object]]]) -> Found:
    own = REQUIRED_AT_MOST - SHARED
    required = [path for path, question in questions if question.get("required") is True]
    for path in required[own:]:
        yield (
            (*path, "required"),
            f"only {own} questions may be required besides the first and the closing one; "
            f"{len(required)} are",
        )


def _quick(questions: Sequence[tuple[FieldPath, Mapping[str, object]]]) -> Found:
    own = QUICK_EXACTLY - SHARED
    quick = [path for path, question in questions if question.get("quick") is True]
    if questions and not quick:
        yield (
            ("questions",),
            'one question must have "quick: true": a quick review asks it between the first '
            "and the closing one",
        )
    for path in quick[own:]:
        yield (*path, "quick"), f"only one question may be quick; {len(quick)} are"


def _moments(questions: Sequence[tuple[FieldPath, Mapping[str, object]]], shared: Shared) -> Found:
    taken = shared.first.moment
    for path, question in questions:
        if question.get("moment") is True:
            if taken:
                yield (
                    (*path, "moment"),
                    "another question gives the moment; remove the line",
                )
            taken = True


def _options(path: FieldPath, question: Mapping[str, object]) -> Found:
    options = question.get("options")
    seen: set[str] = set()
    for place, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, str):
            if option_value(option) in seen:
                yield (*path, "options", place), f'"{option}" is there twice; remove one'
            seen.add(option_value(option))


def _questions(data: Mapping[str, object]) -> list[tuple[FieldPath, Mapping[str, object]]]:
    listed = data.get("questions")
    return [
        (("questions", place), question)
        for place, question in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(question, dict)
    ]


def _mapping(data: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}
