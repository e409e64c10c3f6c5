from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz/live", health.alive),
    path("healthz/ready", health.ready),
    path("", include("agenda.urls")),
    path("", include("feedback.urls")),
    path("", include("sessions.urls")),
]
