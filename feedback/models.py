"""What the room is asked and what it says. See docs/data-map.md for what is kept, and what is not."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.models import Attendee, Slot, Workshop

from . import more_models  # noqa: F401 - where Django looks for them
from .hands_models import ShowOfHands as ShowOfHands
from .keeping_models import Gone as Gone
from .keeping_models import Keeping as Keeping
from .kinds import only_for_their_author

PARKING_LOT = "parking_lot"  # the key of that sheet
MOST_EACH = 50  # notes of one phone on one sheet: what a database lets through at most


class Question(models.Model):
    """Anything put to attendees. `status` is its life while it is put to the room."""

    class Occasion(models.TextChoices):
        SURVEY = "survey"
        LIVE = "live"
        FLIPCHART = "flipchart"
        FEEDBACK = "feedback"
        FOLLOWUP = "followup"  # six weeks later

    class Status(models.TextChoices):
        DRAFT = "draft"
        READY = "ready"
        OPEN = "open"
        CLOSING = "closing"  # closed to the room; a late answer is still taken
        CLOSED = "closed"

    class Hand(models.TextChoices):
        TALK = "talk"
        SCRIBE = "scribe"  # one at each table writes
        PHONES = "phones"

    class Mode(models.TextChoices):
        UNLINKED = "unlinked"
        FACILITATOR = "facilitator"
        NAMED = "named"

    class Bundle(models.TextChoices):
        ALONE = "alone"
        FORM = "form"
        PAIR = "pair"

    class Showing(models.TextChoices):
        NEVER = "never"
        PRESS = "press"  # when the desk presses Show answers
        LIVE = "live"  # as they are released

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="questions")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="questions")
    returns_in = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="returning")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    occasion = models.CharField(max_length=10, choices=Occasion.choices, default=Occasion.LIVE)
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=200, blank=True)
    config = models.JSONField(default=dict)
    hand = models.CharField(max_length=8, choices=Hand.choices, default=Hand.PHONES)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.UNLINKED)
    bundle = models.CharField(max_length=8, choices=Bundle.choices, default=Bundle.ALONE)
    showing = models.CharField(max_length=8, choices=Showing.choices, default=Showing.PRESS)
    approval = models.BooleanField(
        null=True, blank=True, help_text="Only approved answers are shown; empty until it is asked: as is usual."
    )
    approval_as_usual = models.BooleanField(default=False, help_text="It was settled by asking, and by nobody.")
    councillors_only = models.BooleanField(default=False)
    opens_with_item = models.BooleanField(default=False, help_text="Asked by Move on, without a press of its own.")
    together = models.BooleanField(default=False, help_text="Asked with others of its item: see together.py.")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Advice to people, never an end.")
    most_each = models.PositiveSmallIntegerField(default=1, help_text="Answers of one phone; a sheet takes several.")
    again_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="rounds")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    shown = models.BooleanField(default=False, help_text="The room may see the answers.")
    opened_at = models.DateTimeField(null=True, blank=True)
    time_up_at = models.DateTimeField(null=True, blank=True, help_text="When its minutes are over.")
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True, help_text="From then on nobody can tell whose is whose.")
    times_asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="question_key_unique_in_day"),
            models.UniqueConstraint(fields=["workshop", "position"], name="question_position_unique_in_day"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "ready", "open", "closing", "closed"]), name="question_status_known"
            ),
            models.CheckConstraint(condition=Q(hand__in=["talk", "scribe", "phones"]), name="question_hand_known"),
            models.CheckConstraint(condition=Q(showing__in=["never", "press", "live"]), name="question_showing_known"),
            models.CheckConstraint(
                condition=Q(showing__in=["press", "live"]) | Q(shown=False), name="question_never_shown"
            ),
            models.CheckConstraint(
                condition=Q(approval_as_usual=False) | Q(approval__isnull=False), name="question_approval_settled"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(status="closed"), name="question_sealed_when_closed"
            ),
            models.CheckConstraint(
                condition=Q(together=False) | Q(occasion="live", status__in=["open", "closing", "closed"]),
                name="question_together_once_asked",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["unlinked", "facilitator", "named"]), name="question_mode_known"
            ),
            models.CheckConstraint(condition=Q(bundle__in=["alone", "form", "pair"]), name="question_bundle_known"),
            models.CheckConstraint(
                condition=Q(most_each=1) | Q(most_each__gte=1, most_each__lte=MOST_EACH, bundle="alone"),
                name="question_most_each_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_private(self) -> bool:
        """Its answers are for those who give them alone."""
        return self.kind in only_for_their_author

    @property
    def takes_answers(self) -> bool:
        """Closed to the room still takes what somebody was writing; only the close of the day ends it. What is private
        people write whenever they like, also before the room is asked."""
        if self.is_private:
            return self.status != self.Status.CLOSED
        return self.status in {self.Status.OPEN, self.Status.CLOSING} and self.hand != self.Hand.TALK

    @property
    def takes_changes(self) -> bool:
        """Whoever has answered may change it, also after the day, until nobody can tell any more whose it is."""
        return self.is_private or (self.sealed_at is None and self.status not in {self.Status.DRAFT, self.Status.READY})

    @property
    def is_sheet(self) -> bool:
        return self.occasion == self.Occasion.FLIPCHART

    @property
    def is_parking_lot(self) -> bool:
        return self.key == PARKING_LOT and self.is_sheet

    @property
    def takes_several(self) -> bool:
        """Of one phone: notes on a sheet, one after the other."""
        return self.most_each > 1

    @property
    def is_linked(self) -> bool:
        return self.mode != self.Mode.UNLINKED


class Answer(models.Model):
    """One answer of one phone to one question. A sheet takes several: `nth` keeps them apart and within `most_each`.

    An unlinked answer has a respondent and no attendee; an answer kept with a name is the other way round. The id
    is made by the phone at random before its first try, so it says nothing about order. `released_value` is what
    the desk may see: unlinked answers are released three at a time, so that nobody can watch one arrive.
    `shown_value` is what the room may see. `waits` says that the desk has not seen `value` yet. `table` is where a
    scribe sits, and `people` for how many of them it is written. `by_desk`: the desk has typed it, and its respondent
    is nobody's. What the desk did with an answer says nothing about who gave it: `hidden`, `pinned`, `approved`,
    and `dealt_with`, by whom or how, for what was in the parking lot.

    Whoever changes a row of it keeps the counts: see counting.py.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    respondent = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - absent, not empty
    attendee = models.ForeignKey(Attendee, null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    nth = models.PositiveSmallIntegerField(default=1)
    edit = models.PositiveIntegerField(default=1)
    value = models.JSONField()
    released_value = models.JSONField(null=True, blank=True)
    shown_value = models.JSONField(null=True, blank=True)
    waits = models.BooleanField(default=True)
    hidden = models.BooleanField(default=False, help_text="By the desk, from the room.")
    pinned = models.BooleanField(default=False, help_text="By the desk: read first.")
    approved = models.BooleanField(default=False, help_text="By the desk, for a question that asks for it.")
    table = models.CharField(max_length=20, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True, help_text="At the table it is written for.")
    by_desk = models.BooleanField(default=False)
    dealt_with = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["question"], condition=Q(waits=True), name="answers_that_wait"),
            models.Index(fields=["question", "-pinned", "id"], name="answers_as_read"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["question", "respondent", "nth"], name="nth_answer_of_a_phone"),
            models.UniqueConstraint(fields=["question", "attendee", "nth"], name="nth_answer_of_a_seat"),
            models.CheckConstraint(condition=Q(nth__gte=1, nth__lte=MOST_EACH), name="answer_nth_sensible"),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | (Q(people__gte=1, people__lte=99) & ~Q(table="")),
                name="answer_people_at_a_table",
            ),
            models.CheckConstraint(condition=Q(by_desk=False) | Q(attendee__isnull=True), name="desk_has_no_seat"),
            models.CheckConstraint(
                condition=Q(respondent__isnull=False, attendee__isnull=True, is_late=False)
                | Q(respondent__isnull=True, attendee__isnull=False),
                name="answer_is_linked_or_not",
            ),
            models.CheckConstraint(condition=Q(hidden=False) | Q(shown_value__isnull=True), name="hidden_is_not_shown"),
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"

    @property
    def place(self) -> str:
        """What its phone calls it: its question, and on a sheet which note of it."""
        return f"{self.question_id}/{self.pk}" if self.question.takes_several else str(self.question_id)


