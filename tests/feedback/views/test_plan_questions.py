"""The questions of one item on the plan page: as a page of its own, and as a fragment for htmx."""

import re
import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.chapters import dump_document, load_document
from feedback.kinds import kinds
from feedback.models import Question
from feedback.preparing import mark
from tests.cast import Cast
from tests.feedback.room import CHOICE, give, new_question

from .plan_page import NEW, USUAL, Plan, errors, fields, read, summary


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return Plan(cast.facilitator, cast.workshop)


class TestLooking:
    def test_a_page_has_the_questions_of_the_item_and_what_they_ask_for(self, plan: Plan) -> None:
        page = plan.get()
        assert page.content.decode().lstrip().startswith("<!doctype html>")
        words = read(page)
        assert "What new thoughts or questions do you have?" in words
        assert "For each person: about 6 minutes of typing." in words
        assert "In the whole day you ask each person for 13 answers: about 19 minutes of typing. More than ten" in words
        assert "Words of your own · Everybody on their phone, about 2 minutes of typing Not kept with a name" in words
        assert words.count("Its answers come back in Reflections.") == 3
        assert "no-store" in page["Cache-Control"]

    def test_htmx_gets_the_section_and_nothing_around_it(self, plan: Plan) -> None:
        plan.htmx = True
        html = plan.get().content.decode().strip()
        assert html.startswith('<section id="questions-lunch"')
        assert html.endswith("</section>")
        assert 'hx-target="this"' in html
        assert 'hx-swap="outerHTML"' in html
        assert "autofocus" not in html

    def test_every_form_has_its_own_address_with_htmx_and_without(self, plan: Plan) -> None:
        for page in (plan.get(), plan.get("new"), plan.get(plan.of("lunch_new").pk)):
            html = page.content.decode()
            forms = re.findall(r"<form[^>]*>", html)
            assert forms
            for form in forms:
                action, post = (re.search(rf' {each}="([^"]+)"', form) for each in ("action", "hx-post"))
                assert action
                assert post
                assert action[1] == post[1]
                assert action[1].startswith(plan.path())
            for href, got in re.findall(r'href="([^"]+)"\s+hx-get="([^"]+)"', html):
                assert href == got

    def test_what_comes_back_is_marked_and_edited_where_it_belongs(self, plan: Plan) -> None:
        plan.slot = "reflections"
        page = plan.get()
        assert read(page).count("comes back here from Lunch") == 3
        assert "For each person: nothing to type." in read(page)
        assert "Delete" not in read(page)
        assert "/move/" not in page.content.decode()
        assert plan.get(plan.of("lunch_new").pk).status_code == 404

    def test_an_empty_item_says_what_a_question_would_do(self, plan: Plan) -> None:
        Question.objects.filter(workshop=plan.workshop).delete()
        assert "A question added here is offered at the desk when this item is on." in read(plan.get())

    def test_only_a_question_that_is_free_can_be_deleted(self, plan: Plan) -> None:
        give(new_question(plan.workshop, "asked", "lunch"), "Because")
        words = read(plan.get())
        assert words.count("Delete this question") == 3
        assert "Not kept with a name · 1 answer" in words

    def test_an_item_of_no_running_order_is_not_there(self, plan: Plan) -> None:
        plan.slot = "nothing"
        assert [plan.get(*steps).status_code for steps in ((), ("new",))] == [404, 404]
        assert plan.post("new", **NEW).status_code == 404

    def test_it_is_seven_queries_for_one_and_for_three_questions(
        self, plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        plan.slot = "reflections"
        for number in range(3):
            new_question(plan.workshop, f"extra_{number}", "reflections", kind="choice", config=CHOICE, status="draft")
            with django_assert_num_queries(7):
                words = read(plan.get())
            assert words.count("Yes · No") == number + 1


class TestAdding:
    @pytest.mark.parametrize(("slot", "hand"), [("how-digital", "talk"), ("lunch", "phones"), ("summary", "phones")])
    def test_the_form_starts_with_what_is_usual(self, plan: Plan, slot: str, hand: str) -> None:
        plan.slot = slot
        stands = fields(plan.get("new"))
        assert uuid.UUID(stands.pop("number")).version == 4
        assert stands == {
            "text": "",
            "hint": "",
            "expect": "",
            "kind": "text",
            "hand": hand,
            "mode": "unlinked",
            **{
                f"{kind.name}-{setting.name}": setting.start
                for kind in kinds.values()
                for setting in kind.settings
                if setting.widget != "tick" or setting.start
            },
            **USUAL,
        }
        assert stands["scale-points"] == "Not at all\nA little\nSomewhat\nQuite\nVery"

    def test_without_a_script_the_page_leads_to_the_new_question(self, plan: Plan) -> None:
        response = plan.post("new", **NEW)
        added = plan.of("why_not")
        assert (response.status_code, response["Location"]) == (302, f"{plan.path()}#question-{added.pk}")
        assert f'id="question-{added.pk}"' in plan.get().content.decode()

    def test_with_htmx_the_item_comes_back_with_the_focus_on_the_new_question(self, plan: Plan) -> None:
        plan.htmx = True
        html = plan.post("new", **NEW).content.decode()
        assert html.strip().startswith('<section id="questions-lunch"')
        focused = re.search(r"<\w+[^>]*\sautofocus[^>]*>", html)
        assert focused
        assert f'id="edit-{plan.of("why_not").pk}"' in focused[0]
        assert 'aria-describedby="questions-lunch-notice"' in focused[0]
        assert "Added." in html

    def test_a_choice_and_a_scale_are_typed_one_on_a_line(self, plan: Plan) -> None:
        options = {"kind": "choice", "choice-options": "Yes\r\n\r\n No ", "choice-none": "on"}
        plan.post("new", **NEW | options)
        plan.post("new", **NEW | {"text": "How?", "kind": "scale", "scale-statements": "S", "scale-points": "a\nb\nc"})
        assert plan.of("why_not").config == {**CHOICE, "none": True}
        assert [len(plan.of("how").config[part]) for part in ("statements", "points")] == [1, 3]
        load_document(dump_document(plan.workshop))

    def test_everything_that_is_settled_is_kept_and_comes_back_in_the_form(self, plan: Plan) -> None:
        settled = {
            "hand": "scribe",
            "showing": "live",
            "approval": "off",
            "occasion": "feedback",
            "bundle": "form",
            "minutes": "5",
            "councillors_only": "on",
            "opens_with_item": "on",
            "text-max_length": "1,500",
        }
        plan.post("new", **NEW | settled)
        now = plan.of("why_not")
        assert (now.hand, now.showing, now.approval, now.occasion) == ("scribe", "live", False, "feedback")
        assert (now.bundle, now.minutes, now.councillors_only, now.opens_with_item) == ("form", 5, True, True)
        assert now.config == {"max_length": 1500}
        assert "One person at each table writes" in read(plan.get())
        page = plan.get(now.pk)
        assert {name: fields(page)[name] for name in settled} == settled | {"text-max_length": "1500"}
        assert '<details class="more" open>' in page.content.decode()
        assert '<details class="more" >' in plan.get("new").content.decode()
        before = dump_document(plan.workshop)
        plan.post(now.pk, **fields(page))
        assert dump_document(plan.workshop) == before

    def test_only_a_ready_question_before_or_after_the_day_is_in_a_pair(self, plan: Plan) -> None:
        assert 'value="pair"' not in plan.get("new").content.decode()
        plan.slot = "intros"
        pair = plan.of("pre_conf")
        assert fields(plan.get(pair.pk))["bundle"] == "pair"
        plan.post(pair.pk, **fields(plan.get(pair.pk)) | {"text": "How sure?"})
        assert (plan.of("pre_conf").bundle, plan.of("pre_conf").version) == ("pair", 2)

    def test_a_form_sent_twice_adds_once(self, plan: Plan) -> None:
        number = str(uuid.uuid4())
        for _press in range(2):
            plan.post("new", **NEW, number=number)
        assert plan.in_order()[3:] == ["why_not"]
        assert str(plan.of("why_not").pk) == number


LONG = "x" * 10_240
MINUTES = "Write the minutes as a number from 1 to 120, or leave them out."
RADIOS = ("kind", "hand", "mode", "showing", "approval", "occasion", "bundle")
WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"text": ""}, "text", "Write the question first."),
    ({"text": " \u200b\n"}, "text", "Write the question first."),
    ({"text": "\x00"}, "text", "Write the question first."),
    ({"text": LONG}, "text", "This is 10,240 characters. Shorten it to 300: nothing is lost."),
    ({"hint": "x" * 201}, "hint", "This is 201 characters. Shorten it to 200: nothing is lost."),
    ({"kind": "poem"}, "kind_0", "Choose how people answer."),
    ({"kind": ""}, "kind_0", "Choose how people answer."),
    ({"kind": "\x00"}, "kind_0", "Choose how people answer."),
    ({"hand": "foot"}, "hand_0", "Choose who writes."),
    ({"mode": "anonymous"}, "mode_0", "Choose what is kept with the answers."),
    ({"showing": "soon"}, "showing_0", "Choose when the room sees the answers."),
    ({"approval": "maybe"}, "approval_0", "Choose whether you approve the answers."),
    ({"occasion": "never"}, "occasion_0", "Choose when it is asked."),
    ({"bundle": "pair"}, "bundle_0", "Choose what stays together."),
    ({"bundle": "form"}, "bundle_0", "Only answers given before the day, or in the feedback form, can stay together."),
    ({"minutes": "0"}, "minutes", MINUTES),
    ({"minutes": "121"}, "minutes", MINUTES),
    ({"minutes": "a while"}, "minutes", MINUTES),
    ({"minutes": "9" * 5000}, "minutes", MINUTES),
    ({"text-max_length": "4001"}, "text-max_length", "Write a whole number from 1 to 4,000."),
    ({"text-max_length": "\x00-5"}, "text-max_length", "Write a whole number from 1 to 4,000."),
    ({"kind": "choice"}, "choice-options", "Write at least two options, one on a line."),
    ({"kind": "choice", "choice-options": "One"}, "choice-options", "Write at least two options, one on a line."),
    (
        {"kind": "choice", "choice-options": "One\nTwo\none"},
        "choice-options",
        "“one” stands there twice. Keep one of them.",
    ),
    (
        {"kind": "choice", "choice-options": "\n".join(map(str, range(1000)))},
        "choice-options",
        "These are 1,000 options, and nobody can take in so many. Keep 12 at most.",
    ),
    (
        {"kind": "choice", "choice-options": f"One\n{LONG}"},
        "choice-options",
        "The line that begins “xxxxxxxxxxxxxxxxxxxx” is 10,240 characters. Shorten it to 200: nothing is lost.",
    ),
    ({"kind": "scale"}, "scale-statements", "Write at least one statement, one on a line."),
    (
        {"kind": "scale", "scale-statements": "S", "scale-points": "a"},
        "scale-points",
        "Write at least three points, one on a line.",
    ),
]


