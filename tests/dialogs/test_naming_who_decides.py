"""Naming somebody else to decide: by the proposer in a revision, or by a keeper."""

from tests.dialogs.office import Office


def card_menu(office: Office, person: object, card: object, action: str) -> None:
    option = next(
        o["value"]
        for b in card.buttons()  # type: ignore[attr-defined]
        for o in b.get("options", [])
        if o["value"].startswith(f"{action}:")
    )
    office.press(person, card, "more", option=option)  # type: ignore[arg-type]


def test_the_proposer_names_someone_else_who_then_may_decide(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.sam)
    card_menu(office, office.sam, card, "revise")
    assert office.sam.submit(decider=office.lee) == {}
    office.settle()
    assert "Lee Park decides" in card.all_text()
    assert len(card.replies) == 1, "naming a decider is no revision"
    card_menu(office, office.lee, card, "decide")
    assert office.lee.submit(verdict="stop", because="Not this year.") == {}


def test_a_keeper_names_a_decider_after_she_was_heard_and_the_new_one_hears_of_it(
    office: Office,
) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose(decider=office.dan)
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    before = office.letter(office.dan, "heard")
    card_menu(office, office.lee, card, "reassign")
    assert office.lee.submit(decider=office.eve) == {}
    office.settle()
    assert "Ana Lima speaks" in card.all_text(), "the seat stays"
    assert office.letter(office.eve, "heard").button("decide")
    assert "Eve Moreau decides this one now" in before.all_text()
    assert before.button("decide") is None


def test_whoever_speaks_for_the_customer_cannot_be_named(office: Office) -> None:
    office.set_up(office.ana, office.ben)
    card = office.propose()
    card_menu(office, office.sam, card, "revise")
    errors = office.sam.submit(decider=office.ana)
    assert "can't decide as well" in errors["decider"]
