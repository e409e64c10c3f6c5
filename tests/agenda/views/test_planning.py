"""The plan page, as a browser without a script uses it."""

from datetime import date

import pytest

from agenda import services
from agenda.chapters import dump_document, load_document
from agenda.models import Audit, PlanDraft, PlanVersion, Slot, User, Workshop
from tests.agenda.plan_forms import Sheet
from tests.agenda.test_chapters import answer, press
from tests.cast import browser_of, user_with

ORDER = ["intros", "how-digital", "data", "lunch", "reflections", "culture", "conditions", "summary", "close"]


@pytest.fixture
def ann(workshop: Workshop) -> User:
    return user_with("ann", workshop, "facilitator")


@pytest.fixture
def sheet(workshop: Workshop, ann: User) -> Sheet:
    return Sheet(browser_of(ann), f"/w/{workshop.pk}/plan/").open()


def versions() -> int:
    return PlanVersion.objects.count()


def test_the_published_day_stands_on_the_page(sheet: Sheet) -> None:
    assert sheet.rows == ORDER
    assert sheet.times == ["11:15", "12:00", "12:45", "13:30", "13:45", "14:15", "15:15", "15:30"]
    assert sheet.value("at-lunch") == "12:45"
    assert sheet.value("notes-reflections") == "Show what came in over lunch before asking for more."
    assert "As published: version 1." in sheet.text
    assert "things to look at" not in sheet.text
    assert not PlanDraft.objects.exists(), "looking writes nothing"


def test_what_is_typed_is_saved_and_reflows_and_the_room_sees_nothing_of_it(sheet: Sheet, workshop: Workshop) -> None:
    sheet.type(**{"minutes-how-digital": "1 h", "title-data": "Data & <b>more</b>"}).press("save")
    assert "Saved. The room sees nothing of it until you publish." in sheet.notice
    assert sheet.times[:3] == ["11:15", "12:15", "12:45"]
    assert sheet.said("lunch") == "Starts 15 minutes before “Data & <b>more</b>” ends.".replace("&", "&amp;").replace(
        "<b>more</b>", "&lt;b&gt;more&lt;/b&gt;"
    )
    assert (sheet.value("minutes-how-digital"), sheet.value("title-data")) == ("60", "Data & <b>more</b>")
    assert "1 thing to look at" in sheet.text
    workshop.refresh_from_db()
    assert (workshop.rev, versions()) == (1, 1)


def test_a_wrong_time_is_said_beside_its_line_and_kept(sheet: Sheet) -> None:
    sheet.type(**{"at-lunch": "24:70", "minutes-data": "soon", "title-close": ""}).press("publish")
    assert sheet.status == 422
    assert "Error:" in sheet.text
    assert "Not published yet" in sheet.notice
    assert "Lunch: “24:70” is no time of day." in sheet.notice
    assert sheet.said("lunch").startswith("“24:70” is no time of day.")
    assert sheet.said("data") == "“soon” is no number of minutes. Write it like 45, or 1 h 15."
    assert sheet.said("close") == "Give it a title, so that people know what it is."
    assert [sheet.value(name) for name in ("at-lunch", "minutes-data", "title-close")] == ["24:70", "soon", ""]
    assert versions() == 1
    assert sheet.open().value("at-lunch") == "24:70", "nothing typed is ever lost"


def test_publishing_makes_a_version_and_says_which(sheet: Sheet, workshop: Workshop, ann: User) -> None:
    asked = dump_document(workshop)["questions"]
    sheet.type(**{"minutes-how-digital": "40", "ends": "15.45", "droppable-data": "on", "title": "Our day"})
    sheet.press("publish")
    assert "Published as version 2. Phones and screens show it now." in sheet.notice
    document = dump_document(Workshop.objects.get(pk=workshop.pk))
    assert (document["title"], document["ends"], document["slots"][2]["droppable"]) == ("Our day", "15:45", True)
    assert [slot["start"] for slot in document["slots"][1:4]] == ["11:15", "11:55", "12:45"]
    assert (document["questions"], len(asked) > 20) == (asked, True), "what is asked stays as it was"
    assert Audit.objects.get(kind="published").detail == {"version": 2}
    assert Audit.objects.get(kind="published").user == ann
    assert "As published: version 2." in sheet.text
    assert sheet.press("publish").notice == "Nothing differs from version 2, so there is nothing to publish."
    assert versions() == 2


