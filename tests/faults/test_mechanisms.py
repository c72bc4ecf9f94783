"""Each mechanism taken out once: the campaign catches it, at a seed that is recorded for it."""

import pytest

from tests.faults.mechanisms import MECHANISMS, Mechanism, without
from tests.faults.run import run


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)
def test_the_campaign_notices_when_a_mechanism_is_taken_out(mechanism: Mechanism) -> None:
    assert any(_is_missed(mechanism, seed) for seed in mechanism.seeds), "nothing noticed"


def _is_missed(mechanism: Mechanism, seed: int) -> bool:
    with without(mechanism):
        found = run(seed, kinds=mechanism.kinds).findings
    if found:
        assert run(seed, kinds=mechanism.kinds).findings == []
    return bool(found)
