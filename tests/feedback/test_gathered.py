"""What is kept of the answers between two presses of whoever groups: never more than the day still says."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from agenda.models import Workshop
from feedback import gathered, theming
from feedback.models import Answer
from tests.cast import browser_of, newcastle, user_with
from tests.feedback.room import give, opened

pytestmark = pytest.mark.django_db(transaction=True)  # what is kept goes when a change is committed
WORDS = ["More buses", "Later trains", "Share our data"]


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    return newcastle()


@pytest.fixture
def said(workshop: Workshop) -> dict[str, uuid.UUID]:
    question = opened(workshop, "sum_insights")
    for words in WORDS:
        give(question, words)
    return {answer.value: answer.pk for answer in Answer.objects.filter(question=question)}


@pytest.fixture
def browser(workshop: Workshop) -> Client:
    return browser_of(user_with("fay", workshop, "facilitator"))


def kept(workshop: Workshop) -> list[str] | None:
    """The words that are kept of the day as it is."""
    workshop.refresh_from_db()
    held = gathered._kept
    is_of_now = held is not None and held.when == (workshop.pk, workshop.epoch, workshop.rev)
    return sorted(one.words for one in held.gathered.said) if held and is_of_now else None


def test_a_press_on_the_themes_keeps_what_was_read_and_any_other_lets_it_go(
    workshop: Workshop, browser: Client, said: dict[str, uuid.UUID]
) -> None:
    page = f"/w/{workshop.pk}/summary/themes/"
    assert kept(workshop) is None
    browser.get(page)
    assert kept(workshop) == sorted(WORDS)
    theme = uuid.uuid4()
    browser.post(f"{page}begin/", {"name": "Travel", "number": theme, "answer": [said["More buses"]]})
    assert kept(workshop) == sorted(WORDS)
    browser.post(f"{page}undo/", {"edit": workshop.theme_edits.get().pk})
    assert kept(workshop) == sorted(WORDS)
    remove(workshop, said["Later trains"])
    assert gathered._kept is None
    assert "Later trains" not in browser.get(page).content.decode()
    assert kept(workshop) == ["More buses", "Share our data"]


def remove(workshop: Workshop, answer: uuid.UUID) -> None:
    """An answer is removed for good at the desk."""
    client = browser_of(user_with("olu", workshop, "owner"))
    assert client.post(f"/w/{workshop.pk}/desk/remove/{answer}/", {"sure": "1"}).status_code == 302


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda workshop: workshop.touch(phones=False),
        lambda workshop: Workshop.objects.filter(pk=workshop.pk).update(epoch=workshop.epoch + 5),
    ],
    ids=["another revision", "a copy put back"],
)
def test_what_another_process_changed_in_between_is_read_again(
    workshop: Workshop, said: dict[str, uuid.UUID], meanwhile: Callable[[Workshop], None]
) -> None:
    before = Workshop.objects.get(pk=workshop.pk)
    first = gathered.gathered(before)
    assert gathered.gathered(Workshop.objects.get(pk=workshop.pk)) is first
    meanwhile(Workshop.objects.get(pk=workshop.pk))
    Answer.objects.filter(pk=said["More buses"]).delete()
    theming.begin(workshop=before, actor=None, theme=uuid.uuid4(), name="Travel")
    again = gathered.gathered(Workshop.objects.get(pk=workshop.pk))
    assert sorted(one.words for one in again.said) == ["Later trains", "Share our data"]
