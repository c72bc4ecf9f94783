"""Turns that no test can notice, since they change nothing; and why."""

EXPLAINED: dict[str, str] = {
    "seat.access: seat.unkept_for is not None and seat.unkept_for >= TAKE_OVER: without no. 1": (
        "a seat that somebody keeps was refused before; the type asks for it"
    ),
}
