"""A photo of a sheet on paper: what is kept of it, who sees it, and that it goes whenever answers go."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agenda import services as agenda
from agenda.models import Workshop
from agenda.services import Refused
from feedback import erasing, keeping, photos, sealing, services
from feedback.models import Question
from feedback.sheet_models import SheetPhoto
from tests.cast import Phone, browser_of, phone_in, user_with
from tests.feedback.sealed_room import end

from .photos import jpeg, painted_over, png, real
from .room import new_question


@pytest.fixture
def sheet(workshop: Workshop) -> Question:
    return new_question(workshop, "sheet", occasion="flipchart", most_each=20)


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "owner"))


def shot(sheet: Question, phone: Phone | None = None) -> SheetPhoto:
    """A photo as it is kept."""
    whose = photos.phone_with_photos(phone.seat, sheet) if phone else "f" * 64
    return SheetPhoto.objects.create(question=sheet, respondent=whose, image=b"a picture", width=4, height=3)


def send(client: Client, where: str, sheet: Question, data: bytes, name: str = "sheet.jpg") -> tuple[int, str]:
    """Status and page after the file was sent, under whatever name and type its sender says."""
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    path = f"/w/{sheet.workshop_id}/{where}/{sheet.pk}/photo/"
    reply = client.post(path, {"photo": file, "key": str(uuid.uuid4()), "table": "4"})
    return reply.status_code, reply.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a JPEG or PNG"),
        (b"GIF89a" + bytes(40), "not a JPEG or PNG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "not a JPEG or PNG"),
        (png(20_000, 20_000), "too many pixels"),
        (png() + b"%PDF-1.7", "something besides a picture"),
        (real("JPEG")[:-40], "damaged"),
        (painted_over(100), "damaged"),
        (jpeg() + bytes(12 * 1024 * 1024), "larger than 12 MB"),
        (jpeg() + bytes(14 * 1024 * 1024), "Choose a photo of up to 12 MB."),  # not even read
    ],
)
def test_what_is_no_photo_is_refused_at_both_doors_and_nothing_is_kept(
    sheet: Question, desk: Client, data: bytes, sentence: str
) -> None:
    for client, where in ((desk, "sheets"), (phone_in(sheet.workshop).client, "sheet")):
        status, page = send(client, where, sheet, data)
        assert (status, sentence in page) == (422, True)
    assert not SheetPhoto.objects.exists()


def test_a_sheet_for_councillors_takes_their_photos_and_nobody_elses(sheet: Question, desk: Client) -> None:
    Question.objects.filter(pk=sheet.pk).update(councillors_only=True)
    phone = phone_in(sheet.workshop)
    path = f"/w/{sheet.workshop_id}/sheet/{sheet.pk}/"
    for role, may in (("officer", False), ("", False), ("councillor", True)):
        agenda.say_who(attendee=phone.attendee, name="", council="", role=role)
        assert ("Written on paper?" in phone.client.get(path).content.decode()) is may
        status, page = send(phone.client, "sheet", sheet, png())
        assert ("This sheet is for councillors" in page, status == 422) == (not may, not may)
    assert SheetPhoto.objects.count() == 1


def test_the_parking_lot_takes_no_photo(sheet: Question, desk: Client) -> None:
    Question.objects.filter(pk=sheet.pk).update(key="parking_lot")
    for client, where in ((desk, "sheets"), (phone_in(sheet.workshop).client, "sheet")):
        assert send(client, where, sheet, png())[0] == 422
    assert not SheetPhoto.objects.exists()


def test_a_photo_comes_in_at_both_doors_and_no_word_of_its_camera_with_it(sheet: Question, desk: Client) -> None:
    data = real("JPEG", comment=b"taken by Nora Nobody")
    for client, where in ((desk, "sheets"), (phone_in(sheet.workshop).client, "sheet")):
        assert send(client, where, sheet, data, "Nora Nobody.exe")[0] == 302
    for photo in SheetPhoto.objects.all():
        assert (photo.width, photo.height, photo.table) == (40, 30, "4")
        assert b"Nora" not in bytes(photo.image)
    assert SheetPhoto.objects.count() == 2


def test_its_author_and_the_desk_see_a_photo_and_no_other_phone(sheet: Question, desk: Client) -> None:
    phone, other = phone_in(sheet.workshop), phone_in(sheet.workshop)
    photo = shot(sheet, phone)
    own, everybodys = (f"/w/{sheet.workshop_id}/{part}/photo/{photo.pk}/" for part in ("sheet", "sheets"))
    reply = phone.client.get(own)
    assert (reply.content, reply["Content-Type"]) == (b"a picture", "image/jpeg")
    assert desk.get(everybodys).content == b"a picture"
    codes = [other.client.get(own), phone.client.get(everybodys), desk.get(own), Client().get(everybodys)]
    assert [reply.status_code for reply in codes] == [404] * 4
    for page in ("summary", "sheets", "sheets/paper"):
        assert everybodys in desk.get(f"/w/{sheet.workshop_id}/{page}/").content.decode()


def test_a_phone_takes_its_own_photo_back_and_nobody_elses(sheet: Question) -> None:
    phone = phone_in(sheet.workshop)
    own, anothers = shot(sheet, phone), shot(sheet)
    for photo in (own, anothers):
        data = {"photo": str(photo.pk)}
        phone.client.post(f"/w/{sheet.workshop_id}/sheet/{sheet.pk}/photo/delete/", data)
    assert [photo.pk for photo in SheetPhoto.objects.all()] == [anothers.pk]


def test_what_a_photo_says_stands_beside_it(sheet: Question, desk: Client) -> None:
    photo = shot(sheet)
    data = {"photo": str(photo.pk), "typed": "Money <and> time"}
    page = desk.post(f"/w/{sheet.workshop_id}/sheets/photos/type/", data, follow=True).content.decode()
    assert "Money &lt;and&gt; time" in page
    assert "Money &lt;and&gt; time" in desk.get(f"/w/{sheet.workshop_id}/sheets/paper/").content.decode()


def test_of_two_who_type_a_photo_out_at_once_the_second_keeps_the_words_to_add(sheet: Question, desk: Client) -> None:
    path = f"/w/{sheet.workshop_id}/sheets/photos/type/"
    data = {"photo": str(shot(sheet).pk), "expect": ""}
    for _twice in range(2):
        assert desk.post(path, data | {"typed": "Money\r\nand time"}).status_code == 302
    late = desk.post(path, data | {"typed": "Only money"})
    page = late.content.decode()
    assert (late.status_code, "Somebody has typed out this photo meanwhile" in page) == (422, True)
    assert "Only money</textarea>" in page
    assert SheetPhoto.objects.get().typed == "Money\nand time"
    assert desk.post(path, data | {"expect": "Money\r\nand time", "typed": "Only money"}).status_code == 302
    too_long = desk.post(path, data | {"expect": "Only money", "typed": "x" * 4001})
    assert "xxx</textarea>" in too_long.content.decode(), "nothing that was typed is lost"


def test_a_photo_that_was_removed_is_not_brought_back_by_a_copy_from_before(sheet: Question) -> None:
    photo, stays = shot(sheet), shot(sheet)
    photos.remove(workshop=sheet.workshop, key=photo.pk)
    photo.save(force_insert=True)  # as a copy from before has it
    erasing.take_out_again(sheet.workshop)
    assert list(SheetPhoto.objects.all()) == [stays]


def test_sealed_photos_lead_to_no_phone(sheet: Question) -> None:
    phone = phone_in(sheet.workshop)
    before = {shot(sheet, phone).pk for _ in range(3)}
    end(sheet.workshop, days=4)
    sealing.seal_all_due()
    rows = list(SheetPhoto.objects.all())
    assert len({row.respondent for row in rows}) == 3
    assert not before & {row.pk for row in rows}
    sheet.refresh_from_db()
    assert photos.own(sheet, phone.seat) == []


def test_photos_go_with_the_day_and_with_a_rehearsal(sheet: Question) -> None:
    shot(sheet)
    services.begin_again(sheet.workshop)
    assert not SheetPhoto.objects.exists()
    shot(sheet)
    keeping.delete_all(workshop=sheet.workshop)
    assert not SheetPhoto.objects.exists()


def test_a_photo_is_kept_once_and_so_many_of_one_phone(sheet: Question) -> None:
    phone, key, data = phone_in(sheet.workshop), uuid.uuid4(), real("JPEG")
    given = {"workshop": sheet.workshop, "question_id": sheet.pk, "data": data, "table": "4", "seat": phone.seat}
    for _ in range(2):
        photos.keep(key=key, **given)  # type: ignore[arg-type]
    assert SheetPhoto.objects.count() == 1
    for _ in range(photos.MOST_EACH - 1):
        photos.keep(key=uuid.uuid4(), **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="as many as it takes from one phone"):
        photos.keep(key=uuid.uuid4(), **given)  # type: ignore[arg-type]
    assert SheetPhoto.objects.count() == photos.MOST_EACH
