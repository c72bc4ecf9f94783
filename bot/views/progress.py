"""What drawings say of how far the customer's answers are."""

from seat.facts import Answer, Question, Review
from seat.progress import count_progress, ground_of
from seat.review import is_settled

__all__ = ["count_progress", "ground_of", "minutes_for", "option_label"]

SECONDS_A_QUESTION = 25


def option_label(question: Question, answer: Answer) -> str:
    """What a chosen option reads; "" when none was chosen."""
    return next((o.label for o in question.options if o.value == answer.option), "")


def minutes_for(review: Review) -> int:
    """About how long the questions take that are still to be answered."""
    left = [q for q in review.questions if not is_settled(review.answers.get(q.number))]
    return max(1, round(len(left) * SECONDS_A_QUESTION / 60))
