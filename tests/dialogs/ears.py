"""Hearing everything the bot says: silence and a double reply both fail a test."""

from tests.dialogs.office import Office


class Ears:
    """`new()`: where the bot has said something since the last time, once for each message.

    `#pricing` for a channel, `#pricing/thread`, `@sam` for a private message, `~sam` for one line
    only Sam sees. A redraw is not something new.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.texts: dict[str, str] = {}
        self._known: set[tuple[str, str]] = set()
        self.new()

    def new(self) -> list[str]:
        """In the order of the places' names. What was said stands in `texts`, last one a place."""
        team, found = self.office.slack.team, []
        names = {person.id: name for name, person in self.office.people.items()}
        names |= {p.id: p.real_name for p in team.people if p.id not in names}
        for person in team.people:
            name = names[person.id]
            found += [(f"@{name}", m) for m in person.dm.messages if m.by_bot]
            found += [(f"~{name}", m) for m in person.ephemerals()]
        for channel in team.channels:
            for message in channel.messages:
                found += [(f"#{channel.name}", message)] if message.by_bot else []
                replies = [m for m in message.replies if m.by_bot]
                found += [(f"#{channel.name}/thread", m) for m in replies]
        new = [(place, m) for place, m in found if (place, m.ts) not in self._known]
        self._known |= {(place, m.ts) for place, m in new}
        self.texts |= {place: m.all_text() for place, m in new}
        return sorted(place for place, _ in new)

    def only(self, place: str) -> str:
        """The one new message, which has to be there."""
        assert self.new() == [place]
        return self.texts[place]
