"""What the decider and those around them press and fill."""

from playground.driver.message import Message
from playground.driver.person import Person
from tests.dialogs.office import Office
from tests.dialogs.office import option as option


def plain(message: Message) -> str:
    return message.all_text().replace("*", "")


def from_menu(office: Office, person: Person, card: Message, action: str) -> None:
    office.press(person, card, "more", option=option(card, action))


def open_form(office: Office, card: Message, by: Person | None = None) -> None:
    person = by or office.lee
    if card.button("decide"):
        office.press(person, card, "decide")
    else:
        from_menu(office, person, card, "decide")


def rule(office: Office, card: Message, verdict: str, **fields: object) -> None:
    open_form(office, card)
    because = fields.pop("because", "Hosting is up.")
    assert office.lee.submit(verdict=verdict, because=because, **fields) == {}  # type: ignore[arg-type]
    office.settle()


def answer_in_one_form(office: Office) -> None:
    """As `office.answer_all`, in one go: how she was heard is told elsewhere."""
    letter = office.letter(office.ana, "you're the customer")
    value = next(b["value"] for b in letter.buttons() if b["action_id"] == "answer_form")
    office.press(office.ana, letter, "answer_form", value=value)
    assert office.ana.modal is not None
    answers = {f"q{n}": f"Answer {n}" for n in range(1, 8)}
    answers |= {
        name: office.ana.modal.options(name)[0]
        for name in answers
        if office.ana.modal.options(name)
    }
    answers |= {"q7": "I would start looking around", "stance": "would_complain"}
    assert office.ana.submit(**answers) == {}  # type: ignore[arg-type]
    office.settle()


def object_to(office: Office, card: Message, text: str = "She was promised $39") -> None:
    office.says(office.ana, card, f"object: {text}")