class TestWhatIsWrong:
    @pytest.mark.parametrize("htmx", [False, True])
    @pytest.mark.parametrize(("sent", "control", "sentence"), WRONG)
    def test_a_sentence_stands_beside_the_field_and_what_was_typed_is_kept(
        self, plan: Plan, htmx: bool, sent: dict[str, str], control: str, sentence: str
    ) -> None:
        plan.htmx = htmx
        before = plan.in_order()
        response = plan.post("new", **NEW | sent)
        assert response.status_code == (200 if htmx else 422)
        assert errors(response) == [sentence]
        assert summary(response) == [(f"ask-lunch-{control}", sentence)]
        stands = fields(response)
        typed = {name: text.replace("\x00", "") for name, text in sent.items() if name not in RADIOS}
        assert {name: stands[name].replace("\r\n", "\n") for name in typed} == typed
        assert plan.in_order() == before
        if not htmx:
            title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
            assert title
            assert title[1].startswith("Error: ")

    def test_everything_that_is_wrong_is_said_at_once(self, plan: Plan) -> None:
        response = plan.post("new", text="", hint=LONG, kind="choice", hand="", mode="")
        assert len(summary(response)) == len(errors(response)) == 8

    def test_settings_of_another_kind_are_kept_and_ignored(self, plan: Plan) -> None:
        typed = {"choice-options": "One\nTwo", "scale-statements": "S", "scale-points": LONG}
        response = plan.post("new", **NEW | typed | {"text": ""})
        assert {name: fields(response)[name] for name in typed} == typed
        plan.post("new", **NEW | typed)
        assert plan.of("why_not").config == {"max_length": 1000}

    def test_a_number_that_is_none_adds_all_the_same(self, plan: Plan) -> None:
        for number in ("", "\x00", "me", str(uuid.uuid1()), "9" * 5000):
            assert plan.post("new", **NEW, number=number).status_code == 302
        assert len(plan.in_order()) == 8

    def test_words_run_nothing(self, plan: Plan) -> None:
        evil = "<script>alert(1)</script>"
        plan.post("new", **NEW | {"text": evil, "hint": evil, "kind": "choice", "choice-options": f"{evil}\nNo"})
        question = Question.objects.get(workshop=plan.workshop, text=evil)
        for page in (plan.get(), plan.get(question.pk)):
            assert "<script>alert" not in page.content.decode()


