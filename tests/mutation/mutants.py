"""Every small wrong turn a module's source could take, one at a time.

Left alone: annotations, decorators, strings, and what says which names a module has.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, 
}  # fmt: skip
ENUMS = ("Role", "Reason", "Act")
Step = tuple[str, int | None]
"""A field of a node, and the place in it where that is a list."""


@dataclass(frozen=True, slots=True)
class Mutant:
    line: int
    what: str
    source: str


def mutants_of(source: str, members: dict[str, list[str]]) -> Iterator[Mutant]:
    """`members`: the names of each of `ENUMS`, to put one in another's place."""
    tree = ast.parse(source)
    for path, node in _walk(tree, ()):
        for what, instead in _turns(node, members):
            changed = copy.deepcopy(tree)
            _put(changed, path, instead)
            yield Mutant(
                getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(changed))
            )


def _walk(node: ast.AST, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], ast.AST]]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment", "bases"):
            continue
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, item in items:
            is_left = isinstance(item, ast.Import | ast.ImportFrom) or _is_all(item)
            if isinstance(item, ast.AST) and not is_left:
                here = (*path, (name, place))
                yield here, item
                yield from _walk(item, here)


def _is_all(node: object) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _turns(node: ast.AST, members: dict[str, list[str]]) -> Iterator[tuple[str, ast.AST]]:
    text = " ".join(ast.unparse(node).split())[:60]
    match node:
        case ast.Compare(left=left, ops=[op], comparators=to) if type(op) in OTHER:
            turned = OTHER[type(op)]()
            yield f"{text}: turned", ast.Compare(left=left, ops=[turned], comparators=to)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{text}: and for or", ast.BoolOp(op=other, values=values)
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                without = rest[0] if len(rest) == 1 else ast.BoolOp(op=op, values=rest)
                yield f"{text}: without no. {i + 1}", without
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"{text}: without not", operand
        case ast.Constant(value=bool() as value):
            yield f"{text}: turned", ast.Constant(value=not value)
        case ast.Constant(value=int() as value):
            yield f"{text}: one more", ast.Constant(value=value + 1)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"{text}: always the first", body
            yield f"{text}: always the other", orelse
            del test
        case ast.If(test=test, body=body, orelse=orelse):
            for value in (True, False):
                always = ast.If(test=ast.Constant(value=value), body=body, orelse=orelse)
                yield f"if {ast.unparse(test)[:50]}: always {value}", always
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield f"{text}: None", ast.Return(value=ast.Constant(value=None))
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield f"{text}: left out", ast.Pass()
        case ast.Tuple(elts=elements, ctx=ast.Load()):
            for i, element in enumerate(elements):
                rest = elements[:i] + elements[i + 1 :]
                left_out = ast.Tuple(elts=rest, ctx=ast.Load())
                yield f"{text}: without {ast.unparse(element)}", left_out
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in members.get(name, ()):
            known = members[name]
            another = known[(known.index(attr) + 1) % len(known)]
            yield f"{text}: {another}", ast.Attribute(node.value, another, ast.Load())
        case _:
            pass


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _put(tree: ast.AST, path: tuple[Step, ...], instead: ast.AST) -> None:
    node: object = tree
    for name, place in path[:-1]:
        node = getattr(node, name)
        node = node if place is None else node[place]  # type: ignore[index]
    name, place = path[-1]
    if place is None:
        setattr(node, name, instead)
    else:
        getattr(node, name)[place] = instead
