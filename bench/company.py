"""A process of its own: a stand-in for Slack with channels and people. Prints its facts as a line.

Ends when its standard input does.
"""

import json
import sys

from playground import Playground

CHANNELS, PEOPLE = 10, 12


def main() -> None:
    with Playground() as slack:
        people = [slack.add_person(f"Person {n}") for n in range(PEOPLE)]
        channels = [
            slack.add_channel(f"team-{n}", members=people, bot_in=True) for n in range(CHANNELS)
        ]
        facts = {
            "api_url": slack.api_url,
            "token": slack.bot_token,
            "secret": slack.signing_secret,
            "team": slack.team.id,
            "people": {person.id: person.real_name for person in people},
            "channels": {channel.id: channel.name for channel in channels},
        }
        print(json.dumps(facts), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
