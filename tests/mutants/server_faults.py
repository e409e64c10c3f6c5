"""Deliberate faults of the server."""

from .fault import Fault

HUB, SOCKETS, STATE = "tests/live/test_hub.py", "tests/live/test_sockets.py", "tests/live/views/test_state.py"
SNAPSHOTS, ANSWERS, RELEASE = (
    "tests/live/test_snapshots.py",
    "tests/feedback/test_services.py",
    "tests/feedback/test_release.py",
)
NAMES = "tests/live/test_prompts.py"
SHEETS = "tests/feedback/test_sheets.py"
WIRE, STORM = "tests/chaos/test_answers.py", "tests/chaos/test_chaos.py"

SERVER = [
    # Answers.
    Fault(
        "an answer is acknowledged before it is committed",
        "sessions/fastlane.py",
        "found = sent.reply(found, await writer.hand_in(workshop_id, found))",
        "waits = asyncio.ensure_future(writer.hand_in(workshop_id, found))  # noqa\n        found = sent.Reply(200, "
        '{"key": str(found.key), "edit": found.edit, "late": waits.done()})',
        WIRE,
    ),
    Fault(
        "an older edit overwrites a newer one",
        "feedback/handing_in.py",
        "elif one.handed.edit > answer.edit:",
        "elif one.handed.edit != answer.edit:",
        ANSWERS,
    ),
    Fault(
        "the same number for other words is called saved",
        "feedback/handing_in.py",
        "stands = answer.edit if is_same else max(answer.edit, one.handed.edit + 1)",
        "stands = answer.edit",
        ANSWERS,
    ),
    Fault("somebody else's key is taken", "feedback/handing_in.py", "if key in self._taken:", "if not key:", ANSWERS),
    Fault(
        "the receipt has another key",
        "feedback/handing_in.py",
        "return Receipt(one.handed.key, stands,",
        "return Receipt(uuid.uuid4(), stands,",
        ANSWERS,
    ),
    Fault(
        "answers with and without a name share a transaction",
        "feedback/handing_in.py",
        "sound[found.question.is_linked][place] = found",
        "sound[True][place] = found",
        "tests/feedback/test_handing_in.py",
    ),
    Fault(
        "one answer that fails takes its group with it",
        "feedback/handing_in.py",
        "return [outcome for one in sound for outcome in _store_or_try_alone(workshop_id, [one])]",
        "return [NotNow() for one in sound]",
        "tests/feedback/test_handing_in.py",
    ),
    Fault(
        "a closed question takes answers",
        "feedback/models.py",
        "return self.status in {self.Status.OPEN, self.Status.CLOSING} and self.hand != self.Hand.TALK",
        "return self.hand != self.Hand.TALK",
        ANSWERS,
    ),
    Fault(
        "a phone is told to give up while the database is busy",
        "feedback/sent.py",
        "return 503",
        "return 409",
        "tests/feedback tests/live",
    ),
    Fault(
        "an answer from another page is taken",
        "sessions/fastlane.py",
        'and is_our_origin(origins[0].decode("latin-1"), headers.get(b"host", b"").decode("latin-1"))',
        "and bool(origins)",
        WIRE,
    ),
    Fault(
        "who answered is kept with an answer without a name",
        "feedback/handing_in.py",
        "confidentiality.respondent(seat.secret, question.workshop_id, bundle)",
        "confidentiality.respondent(str(seat.attendee_id), question.workshop_id, bundle)",
        "tests/feedback/test_privacy.py",
    ),
    # What the room may see.
    Fault("answers come one by one", "feedback/confidentiality.py", "BATCH = 3", "BATCH = 1", RELEASE),
    Fault("three notes of one phone are read", "feedback/releasing.py", "len(phones)", "len(own)", SHEETS),
    Fault(
        "notes of one phone join when names are off",
        "feedback/sealing.py",
        "return row.pk if row.question_id in sheets else row.respondent",
        "return row.respondent",
        SHEETS,
    ),
    Fault(
        "show shows what is not released",
        "feedback/services.py",
        'fit.update(shown_value=F("released_value"))',
        'question.answers.update(shown_value=F("value"))',
        RELEASE,
    ),
    Fault(
        "hide leaves the words",
        "feedback/services.py",
        "question.answers.update(shown_value=None)",
        "question.answers.none().update(shown_value=None)",
        RELEASE,
    ),
    Fault(
        "the room reads what is only released",
        "feedback/queries.py",
        "return _tally(question, counting.counted(question, Count.Of.SHOWN, most=MOST_SHOWN))",
        "return _tally(question, counting.counted(question, Count.Of.RELEASED, most=MOST_SHOWN))",
        SNAPSHOTS,
    ),
    Fault(
        "names stand in a region of the phone",
        "templates/live/phone/_head.html",
        '<div id="phone-head">',
        '<div id="phone-head">{% for one in workshop.attendees.all %}{{ one.name }}{% endfor %}',
        SNAPSHOTS,
    ),
    Fault(
        "phones are sent names with the answers",
        "feedback/counting.py",
        '*(["attendee__name"] if by_name else [])',
        '"attendee__name"',
        NAMES,
    ),
    Fault(
        "the room reads a name that nobody has approved",
        "feedback/names.py",
        "moderating.change(answer, moderating.unapprove)",
        "answer.approved = False",
        NAMES,
    ),
    Fault(
        "every role reads names in the summary",
        "feedback/views/harvest.py",
        "with_names=may_run",
        "with_names=True",
        "tests/feedback/views/test_harvest.py",
    ),
    Fault(
        "phones are told of every answer",
        "sessions/snapshots.py",
        "workshop.control_rev if audience in CONTROLLED else workshop.rev",
        "workshop.rev",
        SNAPSHOTS,
    ),
    # The hub.
    Fault(
        "nobody looks for changes that were not announced",
        "sessions/reader.py",
        "self.hint.wait(timeout=wait or READ_EVERY)",
        "self.hint.wait(timeout=wait or 600.0)",
        HUB,
    ),
    Fault(
        "ticks are never sent",
        "sessions/reader.py",
        "if now >= self._next_tick:",
        "if now < 0:",
        "tests/chaos/test_ticks.py",
    ),
    Fault(
        "a restored day is no news",
        "sessions/rendering.py",
        "restored = old.stamp[0] != new.stamp[0] or old.stamp[:2] > new.stamp[:2]",
        "restored = False",
        HUB,
    ),
    Fault(
        "a snapshot is shown under a stamp of long ago",
        "sessions/rendering.py",
        "if kept is None or kept[0] != state:",
        "if kept is None:",
        HUB,
    ),
    Fault(
        "a page is sent what it has",
        "sessions/follower.py",
        "if self.have is not None and snapshot.is_news_to(self.have):",
        "if self.have is not None:",
        HUB,
    ),
    Fault(
        "a slow reader gets the oldest frame",
        "sessions/follower.py",
        "self._waiting = frame\n",
        "self._waiting = self._waiting or frame\n",
        HUB,
    ),
    Fault(
        "who has left is still followed",
        "sessions/hub.py",
        "followers.discard(follower)",
        "followers.copy().discard(follower)",
        HUB,
    ),
    Fault(
        "a seat that is taken away stays",
        "sessions/hub.py",
        "if before - seats:",
        "if not before:",
        f"{HUB} {SOCKETS}",
    ),
    Fault(
        "nobody says good-bye",
        "sessions/hub.py",
        "for key in self.served():\n            self.hand_out(key, lambda follower: follower.offer(message(_bye())))",
        "for key in self.served():\n            self.hand_out(key, lambda follower: None)",
        HUB,
    ),
    Fault(
        "hello is answered with nothing",
        "sessions/consumers.py",
        "if follower.have is not None and snapshot.is_news_to(follower.have):",
        "if follower.have is None:",
        SOCKETS,
    ),
    Fault(
        "abuse goes on",
        "sessions/consumers.py",
        "if text is None or self.count > FRAMES or",
        "if text is None or",
        SOCKETS,
    ),
    Fault(
        "a poll is always sent everything",
        "sessions/fastlane.py",
        "if snapshot.is_news_to(have):",
        "if snapshot.stamp >= have:",
        STATE,
    ),
    Fault(
        "a press of the desk is no news to phones",
        "sessions/services.py",
        'Raises Stale for a late press."""\n    workshop.touch(phones=True)',
        'Raises Stale for a late press."""\n    workshop.touch(phones=False)',
        "tests/live/test_services.py",
    ),
    # The doors.
    Fault(
        "a socket may come from any page",
        "masterclass/front_door.py",
        "len(origins) == 1 and is_our_origin(origins[0], hosts[0])",
        "len(origins) == 1",
        "tests/masterclass/test_front_door.py",
    ),
    Fault(
        "a seat needs no signature",
        "agenda/seat.py",
        'seat = _signer("seat", workshop_id).unsign(cookies.get(_cookie("seat", workshop_id), ""))',
        'seat = cookies.get(_cookie("seat", workshop_id), "").partition(":")[0]',
        "tests/agenda/test_seat.py",
    ),
]
