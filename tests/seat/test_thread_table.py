"""The grammar of the thread, row by row: what the advocate writes, and what it is taken as.

Read it as the table in the design, grown: one line a row, in groups. Each row is a message, the
state it meets, and what becomes of it; nothing here is drawn, sent or saved.
"""

from dataclasses import replace

import pytest

from seat.facts import Evidence, Review, Stance, State
from seat.thread import (
    AskReplace,
    Binding,
    Give,
    GiveMind,
    GiveStance,
    GiveWhy,
    NewObjection,
    Nothing,
    NotKnown,
    NotUnderstood,
    SkipIt,
    Statement,
    Unclear,
    whats_meant,
)
from tests.seat.thread_context import (
    AT_2,
    AT_4,
    AT_5,
    AT_7,
    FRESH,
    LATER,
    MIND,
    STANCE,
    TS,
    WHY,
    answered,
    given,
)

SAID, MEASURED, ASSUMED = Evidence.SAID, Evidence.MEASURED, Evidence.ASSUMED
DECIDED = replace(AT_2, state=State.DECIDED)
OVER = replace(STANCE, stance=Stance.LEAVE)
STALE_3 = replace(AT_4, answers={**AT_4.answers, 3: replace(given(3), stale=True)})
HERE_3 = replace(AT_4, answers={**AT_4.answers, 3: replace(given(3), message_ts=(TS,))})
TAPPED_3 = replace(AT_4, answers={**AT_4.answers, 3: replace(given(3), message_ts=())})


def talk() -> tuple[Binding, ...]:
    return (Nothing(),)


def unclear(reason: Unclear, number: int | None = None) -> tuple[Binding, ...]:
    return (NotUnderstood(reason, number),)


