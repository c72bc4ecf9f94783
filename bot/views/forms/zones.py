"""The time zones a form offers: at most a hundred fit, so one for each usual clock and big city."""

from collections.abc import Iterator

_PLACES = {
    "Pacific": "Honolulu Auckland",
    "America": (
        "Anchorage Los_Angeles Vancouver Denver Phoenix Edmonton Chicago Winnipeg "
        "Mexico_City Costa_Rica New_York Toronto Panama Bogota Lima Havana "
        "Jamaica Halifax Puerto_Rico Caracas La_Paz Santiago Asuncion St_Johns Sao_Paulo "
        "Argentina/Buenos_Aires Montevideo"
    ),
    "Atlantic": "Azores Cape_Verde Reykjavik",
    "Europe": (
        "London Dublin Lisbon Paris Madrid Berlin Amsterdam Brussels Zurich Vienna Rome Prague "
        "Warsaw Budapest Copenhagen Oslo Stockholm Belgrade Athens Bucharest Sofia Helsinki "
        "Tallinn Kyiv Istanbul Moscow"
    ),
    "Africa": "Casablanca Accra Lagos Cairo Johannesburg Nairobi Addis_Ababa",
    "Asia": (
        "Jerusalem Beirut Riyadh Baghdad Tehran Dubai Kabul Karachi Tashkent Kolkata Colombo "
        "Kathmandu Dhaka Yangon Bangkok Jakarta Ho_Chi_Minh Hong_Kong Singapore Manila Shanghai "
        "Taipei Seoul Tokyo"
    ),
    "Australia": "Perth Darwin Adelaide Brisbane Sydney",
}


def zones(current: str) -> list[tuple[str, str]]:
    """Value and label; the current one first if it is not among the usual."""
    usual = ["UTC", *_usual()]
    if current not in usual:
        usual.insert(0, current)
    return [(zone, zone.replace("_", " ")) for zone in usual]


def _usual() -> Iterator[str]:
    for area, places in _PLACES.items():
        yield from sorted(f"{area}/{place}" for place in places.split())
