"""What is kept of questions to a speaker, and the words a facilitator wants to be warned of. See docs/data-map.md."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.models import Slot, Workshop


class SpeakerQuestion(models.Model):
    """What somebody asks the speaker of one item. Never kept with a name: `respondent` is the phone's, in this queue.

    The id is made by the phone at random before its first try. A phone has one question that waits at a time, and
    no constraint says so: the desk may put one back, and a refusal would tell it which two are of one phone.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        PARKED = "parked"
        HIDDEN = "hidden"

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="speaker_questions")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="speaker_questions")
    respondent = models.CharField(max_length=64)
    text = models.CharField(max_length=300)
    edit = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    approved = models.BooleanField(default=False, help_text="The room may see it.")
    dealt_with = models.CharField(max_length=200, blank=True, help_text="By whom or how, once it was parked.")
    taken = models.BooleanField(default=False, help_text="Being answered now: on top, wherever it is seen.")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["slot", "respondent"], name="speaker_questions_of_a_phone")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "answered", "parked", "hidden"]),
                name="speaker_question_status_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="speaker_question_says_something"),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(status="waiting", approved=True), name="speaker_question_taken_is_seen"
            ),
            models.UniqueConstraint(fields=["slot"], condition=Q(taken=True), name="one_question_is_answered"),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """One phone's "Me too" to a question. The respondent is another one for each question, so votes join nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(SpeakerQuestion, on_delete=models.CASCADE, related_name="votes")
    respondent = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["question", "respondent"], name="one_vote_per_phone")]

    def __str__(self) -> str:
        return "me too"


class WordList(models.Model):
    """The words of which a facilitator wants to be warned. It withholds nothing."""

    workshop = models.OneToOneField(Workshop, primary_key=True, on_delete=models.CASCADE, related_name="word_list")
    words = models.JSONField(default=list, help_text="Words or phrases, as they were typed.")

    def __str__(self) -> str:
        return ", ".join(self.words)
