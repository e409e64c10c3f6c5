"""What becomes of those in touch, and of those half way there, when their ask or their day goes."""

import uuid

import pytest

from agenda import carry_file
from agenda.models import Membership, Workshop
from agenda.seat import Seat
from feedback import carried, connecting, erasing, keeping, sealing
from feedback.connection_models import Connection
from feedback.models import Answer, Gone, Keeping
from feedback.taking_back import take_back, take_back_all
from sessions import services as live
from tests.agenda.journeys import bring, out
from tests.cast import newcastle, user_with

from .asking_room import ANN, BEN, WORDS, ask, asker_agrees, connected, contacts, helper_agrees, offered
from .room import seat_in
from .sealed_room import end


@pytest.fixture
def ann(workshop: Workshop) -> Seat:
    return seat_in(workshop)


def still_in_touch(workshop: Workshop, ann: Seat, ben: Seat) -> bool:
    seen = (contacts(workshop, ann), contacts(workshop, ben))
    return seen == ([(BEN.name, BEN.reach)], [(ANN.name, ANN.reach)])


def half_way(answer: Answer, ann: Seat) -> None:
    """One has typed a contact, and one has not."""
    helper_agrees(answer, offered(answer)[0])
    asker_agrees(answer, ann, offered(answer)[1].pk)


class TestWhenNamesAreTakenOff:
    def test_those_in_touch_stay_so_and_nothing_leads_to_the_ask(self, workshop: Workshop, ann: Seat) -> None:
        answer, ben, row = connected(workshop, ann)
        assert str(answer.pk) in repr(Connection.objects.values())  # before, it does
        half_way(answer, ann)
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        (kept,) = Connection.objects.all()
        assert (kept.pk, kept.answer, kept.offer) == (row.pk, None, None)
        assert still_in_touch(workshop, ann, ben)
        stored = repr(Connection.objects.values())
        for left in Answer.objects.all():
            assert str(left.pk) not in stored
            assert str(left.respondent) not in stored
        connecting.remove(workshop=workshop, seat=ben, keys=[row.pk])
        assert not Connection.objects.exists()

    def test_an_ask_with_a_name_keeps_its_offers(self, workshop: Workshop, ann: Seat) -> None:
        answer = ask(workshop, ann, mode="named")
        offered(answer)
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        assert Connection.objects.get().answer_id == answer.pk


class TestWhenTheAskGoes:
    def test_taken_back_it_takes_what_is_not_finished_along(self, workshop: Workshop, ann: Seat) -> None:
        answer, ben, row = connected(workshop, ann)
        half_way(answer, ann)
        take_back(workshop=workshop, seat=ann, question_id=answer.question_id, key=answer.pk)
        assert Connection.objects.get().pk == row.pk
        assert still_in_touch(workshop, ann, ben)
        assert WORDS not in repr(Connection.objects.values())

    def test_removed_at_the_desk_it_leaves_those_in_touch(self, workshop: Workshop, ann: Seat) -> None:
        answer, ben, row = connected(workshop, ann)
        half_way(answer, ann)
        workshop.touch(phones=True)
        erasing.remove(answer)
        assert Connection.objects.get().pk == row.pk
        assert still_in_touch(workshop, ann, ben)

    def test_erasing_whoever_asks_by_name_leaves_no_contact(self, workshop: Workshop, ann: Seat) -> None:
        answer, _ben, _row = connected(workshop, ann, mode="named")
        half_way(answer, ann)
        keeping.erase_person(workshop=workshop, attendee_id=ann.attendee_id, actor=None)
        assert not Connection.objects.exists()

    def test_erasing_a_person_does_not_find_what_is_not_kept_with_a_name(self, workshop: Workshop, ann: Seat) -> None:
        connected(workshop, ann)
        keeping.erase_person(workshop=workshop, attendee_id=ann.attendee_id, actor=None)
        assert Connection.objects.count() == 1


class TestWhenThePhoneGoes:
    def test_all_it_has_not_finished_goes_with_all_its_answers(self, workshop: Workshop, ann: Seat) -> None:
        _answer, ben, _row = connected(workshop, ann)
        other = ask(workshop, seat_in(workshop))
        offered(other, ben)
        helper_agrees(other, ben)
        take_back_all(workshop=workshop, seat=ben)
        assert Connection.objects.count() == 1
        assert still_in_touch(workshop, ann, ben)

    def test_a_yes_of_whoever_asks_goes_too_and_the_offer_stays(self, workshop: Workshop, ann: Seat) -> None:
        answer = ask(workshop, ann)
        offered(answer)
        asker_agrees(answer, ann)
        connecting.take_offers_back(workshop=workshop, seat=ann)
        row = Connection.objects.get()
        assert (row.asker, row.asker_reach) == ("", "")