class TestChanging:
    def test_the_form_holds_the_question_and_saving_it_as_it_is_changes_nothing(self, plan: Plan) -> None:
        plan.slot = "close"
        before = dump_document(plan.workshop)
        stands = fields(plan.get(plan.of("fb_overall").pk))
        assert stands["choice-options"] == "Excellent\nVery good\nGood\nFair\nPoor"
        assert plan.post(plan.of("fb_overall").pk, **stands).status_code == 302
        assert dump_document(plan.workshop) == before

    def test_a_draft_may_become_something_else(self, plan: Plan) -> None:
        question = plan.of("lunch_new")
        changed = {"text": "Shall we?", "kind": "choice", "choice-options": "Yes\nNo", "hand": "talk", "mode": "named"}
        plan.post(question.pk, **fields(plan.get(question.pk)) | changed)
        now = plan.of("lunch_new")
        assert (now.text, now.kind, now.hand, now.mode, now.version) == ("Shall we?", "choice", "talk", "named", 2)
        assert now.config == {**CHOICE, "none": False}

    def test_once_asked_only_words_are_offered_and_taken(self, plan: Plan) -> None:
        question = new_question(plan.workshop, "asked", "lunch")
        give(question, "Because")
        page = plan.get(question.pk)
        assert "only its words can change. They become a new version" in read(page)
        assert set(fields(page)) == {"text", "hint", "expect"}
        sent = fields(page) | {"text": "Why ever not?", "kind": "choice", "choice-options": "Yes\nNo", "mode": "named"}
        assert plan.post(question.pk, **sent).status_code == 302
        now = plan.of("asked")
        assert (now.text, now.version, now.kind, now.mode) == ("Why ever not?", 2, "text", "unlinked")

    def test_once_asked_with_names_the_room_can_be_kept_from_seeing_them(self, plan: Plan) -> None:
        question = new_question(plan.workshop, "asked", "lunch", mode="named")
        stands = fields(plan.get(question.pk))
        assert stands["mode"] == "named"
        assert 'value="unlinked"' not in plan.get(question.pk).content.decode()
        refused = plan.post(question.pk, **stands | {"mode": "unlinked"})
        assert summary(refused) == [("ask-lunch-mode_0", "Choose what is kept with the answers.")]
        plan.post(question.pk, **stands | {"mode": "facilitator"})
        assert plan.of("asked").mode == "facilitator"
        assert "mode" not in fields(plan.get(question.pk))

    @pytest.mark.parametrize("htmx", [False, True])
    def test_an_older_form_does_not_overwrite_and_shows_both(self, plan: Plan, htmx: bool) -> None:
        question = plan.of("lunch_new")
        mine, theirs = fields(plan.get(question.pk)), fields(plan.get(question.pk))
        plan.post(question.pk, **theirs | {"text": "Theirs", "hand": "talk", "mode": "named"})
        plan.htmx = htmx
        response = plan.post(question.pk, **mine | {"text": "Mine"})
        assert response.status_code == (200 if htmx else 409)
        assert "Somebody has changed this question meanwhile, so yours is not saved yet." in read(response)
        now = "Words of your own · The room talks, nothing to type · Kept with the name; the room may see both"
        assert f"It says now: Theirs {now}" in read(response)
        assert (plan.of("lunch_new").text, fields(response)["text"]) == ("Theirs", "Mine")
        plan.post(question.pk, **fields(response))
        assert plan.of("lunch_new").text == "Mine"

    def test_a_mistake_in_an_older_form_does_not_make_it_newer(self, plan: Plan) -> None:
        question = plan.of("lunch_new")
        mine, theirs = fields(plan.get(question.pk)), fields(plan.get(question.pk))
        plan.post(question.pk, **theirs | {"text": "Theirs"})
        wrong = plan.post(question.pk, **mine | {"text": ""})
        assert plan.post(question.pk, **fields(wrong) | {"text": "Mine"}).status_code == 409
        assert plan.of("lunch_new").text == "Theirs"

    @pytest.mark.parametrize("expect", ["", "\x00", "no mark", LONG])
    def test_a_form_that_has_seen_nothing_saves_nothing(self, plan: Plan, expect: str) -> None:
        question = plan.of("lunch_new")
        response = plan.post(question.pk, **NEW | {"expect": expect})
        assert response.status_code == 409
        assert plan.of("lunch_new").text == question.text

    def test_what_was_typed_for_a_deleted_question_can_be_added_anew(self, plan: Plan) -> None:
        question = plan.of("lunch_new")
        mine = fields(plan.get(question.pk))
        plan.post(question.pk, "delete", expect=mark(question))
        response = plan.post(question.pk, **mine | {"text": "Mine"})
        assert response.status_code == 409
        assert "Somebody has deleted this question. What you wrote is still here" in read(response)
        assert "Add this question" in read(response)
        plan.post("new", **fields(response))
        assert plan.of("mine").text == "Mine"

    def test_a_question_of_another_day_is_not_there(self, plan: Plan, cast: Cast) -> None:
        there = Question.objects.get(workshop=cast.other_workshop, key="lunch_new")
        assert plan.get(there.pk).status_code == 404
        plan.post(there.pk, **NEW | {"expect": mark(there)})
        there.refresh_from_db()
        assert there.text == "What new thoughts or questions do you have?"


