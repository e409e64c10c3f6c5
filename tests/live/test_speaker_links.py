"""A speaker's link: kept hashed, one an item, and worth nothing once it was taken away."""

import hashlib
import uuid

import pytest
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from agenda.models import Audit, Slot, Workshop
from sessions import speaker_links
from sessions.models import SpeakerLink
from tests.cast import newcastle, user_with

from . import day


def slot(workshop: Workshop, key: str = "how-digital") -> Slot:
    return Slot.objects.get(workshop=workshop, key=key)


def make(workshop: Workshop, key: str = "how-digital") -> str:
    return speaker_links.make_link(workshop=workshop, slot=slot(workshop, key), actor=None)


def cookies(*tokens: str) -> dict[str, str]:
    """What a browser holds that has opened these links."""
    response = HttpResponse()
    for token in tokens:
        link = speaker_links.find(token)
        assert link
        speaker_links.keep(response, link)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def items(held: dict[str, str], workshop: Workshop) -> list[str]:
    return [link.slot.key for link in speaker_links.held(held, workshop.pk)]


def test_a_link_leads_to_the_item_it_was_made_for(workshop: Workshop) -> None:
    make(workshop, "data")
    link = speaker_links.find(make(workshop))
    assert link
    assert (link.workshop, link.slot.key) == (workshop, "how-digital")


@pytest.mark.parametrize("token", ["", "nonsense", "\x00", "é" * 4000])
def test_a_link_nobody_made_leads_nowhere(workshop: Workshop, token: str) -> None:
    make(workshop)
    assert speaker_links.find(token) is None


def test_the_database_never_holds_the_token(workshop: Workshop) -> None:
    token = make(workshop)
    assert len(token) >= 22  # 128 bits and more
    assert SpeakerLink.objects.get().token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str([list(table.objects.values()) for table in (SpeakerLink, Audit)])


def test_a_new_link_takes_the_one_before_away_and_no_other(workshop: Workshop) -> None:
    first, elsewhere = make(workshop), make(workshop, "data")
    held = cookies(first, elsewhere)
    second = make(workshop)
    assert [speaker_links.find(token) is not None for token in (first, elsewhere, second)] == [False, True, True]
    assert items(held, workshop) == ["data"]
    assert SpeakerLink.objects.filter(revoked_at=None).count() == 2


def test_one_item_never_has_two_links(workshop: Workshop) -> None:
    make(workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakerLink.objects.create(workshop=workshop, slot=slot(workshop), token_hash="f" * 64, made_at=timezone.now())


def test_a_link_that_was_taken_away_opens_nothing(workshop: Workshop) -> None:
    token = make(workshop)
    held = cookies(token)
    assert items(held, workshop) == ["how-digital"]
    speaker_links.revoke_link(workshop=workshop, slot=slot(workshop), actor=None)
    assert speaker_links.find(token) is None
    assert items(held, workshop) == []


def test_a_link_is_worth_nothing_on_another_day(workshop: Workshop) -> None:
    other = newcastle("another-day")
    name, value = next(iter(cookies(make(workshop)).items()))
    assert items({name: value}, other) == []
    assert items({name.replace(workshop.pk, other.pk): value}, other) == []


def test_only_a_cookie_of_our_own_is_a_link(workshop: Workshop) -> None:
    name, own = next(iter(cookies(make(workshop)).items()))
    pk = str(SpeakerLink.objects.get().pk)
    forged = [pk, f"{pk}:x", Signer(salt="screen").sign(pk), f"{uuid.uuid4()}:{own[37:]}", ""]
    assert items({name: own}, workshop) == ["how-digital"]
    assert [items({name: cookie}, workshop) for cookie in forged] == [[]] * len(forged)
    assert items({"x": own}, workshop) == []


def test_one_device_may_hold_the_links_of_several_items(workshop: Workshop) -> None:
    """The lectern's computer, used by one speaker after the other."""
    held = cookies(make(workshop), make(workshop, "data"))
    assert items(held, workshop) == ["data", "how-digital"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(workshop: Workshop) -> None:
    response = HttpResponse()
    link = speaker_links.find(make(workshop))
    assert link
    speaker_links.keep(response, link)
    morsel = response.cookies[f"speaker-{workshop.pk}-how-digital"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert morsel["max-age"] == 60 * 24 * 60 * 60


def test_who_made_and_revoked_a_link_is_written_down_without_names_or_secrets(workshop: Workshop) -> None:
    asha = user_with("asha", workshop, "facilitator")
    token = speaker_links.make_link(workshop=workshop, slot=slot(workshop), actor=asha)
    for _ in range(2):
        speaker_links.revoke_link(workshop=workshop, slot=slot(workshop), actor=asha)
    written = list(Audit.objects.values_list("kind", "user", "workshop", "detail"))
    detail = {"slot": "how-digital"}
    assert written == [
        ("speaker link made", asha.pk, workshop.pk, detail),
        ("speaker link revoked", asha.pk, workshop.pk, detail),
    ]
    secrets = (token, hashlib.sha256(token.encode()).hexdigest(), str(SpeakerLink.objects.get().pk), "Joyce")
    assert [secret for secret in secrets if secret in str(list(Audit.objects.values()))] == []


def test_phones_hear_nothing_of_links(workshop: Workshop) -> None:
    rev, control_rev = day.revisions(workshop)
    make(workshop)
    speaker_links.revoke_link(workshop=workshop, slot=slot(workshop), actor=None)
    assert day.revisions(workshop) == (rev + 2, control_rev)
