"""What is taken away is taken away everywhere, and once more from a database that was restored."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from db.erasures import apply_erasures, mark_of, new_erasure, read_erasures
from db.forgetting import forget_person, tombstone_of
from db.outbox import queue_surface, queue_whisper
from db.store import Store
from db.sweep import MARK, NOT_TYPED
from db.tables import (
    AnswerRow,
    DecisionRow,
    DeliveryFailed,
    Erasure,
    ErasureKind,
    HistoryRow,
    ObjectionRow,
    OutboxRow,
    Person,
    ReviewRow,
    Surface,
    ThreadMessage,
)
from db.words import FIELDS, find_parts, take_off
from tests.db.everything import fill, stands_in
from tests.db.rows import NOW, T, add_full_review

SAID = 'Acme Ltd said: "we <would> leave" – all 40 of us'
USER = "U0ACME00011"
PARTS = (*(f"field:{name}" for name in FIELDS), "answer:1", "objection:1", "decision:1", "reasons")


@pytest.mark.parametrize("part", PARTS)
def test_words_are_gone_from_every_column_of_every_table(store: Store, part: str) -> None:
    def look(session: Session) -> set[str]:
        fill(session, said=SAID)
        assert len(stands_in(session, SAID)) > 60
        take_off(session, session.get_one(ReviewRow, 1), part)
        return stands_in(session, "Acme")

    left = store.transact(look)
    assert {place.partition(".")[0] for place in left} <= NOT_TYPED


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_words_are_in_no_byte_of_the_files_any_more(store: Store, tmp_path: Path) -> None:
    words = f"{SAID} " + "and a long tale of it, " * 400  # on pages of its own

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))

    def begin(session: Session) -> None:
        row = add_full_review(session)
        row.title, row.why, row.told_to_her = "Brill", words, "x" * 3000

    store.transact(begin)
    assert b"and a long tale of it" in files()
    store.transact(lambda s: take_off(s, s.get_one(ReviewRow, 1), "field:why"))
    store.fold_log()
    assert b"a long tale" not in files()
    assert b"Acme Ltd" not in files()
    assert b"Brill" in files(), "they are read as they are"


def test_a_person_is_gone_from_every_column_of_every_table(store: Store) -> None:
    def look(session: Session) -> tuple[set[str], set[str]]:
        fill(session, said=f"what <@{USER}> said", code=USER)
        before = stands_in(session, USER)
        session.get_one(Person, (T, USER)).name = "Ana Lima"
        forget_person(session, workspace_id=T, person_id=USER, tombstone="forgotten-1", now=NOW)
        return before, stands_in(session, USER) | stands_in(session, "Ana Lima")

    before, left = store.transact(look)
    assert len(before) > 60
    assert left == set()


def test_a_line_that_names_a_person_in_words_says_nothing_any_more(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        session.add(Person(workspace_id=T, id=USER, name="Ana Lima", checked_at=NOW))
        args = {"template": "refusals.not_yours", "args": {"people": ["Ana Lima"]}}
        queue_surface(session, workspace_id=T, kind="private_answer", key="private_answer:1",
                      person_id="U4", review_id=row.id, args=args, now=NOW)  # fmt: skip
        queue_whisper(session, workspace_id=T, channel_id="C1", person_id="U4", thread_ts=None,
                      now=NOW, **args)  # fmt: skip
        row.proposer = USER
        forget_person(session, workspace_id=T, person_id=USER, tombstone="gone", now=NOW)
        assert stands_in(session, "Ana Lima") == set()
        lines = session.exec(select(OutboxRow).where(OutboxRow.kind == "whisper")).all()
        assert [line.args["template"] for line in lines] == ["refusals.stale"]

    store.transact(look)


def test_what_was_said_stays_when_the_person_is_forgotten(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        said = session.get_one(AnswerRow, (row.id, 2)).text
        forget_person(session, workspace_id=T, person_id="U3", tombstone="forgotten-1", now=NOW)
        answer = session.get_one(AnswerRow, (row.id, 2))
        assert (answer.text, answer.by) == (said, "forgotten-1")
        assert session.get_one(ReviewRow, row.id).advocate == "forgotten-1"
        assert session.get_one(Person, (T, "forgotten-1")).deactivated

    store.transact(look)


def test_an_id_that_begins_like_anothers_is_somebody_else(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        row.proposer, row.decider = "U0AAAAAAA", "U0AAAAAAAB1"
        forget_person(session, workspace_id=T, person_id="U0AAAAAAA", tombstone="gone", now=NOW)
        fresh = session.get_one(ReviewRow, row.id)
        assert (fresh.proposer, fresh.decider) == ("gone", "U0AAAAAAAB1")

    store.transact(look)


def test_short_words_are_taken_where_they_stand_and_nowhere_else(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        assert row.id is not None
        session.add(AnswerRow(review_id=row.id, number=1, state="given", text="Yes", by="U3"))
        session.get_one(AnswerRow, (row.id, 2)).text = "Yes"
        after = {"number": 2, "state": "given", "text": "Yes"}
        session.add(
            HistoryRow(review_id=row.id, at=NOW, who="U3", what="answer_given", after=after)
        )
        take_off(session, row, "answer:2")
        assert session.get_one(AnswerRow, (row.id, 2)).text == MARK
        assert session.get_one(AnswerRow, (row.id, 1)).text == "Yes"
        (entry,) = session.exec(select(HistoryRow)).all()
        assert entry.after == {"number": 2, "state": "given", "text": MARK}

    store.transact(look)


def test_each_part_is_taken_alone(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        before = find_parts(session, row)
        assert before["objection:1"] == "First"
        take_off(session, row, "objection:1")
        after = find_parts(session, row)
        del before["objection:1"]
        assert after == before
        decision = session.get_one(DecisionRow, (row.id, 1))
        take_off(session, row, "decision:1")
        assert decision.because == MARK
        titles = [o.title for o in session.exec(select(ObjectionRow).order_by(ObjectionRow.number))]
        assert titles == [MARK, "Second"]

    store.transact(look)


def test_the_messages_that_still_say_it_in_slack_are_named(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        assert row.id is not None
        for ts, number, deleted in (("5.1", 2, False), ("5.2", 1, False), ("5.3", 2, True)):
            pieces = [{"what": "answer", "number": number, "text": f"about {number} weeks"}]
            session.add(
                ThreadMessage(workspace_id=T, channel_id="C1", ts=ts, review_id=row.id, by="U3",
                              version=ts, pieces=pieces, deleted=deleted)
            )  # fmt: skip
        assert take_off(session, row, "answer:2").messages == {("C1", "5.1")}
        assert session.get_one(ThreadMessage, (T, "C1", "5.3")).pieces[0]["text"] == MARK
        assert session.get_one(ThreadMessage, (T, "C1", "5.2")).pieces[0]["text"] == "about 1 weeks"

    store.transact(look)


def test_an_event_about_such_a_message_that_met_a_bug_loses_its_words(store: Store) -> None:
    """Slack splits them where a letter is bold, so that nothing finds them by themselves."""

    def look(session: Session) -> None:
        row = add_full_review(session)
        assert row.id is not None
        pieces = [{"what": "answer", "number": 2, "text": "about two weeks"}]
        session.add(
            ThreadMessage(workspace_id=T, channel_id="C1", ts="5.1", review_id=row.id, by="U3",
                          version="5.1", pieces=pieces)
        )  # fmt: skip
        for ts in ("5.1", "6.1"):
            parts = [{"type": "text", "text": "about "}, {"type": "text", "text": "two months"}]
            event = {"type": "message", "message": {"ts": ts, "blocks": [{"elements": parts}]}}
            session.add(DeliveryFailed(reference=ts, workspace_id=T, at=NOW, body={"event": event}))
        take_off(session, row, "answer:2")
        kept = session.exec(select(DeliveryFailed).order_by(DeliveryFailed.reference)).all()
        assert kept[0].body == {"event": {"type": "message", "message": {"ts": "5.1"}}}
        assert "two months" in str(kept[1].body)

    store.transact(look)


def test_another_review_with_the_same_words_keeps_them(store: Store) -> None:
    def look(session: Session) -> None:
        row = add_full_review(session)
        other = ReviewRow(**{**row.model_dump(), "id": None, "number": 99})
        session.add(other)
        session.flush()
        assert other.title == row.title
        take_off(session, row, "field:title")
        assert (row.title, other.title) == (MARK, "Charge for exports")

    store.transact(look)


def test_what_was_taken_away_is_taken_away_from_a_restored_database(store: Store) -> None:
    """The restored database is of before: it has everything, and knows of no erasure."""

    def look(session: Session) -> None:
        row = add_full_review(session)
        title = "Charge Acme Ltd for exports"
        row.title, row.advocate = title, USER
        session.flush()
        gone = Erasure(id="b" * 32, workspace_id=T, kind="forgotten", by="operator", at=NOW,
                       target=mark_of("b" * 32, T, USER))  # fmt: skip
        known = [
            gone,
            Erasure(id="a" * 32, workspace_id=T, kind="redacted", by="U9",
                    target=f"{row.id}:field:title", at=NOW - timedelta(days=1)),
            Erasure(id="c" * 32, workspace_id=T, kind="of_later", by="U9", target="1", at=NOW),
            Erasure(id="d" * 32, workspace_id="T9", kind="redacted", by="U9", target="1", at=NOW),
        ]  # fmt: skip
        queued = len(session.exec(select(OutboxRow)).all())
        assert apply_erasures(session, known, now=NOW) == 3
        assert stands_in(session, "Acme") == stands_in(session, USER) == set()
        assert session.get_one(ReviewRow, row.id).advocate == tombstone_of("b" * 32)
        assert len(session.exec(select(OutboxRow)).all()) == queued, "nothing is drawn for it"
        assert [e.id[0] for e in read_erasures(session)] == ["a", "b", "c"]

    store.transact(look)


def test_what_a_database_knows_is_not_done_to_it_again(store: Store) -> None:
    """A copy of after the redaction: the title that was given since stays."""

    def look(session: Session) -> None:
        row = add_full_review(session)
        known = new_erasure(session, workspace_id=T, kind=ErasureKind.REDACTED, by="U9", now=NOW,
                            target=f"{row.id}:field:title")  # fmt: skip
        assert apply_erasures(session, [known], now=NOW) == 0
        assert session.get_one(ReviewRow, row.id).title == "Charge for exports"

    store.transact(look)


def test_a_review_whose_time_was_over_goes_again_with_all_that_names_it(store: Store) -> None:
    def look(session: Session) -> None:
        fill(session, said=SAID)
        gone = Erasure(id="e" * 32, workspace_id=T, kind="expired", target="1", by="bot", at=NOW)
        assert apply_erasures(session, [gone], now=NOW) == 1
        assert session.get(ReviewRow, 1) is None
        assert session.exec(select(Surface)).all() == session.exec(select(HistoryRow)).all() == []

    store.transact(look)
