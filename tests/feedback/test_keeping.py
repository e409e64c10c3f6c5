"""How long words are kept: who settles it, who is told, and what goes when."""

from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from agenda import carry, new_days, purging, services
from agenda.models import Attendee, Audit, Slot, Workshop
from feedback import erasing, keeping, sealing
from feedback.counting import totals
from feedback.models import Answer, Count, Gone, Keeping, Note, Question
from feedback.queue_models import SpeakerQuestion
from sessions import services as live
from sessions.models import Agreement
from tests.agenda.journeys import bring, out
from tests.cast import browser_of, newcastle, phone_in, user_with
from tests.live import day

from .asking_room import ANN, BEN, WORDS, connected
from .room import give, new_question, opened, stored
from .sealed_room import end, pass_days


def everything_stored() -> str:
    """Each row of each table."""
    return repr([list(model._base_manager.values()) for model in apps.get_models()])


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "facilitator"))


@pytest.fixture
def named(workshop: Workshop) -> Question:
    return new_question(workshop, "named", mode="named")


def nora(workshop: Workshop, named: Question) -> Attendee:
    """Somebody who said her name, agreed, and answered with and without it."""
    phone = phone_in(workshop)
    services.say_who(attendee=phone.attendee, name="Nora Nobody", council="Exampleshire", role="")
    live.agree(attendee=phone.attendee)
    give(named, "mine", phone.seat)
    give(opened(workshop, "sum_insights"), "nobody's", phone.seat)
    return phone.attendee


