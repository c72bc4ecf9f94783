"""Objections from raising to their end, and revisions that answer them."""

import pytest

from playground.driver.message import Message
from tests.dialogs.deciding import from_menu, plain
from tests.dialogs.ears import Ears
from tests.dialogs.office import Office


def object_by_form(office: Office, **fields: str) -> Message:
    """Ana objects; returns what Sam is told."""
    letter = office.letter(office.ana, "Ana, ")
    office.choose(office.ana, letter, "object")
    assert office.ana.submit(**{"title": "She was promised $39", **fields}) == {}  # type: ignore[arg-type]
    office.settle()
    return office.letter(office.sam, "objects for the customer")


def offer(office: Office, told: Message, action: str) -> None:
    office.press(office.sam, told, action)


def answer(office: Office, told: Message, text: str, kind: str = "none") -> None:
    office.press(office.sam, told, "reply_objection")
    assert office.sam.submit(reply=text, offer=kind) == {}
    office.settle()


def test_an_objection_by_form_tells_the_proposer_once(office: Office, card: Message) -> None:
    ears = Ears(office)
    object_by_form(office, detail="In the mail of May.", changes_her_mind="Old price till renewal")
    assert ears.new() == ["@sam"]
    told = ears.texts["@sam"].replace("*", "")
    assert "Ana Lima objects for the customer" in told
    assert "She was promised $39" in told
    assert "Old price till renewal" in told
    assert "1 objection" in card.all_text()


def test_an_objection_needs_words(office: Office, card: Message) -> None:
    office.choose(office.ana, office.letter(office.ana, "you're the customer"), "object")
    assert list(office.ana.submit(title="  ", force=True)) == ["title"]
    long = office.ana.submit(title="x " * 20_000, detail="y" * 40_000, force=True)
    assert "reference" not in str(long)
    office.settle()
    assert office.parked() == []


def test_what_would_change_her_mind_is_asked_for(office: Office, card: Message) -> None:
    office.says(office.ana, card, "object: She was promised $39")
    letter = office.letter(office.ana, "What would change her mind")
    office.says(office.ana, card, "The old price until her renewal")
    assert "What would change her mind" not in letter.all_text()
    assert "The old price until her renewal" in office.letter(office.sam, "objects").all_text()


def test_only_the_advocate_objects_by_form(office: Office, card: Message) -> None:
    stale = office.letter(office.ana, "you're the customer")
    office.choose(office.ana, stale, "object")
    from_menu(office, office.lee, card, "reassign")
    assert office.lee.submit(to=office.ben.id) == {}
    office.settle()
    errors = office.ana.submit(title="Too late")
    assert "Ben Osei" in str(errors)
    assert "objection" not in card.all_text()


def test_a_reply_reaches_the_advocate_and_settles_nothing(office: Office, card: Message) -> None:
    told = object_by_form(office)
    ears = Ears(office)
    answer(office, told, "Hosting is up for everyone.")
    assert ears.new() == ["@ana"]
    assert "Hosting is up for everyone." in ears.texts["@ana"]
    assert "It stays open" in ears.texts["@ana"]
    assert "You answered" in told.all_text()
    assert "1 objection" in card.all_text()


def test_made_as_she_asks_and_agreed_is_mitigated(office: Office, card: Message) -> None:
    told = object_by_form(office)
    answer(office, told, "She keeps it till renewal.", "mitigated")
    letter = office.letter(office.ana, "answers the objection")
    ears = Ears(office)
    office.press(office.ana, letter, "mitigated")
    assert ears.new() == []
    assert "How it ended: we do what she asks" in letter.all_text()
    assert "How it ended: we do what she asks" in told.all_text()
    assert "objection" not in card.all_text()


def test_the_offer_can_be_made_with_one_button(office: Office, card: Message) -> None:
    told = object_by_form(office)
    ears = Ears(office)
    office.press(office.sam, told, "mitigated")
    new = ears.new()
    assert new == ["@ana"], ears.texts
    assert "Offered:" in ears.texts["@ana"]
    office.press(office.ana, office.letter(office.ana, "Offered"), "mitigated")
    assert "How it ended: we do what she asks" in told.all_text()


