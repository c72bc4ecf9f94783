"""The dispatcher: takes what is queued, draws it from the facts, sends it."""
