"""docs/life-cycle.md is made from seat/review.py, and says the same.

Write it anew after a change there: python -m tests.habits.test_docs_life_cycle
"""

from pathlib import Path

from seat.facts import State
from seat.review import MOVES, Move

PAGE = Path(__file__).parents[2] / "docs" / "life-cycle.md"

STATES = {
    State.OPEN: "proposed; the customer has not been heard yet",
    State.HEARD: "her answers and her statement are in, and were said back",
    State.DECIDED: "somebody decided: go, go with changes, or defer until a day",
    State.CLOSED: "over: stopped, or looked back upon",
    State.WITHDRAWN: "the proposal was taken back",
}


def life_cycle_page() -> str:
    arrows = [
        f"    {source} --> {transition.target}: {move}"
        for move, transition in MOVES.items()
        for source in sorted(transition.sources)
    ]
    rows = [
        f"| `{move}` | {', '.join(f'`{s}`' for s in sorted(transition.sources))} "
        f"| `{transition.target}` | {transition.when} |"
        for move, transition in MOVES.items()
    ]
    return "\n".join(
        [
            "# Life of a review",
            "",
            "<!-- Made from MOVES in seat/review.py by tests/habits/test_docs_life_cycle.py. -->",
            "",
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> open: propose",
            *arrows,
            "```",
            "",
            "| state | what it means |",
            "|---|---|",
            *(f"| `{state}` | {means} |" for state, means in STATES.items()),
            "",
            "| move | from | to | when |",
            "|---|---|---|---|",
            *rows,
            "",
            "That a review is overdue, has nobody in its seat, or waits for somebody is never "
            "stored: it is",
            "derived from the facts and the clock whenever somebody looks.",
            "",
        ]
    )


def test_the_page_says_what_the_code_does() -> None:
    assert PAGE.read_text() == life_cycle_page(), "python -m tests.habits.test_docs_life_cycle"


def test_every_state_and_every_move_is_on_it() -> None:
    assert set(STATES) == set(State)
    assert set(MOVES) == set(Move)


if __name__ == "__main__":
    PAGE.write_text(life_cycle_page())
