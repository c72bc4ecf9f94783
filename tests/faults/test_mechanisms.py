"""Each mechanism taken out once: the campaign catches it, at the seed that is recorded for it."""

import pytest

from tests.faults.mechanisms import MECHANISMS, Mechanism, without
from tests.faults.run import run


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)
def test_the_campaign_notices_when_a_mechanism_is_taken_out(mechanism: Mechanism) -> None:
    with without(mechanism):
        caught = run(mechanism.seed, kinds=mechanism.kinds)
    assert caught.findings, "nothing noticed"
    assert run(mechanism.seed, kinds=mechanism.kinds).findings == []
