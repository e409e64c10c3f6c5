"""The address from which a field for a council takes its names."""

import json

from agenda import councils
from agenda.models import Workshop
from agenda.register import Entry
from tests.cast import Cast, phone_in


def test_a_phone_gets_all_names_at_once_to_keep_for_a_while(workshop: Workshop) -> None:
    councils.load_register(entries=[Entry("Upper Example Borough Council", "uppex")])
    reply = phone_in(workshop).client.get(f"/w/{workshop.pk}/councils/")
    body = json.loads(reply.content)
    assert ["Upper Example Borough Council", "uppex"] in body["names"]
    assert (reply["X-Live"], reply["Cache-Control"]) == ("1", "private, max-age=600")


def test_outside_there_is_nothing(cast: Cast) -> None:
    for client in (cast.stranger, cast.outsider, cast.other_attendee):
        assert client.get(f"/w/{cast.workshop.pk}/councils/").status_code == 404


def test_no_page_of_the_phone_holds_the_register(workshop: Workshop) -> None:
    councils.load_register(entries=[Entry("Upper Example Borough Council")])
    phone = phone_in(workshop).client
    for path in ("", "who/", "who/card/"):
        page = phone.get(f"/w/{workshop.pk}/{path}").text
        assert "Upper Example" not in page
        assert ("data-councils" in page) == (path != "")