def test_she_is_right_and_agreed_is_accepted(office: Office, card: Message) -> None:
    told = object_by_form(office)
    office.press(office.sam, told, "accept_objection")
    office.press(office.ana, office.letter(office.ana, "Offered"), "accept_objection")
    assert "How it ended: she is right, we leave it out" in told.all_text()
    assert "objection" not in card.all_text()


def test_what_was_not_offered_cannot_be_agreed_to(office: Office, card: Message) -> None:
    told = object_by_form(office)
    answer(office, told, "She keeps it.", "mitigated")
    seen = office.letter(office.ana, "answers the objection").snapshot()
    answer(office, told, "On second thoughts, no.", "none")
    ears = Ears(office)
    office.press(office.ana, seen, "mitigated")
    assert ears.new() == ["@ana"]
    assert "changed meanwhile" in ears.texts["@ana"]
    assert "1 objection" in card.all_text()


def test_the_proposer_cannot_agree_to_their_own_offer(office: Office, card: Message) -> None:
    told = object_by_form(office)
    seen = told.snapshot()
    office.press(office.sam, told, "mitigated")
    office.press(office.sam, seen, "mitigated")
    assert "1 objection" in card.all_text()


def test_the_advocate_takes_it_back_and_nobody_else(office: Office, card: Message) -> None:
    told = object_by_form(office)
    answer(office, told, "Hosting is up.")
    letter = office.letter(office.ana, "answers the objection")
    stolen = letter.snapshot()
    stolen.channel_record.members.append(office.ben.id)
    office.press(office.ben, stolen, "withdraw_objection")
    assert "1 objection" in card.all_text()
    office.press(office.ana, letter, "withdraw_objection")
    assert "objection" not in card.all_text()
    assert "How it ended: taken back" in told.all_text()
    ears = Ears(office)
    office.press(office.ana, stolen, "withdraw_objection")
    assert ears.new() == ["@ana"]
    assert "ended already" in ears.texts["@ana"]


def test_an_objection_after_she_was_heard_opens_it_again(office: Office, card: Message) -> None:
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    decider = office.letter(office.lee, "the customer has been heard")
    ears = Ears(office)
    office.says(office.ana, card, "object: She was promised $39")
    assert "open again" in decider.all_text()
    assert decider.button("decide") is None
    assert ears.new() == ["@sam"], "what would change her mind is asked first"
    office.says(office.ana, card, "Her old price until she renews")
    assert ears.new() == ["#pricing/thread"]
    office.press(office.ana, card.replies[-1], "confirm_heard")
    assert ears.new() == ["@lee", "@sam"]


def test_a_new_advocate_inherits_the_objections(office: Office, card: Message) -> None:
    told = object_by_form(office)
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    answer(office, told, "She keeps it.", "mitigated")
    office.press(office.ben, office.letter(office.ben, "answers the objection"), "mitigated")
    assert "objection" not in card.all_text()


def revise(office: Office, card: Message, **fields: str) -> dict[str, str]:
    from_menu(office, office.sam, card, "revise")
    errors = office.sam.submit(**fields)  # type: ignore[arg-type]
    office.settle()
    return errors


def test_a_revision_says_its_difference_and_asks_the_advocate(
    office: Office, card: Message
) -> None:
    office.answer_all(office.ana, card)
    office.press(office.ana, card.replies[-1], "confirm_heard")
    ears = Ears(office)
    assert revise(office, card, title="Team plan to $45", what_changed="Two dollars less.") == {}
    assert ears.new() == ["#pricing/thread", "@ana"]
    said = ears.texts["#pricing/thread"].replace("*", "")
    assert "Revision 2 by Sam Ortiz" in said
    assert "~Team plan from $39 to $49~ → Team plan to $45" in said
    assert "Two dollars less." in said
    assert "Sam Ortiz has revised the proposal" in ears.texts["@ana"].replace("*", "")
    assert "Team plan to $45" in card.text
    assert "Waiting for Ana" in card.all_text(), "it is open again"
    office.press(office.ana, office.letter(office.ana, "revised the proposal"), "answer_form")
    assert office.ana.modal is not None
    assert office.ana.modal.fields()["q3"] == "Three-person shops, $120 a year"