def test_a_day_that_changes_only_its_name_needs_no_new_version(sheet: Sheet) -> None:
    sheet.type(title="Another name", place="Gateshead").press("publish")
    assert sheet.notice == "Published. The running order is still that of version 1."
    assert (Workshop.objects.get().title, Workshop.objects.get().place, versions()) == ("Another name", "Gateshead", 1)


@pytest.mark.parametrize("do", ["up:data", "down:how-digital"])
def test_items_move_by_buttons(sheet: Sheet, do: str) -> None:
    sheet.press(do)
    assert sheet.rows[:4] == ["intros", "data", "how-digital", "lunch"]
    assert "has moved" in sheet.notice


def test_an_item_is_added_copied_taken_out_and_brought_back(sheet: Sheet) -> None:
    sheet.press("add:data:break")
    assert sheet.rows[:5] == ["intros", "how-digital", "data", "break", "lunch"]
    assert (sheet.value("title-break"), sheet.value("minutes-break")) == ("Break", "15")
    sheet.press("duplicate:data")
    assert sheet.rows[2:4] == ["data", "speaker"]
    sheet.press("remove:data")
    assert "data" not in sheet.rows
    assert sheet.notice.startswith("“Deriving benefits from data” is taken out.")
    sheet.press("restore:data")
    assert sheet.rows[2:4] == ["data", "speaker"]


def test_a_day_begins_with_its_first_item(sheet: Sheet) -> None:
    sheet.press("add::arrival")
    assert sheet.rows[:2] == ["arrival", "intros"]
    for key in list(sheet.rows):
        sheet.press(f"remove:{key}")
    assert sheet.rows == []
    assert 'value="add::lunch"' in sheet.text
    sheet.press("publish")
    assert sheet.notice.endswith("A day has at least one item. Add the first.")
    assert sheet.press("add::lunch").rows == ["lunch-2"]


def test_speakers_come_and_go(sheet: Sheet, workshop: Workshop) -> None:
    sheet.press("add-speaker:culture")
    assert [text for name, text in sheet.pairs if name == "speaker-culture"] == ["Jonathan Flowers", ""]
    sheet.press("remove-speaker:culture:0")
    sheet.type(**{"speaker-culture": "Jo Bell", "role-culture": "Chair"}).press("publish")
    assert dump_document(workshop)["slots"][5]["speakers"] == [{"name": "Jo Bell", "role": "Chair", "organisation": ""}]


def test_taking_an_item_out_takes_its_questions_with_it(sheet: Sheet, workshop: Workshop) -> None:
    sheet.press("remove:reflections").press("remove:data").press("publish")
    assert "Published as version 2" in sheet.notice
    document = dump_document(workshop)
    assert {question["slot"] for question in document["questions"]}.isdisjoint({"data", "reflections"})
    assert [question.get("returns_in") for question in document["questions"] if question["slot"] == "lunch"] == [
        None
    ] * 3
    assert set(Slot.objects.values_list("key", flat=True)) == {*ORDER} - {"data", "reflections"}


def test_an_item_whose_questions_have_answers_cannot_go_and_nothing_is_lost(sheet: Sheet, workshop: Workshop) -> None:
    answer(workshop, "data_issues")
    sheet.type(**{"title-culture": "Culture"}).press("remove:data").press("publish")
    assert sheet.status == 422
    assert sheet.notice == (
        "“Deriving benefits from data” cannot be taken out: "
        "questions that belong to it have answers. Bring it back below."
    )
    assert versions() == 1
    assert sheet.press("restore:data").press("publish").value("title-culture") == "Culture"
    assert versions() == 2


# --- Two people at one plan


