"""Questions are prepared: nobody's work is lost, no promise changes, and the day stays a document."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from agenda import changes
from agenda.chapters import dump_document, load_document
from agenda.models import Audit, User, Workshop
from agenda.services import Refused, Stale
from feedback import preparing, services
from feedback.kinds import kinds
from feedback.models import Answer, Question
from feedback.preparing import Settings, Wanted, mark
from feedback.sheet_models import SheetPhoto
from tests.cast import newcastle, user_with

from .room import CHOICE, give, new_question
from .test_queries import drop

WORDS = Settings("text", kinds["text"].check_config({}), "phones", "unlinked")
VOTE = Settings("choice", kinds["choice"].check_config(CHOICE), "talk", "named")


@pytest.fixture(autouse=True)
def _still_a_document(workshop: Workshop) -> Iterator[None]:
    """Whatever a test does: the day can be written down, read over itself, and read as a new day."""
    yield
    document = dump_document(workshop)
    load_document(document)
    assert dump_document(workshop) == document
    copy = load_document({**document, "slug": "copied"})
    assert dump_document(copy) == {**document, "slug": "copied"}


def add(
    workshop: Workshop,
    text: str = "Why not?",
    slot: str = "lunch",
    hint: str = "",
    settings: Settings = WORDS,
    question_id: uuid.UUID | None = None,
) -> Question:
    wanted = Wanted(text, hint, settings)
    return preparing.add(workshop=workshop, slot_key=slot, question_id=question_id or uuid.uuid4(), wanted=wanted)


def change(
    question: Question,
    text: str = "Why ever not?",
    hint: str = "",
    settings: Settings | None = None,
    expect: str = "",
    actor: User | None = None,
) -> Question:
    return preparing.change(
        workshop=question.workshop,
        question_id=question.pk,
        expect=expect or mark(question),
        wanted=Wanted(text, hint, settings),
        actor=actor,
    )


def stricter(question: Question, mode: str, actor: User | None) -> None:
    wanted = Wanted(question.text, question.hint, mode=mode)
    preparing.change(
        workshop=question.workshop, question_id=question.pk, expect=mark(question), wanted=wanted, actor=actor
    )


def move(question: Question, other: Question, *, above: bool) -> int:
    return preparing.move(workshop=question.workshop, question_id=question.pk, next_to=other.pk, above=above)


def delete(question: Question, expect: str = "") -> None:
    preparing.delete(workshop=question.workshop, question_id=question.pk, expect=expect or mark(question))


def keys(workshop: Workshop, slot: str = "") -> list[str]:
    found = Question.objects.filter(workshop=workshop, **({"slot__key": slot} if slot else {}))
    return list(found.values_list("key", flat=True))


def of(workshop: Workshop, key: str) -> Question:
    return Question.objects.select_related("workshop").get(workshop=workshop, key=key)


class TestAdd:
    def test_a_question_comes_last_in_its_item_and_before_the_next(self, workshop: Workshop) -> None:
        before = keys(workshop)
        place = before.index("culture_member_role")
        question = add(workshop, "Why not?", hint="Say it", settings=VOTE)
        question.refresh_from_db()
        assert keys(workshop) == [*before[:place], "why_not", *before[place:]]
        assert (question.text, question.hint, question.kind, question.hand) == ("Why not?", "Say it", "choice", "talk")
        assert (question.mode, question.config, question.version) == ("named", VOTE.config, 1)
        assert (question.status, question.occasion, question.bundle) == ("draft", "live", "alone")

    def test_the_first_of_an_item_comes_behind_the_items_before_it(self, workshop: Workshop) -> None:
        before = keys(workshop)
        add(workshop, slot="reflections")
        place = before.index("culture_member_role")
        assert keys(workshop) == [*before[:place], "why_not", *before[place:]]

    def test_the_first_of_a_day_is_the_first(self, workshop: Workshop) -> None:
        Question.objects.all().delete()
        add(workshop, slot="summary")
        add(workshop, "And?", slot="intros")
        assert keys(workshop) == ["and", "why_not"]

    def test_keys_are_made_of_the_text_and_never_twice(self, workshop: Workshop) -> None:
        made = [add(workshop, text).key for text in ("What wasn't?", "What wasn’t?", "¿?", "?", "x" * 300)]
        assert made == ["what_wasnt", "what_wasnt_2", "question", "question_2", "x" * 40]

    def test_a_second_press_of_the_same_form_adds_nothing(self, workshop: Workshop) -> None:
        number = uuid.uuid4()
        first = add(workshop, question_id=number)
        assert add(workshop, question_id=number) == first
        assert keys(workshop).count("why_not") == 1

    def test_another_question_from_the_same_form_is_another(self, workshop: Workshop) -> None:
        number = uuid.uuid4()
        assert add(workshop, question_id=number).pk == number
        assert add(workshop, "And then?", question_id=number).pk != number
        assert keys(workshop, "lunch")[-2:] == ["why_not", "and_then"]

    def test_the_id_of_a_question_elsewhere_is_not_touched(self, workshop: Workshop) -> None:
        there = of(newcastle("elsewhere"), "lunch_new")
        assert add(workshop, there.text, question_id=there.pk).pk != there.pk
        there.refresh_from_db()
        assert there.workshop.slug == "elsewhere"

    def test_an_item_that_left_the_running_order_takes_no_question(self, workshop: Workshop) -> None:
        Question.objects.filter(slot__key="culture").delete()
        drop(workshop, "culture")
        for slot in ("culture", "nothing"):
            with pytest.raises(Stale, match="not in the running order any more"):
                add(workshop, slot=slot)

    def test_a_day_holds_as_many_as_a_document(self, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(preparing, "MOST_QUESTIONS", len(keys(workshop)) + 1)
        add(workshop)
        with pytest.raises(Refused, match="as many as it can hold"):
            add(workshop)


class TestChange:
    def test_while_nobody_was_asked_everything_may_change(self, workshop: Workshop) -> None:
        question = change(of(workshop, "lunch_new"), hint="Say it", settings=VOTE)
        question.refresh_from_db()
        assert (question.text, question.hint, question.kind, question.hand) == (
            "Why ever not?",
            "Say it",
            "choice",
            "talk",
        )
        assert (question.mode, question.config, question.key) == ("named", VOTE.config, "lunch_new")

    def test_other_words_are_another_version(self, workshop: Workshop) -> None:
        question = of(workshop, "lunch_new")
        assert change(question, question.text).version == 1
        assert change(question, question.text, settings=Settings("text", question.config, "talk", "named")).version == 1
        assert change(of(workshop, "lunch_new"), question.text, hint="Say it").version == 2
        assert change(of(workshop, "lunch_new")).version == 3
        assert change(of(workshop, "lunch_new"), settings=VOTE).version == 4

    def test_versions_end_where_a_document_ends(self, workshop: Workshop) -> None:
        Question.objects.filter(key="lunch_new").update(version=9999)
        assert change(of(workshop, "lunch_new")).version == 9999

    @pytest.mark.parametrize("status", ["open", "closing", "closed"])
    def test_once_asked_only_the_words_change(self, workshop: Workshop, status: str) -> None:
        question = new_question(workshop, "asked", status=status)
        with pytest.raises(Stale, match="only its words can change"):
            change(question, settings=VOTE)
        assert of(workshop, "asked").kind == "text"
        changed = change(question)
        assert (changed.text, changed.version, changed.mode, changed.status) == ("Why ever not?", 2, "unlinked", status)

    def test_answers_stay_with_the_new_words_and_it_is_written_down(self, workshop: Workshop) -> None:
        question, actor = new_question(workshop, "asked"), user_with("facilitator")
        give(question, "Because")
        change(question, actor=actor)
        assert [row.value for row in Answer.objects.filter(question=question)] == ["Because"]
        [entry] = Audit.objects.all()
        assert (entry.kind, entry.user) == ("question reworded", actor)
        assert entry.detail == {"question": "asked", "version": 2, "answers": 1}
        change(of(workshop, "asked"), actor=actor)
        assert of(workshop, "asked").version == 2
        assert Audit.objects.count() == 1

    def test_once_asked_fewer_may_see_the_names_and_it_is_written_down(self, workshop: Workshop) -> None:
        question, actor = new_question(workshop, "asked", mode="named"), user_with("facilitator")
        give(question, "Because")
        stricter(question, "facilitator", actor)
        assert of(workshop, "asked").mode == "facilitator"
        [entry] = Audit.objects.all()
        assert (entry.kind, entry.user) == ("question made stricter", actor)
        assert entry.detail == {"question": "asked", "before": "named", "after": "facilitator"}
        assert of(workshop, "asked").version == 1

    @pytest.mark.parametrize(
        ("mode", "wanted"),
        [("facilitator", "named"), ("facilitator", "unlinked"), ("named", "unlinked"), ("unlinked", "named")],
    )
    def test_once_asked_nobody_else_sees_the_names(self, workshop: Workshop, mode: str, wanted: str) -> None:
        question = new_question(workshop, "asked", mode=mode)
        with pytest.raises(Refused, match="can only become stricter"):
            stricter(question, wanted, None)
        assert (of(workshop, "asked").mode, of(workshop, "asked").text) == (mode, question.text)

    def test_a_draft_with_answers_is_not_free(self, workshop: Workshop) -> None:
        question = new_question(workshop, "asked")
        give(question, "Because")
        Question.objects.filter(pk=question.pk).update(status="draft")
        with pytest.raises(Stale):
            change(of(workshop, "asked"), settings=VOTE)

    @pytest.mark.parametrize(
        "meanwhile",
        [
            {"text": "Other"},
            {"hint": "Other"},
            {"hand": "talk"},
            {"mode": "named"},
            {"kind": "choice", "config": VOTE.config},
        ],
    )
    def test_an_older_form_never_overwrites(self, workshop: Workshop, meanwhile: dict[str, Any]) -> None:
        question = of(workshop, "lunch_new")
        seen = mark(question)
        Question.objects.filter(pk=question.pk).update(**meanwhile)
        with pytest.raises(Stale, match="What you wrote is still here"):
            change(question, expect=seen, settings=WORDS)
        assert {name: getattr(of(workshop, "lunch_new"), name) for name in meanwhile} == meanwhile

    def test_a_form_from_before_the_question_was_asked_is_older(self, workshop: Workshop) -> None:
        question = of(workshop, "lunch_new")
        seen = mark(question)
        services.open_to_room(question, now=timezone.now())
        with pytest.raises(Stale, match="asked meanwhile"):
            change(question, expect=seen)

    def test_that_it_is_next_in_line_or_elsewhere_in_the_order_is_no_change(self, workshop: Workshop) -> None:
        question = of(workshop, "lunch_new")
        seen = mark(question)
        services.ready(question)
        move(question, of(workshop, "lunch_relevant"), above=False)
        assert change(question, expect=seen).text == "Why ever not?"

    def test_a_question_that_is_gone_or_elsewhere_says_so(self, workshop: Workshop) -> None:
        question, there = of(workshop, "lunch_new"), of(newcastle("elsewhere"), "lunch_new")
        Question.objects.filter(pk=question.pk).delete()
        with pytest.raises(preparing.Gone, match="not in this item any more"):
            change(question)
        there.workshop = workshop
        with pytest.raises(preparing.Gone):
            change(there)
        there.refresh_from_db()
        assert there.version == 1


class TestMove:
    def test_it_goes_above_or_below_the_one_that_was_seen_there(self, workshop: Workshop) -> None:
        first, second, third = (of(workshop, key) for key in keys(workshop, "lunch"))
        assert move(third, second, above=True) == 2
        assert keys(workshop, "lunch") == [first.key, third.key, second.key]
        assert move(first, second, above=False) == 3
        assert keys(workshop, "lunch") == [third.key, second.key, first.key]

    def test_twice_is_once(self, workshop: Workshop) -> None:
        first, second, third = (of(workshop, key) for key in keys(workshop, "lunch"))
        for _press in range(2):
            move(third, second, above=True)
        assert keys(workshop, "lunch") == [first.key, third.key, second.key]

    def test_other_items_keep_their_order(self, workshop: Workshop) -> None:
        stray = new_question(workshop, "stray", "lunch", status="draft")
        others = [key for key in keys(workshop) if key not in keys(workshop, "lunch")]
        move(stray, of(workshop, "lunch_new"), above=True)
        assert keys(workshop, "lunch")[:2] == ["stray", "lunch_new"]
        assert [key for key in keys(workshop) if key not in keys(workshop, "lunch")] == others

    def test_positions_with_gaps_are_no_trouble(self, workshop: Workshop) -> None:
        delete(of(workshop, "lunch_new"))
        Question.objects.filter(key="fb_better").update(position=900)
        move(of(workshop, "lunch_relevant"), of(workshop, "lunch_not_relevant"), above=False)
        assert keys(workshop, "lunch") == ["lunch_not_relevant", "lunch_relevant"]
        assert sorted(Question.objects.values_list("position", flat=True)) == list(range(len(keys(workshop))))

    def test_there_is_nothing_beside_a_question_that_is_gone_or_of_another_item(self, workshop: Workshop) -> None:
        question, before = of(workshop, "lunch_new"), keys(workshop)
        for other in (of(workshop, "sum_insights"), of(newcastle("elsewhere"), "lunch_relevant"), question):
            with pytest.raises(preparing.Gone):
                move(question, other, above=True)
        assert keys(workshop) == before


class TestDelete:
    def test_a_draft_goes_and_a_second_press_is_harmless(self, workshop: Workshop) -> None:
        question = of(workshop, "lunch_new")
        for _press in range(2):
            preparing.delete(workshop=workshop, question_id=question.pk, expect=mark(question))
        assert keys(workshop, "lunch") == ["lunch_relevant", "lunch_not_relevant"]

    def test_answers_keep_a_question(self, workshop: Workshop) -> None:
        question = new_question(workshop, "asked")
        give(question, "Because")
        with pytest.raises(Refused, match="has 1 answer, so it stays"):
            delete(question)
        give(question, "Because of that")
        with pytest.raises(Refused, match="has 2 answers, so it stays"):
            delete(question)
        assert Answer.objects.count() == 2

    def test_a_photo_keeps_a_sheet(self, workshop: Workshop) -> None:
        sheet = new_question(workshop, "sheet", occasion="flipchart", status="draft", most_each=20)
        SheetPhoto.objects.create(question=sheet, respondent="f" * 64, image=b"a picture", width=4, height=3)
        with pytest.raises(Refused, match="This sheet has a photo, so it stays"):
            delete(sheet)
        assert not preparing.is_free(sheet)
        assert SheetPhoto.objects.exists()

    def test_a_question_the_room_was_asked_stays(self, workshop: Workshop) -> None:
        question = new_question(workshop, "asked")
        with pytest.raises(Refused, match="The room was asked this question"):
            delete(question)
        assert of(workshop, "asked") == question

    def test_what_somebody_has_changed_since_is_not_deleted(self, workshop: Workshop) -> None:
        question = of(workshop, "lunch_new")
        seen = mark(question)
        change(question)
        with pytest.raises(Stale, match="so it was not deleted"):
            delete(question, seen)
        assert of(workshop, "lunch_new").text == "Why ever not?"

    def test_a_question_of_another_day_is_out_of_reach(self, workshop: Workshop) -> None:
        there = of(newcastle("elsewhere"), "lunch_new")
        preparing.delete(workshop=workshop, question_id=there.pk, expect=mark(there))
        assert Question.objects.filter(pk=there.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_every_verb_tells_the_room_once_it_is_true(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(changes, "_listeners", [heard.append])
    revisions = [workshop.rev]

    def after() -> None:
        workshop.refresh_from_db()
        revisions.append(workshop.rev)
        assert len(heard) == len(revisions) - 1

    question = add(workshop)
    after()
    change(question)
    after()
    move(question, of(workshop, "lunch_new"), above=True)
    after()
    delete(of(workshop, "why_not"))
    after()
    assert revisions == sorted(set(revisions))


def test_phones_look_again_only_when_words_they_may_show_have_changed(workshop: Workshop) -> None:
    before = workshop.control_rev
    question = add(workshop)
    move(question, of(workshop, "lunch_new"), above=True)
    workshop.refresh_from_db()
    assert workshop.control_rev == before
    change(of(workshop, "why_not"))
    workshop.refresh_from_db()
    assert workshop.control_rev == before + 1
