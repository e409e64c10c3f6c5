"""A name goes where it was promised to go: to the desk, to the screen where the room may see it, and to no phone."""

from playwright.sync_api import Page, expect

from feedback.models import Question
from tests.live import day

from .people import House, press, write
from .test_pages import type_key
from .test_staging import faults

NAME = "Cllr Bartholomew Featherstonehaugh-Cholmondeley"


def introduce(house: House, phone: Page, name: str) -> None:
    """Somebody says who they are, and goes back to the day."""
    phone.goto(f"{house.here}/w/{house.workshop.pk}/who/")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("Your council").fill("Exampleshire")
    press(phone, "Save and go back to the day")


def test_a_name_is_read_at_the_desk_and_on_the_screen_and_on_no_phone(house: House) -> None:
    day.begin(house.workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(mode="named", hand="phones")
    desk = house.desk()
    screen = house.screen(desk)
    ann, ben = house.phone(), house.phone()
    introduce(house, ann, NAME)
    article = desk.locator(".asked", has_text="What new thoughts")
    press(desk, "Ask the room")
    expect(ann.get_by_text("Your name is kept with this answer. The room may see both.")).to_be_visible()
    write(ann, "More buses")
    expect(article.locator(".card-who")).to_have_text(f"{NAME}, Exampleshire")
    type_key(desk, "r")
    expect(article.locator(".card-who")).to_be_hidden()
    type_key(desk, "r")
    press(desk, "Approve it")
    press(desk, "Show answers")
    expect(screen.locator(".card-who")).to_have_text(NAME)
    expect(ben.locator(".card", has_text="More buses")).to_be_visible()
    assert "Bartholomew" not in ben.content()
    type_key(desk, "r")
    desk.goto(f"{house.here}/w/{house.workshop.pk}/summary/")
    expect(desk.locator(".card", has_text="More buses")).to_be_visible()
    expect(desk.get_by_text(NAME).first).to_be_hidden()  # room-safe stays on in this window
    type_key(desk, "r")
    expect(desk.locator(".card-who")).to_have_text(f"{NAME}, Exampleshire")
    assert faults(desk) == []