def test_a_form_that_is_behind_keeps_what_was_typed_and_says_who_was_first(sheet: Sheet, workshop: Workshop) -> None:
    bob = Sheet(browser_of(user_with("bob", workshop, "owner")), sheet.url).open()
    bob.type(**{"title-lunch": "Bob’s lunch"}).press("save")
    sheet.type(**{"title-lunch": "Ann’s lunch", "at-data": "24:70"}).press("save")
    assert sheet.status == 409
    assert sheet.notice.startswith("bob saved this plan (")
    assert "What you typed is all here." in sheet.notice
    assert (sheet.value("title-lunch"), sheet.value("at-data")) == ("Ann’s lunch", "24:70")
    assert bob.open().value("title-lunch") == "Bob’s lunch"
    assert sheet.press("up:data").status == 409, "no press goes over it unasked"
    sheet.press("keep::1")
    assert (sheet.status, sheet.notice) == (200, "Saved: yours is the draft now.")
    assert bob.open().value("title-lunch") == "Ann’s lunch"


def test_a_press_to_keep_mine_is_behind_as_well_when_somebody_was_faster_again(
    sheet: Sheet, workshop: Workshop
) -> None:
    bob = Sheet(sheet.client, sheet.url).open()
    bob.press("save")
    sheet.type(title="Mine").press("save")
    bob.type(title="His").press("save")
    assert sheet.press("keep::1").status == 409
    assert (sheet.value("title"), bob.open().value("title")) == ("Mine", "His")


def test_publishing_over_a_version_one_has_not_seen_is_asked_first(sheet: Sheet, workshop: Workshop) -> None:
    sheet.type(**{"title-data": "Mine"}).press("save")
    document = dump_document(workshop)
    document["slots"][3]["start"] = "12:50"
    load_document(document)
    sheet.press("publish")
    assert sheet.status == 422
    assert sheet.notice.startswith("Version 2 counts now, published ")
    assert versions() == 2
    sheet.press("publish::2")
    assert "Published as version 3" in sheet.notice
    assert dump_document(workshop)["slots"][2]["title"] == "Mine"


def test_a_draft_can_be_let_go(sheet: Sheet) -> None:
    sheet.type(**{"title-data": "Mine"}).press("save").press("restart")
    assert sheet.notice == "This is the day as it is published."
    assert sheet.value("title-data") == "Deriving benefits from data"
    assert "As published: version 1." in sheet.text


# --- While the day runs


@pytest.fixture
def running(workshop: Workshop) -> Workshop:
    """Intros are done, the first speakers are on."""
    press(workshop, None, "intros")
    return workshop


def test_what_has_begun_has_no_times_to_change_and_does_not_move(running: Workshop, sheet: Sheet) -> None:
    assert "Done" in sheet.text
    assert "On now" in sheet.text
    assert [sheet.value(name) for name in ("at-how-digital", "minutes-intros", "at-data")] == [None, None, ""]
    assert 'value="remove:intros"' not in sheet.text
    assert 'value="up:intros"' not in sheet.text
    sheet.type(**{"minutes-how-digital": "90", "kind-intros": "lunch", "date": "2027-01-01"})
    sheet.type(**{"title-how-digital": "A better title"}).press("up:data")
    assert sheet.rows == ORDER
    sheet.press("publish")
    assert "Published as version 2" in sheet.notice
    document = dump_document(running)
    assert (document["date"], document["slots"][0]["kind"]) == ("2020-02-07", "intros")
    assert [document["slots"][1][name] for name in ("title", "start", "minutes")] == ["A better title", "11:15", 45]


def test_what_is_to_come_may_still_change(running: Workshop, sheet: Sheet) -> None:
    sheet.press("down:data").type(**{"at-lunch": "", "title-lunch": "Early lunch"}).press("publish")
    assert "Published as version 2" in sheet.notice
    slots = [(slot["key"], slot["start"]) for slot in dump_document(running)["slots"][1:4]]
    assert slots == [("how-digital", "11:15"), ("lunch", "12:00"), ("data", "12:45")]


def test_a_draft_from_before_the_start_keeps_what_has_begun(workshop: Workshop, sheet: Sheet) -> None:
    sheet.type(**{"minutes-how-digital": "90"}).press("down:intros").press("remove:how-digital")
    press(workshop, None, "intros")
    sheet.open()
    assert sheet.rows == ORDER
    assert "Taken out" not in sheet.text
    assert sheet.value("minutes-data") == "45"


# --- Whatever else is sent


