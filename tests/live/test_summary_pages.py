"""The summary on the screen, page by page: only what the room may see, by the rules of a frozen and a blank screen."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from agenda.services import Refused
from feedback import room_themes, theme_votes, theming
from feedback.models import Answer, Question
from feedback.moderating import change
from feedback.moderating import hide as hide_one
from feedback.theme_models import Theme, ThemeEdit, ThemeVote
from sessions import questions, services, summary_presses
from sessions.models import Stage
from tests.cast import browser_of, phone_in, user_with

from . import day
from .test_picture import bytes_of, freeze


@pytest.fixture
def heard(workshop: Workshop) -> Workshop:
    """At lunch: three birds that are shown, in two themes; three trees that are not, in one of these."""
    day.begin(workshop, until="lunch")
    shown, kept = day.ask(workshop, "lunch_new"), day.ask(workshop, "lunch_relevant")
    for text in ("heron", "otter", "badger"):
        day.answer(shown, text)
    for text in ("oak", "ash", "elm"):
        day.answer(kept, text)
    questions.show_answers(workshop=workshop, question=day.question(workshop, "lunch_new"), actor=None)
    begin(workshop, "Rivers", ["heron", "otter", "oak"])
    begin(workshop, "Land", ["badger"])
    begin(workshop, "Trees", ["ash"])
    return workshop


def begin(workshop: Workshop, name: str, words: list[str]) -> uuid.UUID:
    theme = uuid.uuid4()
    answers = Answer.objects.filter(value__in=words).values_list("pk", flat=True)
    theming.begin(workshop=workshop, actor=None, theme=theme, name=name, answers=answers)
    return theme


def theme(name: str) -> uuid.UUID:
    return Theme.objects.get(name=name).pk


def put(workshop: Workshop, page: str = "") -> None:
    summary_presses.put_on_screen(workshop=workshop, page=page)


def test_the_themes_stand_on_the_screen_with_their_numbers(heard: Workshop) -> None:
    put(heard, "themes")
    for audience in ("screen", "phone"):
        page = bytes_of(heard, audience)
        assert "What we heard" in page
        assert [page.index(name) for name in ("Rivers", "Land", "Trees")] == sorted(
            page.index(name) for name in ("Rivers", "Land", "Trees")
        )
        assert "heron" not in page
    assert Stage.objects.get().page == "themes"


def test_what_the_room_sees_of_the_themes_costs_no_query_more_however_many(
    heard: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Hills", "Lakes"):
        begin(heard, name, ["heron", "elm"])
        with django_assert_num_queries(4):
            assert name in str(room_themes.seen(heard))
    theme_votes.ask_for_votes(workshop=heard, on=True)
    with django_assert_num_queries(5):
        room_themes.seen(heard)


def test_a_theme_quotes_only_what_the_room_may_see(heard: Workshop) -> None:
    put(heard, f"theme:{theme('Rivers')}")
    page = bytes_of(heard)
    assert "3 answers" in page
    assert ("heron" in page, "otter" in page, "oak" in page) == (True, True, False)
    change(Answer.objects.select_related("question").get(value="heron"), hide_one)
    page = bytes_of(heard)
    assert "2 answers" in page
    assert "heron" not in page


def test_pages_follow_each_other_and_those_with_nothing_to_see_are_left_out(heard: Workshop) -> None:
    desk = browser_of(user_with("fay", heard, "facilitator"))
    titles = []
    page = ""
    while True:
        assert desk.post(f"/w/{heard.pk}/desk/summary/", {"page": page}).status_code == 302
        seen = bytes_of(heard, "desk")
        titles.append(seen.split("Page ")[-1].split("</span>")[0])
        if 'id="page-after"' not in seen:
            break
        page = seen.split('id="page-after"')[1].split('value="')[1].split('"')[0]
    lunch = day.question(heard, "lunch_new").text
    assert titles == ["1 of 4: What we heard", "2 of 4: Rivers", "3 of 4: Land", f"4 of 4: {lunch}"]
    assert 'id="page-before"' in bytes_of(heard, "desk")


def test_there_is_nothing_to_sum_up_before_anything_is_shown(workshop: Workshop) -> None:
    day.begin(workshop)
    for page in ("", "themes", "closing", f"theme:{uuid.uuid4()}"):
        with pytest.raises(Refused):
            put(workshop, page)
    assert Stage.objects.get().face == "slot"


def test_the_closing_questions_stand_together(heard: Workshop) -> None:
    for key in ("sum_insights", "sum_do_now"):
        question = day.ask(heard, key)
        for number in range(3):
            day.answer(question, f"{key} {number}")
    questions.show_answers(workshop=heard, question=day.question(heard, "sum_insights"), actor=None)
    put(heard, "closing")
    page = bytes_of(heard)
    assert page.count("sum_insights") == 2
    assert "sum_do_now" not in page
    assert day.question(heard, "sum_do_now").text in page.replace("&#x27;", "'")


def test_a_page_that_is_gone_leaves_the_item_on_the_screen(heard: Workshop) -> None:
    rivers = theme("Rivers")
    put(heard, f"theme:{rivers}")
    theming.dissolve(workshop=heard, actor=None, theme=rivers)
    assert "Rivers" not in bytes_of(heard)
    assert "Lunch" in bytes_of(heard)


@pytest.mark.parametrize("page", ["themes", "theme", "closing"])
def test_a_frozen_page_stays_as_it_is_but_for_what_is_hidden(heard: Workshop, page: str) -> None:
    closing = day.ask(heard, "sum_insights")
    for word in ("wren", "lark", "kite"):
        day.answer(closing, word)
    questions.show_answers(workshop=heard, question=day.question(heard, "sum_insights"), actor=None)
    put(heard, f"theme:{theme('Rivers')}" if page == "theme" else page)
    before = bytes_of(heard)
    freeze(heard)
    assert bytes_of(heard) == before
    stored = str(day.stage(heard).frozen)
    assert [word for word in ("heron", "wren", "Rivers", *map(str, ids())) if word in stored] == []
    theming.put(workshop=heard, actor=None, theme=theme("Rivers"), answers=answers("badger"))
    theming.move(workshop=heard, actor=None, theme=theme("Land"), up=True)
    begin(heard, "New", ["kite"])
    day.answer(closing, "one more")
    services.put_on_screen(workshop=heard, face="rules")
    assert bytes_of(heard) == before
    for key in ("lunch_new", "sum_insights"):
        questions.hide_answers(workshop=heard, question=day.question(heard, key), actor=None)
        questions.show_answers(workshop=heard, question=day.question(heard, key), actor=None)
    assert [word for word in ("heron", "otter", "wren", "lark", "kite") if word in bytes_of(heard)] == []
    services.put_on_screen(workshop=heard, face="rules")
    freeze(heard, on=False)
    assert "Ground rules" in bytes_of(heard)


def test_what_is_done_to_a_theme_is_on_phones_as_soon_as_on_the_screen(heard: Workshop) -> None:
    put(heard, "themes")
    control_rev = day.revisions(heard)[1]
    theming.rename(workshop=heard, actor=None, theme=theme("Rivers"), name="Waters", expect="Rivers")
    assert day.revisions(heard)[1] == control_rev + 1
    for audience in ("screen", "phone"):
        assert ("Waters" in bytes_of(heard, audience), "Rivers" in bytes_of(heard, audience)) == (True, False)
    theming.undo(workshop=heard, edit=ThemeEdit.objects.latest("seq").pk)
    assert day.revisions(heard)[1] == control_rev + 2


def test_a_blank_screen_is_blank_and_moving_on_ends_the_summary(heard: Workshop) -> None:
    put(heard, "themes")
    services.blank(workshop=heard, on=True)
    assert "Rivers" not in bytes_of(heard)
    services.move_on(workshop=heard, expect="lunch", actor=None)
    assert (Stage.objects.get().face, Stage.objects.get().page) == ("slot", "")


def test_no_face_press_puts_the_summary_on_without_a_page(heard: Workshop) -> None:
    desk = browser_of(user_with("fay", heard, "facilitator"))
    assert desk.post(f"/w/{heard.pk}/desk/face/", {"face": "summary"}).status_code == 404
    assert desk.post(f"/w/{heard.pk}/desk/summary/", {"page": "../x"}).status_code == 404


def test_phones_say_which_themes_are_theirs_too_and_only_then_there_are_numbers(heard: Workshop) -> None:
    phone, rivers = phone_in(heard), theme("Rivers")
    at = f"/w/{heard.pk}/themes/{rivers}/mine-too/"
    put(heard, "themes")
    assert "mine too" not in bytes_of(heard)
    assert phone.client.post(at, {"on": "1"}).status_code == 302
    assert not Theme.objects.filter(votes__isnull=False).exists()
    theme_votes.ask_for_votes(workshop=heard, on=True)
    assert "Rivers" in bytes_of(heard, "phone").split('id="phone-themes"')[1]
    for _twice in range(2):
        phone.client.post(at, {"on": "1"})
        phone_in(heard).client.post(at, {"on": "1"})
    assert "3 mine too" in bytes_of(heard)
    assert theme_votes.mine(heard, phone.seat) == [str(rivers)]
    assert f'"{rivers}"' in phone.client.get(f"/w/{heard.pk}/mine/").content.decode()
    assert 'aria-pressed="true"' in phone.client.get(f"/w/{heard.pk}/").content.decode().split("phone-themes")[1]
    phone.client.post(at, {"on": "0"})
    theme_votes.ask_for_votes(workshop=heard, on=False)
    assert "2 mine too" in bytes_of(heard)
    assert "This is mine too" not in bytes_of(heard, "phone").split('id="phone-themes"')[1]


def test_votes_of_one_phone_join_nothing_and_go_when_it_deletes_all(heard: Workshop) -> None:
    phone = phone_in(heard)
    theme_votes.ask_for_votes(workshop=heard, on=True)
    for name in ("Rivers", "Land"):
        phone.client.post(f"/w/{heard.pk}/themes/{theme(name)}/mine-too/", {"on": "1"})
    votes = ThemeVote.objects.all()
    assert len({vote.respondent for vote in votes}) == 2
    assert not Answer.objects.filter(respondent__in=[vote.respondent for vote in votes]).exists()
    phone.client.post(f"/w/{heard.pk}/answers/take-back/all/")
    assert not votes.all().exists()


def answers(*words: str) -> list[uuid.UUID]:
    return list(Answer.objects.filter(value__in=words).values_list("pk", flat=True))


def ids() -> list[uuid.UUID]:
    return list(Answer.objects.values_list("pk", flat=True))


def test_undoing_a_merge_brings_the_votes_back(heard: Workshop) -> None:
    theme_votes.ask_for_votes(workshop=heard, on=True)
    phone, rivers = phone_in(heard), theme("Rivers")
    theme_votes.mine_too(workshop=heard, seat=phone.seat, theme_id=rivers, on=True)
    theming.merge(workshop=heard, actor=None, theme=rivers, into=theme("Land"))
    assert theme_votes.counted(heard) == {rivers: 1}
    last = ThemeEdit.objects.latest("pk")
    theming.undo(workshop=heard, edit=last.pk)
    put(heard, "themes")
    assert "1 mine too" in bytes_of(heard)


def test_the_feedback_form_is_on_no_page(heard: Workshop) -> None:
    Question.objects.filter(workshop=heard, key="lunch_new").update(occasion="feedback")
    put(heard, "themes")
    assert day.question(heard, "lunch_new").text not in bytes_of(heard, "desk").split("summary-pages")[1][:900]
