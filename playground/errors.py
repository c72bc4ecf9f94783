"""What the playground raises to whoever drives it (what Slack answers to a bot is in web_api).

PlaygroundError
├── CannotDo        a person could not do this in Slack: no such button, not a member, nothing open
├── CannotSubmit    Slack's client would not send this form; `.fields` names what is wrong
├── CannotRead      what was kept is damaged, or was kept by another version
└── NothingListens  no bot is connected and no address is known
"""


class PlaygroundError(Exception):
    pass


class CannotDo(PlaygroundError):
    pass


class CannotSubmit(PlaygroundError):
    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in fields.items()))
        self.fields = fields


class CannotRead(PlaygroundError):
    pass


class NothingListens(PlaygroundError):
    pass
