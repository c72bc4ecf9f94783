"""Turns that no test can notice, since they change nothing; and why."""

EXPLAINED: dict[str, str] = {
    "seat.access: seat.unkept_for is not None and seat.unkept_for >= TAKE_OVER: without no. 1": (
        "a seat that somebody keeps was refused before; the type asks for it"
    ),
    **dict.fromkeys(
        (
            "seat.access: actor.is_guest or actor.is_external: and for or",
            "seat.access: actor.is_guest or actor.is_external: without no. 1",
            "seat.access: actor.is_guest or actor.is_external: without no. 2",
        ),
        "in `_has`: the one act of full members refused guests and people from outside before",
    ),
}
