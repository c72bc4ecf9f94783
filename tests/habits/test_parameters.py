"""No list whose length the data decide becomes the parameters of one statement (db/chunks.py)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
SHORT = {
    "kinds": "the kinds of rows this version knows",
    "messages": "the kinds of messages this version knows",
    "states": "of a review",
    "ended": "states of an objection",
    "workspaces": "installed in this process",
    "but_not": "workspaces of this process",
    "mine": "a query, not a list",
    "passed": "rows of one tick, 200 at most",
}
"""Names of lists that the program decides, and of what."""


def find_long_lists(source: str) -> Iterator[str]:
    """`…in_(many)` with a list that isn't a part of one, and `….values([…])`; by line."""
    tree = ast.parse(source)
    parts = {
        name.id
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For | ast.comprehension) and "chunks(" in ast.unparse(loop.iter)
        for name in ast.walk(loop.target)
        if isinstance(name, ast.Name)
    }
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        given = call.args[0]
        if call.func.attr == "values" and isinstance(given, ast.List | ast.ListComp):
            yield f"{call.lineno}: {ast.unparse(call)[:80]}"
        if call.func.attr not in ("in_", "not_in") or isinstance(given, ast.Tuple | ast.List):
            continue
        if isinstance(given, ast.Call) and ast.unparse(given.func) in ("sorted", "list", "set"):
            given = given.args[0]
        name = given.id if isinstance(given, ast.Name) else ""
        if not (name and (name in SHORT or name in parts or name.isupper())):
            yield f"{call.lineno}: {ast.unparse(call)[:80]}"


@pytest.mark.parametrize("room", ["bot", "db"])
def test_long_lists_go_in_parts(room: str) -> None:
    found = [
        f"{path.relative_to(HOME)}:{line}"
        for path in sorted((HOME / room).rglob("*.py"))
        if "versions" not in path.parts
        for line in find_long_lists(path.read_text())
    ]
    assert found == [], "take them in parts: for some in chunks(them)"


@pytest.mark.parametrize(
    ("line", "is_long"),
    [
        ("s.where(col(A.id).in_(users))", True),
        ("s.where(col(A.id).in_([u.id for u in users]))", True),
        ("s.where(col(A.id).not_in(sorted(users)))", True),
        ("insert(A).values([{'id': u} for u in users])", True),
        ("s.where(col(A.state).in_(OPEN))", False),
        ("s.where(col(A.state).in_(('open', 'heard')))", False),
        ("s.where(col(A.kind).in_(kinds))", False),
        ("for some in chunks(users): s.where(col(A.id).in_(some))", False),
        ("insert(A).values(id=1)", False),
    ],
)
def test_what_is_looked_for(line: str, is_long: bool) -> None:
    assert bool(list(find_long_lists(line))) is is_long
