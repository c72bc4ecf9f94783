"""What somebody is called: never by half a name that may be the wrong half."""

import pytest

from seat.called import called


@pytest.mark.parametrize(
    ("name", "said"),
    [
        # Sure.
        ("Ana Lima", "Ana"),
        ("Zoë Åkerström", "Zoë"),
        ("Anne-Marie O'Neil", "Anne-Marie"),
        ("Lee Park", "Lee"),
        ("Ana", "Ana"),
        ("ana.lima", "ana.lima"),
        ("Łukasz Żak", "Łukasz"),
        # Beside the name.
        ("[EXT] Ana Lima", "Ana"),
        ("Ana Lima [Acme]", "Ana"),
        ("Ana Lima (she/her)", "Ana"),
        (":tada: Ana", "Ana"),
        (":palm_tree: Ana Lima :woman-technologist:", "Ana"),
        ("\N{WOMAN}\u200d\N{PERSONAL COMPUTER} Ana Lima", "Ana"),
        ("Ana\u200b Lima", "Ana"),
        ("  Ana   Lima  ", "Ana"),
        ("Ana \N{PALM TREE}", "Ana"),
        ("\u2066Ana\u2069", "Ana"),
        # The family first, or who knows.
        ("Lima, Ana", "Lima, Ana"),
        ("Kim, Min-ji", "Kim, Min-ji"),
        ("[EXT] Lima, Ana", "Lima, Ana"),
        ("Kim Minji", "Kim Minji"),
        ("Lee Min-ho", "Lee Min-ho"),
        ("Nguyễn An", "Nguyễn An"),
        ("Nguyen Van An", "Nguyen Van An"),
        ("Nagy Péter", "Nagy Péter"),
        ("Wang Xiaoming", "Wang Xiaoming"),
        ("LIMA Ana", "LIMA Ana"),
        ("김 민지", "김 민지"),
        ("김민지", "김민지"),
        ("王小明", "王小明"),
        ("山田 太郎", "山田 太郎"),
        ("Иванова Анна", "Иванова Анна"),
        ("محمد علي", "محمد علي"),
        ("अना लीमा", "अना लीमा"),
        # Titles, initials, particles, companies.
        ("Dr. Ana Lima", "Dr. Ana Lima"),
        ("Dr Lima", "Dr Lima"),
        ("Prof. Lima", "Prof. Lima"),
        ("Frau Lima", "Frau Lima"),
        ("Herr Weiss", "Herr Weiss"),
        ("A. Lima", "A. Lima"),
        ("J Lima", "J Lima"),
        ("Ana L.", "Ana L."),
        ("de Lima Ana", "de Lima Ana"),
        ("Van Dyke", "Van Dyke"),
        ("Ana Maria Lima", "Ana Maria Lima"),
        ("Ana Lima | Pricing", "Ana Lima | Pricing"),
        ("Ana Lima - Acme", "Ana Lima - Acme"),
        ("ana lima", "ana lima"),
        ("R2 D2", "R2 D2"),
        ("Sales Team 3", "Sales Team 3"),
        # Nothing left.
        (":tada:", ":tada:"),
        ("[EXT]", "[EXT]"),
        ("", ""),
    ],
)
def test_what_somebody_is_called(name: str, said: str) -> None:
    assert called(name) == said
