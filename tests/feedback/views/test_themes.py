"""Answers are grouped on a page of the summary, with and without a script, by two people at once."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from agenda.models import Workshop
from agenda.services import Refused, Stale
from feedback import gathered, services, themes, theming
from feedback.forms import RELOAD
from feedback.models import Answer, Question
from feedback.theme_models import InTheme, Theme, ThemeEdit
from tests.cast import browser_of, newcastle, user_with
from tests.feedback.room import give, new_question, opened

WORDS = ["More buses", "Later trains", "Share our data", "Open the data", "A new bridge", "Fewer forms"]


@pytest.fixture
def said(workshop: Workshop) -> dict[str, uuid.UUID]:
    """Six answers that can be read, and one that waits: words -> id."""
    question = opened(workshop, "sum_insights")
    for words in [*WORDS, "Not released yet"]:
        give(question, words)
    return {answer.value: answer.pk for answer in Answer.objects.filter(question=question, value__in=WORDS)}


@pytest.fixture
def browser(workshop: Workshop) -> Client:
    return browser_of(user_with("fay", workshop, "facilitator"))


def at(workshop: Workshop, press: str = "") -> str:
    return f"/w/{workshop.pk}/summary/themes/{press}/".replace("//", "/")


def begin(workshop: Workshop, name: str, *answers: uuid.UUID) -> uuid.UUID:
    id = uuid.uuid4()
    theming.begin(workshop=workshop, actor=None, theme=id, name=name, answers=answers)
    return id


def groups(workshop: Workshop) -> dict[str, set[str]]:
    """The names of the themes in order, and what is in them."""
    table = themes.table(workshop, themes.Wanted(show="all"))
    return {group.name: {one.words for one in group.said} for group in table.groups}


def test_answers_are_grouped_by_ticks_and_buttons(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    page = browser.get(at(workshop)).content.decode()
    assert all(words in page for words in WORDS)
    assert "Not released yet" not in page
    number = uuid.uuid4()
    sent = {"name": " Getting  about ", "number": number, "answer": [said["More buses"], said["Later trains"]]}
    assert browser.post(at(workshop, "begin"), sent)["Location"] == at(workshop)
    assert groups(workshop) == {"Getting about": {"More buses", "Later trains"}}
    browser.post(at(workshop, "begin"), sent)  # a second press on the same form
    assert Theme.objects.count() == 1
    browser.post(at(workshop, "put") + "?words=bridge", {"theme": number, "answer": [said["A new bridge"]]})
    assert groups(workshop) == {"Getting about": {"More buses", "Later trains", "A new bridge"}}
    page = browser.get(at(workshop)).content.decode()
    assert re.findall(r'name="answer" value="([^"]+)"', page) == sorted(
        str(said[words]) for words in ("Share our data", "Open the data", "Fewer forms")
    )
    assert "Undo: 1 answer put in “Getting about”" in page


def test_what_is_wrong_is_said_and_changes_nothing(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    theme = begin(workshop, "Getting about")
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("put", {"answer": [said["More buses"]]}, "Choose a theme."),
        ("put", {"theme": theme}, "Tick at least one answer."),
        ("begin", {"name": "  "}, "Give the theme a name."),
        ("begin", {"name": "x" * 81}, "This is 81 characters."),
        ("begin", {"name": "getting ABOUT"}, "There is a theme of this name already."),
        ("merge", {"theme": theme, "into": ""}, "Choose a theme."),
        ("dissolve", {"theme": uuid.uuid4()}, "This theme is not there any more"),
        ("rename", {"theme": theme, "name": "Travel", "expect": "Other"}, "another name meanwhile"),
        ("put", {"theme": theme, "answer": ["no id"]}, str(RELOAD)),
    ]
    before = groups(workshop), ThemeEdit.objects.count()
    for press, sent, sentence in wrong:
        page = browser.post(at(workshop, press), sent)
        assert page.status_code in {409, 422}, (press, sent)
        assert sentence in page.content.decode(), (press, sent)
        script = browser.post(at(workshop, press), sent, headers={"HX-Request": "true"})
        assert (script.status_code, sentence in script.content.decode()) == (200, True)
        assert "<html" not in script.content.decode()
    assert (groups(workshop), ThemeEdit.objects.count()) == before


def test_a_refusal_keeps_what_was_typed_and_ticked(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    begin(workshop, "Travel")
    sent = {"name": "travel", "answer": [said["More buses"]], "number": uuid.uuid4()}
    page = browser.post(at(workshop, "begin"), sent).content.decode()
    assert 'value="travel"' in page
    assert re.findall(r'value="([^"]+)" checked', page) == [str(said["More buses"])]


def test_every_press_can_be_undone_by_anybody_in_turn(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    other = browser_of(user_with("sam", workshop, "scribe"))
    one, two, new = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    pair = [said["More buses"], said["Later trains"]]
    presses: list[tuple[str, dict[str, Any]]] = [
        ("begin", {"name": "Travel", "number": one, "answer": pair}),
        ("begin", {"name": "Data", "number": two, "answer": [said["Share our data"], said["More buses"]]}),
        ("move", {"theme": two, "up": "1"}),
        ("rename", {"theme": two, "name": "Open data", "expect": "Data"}),
        ("put", {"theme": two, "answer": [said["Later trains"]], "out_of": one}),
        ("nest", {"theme": one, "under": two}),
        ("split", {"of": two, "name": "Rail", "number": new, "answer": [said["Later trains"]]}),
        ("take-out", {"of": one, "answer": pair}),
        ("merge", {"theme": two, "into": new}),
        ("dissolve", {"theme": new}),
    ]
    stood = [themes.table(workshop, themes.Wanted()).board]
    for press, sent in presses:
        assert browser.post(at(workshop, press), sent).status_code == 302, press
        stood.append(themes.table(workshop, themes.Wanted()).board)
        assert stood[-1] != stood[-2], press
    told = []
    while last := ThemeEdit.objects.last():
        assert stood.pop() == themes.table(workshop, themes.Wanted()).board
        told.append(themes.in_words(last))
        assert other.post(at(workshop, "undo"), {"edit": last.pk}).status_code == 302
    assert stood == [themes.table(workshop, themes.Wanted()).board]
    assert not Theme.objects.exists()
    assert told == [
        "“Rail” dissolved",
        "“Open data” merged into “Rail”",
        "1 answer taken out of “Travel”",
        "“Rail” split from “Open data”",
        "“Travel” nested in “Open data”",
        "1 answer put in “Open data”",
        "a theme called “Open data”",
        "“Data” moved",
        "“Data” begun",
        "“Travel” begun",
    ]


def test_undo_of_what_was_not_on_top_is_refused(workshop: Workshop, said: dict[str, uuid.UUID]) -> None:
    begin(workshop, "Travel")
    seen = ThemeEdit.objects.get()
    begin(workshop, "Data")
    with pytest.raises(Stale, match="Something else was done meanwhile"):
        theming.undo(workshop=workshop, edit=seen.pk)
    assert list(groups(workshop)) == ["Travel", "Data"]


def test_an_answer_that_is_taken_back_goes_out_of_its_themes_and_no_undo_brings_it_back(
    workshop: Workshop, said: dict[str, uuid.UUID]
) -> None:
    theme = begin(workshop, "Travel", said["More buses"], said["Later trains"])
    theming.take_out(workshop=workshop, actor=None, theme=theme, answers=said.values())
    Answer.objects.filter(pk=said["More buses"]).delete()
    last = ThemeEdit.objects.last()
    assert last
    theming.undo(workshop=workshop, edit=last.pk)
    assert groups(workshop) == {"Travel": {"Later trains"}}


def test_answers_of_another_day_and_those_that_wait_cannot_be_grouped(
    workshop: Workshop, said: dict[str, uuid.UUID]
) -> None:
    theme = begin(workshop, "Travel")
    waiting = Answer.objects.get(value="Not released yet")
    form = new_question(workshop, "better", occasion="feedback")
    services.set_hand(form, "phones")
    for words in ("a", "b", "c"):
        give(form, words)
    for answers in ([waiting.pk], [uuid.uuid4()], [row.pk for row in form.answers.all()]):
        with pytest.raises(Refused, match="Tick at least one answer"):
            theming.put(workshop=workshop, actor=None, theme=theme, answers=answers)
    assert not InTheme.objects.exists()


def test_the_number_of_another_days_theme_makes_one_of_this_day(workshop: Workshop, said: dict[str, uuid.UUID]) -> None:
    there = begin(newcastle("another-day"), "Elsewhere")
    theming.begin(workshop=workshop, actor=None, theme=there, name="Here", answers=[said["More buses"]])
    assert groups(workshop) == {"Here": {"More buses"}}
    assert Theme.objects.get(pk=there).name == "Elsewhere"


def test_a_form_sent_again_after_its_theme_was_dissolved_spoils_no_undo(
    workshop: Workshop, said: dict[str, uuid.UUID]
) -> None:
    """Back in the browser, and the button once more."""
    theme = begin(workshop, "Transport", said["More buses"])
    theming.dissolve(workshop=workshop, actor=None, theme=theme)
    theming.begin(workshop=workshop, actor=None, theme=theme, name="Transport", answers=[said["Later trains"]])
    assert groups(workshop) == {"Transport": {"Later trains"}}
    for _press in range(2):
        theming.undo(workshop=workshop, edit=ThemeEdit.objects.latest("seq").pk)
    assert groups(workshop) == {"Transport": {"More buses"}}


def test_what_is_looked_for_is_found_whatever_its_capitals(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    second = new_question(workshop, "second", text="Anything else?")
    for words in ("DATA, data!", "Nothing", "Élan"):
        give(second, words)
    theme = begin(workshop, "Open", said["Open the data"])

    def found(**wanted: Any) -> list[str]:
        page = browser.get(at(workshop), wanted).content.decode()
        return re.findall(r'name="answer" value="([^"]+)"', page)

    assert len(found()) == 8
    assert len(found(words="data")) == 2
    assert len(found(words="elan")) == 1
    assert len(found(words="data", show="all")) == 3
    assert found(show=str(theme)) == [str(said["Open the data"])]
    assert len(found(question=str(second.pk))) == 3
    assert len(found(question="x", page="nine", show="drop table")) == 8


def test_the_page_reads_as_much_for_one_answer_as_for_many(workshop: Workshop, said: dict[str, uuid.UUID]) -> None:
    for number in (1, 3):
        for more in range(number):
            begin(workshop, f"Theme {number} {more}", *said.values())
        with assertNumQueries(5 if number == 1 else 3):  # the answers are kept from one press to the next
            table = themes.table(workshop, themes.Wanted())
            assert (table.groups, table.listed, table.questions) is not None


def test_a_long_list_is_cut(workshop: Workshop, browser: Client) -> None:
    question = opened(workshop, "sum_insights")
    rows = [
        Answer(id=uuid.uuid4(), question=question, respondent=str(n), value=f"No {n}", released_value=f"No {n}")
        for n in range(themes.PER_PAGE + 1)
    ]
    Answer.objects.bulk_create(rows)
    first, second = (browser.get(at(workshop), {"page": page}).content.decode() for page in (1, 2))
    assert (first.count('name="answer"'), second.count('name="answer"')) == (themes.PER_PAGE, 1)
    assert "Page 1 of 2" in first


def test_answers_in_nearly_the_same_words_are_hinted_at_and_left_where_they_are(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    second = new_question(workshop, "second")
    for words in ("more bus!", "Something else", "Again something else entirely"):
        give(second, words)
    page = browser.get(at(workshop)).content.decode()
    assert page.count("Much like 1 other") == 2
    page = browser.get(at(workshop), {"like": said["More buses"]}).content.decode()
    assert page.count('name="answer"') == 2
    assert "more bus!" in page
    assert not InTheme.objects.exists()


def test_a_page_is_told_when_it_would_look_different(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    def news(mark: str) -> tuple[int, str]:
        answer = browser.get(at(workshop, "news"), {"mark": mark})
        assert answer["X-Live"] == "1"
        return answer.status_code, answer.content.decode()

    marks: list[str] = []
    presses: list[Callable[[], object]] = [
        lambda: begin(workshop, "Travel", said["More buses"]),
        lambda: theming.undo(workshop=workshop, edit=ThemeEdit.objects.latest("pk").pk),
        lambda: begin(workshop, "Travel", said["More buses"]),
        lambda: give(Question.objects.get(key="sum_insights"), "Seven"),
        lambda: Answer.objects.get(pk=said["More buses"]).delete(),
    ]
    page = browser.get(at(workshop)).content.decode()
    marks.append(re.findall(r'data-mark="([^"]+)"', page)[0])
    for press in presses:
        assert news(marks[-1]) == (204, "")
        press()
        status, mark = news(marks[-1])
        assert status == (204 if press is presses[3] else 200)  # it waits for two others
        marks.append(mark or marks[-1])
    assert marks[2] == marks[0]  # undone


def test_viewers_read_and_do_not_group(workshop: Workshop, said: dict[str, uuid.UUID]) -> None:
    viewer = browser_of(user_with("vic", workshop, "viewer"))
    assert viewer.get(at(workshop)).status_code == 404
    assert viewer.post(at(workshop, "begin"), {"name": "Travel"}).status_code == 404
    assert not Theme.objects.exists()


def test_a_question_of_the_feedback_form_is_not_gathered(workshop: Workshop) -> None:
    assert Question.Occasion.FEEDBACK not in gathered.OCCASIONS
