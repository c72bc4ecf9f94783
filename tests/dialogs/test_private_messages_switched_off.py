"""The app's Messages tab is off: who has to act is named in the thread, and nothing is lost."""

from sqlmodel import select

from db.backlog import try_again
from db.tables import OutboxRow, OutboxState
from tests.dialogs.office import Office


def test_whoever_has_to_act_is_named_in_the_thread(office: Office) -> None:
    for person in office.people.values():
        office.slack.faults.add(
            "error:messages_tab_disabled", method="chat.postMessage", channel=person.dm.id
        )
    office.set_up(office.ana, office.ben)
    card = office.propose()
    _, told = card.replies
    assert told.all_text().startswith(f"<@{office.ana.id}>, for you: ")
    assert "you're the customer" in told.all_text()
    assert "private messages are switched off" in told.all_text()
    office.wait(days=4)
    named = [m.all_text().partition(">")[0] for m in card.replies[1:]]
    assert named.count(f"<@{office.ben.id}") == 1, "the stand-in, asked once"
    assert len(named) == len({m.all_text() for m in card.replies[1:]}) <= 4
    assert not [m for m in office.ana.dm.messages if m.by_bot]
    office.slack.faults.clear()
    parked = office.store.read(
        lambda s: s.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)).all()
    )
    for row in parked:
        office.store.transact(lambda s, it=row.id: try_again(s, it, now=office.clock.machine()))
    office.settle()
    assert [m for m in office.ana.dm.messages if m.by_bot], "switched on, and tried again"
    assert not office.parked()
