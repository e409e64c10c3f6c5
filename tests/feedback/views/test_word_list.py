"""The small page on which a facilitator keeps the list."""

from agenda.models import Workshop
from feedback import warning
from tests.cast import browser_of, user_with


def test_a_list_is_typed_saved_and_can_be_changed(workshop: Workshop) -> None:
    desk, path = browser_of(user_with("ann", workshop, "facilitator")), f"/w/{workshop.pk}/plan/words/"
    assert "It holds nothing back by itself" in desk.get(path).text
    reply = desk.post(path, {"words": "idiot\r\n<b>\r\nOld fool"}, follow=True)
    assert reply.redirect_chain == [(f"{path}?saved=1", 302)]
    assert ">\nidiot\n&lt;b&gt;\nOld fool</textarea>" in reply.text
    assert 'role="status"><strong>Saved.' in reply.text
    assert warning.kept(workshop) == ["idiot", "<b>", "Old fool"]
    assert desk.post(path, {"words": ""}, follow=True).status_code == 200
    assert warning.kept(workshop) == []


def test_a_list_that_cannot_be_kept_says_why_and_loses_nothing(workshop: Workshop) -> None:
    desk = browser_of(user_with("ann", workshop, "facilitator"))
    typed = "idiot\n" + "x" * 61
    reply = desk.post(f"/w/{workshop.pk}/plan/words/", {"words": typed})
    assert (reply.status_code, f">\n{typed}</textarea>" in reply.text) == (422, True)
    assert "<title>Error: Words to be warned of" in reply.text
    assert '<a href="#words">The line that begins “xxxxxxxxxxxxxxxxxxxx” is 61 characters.' in reply.text


def test_plan_and_desk_lead_there(workshop: Workshop) -> None:
    desk = browser_of(user_with("ann", workshop, "facilitator"))
    for page in ("plan", "desk"):
        assert f'href="/w/{workshop.pk}/plan/words/"' in desk.get(f"/w/{workshop.pk}/{page}/").text
