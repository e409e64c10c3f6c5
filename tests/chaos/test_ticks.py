"""A page that missed a frame finds out: it hears the newest stamp now and then, whatever happens."""

import pytest
from django.test import Client

from agenda.models import Workshop
from tests.cast import phone_in
from tests.live import sockets
from tests.live.sockets import page
from tests.server import Server

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
A_TICK_AND_MORE = 40.0  # seconds; one is promised each fifteen


@pytest.fixture
def attendee(workshop: Workshop) -> Client:
    return phone_in(workshop).client


async def test_while_nothing_happens_a_socket_hears_the_stamp_of_what_it_has(
    workshop: Workshop, attendee: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SOON", A_TICK_AND_MORE)
    async with page(server, workshop, "phone", attendee) as phone:
        state = await phone.hear("state")
        tick = await phone.hear("tick")
    names = ("epoch", "rev", "at")
    assert [tick[name] for name in names] >= [state[name] for name in names]
    assert "here" not in tick