@pytest.mark.parametrize(
    "changes",
    [
        {"edit": None},
        {"version": None},
        {"edit": "-1"},
        {"edit": "9" * 30},
        {"row": "not a key"},
        {"row": "x" * 41},
        {"kind-lunch": "feast"},
        {"absorb-lunch": "perhaps"},
        {"kind-lunch": None},
    ],
)
def test_a_form_that_is_not_ours_is_not_there(sheet: Sheet, changes: dict[str, str | None]) -> None:
    assert sheet.type(**changes).press("save").status == 404
    assert not PlanDraft.objects.exists()


@pytest.mark.parametrize(
    "do",
    [
        "dance",
        "up:data:x:y",
        "add:data:feast",
        "add:data",
        "remove-speaker:data",
        "remove-speaker:data:-1",
        "keep",
        "é",
        "x" * 200,
    ],
)
def test_a_press_that_no_button_makes_is_not_there(sheet: Sheet, do: str) -> None:
    assert sheet.press(do).status == 404
    assert not PlanDraft.objects.exists()


def test_a_row_that_is_sent_twice_is_not_there(sheet: Sheet) -> None:
    sheet.pairs.append(("row", "lunch"))
    assert sheet.press("save").status == 404


@pytest.mark.parametrize("do", ["up:nothing", "down:close", "remove:nothing", "restore:data", "duplicate:nothing", ""])
def test_a_press_that_can_do_nothing_saves_and_changes_nothing_else(sheet: Sheet, do: str) -> None:
    sheet.type(**{"title-data": "Typed"}).press(do)
    assert (sheet.status, sheet.rows, sheet.value("title-data")) == (200, ORDER, "Typed")


def test_characters_that_are_none_and_texts_that_are_too_long_get_a_sentence(sheet: Sheet) -> None:
    sheet.type(**{"title-lunch": "Lu\x00nch\x07", "detail-data": "é" * 100_000, "notes-data": "\ud800"}).press(
        "publish"
    )
    assert sheet.status == 422
    assert sheet.said("lunch") == "There is a character here that is no letter, shown as �. Take it out."
    assert "This is 100000 characters long. 4000 is the most." in sheet.said("data")
    assert (sheet.value("title-lunch"), len(sheet.value("detail-data") or "")) == ("Lu�nch�", 100_000)


def with_rows(sheet: Sheet, count: int) -> Sheet:
    for number in range(count):
        sheet.pairs += [("row", f"x-{number}"), (f"kind-x-{number}", "speaker"), (f"minutes-x-{number}", "1")]
        sheet.pairs += [(f"{name}-x-{number}", "") for name in ("at", "floor", "absorb", "byline", "detail", "notes")]
        sheet.pairs += [(f"title-x-{number}", f"Talk {number}"), (f"fixed-x-{number}", "on")]
    return sheet


def test_four_hundred_items_are_too_many_and_all_kept(sheet: Sheet) -> None:
    with_rows(sheet.press("remove:close"), 400).press("publish")
    assert sheet.status == 422
    assert "A day has at most 200 items. This one has 408: take some out." in sheet.notice
    assert len(sheet.rows) == 408
    assert sheet.press("add:lunch:break").notice.startswith("A day has at most 200 items, so nothing was added.")


def test_more_than_can_be_sent_at_once_gets_a_sentence(sheet: Sheet) -> None:
    sheet.type(**{"notes-data": "x" * 2_000_000}).press("save")
    assert sheet.status == 400
    assert "This was more than can be sent at once" in sheet.text
    sheet.open()
    sheet.pairs += [(f"field-{number}", "") for number in range(20_001)]
    assert "Nothing was changed and nothing is lost." in sheet.press("save").text
    assert not PlanDraft.objects.exists()


def test_a_day_without_any_plan_is_planned_from_nothing(ann: User) -> None:
    empty = Workshop.objects.create(slug="empty", title="Empty", date=date(2027, 2, 26))
    empty.memberships.create(user=ann, role="owner")
    sheet = Sheet(browser_of(ann), f"/w/{empty.pk}/plan/").open()
    assert "Nothing is published yet." in sheet.text
    sheet.press("add::speaker").type(**{"title-speaker": "A talk", "starts": "9.30"}).press("publish")
    assert "Published as version 1." in sheet.notice
    assert dump_document(empty)["slots"][0]["start"] == "09:30"
    assert services.Audit.objects.filter(workshop=empty).count() == 1
