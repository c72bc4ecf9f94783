"""What was promised in a run: what the bot acknowledged, or took over with a delivery.

A person remembers what Slack let her do; the auditor then looks for it. Every word that somebody
wrote carries a mark of its own ("m7"), so that it is found wherever it went.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Said:
    """A message of the advocate's: which answers (or which objection) it stands for by now."""

    ts: str
    answers: dict[int, str] = field(default_factory=dict)
    objection: str = ""
    is_deleted: bool = False
    former: list[str] = field(default_factory=list)
    """Marks that an edit or the deletion took out: kept in the history, at most once."""


@dataclass(slots=True)
class Tale:
    """One review as the people who played it know it."""

    title: str
    channel: str
    proposed: bool = False
    said: list[Said] = field(default_factory=list)
    filled: dict[int, str] = field(default_factory=dict)
    """By form: question → mark, once the form was accepted."""
    not_known: list[int] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)
    """By form."""
    replies: list[str] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)
    """Objections whose mitigation the advocate agreed to."""
    stance: str = ""
    confirmed: bool = False
    decided: str = ""
    verdict: str = ""
    used: set[int] = field(default_factory=set)
    """Questions that were answered, whatever came of it: nobody answers them a second time."""
    tried: set[str] = field(default_factory=set)
    """Marks of forms that may or may not have been taken: at most once."""


@dataclass(slots=True)
class Ledger:
    name: str = ""
    tales: list[Tale] = field(default_factory=list)
    digest_times: dict[str, set[str]] = field(default_factory=dict)
    """By channel: what the keeper was told it is; several where a form may have been taken or not.
    """
    cleaned: list[tuple[str, str]] = field(default_factory=list)
    """Cards and checklists that an admin deleted: key and ts."""
    marks: int = 0

    def mark(self) -> str:
        self.marks += 1
        return f"m{self.name}{self.marks:03}"