def test_a_revision_reopens_what_was_mitigated_for_the_one_before(
    office: Office, card: Message
) -> None:
    told = object_by_form(office)
    office.press(office.sam, told, "mitigated")
    office.press(office.ana, office.letter(office.ana, "Offered"), "mitigated")
    assert revise(office, card, why="All for us.") == {}
    assert "1 objection" in card.all_text()
    assert "How it ended" not in told.all_text()


def test_a_revision_that_changes_nothing_says_nothing(office: Office, card: Message) -> None:
    ears = Ears(office)
    assert revise(office, card) == {}
    assert ears.new() == []


def test_only_the_proposer_revises(office: Office, card: Message) -> None:
    ears = Ears(office)
    from_menu(office, office.lee, card, "revise")
    assert office.lee.modal is None
    assert ears.new() == ["~lee"]
    assert "Only Sam Ortiz can revise #1" in ears.texts["~lee"]


def test_what_was_revised_meanwhile_is_not_overwritten(office: Office, card: Message) -> None:
    from_menu(office, office.sam, card, "revise")
    first = office.sam.modal
    assert first is not None
    from_menu(office, office.sam, card, "revise")
    assert office.sam.submit(title="One") == {}
    office.settle()
    # The form on Sam's other screen is still there.
    first.record.is_open = True
    office.slack.world.stacks[office.sam.id].append(first.record)
    office.sam.submit(title="Two")
    assert "One" in card.text
    assert office.sam.modal is not None
    assert "~Team plan from $39 to $49~ → One" in office.sam.modal.text()
    assert office.sam.submit() == {}
    office.settle()
    assert "Two" in card.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "x" * 81), ("title", "  "), ("why", "y" * 1001), ("change", "z" * 40_000)],
)
def test_a_revision_is_checked_like_a_proposal(
    office: Office, card: Message, field: str, value: str
) -> None:
    from_menu(office, office.sam, card, "revise")
    assert list(office.sam.submit(**{field: value}, force=True)) == [field]  # type: ignore[arg-type]


def test_without_an_advocate_a_revision_tells_nobody_privately(office: Office) -> None:
    office.set_up(office.ana)
    card = office.propose()
    office.pass_on(office.ana, office.letter(office.ana, "you're the customer"))
    ears = Ears(office)
    assert revise(office, card, title="Team plan to $45") == {}
    assert ears.new() == ["#pricing/thread"]
    assert "Whoever takes the seat" in plain(card.replies[-1])


def test_she_still_objects_ends_the_asking_and_goes_to_the_decider(
    office: Office, card: Message
) -> None:
    told = object_by_form(office)
    answer(office, told, "Hosting is up.")
    letter = office.letter(office.ana, "answers the objection")
    assert "You answered the customer's objection" in told.all_text()
    ears = Ears(office)
    office.press(office.ana, letter, "still_objects")
    assert ears.new() == [], "what stands is drawn anew, and nobody is asked again"
    assert "The objection stands: Ana says the customer still objects" in plain(told)
    assert "It goes to Lee" in told.all_text()
    assert told.button("reply_objection") is None
    assert letter.button("still_objects") is None
    assert "You said that she still objects" in letter.all_text()
    office.press(office.sam, told, "mitigated")
    assert "Yes, that settles it" in office.letter(office.ana, "to do what she asks").all_text()
    assert "The objection stands" not in told.all_text(), "something is offered now"


def test_she_still_objects_only_to_the_latest_answer(office: Office, card: Message) -> None:
    told = object_by_form(office)
    answer(office, told, "Hosting is up.")
    letter = office.letter(office.ana, "answers the objection")
    seen = letter.snapshot()
    answer(office, told, "We keep $39 for a year.", "mitigated")
    ears = Ears(office)
    office.press(office.ana, seen, "still_objects")
    assert "changed meanwhile" in ears.only("@ana")
    assert "The objection stands" not in told.all_text()
