"""What the kinds of pieces of a message are called, as they are kept with it."""

ANSWERING = ("answer", "statement", "why", "skip", "not_known")
"""The kinds that speak to a question."""

GIVING = ("answer", "statement")
"""Those of them that give its words."""

OBJECTION = "objection"
"""What a piece is that raised one; its number is the objection's."""

OBJECTING = (OBJECTION, "mind")
"""Those whose number is an objection's."""

REPLACED = "replaced_"
"""In front of the kind of a piece that a form or a tap has replaced."""