class Note(models.Model):
    """What somebody wrote to themselves on an item. Nobody else ever reads it: no desk, no screen, no file.

    The notes of a phone have a respondent of their own, which leads neither to its seat nor to its answers. A note
    whose item was taken out of the day stays with who wrote it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="+")
    respondent = models.CharField(max_length=64)
    edit = models.PositiveIntegerField(default=1)
    text = models.CharField(max_length=2000)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["workshop", "respondent"], name="notes_of_a_phone")]
        constraints = [
            models.UniqueConstraint(fields=["slot", "respondent"], name="one_note_per_phone_and_item"),
            models.CheckConstraint(condition=~Q(text=""), name="note_not_empty"),
        ]

    def __str__(self) -> str:
        return "a note to self"


class TakenBack(models.Model):
    """The id of an answer or a note that was taken back: a try to hand it in that was still on its way comes too late.

    Nothing else is kept of it, neither the question nor who it was. The rows of a day are written in the order of
    their random ids, so that they do not say either which were taken back together.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return "taken back"


class Count(models.Model):
    """How many answers there are to a question, and how often each thing was said in them.

    Kept by addition, so that the ten-thousandth answer costs what the tenth does. With an empty key it is the number
    of answers; otherwise `part` and `key` are a Mark of the question's kind.
    """

    class Of(models.TextChoices):
        GIVEN = "given"  # only how many
        RELEASED = "released"
        UNSHOWN = "unshown"  # the room could be shown them, and has not been; only how many
        UNAPPROVED = "unapproved"  # released, and waiting for approval; only how many
        SHOWN = "shown"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="counts")
    of = models.CharField(max_length=10, choices=Of.choices)
    part = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=200, blank=True)
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "of", "part", "key"], name="one_count_of_a_mark"),
            models.CheckConstraint(condition=Q(n__gte=0), name="count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.of}"
