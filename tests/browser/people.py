"""The people of a day and their browsers: a facilitator at the desk, the screen, councillors with phones."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from agenda import sign_in
from agenda.models import Workshop
from agenda.origins import network_ip
from tests.cast import newcastle, user_with
from tests.server import Server

from .proxy import Wire

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}
PROJECTOR = {"width": 1920, "height": 1080}
# What a browser and htmx say of a network that a test has cut, which is no fault of a page.
CUT = re.compile(
    r"net::ERR_|WebSocket connection to|Failed to load resource|Response Status Error Code (200|511)"
    r"|htmx:(sendError|afterRequest)|Connecting to 'http://192\.0\.2\.1/"  # a portal's way to its own page
)


@dataclass
class House:
    """The building: one server, one day, and whoever came."""

    browser: Browser
    server: Server
    make: Callable[[], Workshop] = newcastle
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workshop: Workshop = self.make()
        self.facilitator = user_with("facilitator", self.workshop, "owner")
        self.here = f"http://localhost:{self.server.port}"
        address = network_ip()
        assert address, "This machine has no address but its own loopback, so no phone could reach it."
        self.hall = f"http://{address}:{self.server.port}"

    def page(self, size: dict[str, int], *, script: bool = True, mobile: bool = False) -> Page:
        """A browser of its own, as another person's would be."""
        context = self.browser.new_context(
            viewport=size, java_script_enabled=script, is_mobile=mobile, has_touch=mobile, accept_downloads=True
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"{page.url}: a dialog said {dialog.message}"))
        page.on("console", lambda said: self._hear(page, said.type, said.text))
        return page

    def _hear(self, page: Page, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not CUT.search(text):
            self.complaints.append(f"{page.url}: {text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def desk(self, base: str = "") -> Page:
        """The facilitator signs in with a link and stands at the desk."""
        page = self.page(LAPTOP)
        base = base or self.here
        token = sign_in.make_link(user=self.facilitator, now=timezone.now())
        page.goto(f"{base}/in/{token}")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{base}/w/{self.workshop.pk}/desk/")
        page.wait_for_load_state()  # its script has begun
        return page

    def screen(self, desk: Page) -> Page:
        """The lectern's computer, paired by the four digits it shows."""
        page = self.page(PROJECTOR)
        page.goto(f"{self.here}/screen/")
        desk.get_by_label("Connect a screen").fill(page.locator(".pair-digits").inner_text())
        desk.get_by_role("button", name="Connect").click()
        expect(page).to_have_url(f"{self.here}/w/{self.workshop.pk}/screen/")
        page.wait_for_load_state()
        return page

    def phone(self, base: str = "", *, script: bool = True) -> Page:
        """Somebody joins in two taps."""
        page = self.page(PHONE, script=script, mobile=True)
        page.goto(f"{base or self.here}/j/{self.workshop.join_code}/")
        page.get_by_role("button", name="Join").click()
        expect(page).to_have_url(re.compile(rf"/w/{self.workshop.pk}/"))
        page.wait_for_load_state()
        return page

    def wire(self, *, pages_only: bool = False) -> Wire:
        return Wire(self.server.port, pages_only=pages_only)

    def set_clock(self, shown: str) -> None:
        """Let the rehearsal's clock show this time of its day from now on."""
        hour, minute = map(int, shown.split(":"))
        date = self.workshop.date
        moment = datetime(date.year, date.month, date.day, hour, minute, tzinfo=ZoneInfo(self.workshop.time_zone))
        changes = {"rev": F("rev") + 1, "control_rev": F("control_rev") + 1}
        Workshop.objects.filter(pk=self.workshop.pk).update(clock_shown=moment, clock_real=timezone.now(), **changes)


def press(page: Page, name: str) -> None:
    """A press on the button that is called exactly so, as a person makes it: not within a double click."""
    _press(page.get_by_role("button", name=name, exact=True).first)


def press_in(part: Locator, name: str) -> None:
    """The same within one part of a page."""
    _press(part.get_by_role("button", name=name, exact=True))


def _press(button: Locator) -> None:
    expect(button).to_be_visible()
    button.page.wait_for_load_state()  # before its script has begun, the press would be another one
    expect(button.page.locator("body[data-resting]")).to_have_count(0)  # what has just come under the pointer
    button.click()


def write(phone: Page, text: str) -> None:
    """Write an answer and hand it in."""
    phone.locator("#question-form textarea").fill(text)
    press(phone, "Send my answer")


def look_again(phone: Page) -> None:
    """What somebody without a script does to see what is on."""
    phone.get_by_role("link", name="What is on now?").click()