class TestPage:
    def test_days_and_date_are_settled_and_the_room_is_told_the_date(self, workshop: Workshop, desk: Client) -> None:
        address = f"/w/{workshop.pk}/keeping/"
        assert desk.post(address, {"open_days": "5", "delete_on": "2020-05-01"}).status_code == 302
        assert Keeping.objects.values_list("open_days", "delete_on").get() == (5, date(2020, 5, 1))
        assert 'value="2020-05-01"' in desk.get(address).text
        phone = phone_in(workshop).client.get(f"/w/{workshop.pk}/").text
        assert "Names and answers of this day are deleted on 1 May 2020." in phone

    @pytest.mark.parametrize(
        ("open_days", "delete_on", "sentence"),
        [
            ("0", "", "from 1 to 60"),
            ("many", "", "from 1 to 60"),
            ("3", "soon", "Write a date"),
            ("3", "2020-02-10", "cannot be changed any more"),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(
        self, workshop: Workshop, desk: Client, open_days: str, delete_on: str, sentence: str
    ) -> None:
        reply = desk.post(f"/w/{workshop.pk}/keeping/", {"open_days": open_days, "delete_on": delete_on})
        assert reply.status_code == 422
        assert sentence in reply.text
        assert "Error:" in reply.text
        assert not Keeping.objects.exists()


class TestErase:
    def test_name_agreement_and_named_answers_go_and_the_rest_cannot_be_found(
        self, workshop: Workshop, named: Question, desk: Client
    ) -> None:
        seat = nora(workshop, named)
        assert "Erase Nora Nobody, Exampleshire" in desk.get(f"/w/{workshop.pk}/keeping/").text
        told = desk.post(f"/w/{workshop.pk}/keeping/erase/{seat.pk}/").text
        assert "Erased, with 1 answer. What was said without a name cannot be found." in told
        assert "Nora" not in told
        assert not Attendee.objects.filter(pk=seat.pk).exists()
        assert not Agreement.objects.exists()
        assert list(Answer.objects.values_list("value", flat=True)) == ["nobody's"]
        assert named.pk not in totals([named]) or totals([named])[named.pk].given == 0
        assert Audit.objects.get(kind="person erased").detail == {"answers": 1}
        assert "not there any more" in desk.post(f"/w/{workshop.pk}/keeping/erase/{seat.pk}/").text

    def test_their_phone_has_no_seat_any_more(self, workshop: Workshop, named: Question) -> None:
        phone = phone_in(workshop)
        keeping.erase_person(workshop=workshop, attendee_id=phone.attendee.pk, actor=None)
        assert phone.client.get(f"/w/{workshop.pk}/").status_code == 404

    def test_a_day_that_was_carried_before_does_not_bring_them_back(self, workshop: Workshop, named: Question) -> None:
        seat = nora(workshop, named)
        file = out(workshop)
        keeping.erase_person(workshop=workshop, attendee_id=seat.pk, actor=None)
        marks = set(Gone.objects.values_list("mark", flat=True))
        with pytest.raises(carry.NotCarried, match="people in the room"):
            bring(file)
        assert not Attendee.objects.filter(pk=seat.pk).exists()
        assert set(Gone.objects.values_list("mark", flat=True)) == marks

    def test_nor_does_it_where_the_day_was_deleted_meanwhile(self, workshop: Workshop, named: Question) -> None:
        seat = nora(workshop, named)
        file = out(workshop)
        erasing._write_down(workshop.pk, [erasing.mark(seat.pk)])
        purging.purge(workshop=workshop, actor=None)
        bring(file)
        assert Workshop.objects.filter(pk=workshop.pk).exists()
        assert not Attendee.objects.filter(pk=seat.pk).exists()
        assert stored(Question.objects.get(key="named")) == []

    def test_a_file_that_knows_they_are_gone_takes_them_out_there(self, workshop: Workshop, named: Question) -> None:
        """The same day on another computer, where they still are."""
        seat = nora(workshop, named)
        Gone.objects.create(workshop=workshop, mark=erasing.mark(seat.pk))
        bring(out(workshop))
        assert not Attendee.objects.filter(pk=seat.pk).exists()
        assert stored(named) == []
        assert not Count.objects.filter(question=named).exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_copy_of_the_database_from_before_does_not_bring_them_back(self, workshop: Workshop) -> None:
        named = new_question(workshop, "named", mode="named")
        seat = nora(workshop, named)
        answer = Answer.objects.get(question=named)
        before = list(Attendee.objects.all()), [answer], list(Count.objects.all())
        keeping.erase_person(workshop=workshop, attendee_id=seat.pk, actor=None)
        Gone.objects.all().delete()  # as the copy was
        Count.objects.all().delete()
        for rows in before:
            type(rows[0])._default_manager.bulk_create(list(rows), ignore_conflicts=True)
        call_command("restored", stdout=StringIO())
        assert not Attendee.objects.filter(pk=seat.pk).exists()
        assert stored(named) == []
        assert not Count.objects.filter(question=named).exists()
        assert (settings.DATA_DIR / "gone").stat().st_mode & 0o777 == 0o600


class TestDelete:
    def test_on_its_date_names_and_answers_go_and_the_day_stays(self, workshop: Workshop, named: Question) -> None:
        nora(workshop, named)
        Keeping.objects.create(workshop=workshop, delete_on="2020-03-01")
        slot = Slot.objects.get(workshop=workshop, key="how-digital")
        said_by = {"workshop": workshop, "slot": slot, "respondent": "a" * 64}
        Note.objects.create(id=uuid4(), text="Ring the port", **said_by)
        SpeakerQuestion.objects.create(id=uuid4(), text="Who pays?", **said_by)
        end(workshop, days=20)
        call_command("purge", stdout=StringIO())
        assert Answer.objects.count() == 2
        pass_days(workshop, 5)
        said = StringIO()
        call_command("purge", stdout=said)
        assert "of 1 days were deleted" in said.getvalue()
        assert not [
            model
            for model in (Answer, Count, Attendee, Agreement, Note, SpeakerQuestion)
            if model._default_manager.exists()
        ]
        assert Question.objects.filter(key="named").exists()
        assert Audit.objects.get(kind="names and answers deleted").detail == {"people": 1, "answers": 2}
        assert keeping.delete_when_due() == 0

    def test_an_ask_with_a_name_outlives_the_sealing_and_goes_from_every_table_on_the_date(
        self, workshop: Workshop
    ) -> None:
        seat = phone_in(workshop).seat
        Attendee.objects.filter(pk=seat.attendee_id).update(name="Nora Nobody")
        connected(workshop, seat, mode="named")
        Keeping.objects.create(workshop=workshop, delete_on="2020-03-01")
        end(workshop, days=4)
        sealing.seal_all_due()
        personal = (WORDS, "Nora Nobody", ANN.name, ANN.reach, BEN.name, BEN.reach)
        assert [words for words in personal if words in everything_stored()] == list(personal)
        assert Answer.objects.get(value=WORDS).attendee_id == seat.attendee_id
        pass_days(workshop, 25)
        call_command("purge", stdout=StringIO())
        assert [words for words in personal if words in everything_stored()] == []

    def test_a_day_that_was_put_off_past_its_date_loses_nobody(self, workshop: Workshop, named: Question) -> None:
        nora(workshop, named)
        Keeping.objects.create(workshop=workshop, delete_on="2020-02-01")
        Workshop.objects.filter(pk=workshop.pk).update(date="2020-02-07")
        assert keeping.delete_when_due() == 0
        assert Answer.objects.count() == 2

    def test_not_while_a_day_is_live(self, workshop: Workshop, named: Question) -> None:
        nora(workshop, named)
        Keeping.objects.create(workshop=workshop, delete_on="2020-02-08")
        end(workshop, days=3)
        day.begin(newcastle("another-day"))
        assert keeping.delete_when_due() == 0
        assert Answer.objects.count() == 2


def test_a_copy_of_a_day_takes_no_answers_and_no_people(workshop: Workshop, named: Question) -> None:
    nora(workshop, named)
    Keeping.objects.create(workshop=workshop, delete_on="2020-03-01")
    owner = user_with("olive", workshop, "owner")
    wanted = {"title": "Another day", "date": date(2027, 5, 1), "place": "", "rehearsal": True}
    copied = new_days.start(user=owner, start_from=workshop, now=timezone.now(), **wanted)
    assert copied.pk != workshop.pk
    assert not Attendee.objects.filter(workshop=copied).exists()
    assert not Answer.objects.filter(question__workshop=copied).exists()
    assert not Keeping.objects.filter(workshop=copied).exists()
    assert Question.objects.filter(workshop=copied).count() == Question.objects.filter(workshop=workshop).count()
