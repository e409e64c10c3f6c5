"""What cannot be loaded is refused with a sentence that says where to look."""

import re

import pytest

from agenda import chapter
from agenda.chapters import dump_document, load_document
from agenda.document import DocumentRefused, read_json, read_toml
from agenda.models import Workshop
from feedback.chapter import QuestionEntry
from masterclass.settings import BASE_DIR
from sessions.chapter import Part as RoomPart
from sessions.chapter import RuleEntry

from .small_day import SMALL, load_text

REFUSALS = [
    ('title = "A talk"', 'titel = "A talk"', 22, '"slots[1].titel" is not a key of a slot.'),
    ('name = "Ben"', 'nam = "Ben"', 28, '"slots[1].speakers[1].nam" is not a key of a speaker.'),
    ('slug = "small"', 'slug = "small"\ncolour = 1', 2, '"colour" is not a key of a workshop document.'),
    ("2020-07-07 ", '"2020-07-07" ', 3, '"date" must be a date such as 2020-02-07, not text.'),
    ("2020-07-07 ", "2020-07-07T10:00:00 ", 3, '"date" must be a date such as 2020-02-07, not a date with a time.'),
    ('title = "Lunch"', "title = 3", 34, '"slots[2].title" must be text, not a whole number.'),
    ('title = "Lunch"', 'title = " "', 34, '"slots[2].title" must not be empty.'),
    ('title = "Lunch"', 'title = "a\\nb"', 34, '"slots[2].title" must stand on one line.'),
    ('title = "Lunch"', 'title = "a\\u0000b"', 34, '"slots[2].title" holds a character that is not text.'),
    ('title = "Lunch"\n', "", 31, '"slots[2].title" is missing.'),
    ('"First = one."', "1", 4, '"purpose[0]" must be text, not a whole number.'),
    ('start = "12:30"', "start = 12:30:00", 35, '"slots[2].start" must be text, not a time without quotes.'),
    (
        'start = "12:30"',
        'start = "1230"',
        35,
        '"slots[2].start" must be a clock time such as "09:30", or "now" for the first slot.',
    ),
    ('start = "12:30"', 'start = "now"', 35, '"slots[2].start" can be "now" for the first slot only.'),
    ('"12:30"', '"10:00"', 35, '"slots[2].start" must be later than the start of the slot before.'),
    ('"12:30"', '"12:30"\nfloor = 5', 36, '"slots[2].floor" must not be more than the minutes of the slot.'),
    ('"12:30"', '"12:30"\nminutes = -1', 36, '"slots[2].minutes" must be 0 or more.'),
    ('"12:30"', '"12:30"\nfixed = 1', 36, '"slots[2].fixed" must be true or false, not a whole number.'),
    ('key = "lunch"', 'key = "talk"', 32, '"slots[2].key" is used twice: "talk".'),
    ('key = "second"', 'key = "first"', 45, '"questions[1].key" is used twice: "first".'),
    (
        'returns_in = "lunch"',
        'returns_in = "tea"',
        40,
        '"questions[0].returns_in" names a slot that is not there: "tea".',
    ),
    ('slot = "talk"', 'slot = "tlak"', 39, '"questions[0].slot" names a slot that is not there: "tlak".'),
    ('kind = "text"', 'kind = "txt"', 41, '"questions[0].kind" must be one of text, '),
    ('kind = "lunch"', 'kind = "tea"', 33, '"slots[2].kind" must be one of arrival, intros, speaker, discussion,'),
    ('label = "Tea"', 'name = "Tea"', 49, '"questions[1].config" cannot be used. The settings of this question'),
    ('slug = "small"', 'slug = "small"\ntime_zone = "Mars"', 2, '"time_zone" must be the name of a time zone'),
    (
        'slug = "small"',
        'slug = "s"\nlinks = [{title = "x", url = "javascript:alert(1)"}]',
        2,
        '"links[0].url" must be an address that begins with https:// or http://.',
    ),
    ("2020-07-07 ", "2020-03-29 ", 12, '"slots[1].start" is 01:30, which does not exist on 29 March 2020'),
    ('slug = "small"', "slug small", 1, "this cannot be read as TOML (expected '=' after a key"),
    ('text = "Listen"\n', 'text = "Listen', 56, "this cannot be read as TOML ("),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after", "line", "sentence"), REFUSALS)
def test_a_refusal_names_file_line_and_key(before: str, after: str, line: int, sentence: str) -> None:
    assert SMALL.count(before) >= 1
    text = SMALL.replace(before, after, 1)
    if "01:30" in sentence:
        text, line = text.replace('"10:00"', '"01:30"'), 23
    with pytest.raises(DocumentRefused) as refused:
        load_document(read_toml(text, "small.toml"))
    assert str(refused.value).startswith(f"small.toml, line {line}: {sentence}")
    assert text.splitlines()[line - 1].strip(), "an empty line is no place"
    assert not Workshop.objects.exists()


@pytest.mark.django_db
def test_a_document_that_is_not_toml_is_refused_by_key_alone() -> None:
    document = dump_document(load_text())
    document["slots"][1]["titel"] = "x"
    with pytest.raises(DocumentRefused) as refused:
        load_document(document)
    assert str(refused.value) == '"slots[1].titel" is not a key of a slot.'
    for day in ("7 July 2020", "2020-02-30"):
        with pytest.raises(DocumentRefused, match=r'^"date" must be a date'):
            load_document({**dump_document(Workshop.objects.get()), "date": day})


@pytest.mark.django_db
def test_a_rehearsal_may_not_start_when_no_clock_shows_that_time() -> None:
    text = SMALL.replace("2020-07-07", "2020-03-29").replace('"09:30"', '"01:30"')
    with pytest.raises(DocumentRefused, match=r'line 11: "rehearsal_starts" is 01:30, which does not exist'):
        load_document(read_toml(text, "small.toml"))


@pytest.mark.django_db
def test_a_day_may_not_end_when_no_clock_shows_that_time() -> None:
    text = SMALL.replace("2020-07-07", "2020-03-29").replace('rehearsal_starts = "09:30"', 'ends = "01:30"')
    with pytest.raises(DocumentRefused, match=r'line 11: "ends" is 01:30, which does not exist'):
        load_document(read_toml(text, "small.toml"))


@pytest.mark.django_db
def test_a_question_may_not_stay_behind_in_a_slot_that_goes() -> None:
    document = dump_document(load_text())
    del document["slots"][1]
    with pytest.raises(DocumentRefused, match=r'^"questions\[0\].slot" names a slot that is not there: "talk"'):
        load_document(document)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "[1]", '"text"', ""])
def test_what_is_no_json_document_is_refused(text: str) -> None:
    with pytest.raises(DocumentRefused, match=r"^day\.json"):
        read_json(text, "day.json")


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x = 2020-02-30", "x = " + "9" * 5_000, "x = 1\nx = 2"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(DocumentRefused, match=r"^day\.toml, line [12]: this cannot be read as TOML"):
        read_toml(text, "day.toml")


def test_the_format_is_written_down_with_every_key() -> None:
    written = (BASE_DIR / "docs" / "documents.md").read_text("utf-8")
    agenda = (chapter.Part, chapter.Card, chapter.Link, chapter.SlotEntry, chapter.SpeakerEntry)
    for shape in (*agenda, QuestionEntry, RoomPart, RuleEntry):
        for key in shape.model_fields:
            assert re.search(rf"[`.\[]{key}[`\]]", written), f"{shape.__name__}.{key}"
