"""A look at the file of answers before it is taken: with a phone's width, a laptop's, the keyboard, and a printer."""

from playwright.sync_api import expect

from agenda.models import Workshop
from feedback.kinds import kinds
from tests.feedback.kinds.example import example
from tests.feedback.room import give, new_question

from .hostile import STRINGS
from .people import LAPTOP, PHONE, House
from .test_pages import sideways, small_targets, violations
from .test_paper import sheets

LANDSCAPE = b"/MediaBox [0 0 841.91998 594.95996]"
BETWEEN_MARGINS = {"width": 1047, "height": 718}  # of A4 on its side, in CSS pixels


def answered(workshop: Workshop) -> None:
    """Every kind of question, and words of every length."""
    for kind in kinds:
        question = new_question(workshop, kind, kind=kind, config=example(kind).config)
        for _person in range(3):
            give(question, example(kind).value)
    for words in STRINGS[::50]:
        give(question := new_question(workshop, f"words-{STRINGS.index(words)}", hand="scribe"), words, table="North")
        assert question.answers.get().released_value


def test_the_first_rows_are_read_on_any_page_by_keyboard_and_on_paper(house: House) -> None:
    answered(house.workshop)
    desk = house.desk()
    for size in (PHONE, LAPTOP):
        desk.set_viewport_size(size)
        desk.goto(f"{house.here}/w/{house.workshop.pk}/export/")
        expect(desk.locator(".file-rows tbody tr")).to_have_count(50)
        assert (size, sideways(desk)) == (size, "")
        assert small_targets(desk) == []
    assert violations(desk) == []
    rows = desk.get_by_role("region", name="What is in it")
    desk.get_by_role("button", name="Download the answers (CSV)").focus()
    desk.keyboard.press("Tab")
    expect(rows).to_be_focused()
    more = rows.evaluate("region => region.scrollWidth - region.clientWidth")
    assert more > 1000
    presses = 300
    while rows.evaluate("region => region.scrollLeft") < more - 2 and presses:  # a browser rounds
        desk.keyboard.press("ArrowRight")
        presses -= 1
    assert presses
    desk.emulate_media(media="print")
    desk.set_viewport_size(BETWEEN_MARGINS)
    assert sideways(desk) == ""
    pdf = desk.pdf(prefer_css_page_size=True)
    assert pdf.count(LANDSCAPE) == sheets(pdf) > 1
