"""A day that several of these tests begin at."""

import pytest

from agenda.models import Workshop
from tests.live import day

TALK = "how-digital"


@pytest.fixture
def talk(workshop: Workshop) -> Workshop:
    """A day at its first speakers."""
    day.begin(workshop, until=TALK)
    return workshop
