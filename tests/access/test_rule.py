"""The table of who may, for every act and role there is, by all that the database has of them."""

import pytest

from seat.access import Act
from tests.access.furnished import House
from tests.access.table import ROLES, is_allowed, who_may


def test_the_table_has_every_act_and_role() -> None:
    assert {act for act, _ in who_may()} == {str(act) for act in Act}
    assert {role for _, role in who_may()} == set(ROLES)
    assert set(who_may().values()) == {"yes", ".", "pub"}


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
def test_everybody_may_what_the_table_says_and_nothing_else(house: House, private: bool) -> None:
    wrong = [
        f"{act} by {role}: should be {should}"
        for act in Act
        for role in ROLES
        if house.judge(act, role, private=private)
        is not (should := is_allowed(act, role, private=private))
    ]
    assert not wrong, "\n".join(wrong)