class TestWhenTheDayGoes:
    @pytest.fixture
    def met(self, workshop: Workshop, ann: Seat) -> Workshop:
        """Two in touch by an ask that is gone, two by one that stands, and an offer."""
        gone, _ben, _row = connected(workshop, ann)
        take_back(workshop=workshop, seat=ann, question_id=gone.question_id, key=gone.pk)
        answer, _ben, _row = connected(workshop, ann)
        half_way(answer, ann)
        assert Connection.objects.count() == 4
        return workshop

    def test_a_rehearsal_that_begins_again_has_none(self, met: Workshop) -> None:
        Workshop.objects.filter(pk=met.pk).update(rehearsal=True)
        met.refresh_from_db()
        live.begin_again(workshop=met, actor=None)
        assert not Connection.objects.exists()

    def test_on_the_days_date_all_go_and_the_audit_holds_no_contact(self, met: Workshop) -> None:
        keeping.delete_all(workshop=met)
        assert not Connection.objects.exists()
        assert ANN.reach not in repr(list(met.audit.values()))

    def test_another_day_and_its_copy_have_nothing_of_it(self, met: Workshop) -> None:
        there = newcastle("another-day")
        keeping.delete_all(workshop=there)
        assert Connection.objects.filter(workshop=met).count() == 4


class TestWhenTheDayTravels:
    @pytest.fixture
    def owned(self, workshop: Workshop) -> Workshop:
        Membership.objects.create(workshop=workshop, user=user_with("ann"), role="owner")
        return workshop

    def test_no_file_holds_any_of_it(self, owned: Workshop, ann: Seat) -> None:
        answer, ben, row = connected(owned, ann)
        text = out(owned)
        assert str(answer.pk) in text
        for word in (ANN.name, ANN.reach, BEN.name, BEN.reach, str(row.pk), row.helper, row.asker):
            assert word not in text
        assert still_in_touch(owned, ann, ben)

    def test_what_was_typed_here_is_here_when_the_day_comes_back(self, owned: Workshop, ann: Seat) -> None:
        answer, ben, _row = connected(owned, ann)
        cat, _offer = offered(answer)
        loose, _dee, _gone = connected(owned, ann)
        take_back(workshop=owned, seat=ann, question_id=loose.question_id, key=loose.pk)
        before = list(Connection.objects.order_by("pk").values())
        bring(out(owned))
        assert list(Connection.objects.order_by("pk").values()) == before
        assert (BEN.name, BEN.reach) in contacts(owned, ann)
        assert contacts(owned, ben) == [(ANN.name, ANN.reach)]
        assert helper_agrees(answer, cat) is False

    def test_with_an_ask_that_was_taken_back_elsewhere_goes_what_hung_on_it(self, owned: Workshop, ann: Seat) -> None:
        answer, _ben, _row = connected(owned, ann)
        file = carry_file.read(out(owned))
        tables = file.chapters["feedback"]
        tables["answers"] = [row for row in tables["answers"] if row["id"] != str(answer.pk)]
        carried.unpack(owned, tables)
        assert not Connection.objects.exists()


def test_what_was_removed_does_not_come_back_with_a_copy_from_before(workshop: Workshop, ann: Seat) -> None:
    _answer, ben, row = connected(workshop, ann)
    connecting.remove(workshop=workshop, seat=ben, keys=[row.pk])
    assert Gone.objects.get().mark == erasing.mark(row.pk)
    assert Keeping.objects.get(workshop=workshop).leftovers
    Connection.objects.bulk_create([row])
    erasing.after_restore()
    assert (contacts(workshop, ann), contacts(workshop, ben)) == ([], [])


def test_what_nobody_typed_leaves_no_mark(workshop: Workshop, ann: Seat) -> None:
    ben, row = offered(ask(workshop, ann))
    connecting.take_back(workshop=workshop, seat=ben, keys=[row.pk, uuid.uuid4()])
    assert not Gone.objects.exists()


def test_phones_add_no_more_marks_than_a_day_may_have(
    workshop: Workshop, ann: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "MOST_GONE", 1)
    for _ in range(3):
        _answer, ben, row = connected(workshop, ann)
        connecting.remove(workshop=workshop, seat=ben, keys=[row.pk])
    assert (Gone.objects.count(), Connection.objects.count()) == (1, 0)
