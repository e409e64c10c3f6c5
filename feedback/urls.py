from django.urls import path

from .views import (
    answers,
    feedback_form,
    harvest,
    keeping,
    paper,
    plan_questions,
    queue,
    survey,
    survey_plan,
    taking_back,
    themes,
    word_list,
)

app_name = "feedback"
urlpatterns = [
    path("w/<str:workshop_id>/answers/", answers.answers, name="answers"),
    path("w/<str:workshop_id>/answers/take-back/", taking_back.take_back, name="take_back"),
    path("w/<str:workshop_id>/answers/take-back/all/", taking_back.take_back_all, name="take_back_all"),
    path("w/<str:workshop_id>/queue/", queue.ask, name="ask_speaker"),
    path("w/<str:workshop_id>/queue/<uuid:question_id>/me-too/", queue.me_too, name="me_too"),
    path("w/<str:workshop_id>/queue/<uuid:question_id>/take-back/", queue.take_back, name="take_back_question"),
    path("j/<str:code>/survey/", survey.begin, name="survey_begin"),
    path("w/<str:workshop_id>/survey/", survey.survey, name="survey"),
    path("w/<str:workshop_id>/survey/thanks/", survey.thanks, name="survey_thanks"),
    path("w/<str:workshop_id>/feedback/", feedback_form.feedback, name="feedback"),
    path("w/<str:workshop_id>/feedback/thanks/", feedback_form.thanks, name="feedback_thanks"),
    path("w/<str:workshop_id>/feedback/paper/", paper.feedback_paper, name="feedback_paper"),
    path("w/<str:workshop_id>/feedback/entry/", paper.entry, name="feedback_entry"),
    path("w/<str:workshop_id>/survey/paper/", paper.survey_paper, name="survey_paper"),
    path("w/<str:workshop_id>/plan/survey/", survey_plan.show, name="survey_plan"),
    path("w/<str:workshop_id>/plan/survey/links/", survey_plan.make, name="make_personal_links"),
    path("w/<str:workshop_id>/plan/survey/links/<uuid:link_id>/anew/", survey_plan.make_anew, name="make_link_anew"),
    path(
        "w/<str:workshop_id>/plan/survey/links/<uuid:link_id>/delete/", survey_plan.delete, name="delete_personal_link"
    ),
    path("p/<str:secret>", survey.open_link, name="personal_link"),
    path("w/<str:workshop_id>/summary/", harvest.show_summary, name="summary"),
    path("w/<str:workshop_id>/summary/themes/", themes.themes, name="themes"),
    path("w/<str:workshop_id>/summary/themes/<slug:press>/", themes.press, name="theme_press"),
    path("w/<str:workshop_id>/export/", harvest.export, name="export"),
    path("w/<str:workshop_id>/export/answers.csv", harvest.answers_csv, name="answers_csv"),
    path("w/<str:workshop_id>/keeping/", keeping.show, name="keeping"),
    path("w/<str:workshop_id>/keeping/erase/<uuid:attendee_id>/", keeping.erase, name="erase"),
    path("w/<str:workshop_id>/plan/words/", word_list.words, name="word_list"),
    path("w/<str:workshop_id>/plan/questions/<slug:slot_key>/", plan_questions.questions, name="plan_questions"),
    path("w/<str:workshop_id>/plan/questions/<slug:slot_key>/ready/", plan_questions.ready, name="plan_ready"),
    path("w/<str:workshop_id>/plan/questions/<slug:slot_key>/new/", plan_questions.new, name="plan_question_new"),
    path(
        "w/<str:workshop_id>/plan/questions/<slug:slot_key>/<uuid:question_id>/",
        plan_questions.question,
        name="plan_question",
    ),
    path(
        "w/<str:workshop_id>/plan/questions/<slug:slot_key>/<uuid:question_id>/move/",
        plan_questions.move,
        name="plan_question_move",
    ),
    path(
        "w/<str:workshop_id>/plan/questions/<slug:slot_key>/<uuid:question_id>/delete/",
        plan_questions.delete,
        name="plan_question_delete",
    ),
]
