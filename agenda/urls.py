from django.urls import path

from .views import councils, days, importing, joining, order, planning, signing_in, versions

app_name = "agenda"
urlpatterns = [
    path("", joining.home, name="home"),
    path("j/<str:code>/", joining.join, name="join"),
    path("w/<str:workshop_id>/who/", joining.who, name="who"),
    path("w/<str:workshop_id>/councils/", councils.offered, name="councils"),
    path("w/<str:workshop_id>/order/", order.running_order, name="order"),
    path("w/<str:workshop_id>/plan.ics", order.calendar_file, name="calendar"),
    path("w/<str:workshop_id>/plan/", planning.plan, name="plan"),
    path("w/<str:workshop_id>/plan/reflow/", planning.reflow, name="plan_reflow"),
    path("w/<str:workshop_id>/plan/import/", importing.bring_again, name="import_again"),
    path("w/<str:workshop_id>/plan/versions/", versions.list_versions, name="plan_versions"),
    path("w/<str:workshop_id>/plan/versions/compare/", versions.compare, name="plan_compare"),
    path("w/<str:workshop_id>/plan/versions/<int:number>/", versions.version, name="plan_version"),
    path("in/<str:token>", signing_in.link, name="link"),
    path("sign-in/", signing_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("staff/", days.days, name="days"),
    path("staff/new/", days.new_day, name="new_day"),
    path("staff/import/", importing.bring, name="import"),
    path("staff/import/<uuid:reading_id>/", importing.reading, name="reading"),
    path("w/<str:workshop_id>/template/", days.template, name="template"),
]
