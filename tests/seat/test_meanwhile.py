"""What of a review has changed since something of it was seen, as a table."""

import ast
from pathlib import Path

import pytest

from seat.facts import AnswerState, ObjectionState
from seat.meanwhile import FULL_LIST, TOUCHES, Entry, Seen, has_changed, renumbered
from seat.passing import Passing
from seat.review import Move

CLOSING = 7
USE_CASES = Path(__file__).parents[2] / "bot" / "reviews"


def entry(what: str, number: int | None = None) -> Entry:
    return Entry(what, {}, {} if number is None else {"number": number})


@pytest.mark.parametrize(
    ("done", "seen", "changed"),
    [
        (entry("revised"), {Seen.PROPOSAL}, True),
        (entry("revised"), {Seen.HER_WORDS, Seen.OBJECTIONS}, False),
        (entry("answer_given", CLOSING), {Seen.HER_WORDS}, True),
        (entry("answer_given", 3), {Seen.HER_WORDS}, False),
        (entry("answer_given", 3), {Seen.ANSWERS}, True),
        (entry("stance"), {Seen.HER_WORDS}, True),
        (entry("objection_reply", 1), {Seen.OBJECTION}, True),
        (entry("objection_reply", 2), {Seen.OBJECTION}, False),
        (entry("objection_reply", 2), {Seen.OBJECTIONS}, True),
        (entry("objection_edited"), {Seen.OBJECTION}, True),  # an older version: any may be meant
        (entry("mind", 1), {Seen.OBJECTION}, True),
        (entry("objected", 2), {Seen.OBJECTION}, False),
        (entry("objected", 2), {Seen.OBJECTIONS}, True),
        (entry("reopen"), {Seen.ROUND}, True),
        *((entry("restored"), {seen}, True) for seen in Seen),  # from a backup: it is another time
        (entry("decided"), set(Seen), False),  # said by itself
        (entry("said_back"), set(Seen), False),
        (entry("what a newer version does"), {Seen.PROPOSAL}, True),
    ],
)
def test_what_was_touched(done: Entry, seen: set[Seen], changed: bool) -> None:
    assert has_changed([entry("accepted"), done], seen, closing=CLOSING, objection=1) is changed


def test_an_answer_of_before_the_full_list_counts_under_its_new_number() -> None:
    full = Entry(FULL_LIST, {}, {"numbers": {"3": 7}})
    entries = [entry("answer_given", 3), full, entry("answer_given", 3)]
    assert [e.number for e in renumbered(entries)] == [7, None, 3]
    assert has_changed(renumbered(entries[:2]), {Seen.HER_WORDS}, closing=7)


def test_every_entry_of_the_history_says_what_it_touches() -> None:
    """All that a use case records, in a word, a list of words, or beginning with one."""
    lists = {"Move": Move, "Passing": Passing}
    found = {str(move) for move in Move} - {Move.DECIDE, Move.STOP, Move.WITHDRAW, Move.CLOSE}
    for path in USE_CASES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            what = node.args[0] if node.func.attr == "record" and node.args else None
            match what:
                case ast.Constant(value=str(word)):
                    found.add(word)
                case ast.Attribute(value=ast.Name(id=name), attr=attr):
                    found.add(str(lists[name][attr]))
                case ast.JoinedStr(values=[ast.Constant(value="answer_"), *_]):
                    found |= {f"answer_{state}" for state in AnswerState}
                case ast.JoinedStr(values=[ast.Constant(value="objection_"), *_]):
                    ways = (ObjectionState.MITIGATED, ObjectionState.ACCEPTED)
                    found |= {f"objection_{state}" for state in ways}
                case ast.Name(id="FULL_LIST"):
                    found.add(FULL_LIST)
                case ast.Name(id="what" | "move") | None:
                    pass  # `_changed` of objections.py, whose words stand here below; moves, above
                case _:
                    raise AssertionError(f"{path.name}: {ast.unparse(what)}")
    found |= {"mind", "objection_edited", "objection_withdrawn"}
    assert found - set(TOUCHES) == set()
    assert len(found) > 25
