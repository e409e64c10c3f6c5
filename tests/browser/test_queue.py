"""Questions to the speaker: asked by keyboard on a phone, put on the screen at the desk, read by the speaker."""

from playwright.sync_api import Page, expect

from tests.live import day

from .people import LAPTOP, PHONE, House, press, press_in
from .test_pages import sideways, small_targets, violations
from .test_speaker import make_link, opened


def asks(phone: Page, text: str) -> None:
    """By keyboard alone: into the field, and on to the button."""
    field = phone.get_by_label("Ask the speaker")
    expect(field).to_be_visible()
    field.focus()
    phone.keyboard.press("Control+End")
    phone.keyboard.type(text)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")


def test_a_phone_asks_by_keyboard_the_desk_shows_it_and_the_speaker_reads_it(house: House) -> None:
    desk = house.desk()
    speaker = opened(house, make_link(house, desk), LAPTOP)
    desk.goto(f"{house.here}/w/{house.workshop.pk}/desk/")
    screen, asker, other = house.screen(desk), house.phone(), house.phone()
    day.begin(house.workshop, until="how-digital")
    expect(desk.locator(".live-title")).to_contain_text("How digital")
    press(desk, "Questions")
    asks(asker, "Who pays for it?")
    expect(asker.locator("#ask-state")).to_have_text("Sent. Everybody can read it.")
    expect(asker.locator("#phone-queue")).to_contain_text("Yours")
    expect(asker.get_by_role("button", name="Me too")).to_have_count(0)

    field = other.get_by_label("Ask the speaker")
    field.fill("And who decides")  # half written: what others ask still comes
    asks(asker, " And when?")
    expect(asker.get_by_role("button", name="Change my question")).to_be_visible()
    expect(other.locator("#phone-queue")).to_contain_text("Who pays for it? And when?")
    me_too = other.get_by_role("button", name="Me too")
    expect(me_too).to_have_attribute("aria-pressed", "false")
    answered = desk.locator("#desk-queue").get_by_role("button", name="Answered")
    answered.focus()
    me_too.focus()
    other.keyboard.press("Enter")
    expect(me_too).to_have_attribute("aria-pressed", "true")
    expect(field).to_have_value("And who decides")
    for page in (screen, speaker):
        expect(page.locator(".first-questions")).to_contain_text("1 more asks this")

    queued = desk.locator("#desk-queue .queued")
    expect(queued).to_contain_text("1 “me too”")
    expect(answered).to_be_focused()  # a list that moves takes nobody's place away
    queued.get_by_role("button", name="Put on the screen").focus()
    desk.keyboard.press("Enter")
    for page in (screen, speaker, asker):
        expect(page.locator(".queued[aria-current]")).to_contain_text("Being answered")
    faults = [fault for page in (desk, screen, speaker, asker, other) for fault in violations(page)]
    for page in (asker, other):
        faults += small_targets(page)
        page.set_viewport_size({"width": 320, "height": 640})
        faults += [out for out in [sideways(page)] if out]
        page.set_viewport_size(PHONE)
    assert faults == []

    other.reload()
    expect(me_too).to_have_attribute("aria-pressed", "true")
    expect(field).to_have_value("And who decides")
    press_in(desk.locator("#desk-queue"), "Answered Who pays for it? And when?")
    expect(asker.locator("#ask-state")).to_contain_text("has been answered")
    expect(asker.get_by_label("Ask the speaker")).to_have_value("")
    for page in (screen, speaker):
        expect(page.locator(".first-questions")).to_have_count(0)

    asker.context.set_offline(True)
    asks(asker, "Is it late?")
    expect(asker.locator("#ask-state")).to_contain_text("kept on this phone")
    asker.context.set_offline(False)
    expect(desk.locator("#desk-queue")).to_contain_text("Is it late?", timeout=40_000)
    expect(asker.get_by_role("button", name="Take my question back")).to_be_visible()
    asker.locator("#bar").get_by_text("My notes").click()
    press(asker, "Take it back Is it late?")
    expect(asker.locator("#asked-list")).not_to_contain_text("Is it late?")
    expect(asker.locator("#asked-list")).to_contain_text("Who pays for it? And when? Answered.")
    expect(desk.locator("#desk-queue")).not_to_contain_text("Is it late?")
    asker.locator("#bar").get_by_text("Now").click()
    expect(asker.get_by_label("Ask the speaker")).to_have_value("")
