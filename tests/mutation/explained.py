"""Turns that no test can notice, since they change nothing; and why."""

EXPLAINED: dict[str, str] = {}
