"""What can be wrong with the database, whoever asks it."""


class StoreTrouble(Exception):
    """It is the database's trouble and no bug of ours: later the same may pass."""


class StoreUnreachable(StoreTrouble):
    """The database does not answer. The one failure Slack is asked to try again for."""


class StoreBusy(StoreTrouble):
    """It answers, and a statement or a lock took too long. Nothing was done."""


class ForeignKeysBroken(Exception):
    """A migration left rows that point at nothing; it was rolled back."""
