"""What pages load is one script for each face, and what lies on the disk for a browser is whole."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from tests.cast import Cast
from tests.live.sockets import fetch
from tests.server import Server

PAGES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
LOADS = re.compile(r"<script[^>]*>")
BESIDE = re.compile(r"[\"']\./([^\"']+\.js)[\"']")
ELSE = re.compile(r"\{% if [^%]+ %\}(.*?)\{% else %\}.*?\{% endif %\}")


def served(name: str) -> Path:
    """Where the file lies that a page gets for `name`."""
    return Path(settings.STATIC_ROOT, staticfiles_storage.stored_name(name))


def test_a_page_loads_one_module_or_what_they_share_would_run_twice() -> None:
    modules = {
        page: [tag for tag in LOADS.findall(ELSE.sub(r"\1", page.read_text("utf-8"))) if "module" in tag]
        for page in PAGES
    }
    assert len([page for page, tags in modules.items() if tags]) > 5
    assert [page.name for page, tags in modules.items() if len(tags) > 1] == []


def test_each_script_on_the_disk_finds_what_it_names_and_is_compressed() -> None:
    files = sorted(Path(settings.STATIC_ROOT, "js").glob("*.*.js"))
    named = {file: BESIDE.findall(file.read_text("utf-8")) for file in files}
    assert [
        name for names in named.values() for name in names if not Path(settings.STATIC_ROOT, "js", name).exists()
    ] == []
    assert len(named[served("js/phone.js")]) == 3
    small = [file.name for file in files if not file.with_name(f"{file.name}.gz").exists()]
    assert small == [served("js/room-safe-first.js").name]


def test_what_a_phone_fetches_later_shares_the_scripts_of_its_page() -> None:
    phone, later = served("js/phone.js"), served("js/phone-queue.js").read_text("utf-8")
    assert BESIDE.findall(later) == [phone.name]
    assert "function say(" in phone.read_text("utf-8")
    assert "function say(" not in later


def test_styles_stand_in_the_order_of_their_layers() -> None:
    text = served("css/common.css").read_text("utf-8")
    assert text.startswith("@layer reset, tokens, base, components,")
    order = [
        "@layer reset{",
        "@layer tokens{",
        "@layer base{",
        "@layer components{",
        "@layer answers{",
        "@media print{",
    ]
    places = [text.index(layer) for layer in order]
    assert places == sorted(places)
    assert "/*" not in text


@pytest.mark.django_db(transaction=True)
def test_a_browser_may_keep_them_for_good(cast: Cast, server: Server) -> None:
    page = fetch(server, f"/w/{cast.workshop.pk}/", cast.attendee).text
    for name in (served("js/phone.js").name, served("js/phone-queue.js").name):
        reply = fetch(server, f"/static/js/{name}", Accept_Encoding="gzip")
        assert (reply.status, reply.headers["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in reply.headers["Cache-Control"]
    assert served("js/phone.js").name in page
    assert served("css/common.css").name in page
    assert fetch(server, "/static/js/phone.js").status == 404
