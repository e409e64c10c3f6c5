from django.urls import path

from .views import desk, live, phone, questions, screen, speaker, staging

app_name = "live"
urlpatterns = [
    path("screen/", screen.pair, name="pair_screen"),
    path("screen/paired/", screen.paired, name="paired"),
    path("w/<str:workshop_id>/", phone.phone, name="phone"),
    path("w/<str:workshop_id>/agree/", phone.agree, name="agree"),
    path("w/<str:workshop_id>/mine/", phone.mine, name="mine"),
    path("w/<str:workshop_id>/mine/list/", phone.my_answers, name="my_answers"),
    path("w/<str:workshop_id>/state/<str:audience>", live.state, name="state"),
    path("w/<str:workshop_id>/screen/", screen.screen, name="screen"),
    path("w/<str:workshop_id>/screen/join.svg", screen.join_picture, name="join_picture"),
    path("w/<str:workshop_id>/desk/", desk.desk, name="desk"),
    path("w/<str:workshop_id>/desk/remote/", desk.remote, name="remote"),
    path("w/<str:workshop_id>/desk/move-on/", desk.move_on, name="move_on"),
    path("w/<str:workshop_id>/desk/change/", desk.change, name="change"),
    path("w/<str:workshop_id>/desk/undo/", desk.undo, name="undo"),
    path("w/<str:workshop_id>/desk/begin-again/", desk.begin_again, name="begin_again"),
    path("w/<str:workshop_id>/desk/face/", desk.face, name="face"),
    path("w/<str:workshop_id>/desk/blank/", desk.blank, name="blank"),
    path("w/<str:workshop_id>/desk/phase/<slug:phase>/", staging.phase, name="phase"),
    path("w/<str:workshop_id>/desk/freeze/", staging.freeze, name="freeze"),
    path("w/<str:workshop_id>/desk/out/", staging.out, name="out"),
    path("w/<str:workshop_id>/desk/pair/", desk.pair, name="pair"),
    path("w/<str:workshop_id>/desk/hand/<uuid:question_id>/", questions.hand, name="hand"),
    path("w/<str:workshop_id>/desk/time/<uuid:question_id>/", questions.more_time, name="more_time"),
    path("w/<str:workshop_id>/desk/answer/<slug:press>/", questions.answer, name="answer"),
    path("w/<str:workshop_id>/desk/approve/<uuid:question_id>/", questions.approve_all, name="approve_all"),
    path("w/<str:workshop_id>/desk/<uuid:question_id>/<slug:press>/", questions.question, name="question"),
    path("s/<str:secret>", speaker.open_link, name="speaker_link"),
    path("w/<str:workshop_id>/speaker/", speaker.own, name="speaker"),
    path("w/<str:workshop_id>/speaker/<slug:slot_key>/", speaker.speaker, name="speaker"),
    path("w/<str:workshop_id>/speakers/", speaker.speakers, name="speakers"),
    path("w/<str:workshop_id>/speakers/<slug:slot_key>/link/", speaker.make, name="make_speaker_link"),
    path("w/<str:workshop_id>/speakers/<slug:slot_key>/revoke/", speaker.revoke, name="revoke_speaker_link"),
]
