"""Numbers as people type them on phones: read, asked about, or left in the sentence they stand in.

The rule is docs/replies.md; each row is a message while question 2 is asked (or `review`), in a
checklist of seven, the first of which is answered.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from seat.facts import Doubt, LastTaken, Review, State
from seat.thread import (
    AskReplace,
    AskWhich,
    Binding,
    Continue,
    Give,
    GiveMind,
    GiveWhy,
    NotKnown,
    SkipIt,
    open_doubts,
    whats_meant,
)
from tests.seat.thread_context import (
    AT_2,
    AT_4,
    AT_5,
    FRESH,
    LATER,
    MIND,
    NOON,
    NUMBERS,
    QUESTIONS,
    STANCE,
    TS,
    WHY,
    answered,
    given,
)

AT_3 = answered(1, 2, asked=3)
TEN = replace(AT_2, questions=(*QUESTIONS, *(replace(QUESTIONS[5], number=n) for n in (8, 9, 10))))
JUST_3 = replace(
    answered(1, 2, 3, asked=4), last_taken=LastTaken(3, NOON + timedelta(seconds=1)), asked_at=None
)
ALL = "1 paying\n2 $39\n3 small shops\n4 no\n5 a month\n6 don't know\n7 I'd look around"


def taken(text: str, review: Review) -> tuple[Binding, ...]:
    return whats_meant(None, text, review, LATER, TS)


# Each names question 3, and what follows is its answer.
READ = [
    ("3 she loses the export", "she loses the export"),
    ("3 She loses it", "She loses it"),
    ("3 they call us", "they call us"),
    ("3 it takes ages", "it takes ages"),
    ("3 the export button", "the export button"),
    ("3 her Monday report", "her Monday report"),
    ("3 I'd say the small shops", "I'd say the small shops"),
    ("3 nobody really, they budget yearly", "nobody really, they budget yearly"),
    ("3 about a week", "about a week"),
    ("3 About half of them", "About half of them"),
    ("3 two months", "two months"),
    ("3 no, not her", "no, not her"),
    ("3 ella pierde el informe", "ella pierde el informe"),
    ("3 elle perd son export", "elle perd son export"),
    ("3 sie verliert den Export", "sie verliert den Export"),
    ("3 - she cannot", "she cannot"),
    ("3 – small shops", "small shops"),
    ("3 — small shops", "small shops"),
    ("3 -- small shops", "small shops"),
    ("3- small shops", "small shops"),
    ("3 -small shops", "small shops"),
    ("3-she cannot", "she cannot"),
    ("3—small shops", "small shops"),
    ("3: 10 minutes", "10 minutes"),
    ("3 : 10 minutes", "10 minutes"),
    ("3:about a week", "about a week"),
    ("3) about a week", "about a week"),
    ("3)about a week", "about a week"),
    ("3) 10 days", "10 days"),
    ("(3) about a week", "about a week"),
    ("(3)about a week", "about a week"),
    ("[3] about a week", "about a week"),
    ("3] about a week", "about a week"),
    ("3.) about a week", "about a week"),
    ("3.- las tiendas pequeñas", "las tiendas pequeñas"),
    ("3. 10 days", "10 days"),
    ("3.About a week", "About a week"),
    ("3.$120 a year", "$120 a year"),
    ("3 . about a week", "about a week"),
    ("3/ about a week", "about a week"),
    ("3 / small shops", "small shops"),
    ("3 -> small shops", "small shops"),
    ("3 => small shops", "small shops"),
    ("3 → small shops", "small shops"),
    ("3 = small shops", "small shops"),
    ("3 | small shops", "small shops"),
    ("3&gt; small shops", "small shops"),
    ("3, she loses the export", "she loses the export"),
    ("3... she loses the export", "she loses the export"),
    ("3º: las tiendas", "las tiendas"),
    ("3rd: small shops", "small shops"),
    ("no. 3 small shops", "small shops"),
    ("No. 3: small shops", "small shops"),
    ("no 3: small shops", "small shops"),
    ("nr 3 - small shops", "small shops"),
    ("Nr. 3: kleine Läden", "kleine Läden"),
    ("n° 3 : petites boutiques", "petites boutiques"),
    ("nº 3 - tiendas", "tiendas"),
    ("№3: small shops", "small shops"),
    ("number 3: small shops", "small shops"),
    ("Q3 small shops", "small shops"),
    ("q 3 small shops", "small shops"),
    ("Q.3 small shops", "small shops"),
    ("Q3/ small shops", "small shops"),
    ("Q3) small shops", "small shops"),
    ("q3, small shops", "small shops"),
    ("question 3: small shops", "small shops"),
    ("Question 3 - small shops", "small shops"),
    ("question no. 3: small shops", "small shops"),
    ("Frage 3: kleine Läden", "kleine Läden"),
    ("pregunta 3: tiendas", "tiendas"),
    ("re 3: small shops", "small shops"),
    ("Re: 3 - small shops", "small shops"),
    ("re #3 small shops", "small shops"),
    ("for 3: small shops", "small shops"),
    ("to question 3, small shops", "small shops"),
    ("and also 3: small shops", "small shops"),
    ("answer 3: small shops", "small shops"),
    ("answer to 3: small shops", "small shops"),
    ("A3: small shops", "small shops"),
    ("ad 3) kleine Läden", "kleine Läden"),
    ("zu 3: kleine Läden", "kleine Läden"),
    ("- 3. small shops", "small shops"),
    ("• 3) small shops", "small shops"),
    ("*3.* small shops", "small shops"),
    ("3️⃣ small shops", "small shops"),
    ("3️⃣: small shops", "small shops"),
    (":three: small shops", "small shops"),
    ("③ small shops", "small shops"),
    ("３．small shops", "small shops"),
    ("３） small shops", "small shops"),
    ("３：10 minutes", None),
    ("3、小型商店", "小型商店"),
    ("3.小型商店", "小型商店"),
    ("第3题：小型商店", "小型商店"),
    ("質問3：小さな店", "小さな店"),
    ("３番：小さな店", None),
    ("٣. المتاجر الصغيرة", "المتاجر الصغيرة"),
    ("3- المتاجر الصغيرة", "المتاجر الصغيرة"),
    # The number on a line of its own, its answer below.
    ("3.\nsmall shops", "small shops"),
    ("3:\nsmall shops", "small shops"),
    ("3)\n\nsmall shops", "small shops"),
    ("Q3\nsmall shops", "small shops"),
    ("#3\nsmall shops\nand students", "small shops\nand students"),
    ("Question 3:\nsmall shops", "small shops"),
    ("3️⃣\nsmall shops", "small shops"),
    # An amount, or a quote to its end.
    ("3 $120 a year", "$120 a year"),
    ("3 10 %", "10 %"),
    ("3 30 days' notice", "30 days' notice"),
    ("3 39", "39"),
    ("3 “too much”", "“too much”"),
    ('3 "too much"', '"too much"'),
    ("3 no one", "no one"),
    ("3 those on Basic", "those on Basic"),
]
READ = [(typed, answer) for typed, answer in READ if answer is not None]

# Each may name question 3, or not: it stays whole where it is, and she is asked. What it would be
# as the answer to 3 keeps the number where the sentence needs it.
ASKED = [
    ("3 customers told me", "customers told me"),
    ("3 small shops", "small shops"),
    ("3 Ladenbesitzer sagten es", "Ladenbesitzer sagten es"),
    ("3 no shows", "no shows"),
    ("3 weeks of notice", "3 weeks of notice"),
    ("3 Wochen vorher", "3 Wochen vorher"),
    ("3 mois de plus", "3 mois de plus"),
    ("3 个月", "3 个月"),
    ("3 out of 10 would go", "3 out of 10 would go"),
    ("3 or 4 of them", "3 or 4 of them"),
    ("3 a week", "3 a week"),
    ("3 % of them", "3 % of them"),
    ("3 € more", "3 € more"),
    ("3 pm she calls", "3 pm she calls"),
    ("3:30 she calls", "3:30 she calls"),
    ("3: 30 pm she calls", "3: 30 pm she calls"),
    ("3 - 4 weeks", "3 - 4 weeks"),
    ("3 – 10 minutes", "3 – 10 minutes"),
    ("3 - day notice", "3 - day notice"),
    ("3, 4 weeks", "3, 4 weeks"),
    ("3, small shops", "small shops"),
    ("3. Mai sieht sie es", "3. Mai sieht sie es"),
    ("3. Quartal", "3. Quartal"),
    ("No 3 customers agree", "No 3 customers agree"),
    ("#3 on her list", "#3 on her list"),
    ("Q3 revenue drops", "Q3 revenue drops"),
    ("question 3 is hard to say", "question 3 is hard to say"),
    ("3 20-minute calls", "3 20-minute calls"),
    ("3 “premium” customers", "“premium” customers"),
    ("3 “big” and “small” ones", "“big” and “small” ones"),
    ("3\nsmall shops", "small shops"),
]

# Each is a word of the sentence, and nothing is asked.
PLAIN = [
    "3.5 times as much",
    "3,5 % of them",
    "3-person shops",
    "3-5 weeks",
    "3–5 weeks",
    "3- or 4-person shops",
    "3/4 of them",
    "3/month at most",
    "3+ customers",
    "3x as much",
    "3k a year",
    "3% more",
    "3D printing shops",
    "3rd party shops",
    "3pm she calls",
    "3 000 customers",
    "3 1/2 hours",
    "3 x 20 minutes",
    "3 & 4 are the same",
    "3.10. sieht sie es",
    "3. 10. 2026",
    "3.10.2026 is when",
    "3'000 customers",
    "3h of work",
    "3个月",
    "30 customers",
    "12. floor, she said",
    "99 bottles",
    "Q3 2027 she renews",
    "Q3-Q4 she renews",
    "for 3 months",
    "to 3 customers it matters",
    "on 3 June she pays",
    "and 3 of them left",
    "in 3: nothing",
    "the 3: small, mid, large",
    "three customers told me",
    "Three: small, mid, large",
    "It was 3. small shops",
    "A3 paper",
    "#tag 3",
    "v3: new",
    "R3 small",
    "2026: the year she left",
]


@pytest.mark.parametrize(("typed", "answer"), READ)
def test_a_number_names_its_question(typed: str, answer: str) -> None:
    assert taken(typed, AT_2) == (Give(3, answer),)


@pytest.mark.parametrize(("typed", "answer"), ASKED)
def test_a_number_that_can_be_mistaken_is_asked_about_and_the_words_stay_whole(
    typed: str, answer: str
) -> None:
    assert taken(typed, AT_2) == (Give(2, typed), AskWhich((3,), 2, (Give(3, answer),)))


@pytest.mark.parametrize("typed", PLAIN)
def test_a_number_in_a_sentence_stays_there_and_nothing_is_asked(typed: str) -> None:
    assert taken(typed, AT_2) == (Give(2, typed),)


ROWS: list[tuple[str, Review, tuple[Binding, ...]]] = [
    # What is asked now takes the words with their number, unless that only names it.
    ("3 customers told me", AT_3, (Give(3, "3 customers told me"),)),
    ("3 weeks of notice", AT_3, (Give(3, "3 weeks of notice"),)),
    ("3 she loses it", AT_3, (Give(3, "she loses it"),)),
    ("3: 10 minutes", AT_3, (Give(3, "10 minutes"),)),
    ("2: 10 minutes", AT_2, (Give(2, "10 minutes"),)),
    ("3 - she cannot", AT_3, (Give(3, "she cannot"),)),
    ("5 - she cannot", answered(1, 2, 3, 4, asked=6), (Give(5, "she cannot"),)),
    ("4 no", AT_2, (Give(4, "no", None, "no"),)),
    ("4 Only if", AT_2, (Give(4, "Only if", None, "only_if"),)),
    ("1 paying", FRESH, (Give(1, "paying", None, "paying"),)),
    ("1 paying customer left", FRESH, (Give(1, "1 paying customer left"),)),
    ("3 don't know", AT_2, (NotKnown(3),)),
    ("3 skip: no data", AT_2, (SkipIt(3, "no data"),)),
    ("3 she sees it, right?", AT_2, (Give(3, "she sees it, right?"),)),
    # It exists and has no answer, or nothing is asked.
    ("10 % is too much", AT_2, (Give(2, "10 % is too much"),)),
    ("9:30 she calls", AT_2, (Give(2, "9:30 she calls"),)),
    ("10 % is too much", TEN,
        (Give(2, "10 % is too much"), AskWhich((10,), 2, (Give(10, "10 % is too much"),)))),
    ("9:30 she calls", TEN,
        (Give(2, "9:30 she calls"), AskWhich((9,), 2, (Give(9, "9:30 she calls"),)))),
    ("3 customers told me", AT_5, (Give(5, "3 customers told me"),)),
    ("3 she loses it", AT_5, (AskReplace(3, Give(3, "she loses it")),)),
    # Whatever takes the plain words keeps them meanwhile.
    ("3 customers told me", WHY, (GiveWhy(3, "3 customers told me"),)),
    ("5 customers told me", WHY,
        (GiveWhy(3, "5 customers told me"), AskWhich((5,), 3, (Give(5, "customers told me"),)))),
    ("6 months of the old price", MIND,
        (GiveMind(1, "6 months of the old price"),
         AskWhich((6,), None, (Give(6, "6 months of the old price"),)))),
    ("5 customers told me", JUST_3,
        (Continue(3, "5 customers told me"), AskWhich((5,), 3, (Give(5, "customers told me"),)))),
    # A first line of them, followed by others.
    ("3 she loses it\n4 no\n5. She gets a month", AT_2,
        (Give(3, "she loses it"), Give(4, "no", None, "no"), Give(5, "She gets a month"))),
    ("3 small shops\n4 no\n5 she gets a month", AT_2,
        (Give(3, "small shops"), Give(4, "no", None, "no"), Give(5, "she gets a month"))),
    ("3 she loses it\n4 customers stay", AT_2,
        (Give(3, "she loses it"), Give(4, "customers stay"))),
    ("3. A week\n4 customers told me", AT_2, (Give(3, "A week\n4 customers told me"),)),
    ("3. A week\n5 - two months", AT_2, (Give(3, "A week"), Give(5, "two months"))),
    ("3 she loses it\n2 she pays", AT_2, (Give(3, "she loses it\n2 she pays"),)),
    ("3️⃣ small shops\n4️⃣ no", AT_2, (Give(3, "small shops"), Give(4, "no", None, "no"))),
    (":three: small shops\nand students\n:five: a month", AT_2,
        (Give(3, "small shops\nand students"), Give(5, "a month"))),
    ("3 - small shops\n5 - none", AT_2, (Give(3, "small shops"), Give(5, "none"))),
    ("3/ small shops\n\n5/ none", AT_2, (Give(3, "small shops"), Give(5, "none"))),
    ("3 small shops\n4 big ones", AT_2,
        (Give(2, "3 small shops\n4 big ones"),
         AskWhich((3, 4), 2, (Give(3, "small shops"), Give(4, "big ones"))))),
    ("We counted:\n3 customers\n4 no", AT_2,
        (Give(2, "We counted:\n3 customers\n4 no"),
         AskWhich((3, 4), 2, (Give(3, "customers"), Give(4, "no", None, "no"))))),
    ("We counted:\n3 customers\n4 big ones", AT_2,
        (Give(2, "We counted:\n3 customers\n4 big ones"),)),
    (ALL, FRESH, (
        Give(1, "paying", None, "paying"), Give(2, "$39"), Give(3, "small shops"),
        Give(4, "no", None, "no"), Give(5, "a month"), NotKnown(6), Give(7, "I'd look around"))),
    # In a list the number is the list's, unless a unit alone would be left.
    ("2 39\n3 small shops\n4 no", AT_2,
        (Give(2, "39"), Give(3, "small shops"), Give(4, "no", None, "no"))),
    ("2 $39\n3 small shops", AT_2, (Give(2, "$39"), Give(3, "small shops"))),
    ("2 $39\n\n3 people on Basic\n\n4 no\n\n5 a month", AT_2,
        (Give(2, "$39"), Give(3, "people on Basic"), Give(4, "no", None, "no"),
         Give(5, "a month"))),
    ("3 weeks of notice\n4 no", AT_2, (Give(3, "3 weeks of notice"), Give(4, "no", None, "no"))),
    ("2.$39\n3.small shops\n4.no", AT_2,
        (Give(2, "$39"), Give(3, "small shops"), Give(4, "no", None, "no"))),
    ("2.\n$39\n\n3.\nsmall shops", AT_2, (Give(2, "$39"), Give(3, "small shops"))),
    ("Q2\n$39\n\nQ3\nsmall shops", AT_2, (Give(2, "$39"), Give(3, "small shops"))),
    ("2\n$39\n3\nsmall shops", AT_2,
        (Give(2, "2\n$39\n3\nsmall shops"),
         AskWhich((3,), 2, (Give(2, "$39"), Give(3, "small shops"))))),
    ("3\n4\n5", AT_2, (Give(2, "3\n4\n5"),)),
    ("3\n\n4\n\n5\na month", AT_2, (Give(2, "3\n\n4\n\n5\na month"),)),
    ("3.\n4.\n5. a month", AT_2,
        (Give(2, "3.\n4.\n5. a month"),
         AskWhich((5,), 2, (Give(2, "3.\n4."), Give(5, "a month"))))),
    ("3.\n4. no", AT_2, (Give(2, "3.\n4. no"), AskWhich((4,), 2, (
        Give(2, "3."), Give(4, "no", None, "no"))))),
    ("4 only if they tell us", AT_2, (Give(4, "only if they tell us", None, "only_if"),)),
    ('7 "I\'d look around"', AT_2, (Give(7, "I'd look around"),)),
    # The why of an answer, with that answer's number in front.
    ("3. they budget yearly", WHY, (GiveWhy(3, "they budget yearly"),)),
    ("3 they budget yearly", WHY, (GiveWhy(3, "they budget yearly"),)),
    # The first line without a number, for what is asked now, then a list of later ones: asked.
    ("$39\n3. small shops\n4. no", AT_2,
        (Give(2, "$39\n3. small shops\n4. no"),
         AskWhich((3, 4), 2,
             (Give(2, "$39"), Give(3, "small shops"), Give(4, "no", None, "no"))))),
    ("Paying\n\n2) $39\n3) small shops", FRESH,
        (Give(1, "Paying", None, "paying"), Give(2, "$39"), Give(3, "small shops"))),
    ("Here you go:\n2. $39\n3. small shops", AT_2,
        (Give(2, "Here you go:\n2. $39\n3. small shops"),
         AskWhich((3,), 2, (Give(2, "$39"), Give(3, "small shops"))))),
    ("Sure!\n\n2. $39\n3. small shops", AT_2,
        (Give(2, "Sure!\n\n2. $39\n3. small shops"),
         AskWhich((3,), 2, (Give(2, "$39"), Give(3, "small shops"))))),
    ("Two prices\n2. the old one", AT_2, (Give(2, "Two prices\n2. the old one"),)),
    ("Two steps\n1. log in\n2. wait", AT_2, (Give(2, "Two steps\n1. log in\n2. wait"),)),
    # A greeting, or words that only lead in, are none of it.
    ("Hi all\n3. small shops\n4. no", AT_2,
        (Give(3, "small shops"), Give(4, "no", None, "no"))),
    ("Thanks 🙏\n\n2. $39\n3. small shops", AT_2, (Give(2, "$39"), Give(3, "small shops"))),
    ("1 she calls\n2 she waits", AT_2, (Give(2, "1 she calls\n2 she waits"),)),
    (ALL, AT_2, (Give(2, ALL), AskWhich((3, 4, 5, 6, 7), 2, (
        Give(2, "$39"), Give(3, "small shops"), Give(4, "no", None, "no"), Give(5, "a month"),
        NotKnown(6), Give(7, "I'd look around"))))),
]  # fmt: skip


@pytest.mark.parametrize(("message", "review", "bindings"), ROWS)
def test_a_message_with_numbers_is_taken_as_its_row_says(
    message: str, review: Review, bindings: tuple[Binding, ...]
) -> None:
    assert taken(message, review) == bindings


WORDS = st.text("abc xyz é漢", min_size=1).filter(lambda t: any(c.isalnum() for c in t.strip()))
MARKS = st.sampled_from(["", ".", ")", ":", " -", "-", "/", ",", "...", " =", "％", "rd"])


@given_by(st.integers(0, 12), MARKS, st.sampled_from(["", " "]), WORDS)
def test_no_word_is_lost_and_only_questions_without_an_answer_are_asked_about(
    number: int, mark: str, space: str, words: str
) -> None:
    typed = f"{number}{mark}{space}{words}"
    first, *rest = taken(typed, AT_4)
    text = getattr(getattr(first, "instead", first), "text", "")
    assert words.split()[-1] in text
    for ask in rest:
        assert isinstance(ask, AskWhich)
        assert isinstance(first, Give)
        assert first.text == typed.strip(), "what is asked about stays whole"
        assert set(ask.numbers) <= set(NUMBERS) - {1, 2, 3, 4}


DOUBT = Doubt("C1", TS, "U3", (3,), 2, "3 customers told me")
KEPT = replace(answered(1, 2, asked=3), doubts=(DOUBT,))


@pytest.mark.parametrize(
    ("review", "is_open"),
    [
        (KEPT, True),
        (replace(KEPT, state=State.HEARD), True),
        (replace(KEPT, state=State.DECIDED), False),
        (replace(KEPT, advocate="U9"), False),
        (replace(KEPT, answers={**KEPT.answers, 3: given(3)}), False),
        (replace(KEPT, answers={**KEPT.answers, 3: replace(given(3), stale=True)}), True),
        (replace(KEPT, doubts=(replace(DOUBT, numbers=(3, 4)),)), True),
        (replace(STANCE, doubts=(DOUBT,)), False),
        (replace(KEPT, questions=QUESTIONS[:2]), False),
    ],
)
def test_a_doubt_ends_when_its_question_is_answered_or_the_seat_is_anothers(
    review: Review, is_open: bool
) -> None:
    assert open_doubts(review) == (review.doubts if is_open else ())
