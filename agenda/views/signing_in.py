"""How people with an account come in."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agenda import access, services, sign_in
from agenda.models import Membership

CHECKING = BoundedSemaphore(2)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _here_or_404(request: HttpRequest) -> None:
    if not access.staff_allowed_from(request.META.get("REMOTE_ADDR", "")):
        raise Http404


def _name(form: AuthenticationForm) -> str:
    """The name as signing in reads it: spaces around it and letters that look alike make no new name."""
    return str(form.fields["username"].to_python(form.data.get("username", "")))


class SignIn(LoginView):
    """Staff with a name and a password. Too many wrong tries close the name for a while, not the room's address."""

    template_name = "agenda/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _here_or_404(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sign_in.too_many_tries(name=_name(self.get_form()), now=timezone.now()):
            return self.render_to_response(self.get_context_data(closed=True, form=self.get_form_class()()), status=429)
        # Checking a password is costly on purpose: two at a time, or a flood of tries takes the room's memory.
        if not CHECKING.acquire(timeout=10):
            return HttpResponse(_("Too many people are signing in. Try again in a minute."), status=503)
        try:
            return super().post(request, *args, **kwargs)
        finally:
            CHECKING.release()

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        sign_in.note_wrong_try(name=_name(form), now=timezone.now())
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        services.audit(kind="sign-in", at=timezone.now(), user=form.get_user())
        return response


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A sign-in link: looking at it changes nothing, its button signs in."""
    _here_or_404(request)
    if request.method == "GET":
        return render(request, "agenda/link.html")
    try:
        user = sign_in.use_link(token=token, now=timezone.now())
    except sign_in.LinkRefused as refused:
        return render(request, "agenda/link.html", {"refused": refused}, status=410)
    login(request, user, backend=BACKEND)
    services.audit(kind="sign-in", at=timezone.now(), user=user)
    days = user.memberships.filter(role__in=[Membership.Role.OWNER, Membership.Role.FACILITATOR])
    if days.count() == 1:
        return redirect("live:desk", workshop_id=days.get().workshop_id)
    return redirect("agenda:days")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("agenda:home")