ROWS: list[tuple[str, Review, tuple[Binding, ...]]] = [
    # Plain words answer what is asked now.
    ("It would surprise her", AT_2, (Give(2, "It would surprise her"),)),
    ("  $39, the site still says so ", AT_2, (Give(2, "$39, the site still says so"),)),
    ("3 customers told me", AT_2, (Give(2, "3 customers told me"),)),
    ("10 % is too much", AT_2, (Give(2, "10 % is too much"),)),
    ("9:30 she calls", AT_2, (Give(2, "9:30 she calls"),)),
    ("3.5 times as much", AT_2, (Give(2, "3.5 times as much"),)),
    ("3. 10 days", AT_2, (Give(2, "3. 10 days"),)),
    ("3.About a week", AT_2, (Give(2, "3.About a week"),)),
    ("3 About a week", AT_2, (Give(2, "3 About a week"),)),
    ("12. floor, she said", AT_2, (Give(2, "12. floor, she said"),)),
    ("0. nothing of it", AT_2, (Give(2, "0. nothing of it"),)),
    ("Q9: not one of ours", AT_2, (Give(2, "Q9: not one of ours"),)),
    ("Q3 2027 she renews", AT_2, (Give(2, "Q3 2027 she renews"),)),
    ("Quote: we will never raise it", AT_2, (Give(2, "Quote: we will never raise it"),)),
    ("She says she would leave", AT_2, (Give(2, "She says she would leave"),)),
    ("Object-oriented, they call it", AT_2, (Give(2, "Object-oriented, they call it"),)),
    ("Skip the invoice and she smiles", AT_2, (Give(2, "Skip the invoice and she smiles"),)),
    ("skip 3 months of billing", AT_2, (Give(2, "skip 3 months of billing"),)),
    ("Later she finds out", AT_2, (Give(2, "Later she finds out"),)),
    ("ok for her, she budgets yearly", AT_2, (Give(2, "ok for her, she budgets yearly"),)),
    ("I don't know who told her", AT_2, (Give(2, "I don't know who told her"),)),
    ('She asks "where is my price?"', AT_2, (Give(2, 'She asks "where is my price?"'),)),
    ("Two things\n2. the second", AT_2, (Give(2, "Two things\n2. the second"),)),
    ("R&amp;D said &lt; $40", AT_2, (Give(2, "R&D said < $40"),)),
    ("大约一周", AT_2, (Give(2, "大约一周"),)),
    # A number names its question.
    ("3. About a week", AT_2, (Give(3, "About a week"),)),
    ("3) about a week", AT_2, (Give(3, "about a week"),)),
    ("3: about a week", AT_2, (Give(3, "about a week"),)),
    ("3：about a week", AT_2, (Give(3, "about a week"),)),
    ("3：一周左右", AT_2, (Give(3, "一周左右"),)),
    ("3.\u00a0About a week", AT_2, (Give(3, "About a week"),)),
    ("Q3: about a week", AT_2, (Give(3, "about a week"),)),
    ("q3. about a week", AT_2, (Give(3, "about a week"),)),
    ("Q3 – about a week", AT_2, (Give(3, "about a week"),)),
    ("Q3: 10 days", AT_2, (Give(3, "10 days"),)),
    ("#3 about a week", AT_2, (Give(3, "about a week"),)),
    ("#3: about a week", AT_2, (Give(3, "about a week"),)),
    ("3. “About a week”, he said", AT_2, (Give(3, "“About a week”, he said"),)),
    ("3. $120 a year", AT_2, (Give(3, "$120 a year"),)),
    ("3. Über eine Woche", AT_2, (Give(3, "Über eine Woche"),)),
    ("3. Would she even see it?", AT_2, (Give(3, "Would she even see it?"),)),
    ("3. ok", AT_2, (Give(3, "ok"),)),
    ("3. A week\nand the training", AT_2, (Give(3, "A week\nand the training"),)),
    ("&gt; Who does it hurt\n3. Small shops", AT_2, (Give(3, "> Who does it hurt\nSmall shops"),)),
    ("7. “I'd look around”", AT_2, (Give(7, "I'd look around"),)),
    # Later numbers count if the first did, ascending, all existing.
    ("3. A week\n5. A free month", AT_2, (Give(3, "A week"), Give(5, "A free month"))),
    ("3. A week\nor two\n5. None", AT_2, (Give(3, "A week\nor two"), Give(5, "None"))),
    ("3. A week\n2. Thirty-nine", AT_2, (Give(3, "A week\n2. Thirty-nine"),)),
    ("3. A week\n3. Two weeks", AT_2, (Give(3, "A week\n3. Two weeks"),)),
    ("3. A week\n5. A month\n12. More", AT_2, (Give(3, "A week\n5. A month\n12. More"),)),
    ("3. Steps:\n1. log in\n2. wait", AT_2, (Give(3, "Steps:\n1. log in\n2. wait"),)),
    ("3. A week\n  5. indented", AT_2, (Give(3, "A week\n  5. indented"),)),
    ("3. don't know\n5. A free month", AT_2, (NotKnown(3), Give(5, "A free month"))),
    ("1. Paying\n2. Forty", FRESH, (Give(1, "Paying", None, "paying"), Give(2, "Forty"))),
    ("1. She calls\n2. She waits", AT_2, (Give(2, "1. She calls\n2. She waits"),)),
    ("1. She calls\n2. She waits", WHY, (GiveWhy(3, "1. She calls\n2. She waits"),)),
    ("3. A week\nobject: too long", AT_2, (Give(3, "A week"), NewObjection("too long"))),
    ("A week\nobject: too long", AT_2, (Give(2, "A week\nobject: too long"),)),
    # A number never silently replaces what was given elsewhere.
    ("3. Two weeks", AT_4, (AskReplace(3, Give(3, "Two weeks")),)),
    ("3. Two weeks", TAPPED_3, (AskReplace(3, Give(3, "Two weeks")),)),
    ("3. Two weeks", HERE_3, (Give(3, "Two weeks"),)),
    ("3. Two weeks", STALE_3, (Give(3, "Two weeks"),)),
    ("3. don't know", AT_4, (AskReplace(3, NotKnown(3)),)),
    ("skip 3: no data", AT_4, (AskReplace(3, SkipIt(3, "no data")),)),
    ("About two weeks, then", HERE_3, (Give(3, "About two weeks, then"),)),
    ("don't know", HERE_3, (NotKnown(3),)),
    # Not known, and skips.
    ("don't know", AT_2, (NotKnown(2),)),
    ("Don’t know.", AT_2, (NotKnown(2),)),
    ("dont know", AT_2, (NotKnown(2),)),
    ("I do not know", AT_2, (NotKnown(2),)),
    ("no idea", AT_2, (NotKnown(2),)),
    ("Not known", AT_2, (NotKnown(2),)),
    ("IDK", AT_2, (NotKnown(2),)),
    ("3. don't know", AT_2, (NotKnown(3),)),
    ("Q3: no idea", AT_2, (NotKnown(3),)),
    ("don't know 3", AT_2, (NotKnown(3),)),
    ("don't know?", AT_2, talk()),
    ("don't know", WHY, (GiveWhy(3, ""),)),
    ("don't know", MIND, (GiveMind(1, ""),)),
    ("don't know", STANCE, unclear(Unclear.STANCE)),
    ("don't know", OVER, talk()),
    ("skip 3: we sell to no one there", AT_2, (SkipIt(3, "we sell to no one there"),)),
    ("Skip 3 – we sell to no one there", AT_2, (SkipIt(3, "we sell to no one there"),)),
    ("SKIP #3: no one there", AT_2, (SkipIt(3, "no one there"),)),
    ("skip 3 because no one is there", AT_2, (SkipIt(3, "because no one is there"),)),
    ("skip 3\nwe sell to no one there", AT_2, (SkipIt(3, "we sell to no one there"),)),
    ("3. skip: no one there", AT_2, (SkipIt(3, "no one there"),)),
    ("skip: no one there", AT_2, (SkipIt(2, "no one there"),)),
    ("skip 3: who would know?", AT_2, (SkipIt(3, "who would know?"),)),
    ("skip 3: not ours\nskip 5: nobody", AT_2, (SkipIt(3, "not ours"), SkipIt(5, "nobody"))),
    ("skip 3: no", AT_2, unclear(Unclear.SKIP_NEEDS_REASON, 3)),
    ("3. skip: n/a", AT_2, unclear(Unclear.SKIP_NEEDS_REASON, 3)),
    ("skip 3", AT_2, unclear(Unclear.SKIP_NEEDS_REASON, 3)),
    ("skip 3:", AT_2, unclear(Unclear.SKIP_NEEDS_REASON, 3)),
    ("skip", AT_2, unclear(Unclear.SKIP_NEEDS_REASON, 2)),
    ("skip", MIND, (GiveMind(1, ""),)),
    ("skip 9: not ours", AT_2, unclear(Unclear.NO_SUCH_QUESTION, 9)),
    # Objections.
    ("object: she was promised this price", AT_2, (NewObjection("she was promised this price"),)),
    ("OBJECTION: she was promised", AT_2, (NewObjection("she was promised"),)),
    ("object：she was promised", AT_2, (NewObjection("she was promised"),)),
    ("object – she was promised", AT_2, (NewObjection("she was promised"),)),
    ("object: promised\ntwice\n1. in May", AT_2, (NewObjection("promised", "twice\n1. in May"),)),
    ("object:\nshe was promised", AT_2, (NewObjection("she was promised"),)),
    ("object: why now?", AT_2, (NewObjection("why now?"),)),
    ("object: too soon", OVER, (NewObjection("too soon"),)),
    ("object:", AT_2, unclear(Unclear.OBJECTION_NEEDS_WORDS)),
    ("Keep the old price until renewal", MIND, (GiveMind(1, "Keep the old price until renewal"),)),
    ("5. A free month", MIND, (Give(5, "A free month"),)),
    # Her statement and stance.
    ("she says: I would look around", AT_2, (Statement(7, "I would look around"),)),
    ("She Says：I would look around", AT_2, (Statement(7, "I would look around"),)),
    ("she says — I would look around", AT_2, (Statement(7, "I would look around"),)),
    ("She would say: I'd look around", AT_2, (Statement(7, "I'd look around"),)),
    ("She’d say: “I'd look around”", AT_2, (Statement(7, "I'd look around"),)),
    ("she says: did you forget me?", AT_2, (Statement(7, "did you forget me?"),)),
    ("she says: I'd look around (said)", AT_2, (Statement(7, "I'd look around", SAID),)),
    ("she says: something new", STANCE, (Statement(7, "something new"),)),
    ("she says:", AT_2, unclear(Unclear.STATEMENT_NEEDS_WORDS, 7)),
    ("I'd start looking around", AT_7, (Give(7, "I'd start looking around"),)),
    ("would complain", STANCE, (GiveStance(Stance.COMPLAIN),)),
    ("She’d leave", STANCE, (GiveStance(Stance.LEAVE),)),
    ("leave", STANCE, (GiveStance(Stance.LEAVE),)),
    ("Wouldn’t notice", STANCE, (GiveStance(Stance.NOT_NOTICE),)),
    ("she would live with it", STANCE, (GiveStance(Stance.LIVE_WITH),)),
    ("would welcome it!", STANCE, (GiveStance(Stance.WELCOME),)),
    ("hard to say, depends on the day", STANCE, unclear(Unclear.STANCE)),
    ("complain or leave", STANCE, unclear(Unclear.STANCE)),
    ("she wouldn't leave", STANCE, unclear(Unclear.STANCE)),
    # A choice takes its options, and any other words too.
    ("paying", FRESH, (Give(1, "paying", None, "paying"),)),
    ("First use.", FRESH, (Give(1, "First use.", None, "first_use"),)),
    ("renew", FRESH, (Give(1, "renew", None, "renewing"),)),
    ("f", FRESH, (Give(1, "f"),)),
    ("On the phone with Ben", FRESH, (Give(1, "On the phone with Ben"),)),
    ("only if they tell us first", AT_4, (Give(4, "only if they tell us first", None, "only_if"),)),
    ("Yes, we need it", AT_4, (Give(4, "Yes, we need it", None, "yes"),)),
    ("No one would", AT_4, (Give(4, "No one would"),)),
    ("4. no", AT_2, (Give(4, "no", None, "no"),)),
    # Evidence at the end.
    ("$39 (said)", AT_2, (Give(2, "$39", SAID),)),
    ("$39 [measured]", AT_2, (Give(2, "$39", MEASURED),)),
    ("$39 · measured", AT_2, (Give(2, "$39", MEASURED),)),
    ("$39 – a customer said it", AT_2, (Give(2, "$39", SAID),)),
    ("$39 - assumed.", AT_2, (Give(2, "$39", ASSUMED),)),
    ("$39 (We assume)", AT_2, (Give(2, "$39", ASSUMED),)),
    ("3. A week (measured)\n5. A month", AT_2, (Give(3, "A week", MEASURED), Give(5, "A month"))),
    ("only if told first (assumed)", AT_4, (Give(4, "only if told first", ASSUMED, "only_if"),)),
    ("She (the buyer) said no (really)", AT_2, (Give(2, "She (the buyer) said no (really)"),)),
    ("(assumed)", AT_2, (Give(2, "(assumed)"),)),
    # The one why of a thin answer.
    ("Because nobody reads invoices", WHY, (GiveWhy(3, "Because nobody reads invoices"),)),
    ("Four tickets (measured)", WHY, (GiveWhy(3, "Four tickets", MEASURED),)),
    ("4. no", WHY, (Give(4, "no", None, "no"),)),
    # Talk.
    ("note: call Ben tomorrow", AT_2, talk()),
    ("Note： call Ben tomorrow", AT_2, talk()),
    ("note: 3. is odd", AT_2, talk()),
    ("&gt; From 1 June you pay more", AT_2, talk()),
    ("```\nSELECT 1\n```", AT_2, talk()),
    ("`SELECT 1`", AT_2, talk()),
    ("<@U9> what do you think", AT_2, talk()),
    ("<@U9|ben> 3. About a week", AT_2, talk()),
    ("<!here> look", AT_2, talk()),
    ("&gt; price\n<@U9> see above", AT_2, talk()),
    ("Does that include tax?", AT_2, talk()),
    ("Does that include tax？", AT_2, talk()),
    ("Really?!", AT_2, talk()),
    (":tada:", AT_2, talk()),
    (":wave::skin-tone-2: :+1:", AT_2, talk()),
    ("👍🏽", AT_2, talk()),
    ("3️⃣", AT_2, talk()),
    ("…", AT_2, talk()),
    ("ok", AT_2, talk()),
    ("Thanks!", AT_2, talk()),
    ("later :wave:", AT_2, talk()),
    ("OK, thanks", AT_2, talk()),
    ("", AT_2, talk()),
    ("  \n ", AT_2, talk()),
    # Nothing asked: silence.
    ("It would surprise her", OVER, talk()),
    ("3. Two weeks", DECIDED, talk()),
    ("object: too late", DECIDED, talk()),
    ("3. Two weeks", OVER, (AskReplace(3, Give(3, "Two weeks")),)),
    ("It would surprise her", replace(AT_2, state=State.WITHDRAWN), talk()),
    ("A free month", answered(1, 2, 3, 4, 6, 7, asked=5), unclear(Unclear.STANCE)),
    ("A free month", AT_5, (Give(5, "A free month"),)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "review", "taken"), ROWS)
def test_a_message_is_taken_as_its_row_says(
    message: str, review: Review, taken: tuple[Binding, ...]
) -> None:
    assert whats_meant(None, message, review, LATER, TS) == taken