class TestMovingAndDeleting:
    def test_up_and_down(self, plan: Plan) -> None:
        first, second, third = (plan.of(key) for key in plan.in_order())
        assert plan.post(third.pk, "move", above=second.pk).status_code == 302
        assert plan.in_order() == [first.key, third.key, second.key]
        plan.htmx = True
        html = plan.post(first.pk, "move", below=third.pk).content.decode()
        assert plan.in_order() == [third.key, first.key, second.key]
        assert "Moved to place 2." in html
        focused = re.search(r"<\w+[^>]*\sautofocus[^>]*>", html)
        assert focused
        assert f'id="down-{first.pk}"' in focused[0]

    def test_at_the_edge_the_focus_goes_to_the_way_back(self, plan: Plan) -> None:
        first, second, _third = (plan.of(key) for key in plan.in_order())
        plan.htmx = True
        html = plan.post(second.pk, "move", above=first.pk).content.decode()
        focused = re.search(r"<\w+[^>]*\sautofocus[^>]*>", html)
        assert focused
        assert f'id="down-{second.pk}"' in focused[0]

    @pytest.mark.parametrize("htmx", [False, True])
    def test_beside_a_question_that_is_gone_nothing_moves(self, plan: Plan, htmx: bool) -> None:
        before = plan.in_order()
        plan.htmx = htmx
        response = plan.post(plan.of("lunch_new").pk, "move", below=uuid.uuid4())
        assert response.status_code == (200 if htmx else 409)
        assert "somebody has moved or deleted it. Nothing was changed." in read(response)
        assert plan.in_order() == before

    @pytest.mark.parametrize(
        "sent", [{}, {"above": "up"}, {"above": "\x00"}, {"above": uuid.uuid4(), "below": uuid.uuid4()}]
    )
    def test_a_press_that_no_page_of_ours_makes_is_nowhere(self, plan: Plan, sent: dict[str, Any]) -> None:
        assert plan.post(plan.of("lunch_new").pk, "move", **sent).status_code == 404

    def test_a_draft_is_deleted(self, plan: Plan) -> None:
        question = plan.of("lunch_new")
        expect = re.search(
            rf'{question.pk}/delete/".*?name="expect" value="(\w+)"', plan.get().content.decode(), re.DOTALL
        )
        assert expect
        assert plan.post(question.pk, "delete", expect=expect[1])["Location"] == plan.path()
        assert plan.in_order() == ["lunch_relevant", "lunch_not_relevant"]

    @pytest.mark.parametrize("htmx", [False, True])
    def test_a_question_with_answers_stays_and_says_why(self, plan: Plan, htmx: bool) -> None:
        question = new_question(plan.workshop, "asked", "lunch")
        give(question, "Because")
        plan.htmx = htmx
        response = plan.post(question.pk, "delete", expect=mark(question))
        assert response.status_code == (200 if htmx else 409)
        assert "This question has 1 answer, so it stays. Its words can still change." in read(response)
        assert "asked" in plan.in_order()

    def test_looking_deletes_and_moves_nothing(self, plan: Plan) -> None:
        question = plan.of("lunch_new")
        assert plan.get(question.pk, "delete").status_code == 405
        assert plan.get(question.pk, "move").status_code == 405
        assert question.key in plan.in_order()
