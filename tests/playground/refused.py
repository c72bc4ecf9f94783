"""What Slack answers to a call that it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


def refused(call: Callable[[], Any]) -> Any:
    with pytest.raises(SlackApiError) as error:
        call()
    return error.value.response
