from django.urls import path

from .views import answers, harvest

app_name = "feedback"
urlpatterns = [
    path("w/<str:workshop_id>/answers/", answers.answers, name="answers"),
    path("w/<str:workshop_id>/summary/", harvest.show_summary, name="summary"),
    path("w/<str:workshop_id>/export/", harvest.export, name="export"),
    path("w/<str:workshop_id>/export/answers.csv", harvest.answers_csv, name="answers_csv"),
]
