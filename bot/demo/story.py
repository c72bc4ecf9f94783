"""The story: what people do, what has to come of it, and what is kept for the transcript.

Everything is done through Slack as a person would; nothing here reaches into the bot.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.demo.clock import MONDAY, THURSDAY, ZONE, next_weekday
from bot.demo.stage import DidNotHappen, Stage, check, check_form
from playground import PlaygroundError
from playground.driver.message import Message

TITLE = "Team plan from $39 to $49"
WAITING_TITLE = "Trial from 14 to 7 days"


STEPS = (
    "Kim sets up the customer's seat: five people take turns",
    "Sam proposes a price change with /propose-change",
    "Ana, next in turn, gets the customer's seat and her first question",
    "Ana answers in the thread, by number",
    "She edits an answer, and the checklist follows",
    "She taps an answer in her private message",
    "Ana objects, and says what would change the customer's mind",
    "Sam offers to do as she asks",
    "Ana agrees: the objection is settled",
    "Ana answers the rest and gives the customer's statement",
    "The bot says back what it heard, and Ana confirms it",
    "Lee decides",
    "On Thursday Kim proposes another change; it is Ben's turn",
    "Ben forgets, and the clock is moved to Monday",
    "The weekly digest arrives",
)
"""Their names, in order: the page shows them before they are played. A test holds them."""


@dataclass(frozen=True)
class Said:
    """A message as it stood at one moment of the story."""

    message: Message
    place: str
    """`channel`, `thread`, or whose private messages."""


Beat = Said | str
"""A string is a stage direction."""


class StepFailed(Exception):
    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"The demo stopped at the step “{step}”: {why}")


@dataclass
class Story:
    """`tell` plays it; `beats` is what the transcript is printed from."""

    stage: Stage
    begin: Callable[[str], None]
    """Called with each step's name when it starts."""
    done: Callable[[], None]
    beats: list[Beat] = field(default_factory=list)

    def tell(self) -> None:
        """Raises StepFailed, naming the step."""
        self._set_up()
        card = self._propose()
        self._answer(card)
        self._object(card)
        self._state(card)
        self._confirm(card)
        self._decide(card)
        self._meanwhile()
        self._monday()

    @contextmanager
    def _step(self, name: str) -> Iterator[Stage]:
        self.begin(name)
        try:
            yield self.stage
        except (DidNotHappen, PlaygroundError, AssertionError) as error:
            raise StepFailed(name, str(error) or type(error).__name__) from error
        self.done()

    def _keep(self, message: Message, place: str) -> None:
        with self.stage.slack.world.lock:
            self.beats.append(Said(message.snapshot(), place))

    def _direct(self, words: str) -> None:
        self.beats.append(words)

    # The steps, in order

    def _set_up(self) -> None:
        with self._step("Kim sets up the customer's seat: five people take turns") as stage:
            check(stage["Kim"].command("/customer-seat", "setup", stage.pricing))
            personas = "first-year small business"
            # Lee by default, so that whoever goes on needs to name nobody.
            settings: dict[str, Any] = {"personas": personas, "default_decider": stage["Lee"]}
            check_form(stage["Kim"].submit(roster=stage.roster, **settings))
            for person in stage.roster:
                stage.message(f"{person.real_name}'s invitation", person.dm, "take turns")

    def _propose(self) -> Message:
        with self._step("Sam proposes a price change with /propose-change") as stage:
            sam = stage["Sam"]
            check(sam.command("/propose-change", f"pricing {TITLE}", stage.pricing))
            form: dict[str, Any] = {
                "told_to_her": "From 1 June you pay $10 more a month and keep every feature.",
                "why": "Hosting is up 18 %; this pays for weekend support.",
                "decider": stage["Lee"],
            }
            check_form(sam.submit(**form))
            card = stage.message("The card in #pricing", stage.pricing, TITLE)
            stage.message("The checklist in the thread", card, "In the customer's chair")
        with self._step("Ana, next in turn, gets the customer's seat and her first question"):
            letter = stage.message("Ana's private message", stage["Ana"].dm, TITLE, "1 of 7")
        self._direct(
            "Five people take turns speaking for the customer: Ana, Ben, Cleo, Dan and Eve. "
            "Sam Ortiz types /propose-change and fills in a form. A card appears:"
        )
        self._keep(card, "channel")
        self._direct("Ana is next in turn. She gets one private message, with the first question:")
        self._keep(letter, "Ana")
        return card

    def _answer(self, card: Message) -> None:
        self._direct(
            "Ana answers by replying. The bot says what it took with a reaction: "
            "② means question 2, ✓ anything else."
        )
        with self._step("Ana answers in the thread, by number") as stage:
            first, second, third = self._takes(
                card,
                ("1. Paying, on the June invoice", "one"),
                ("2. $39, the site still says so (measured)", "two"),
                ("3. Three-person shops, $120", "three"),
            )
        with self._step("She edits an answer, and the checklist follows"):
            stage.pass_time(seconds=40)
            stage["Ana"].edit(third, "3. Three-person shops, $120 a year each")
            stage.message("The edited answer in the checklist", card, "$120 a year each", "In the")
            for reply in (first, second, third):
                self._keep(reply, "thread")
        with self._step("She taps an answer in her private message"):
            letter = stage.message("Question 4 in Ana's messages", stage["Ana"].dm, "4 of 7")
            stage.pass_time(seconds=30)
            check(stage["Ana"].press(letter, "answer_tap_2", text="Only if"))
        self._direct("Question 4 has buttons: she taps “Only if” in her private message.")

    def _object(self, card: Message) -> None:
        with self._step("Ana objects, and says what would change the customer's mind") as stage:
            replies = self._takes(
                card,
                ("object: She was promised $39 until she renews", "white_check_mark"),
                ("Her old price until her renewal date", "white_check_mark"),
            )
            for reply in replies:
                self._keep(reply, "thread")
            sam = stage["Sam"]
            told = stage.message("Sam's message", sam.dm, "objects", "until her renewal date")
        self._direct("Sam is told, and offers something instead of arguing:")
        with self._step("Sam offers to do as she asks"):
            stage.pass_time(minutes=10)
            check(sam.press(told, "reply_objection"))
            words = "Fair. Everyone keeps $39 until their renewal."
            check_form(sam.submit(reply=words, offer="mitigated"))
            offer = stage.message("Sam's answer in Ana's messages", stage["Ana"].dm, words)
            self._keep(offer, "Ana")
        with self._step("Ana agrees: the objection is settled"):
            stage.pass_time(minutes=5)
            check(stage["Ana"].press(offer, "mitigated"))
        self._direct("Ana presses “Yes, that settles it”, and goes on:")

    def _state(self, card: Message) -> None:
        with self._step("Ana answers the rest and gives the customer's statement") as stage:
            replies = self._takes(
                card,
                ("5. Two months of notice, by email", "five"),
                ("6. don't know", "six"),
                ("she says: You said $39. I'd start looking around.", "seven"),
                ("would complain", "white_check_mark"),
            )
            for reply in replies:
                self._keep(reply, "thread")
            # The tapped and the edited answer too: one look at the end, for Slack takes only some
            # fifty redraws a minute.
            words = (
                "In the customer's chair",
                "7 of 7",
                "$120 a year each",
                "only if",
                "All answered",
            )
            checklist = stage.message("The complete checklist", card, *words)
        self._direct("The checklist, redrawn in the thread with every answer, now reads:")
        self._keep(checklist, "thread")

    def _confirm(self, card: Message) -> None:
        with self._step("The bot says back what it heard, and Ana confirms it") as stage:
            asked = "is this what she would say"
            said_back = stage.message("The say-back in the thread", card, asked)
            self._keep(said_back, "thread")
            stage.pass_time(minutes=2)
            check(stage["Ana"].press(said_back, "confirm_heard"))
            heard = stage.message("“Heard” in Ana's messages", stage["Ana"].dm, "has been heard")
        self._direct("Ana presses “Yes, that's it”. Her private message now reads:")
        self._keep(heard, "Ana")

    def _decide(self, card: Message) -> None:
        with self._step("Lee decides") as stage:
            lee = stage["Lee"]
            ask = stage.message("Lee's message", lee.dm, "the customer has been heard")
            stage.pass_time(minutes=30)
            check(lee.press(ask, "decide"))
            because = "Hosting is up 18 %, and weekend support is what she asks for."
            changes = "The old price until each renewal, and two months of notice."
            check_form(lee.submit(verdict="go_with_changes", because=because, changes=changes))
            words = ("Go, with changes", because, "we do what she asks")
            decision = stage.message("The decision in the thread", card, *words)
            stage.until("The decision on the card", lambda: "Go, with changes" in card.all_text())
        self._direct("Lee is told, opens the form with her words in view, and decides:")
        self._keep(decision, "thread")

    def _meanwhile(self) -> None:
        with self._step("On Thursday Kim proposes another change; it is Ben's turn") as stage:
            stage.move_to(next_weekday(stage.clock.now(), THURSDAY, 11, ZONE))
            kim = stage["Kim"]
            check(kim.command("/propose-change", f"product {WAITING_TITLE}", stage.pricing))
            form: dict[str, Any] = {
                "told_to_her": "You can try everything for a week instead of two.",
                "why": "Most who stay decide in the first five days.",
                "decider": stage["Lee"],
                "size": "quick",
            }
            check_form(kim.submit(**form))
            stage.message("The second card in #pricing", stage.pricing, WAITING_TITLE, "Ben Osei")
            stage.message("Ben's private message", stage["Ben"].dm, WAITING_TITLE)

    def _monday(self) -> None:
        with self._step("Ben forgets, and the clock is moved to Monday") as stage:
            stage.move_to(next_weekday(stage.clock.now(), MONDAY, 9, ZONE))
            nudge = stage.message("Ben's reminder", stage["Ben"].dm, "waiting", WAITING_TITLE)
            offer = stage.message("The stand-in's offer", stage["Cleo"].dm, WAITING_TITLE)
        with self._step("The weekly digest arrives"):
            words = ("Customer seat, #pricing", WAITING_TITLE, f"{TITLE}: Go, with changes")
            digest = stage.message("The digest in #pricing", stage.pricing, *words)
        self._direct(
            "On Thursday Kim Wu proposes another change, a quick one. Now it is Ben's turn, but he "
            "forgets. After half of his time he is reminded; after all of it the next in turn is "
            "asked:"
        )
        self._keep(nudge, "Ben")
        self._keep(offer, "Cleo")
        self._direct("On Monday at 9 the channel gets the weekly digest: what waits, and on whom.")
        self._keep(digest, "channel")

    def _takes(self, card: Message, *said: tuple[str, str]) -> list[Message]:
        """Ana replies, half a minute apart; under each comes the reaction for what it was taken as.

        They are awaited together: a person does not wait for a bot between two sentences.
        """
        replies = []
        for words, _ in said:
            self.stage.pass_time(seconds=40)
            replies.append(self.stage["Ana"].reply(card, words))
        for reply, (words, reaction) in zip(replies, said, strict=True):
            what = f"The reaction :{reaction}: under Ana's “{words}”"
            self.stage.until(what, partial(_has_reaction, reply, reaction))
        return replies


def _has_reaction(message: Message, name: str) -> bool:
    return name in message.reactions
