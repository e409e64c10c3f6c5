"""Deliberate faults between the doors and the table, for whoever posts any answer to any question."""

from .fault import Fault

ANY = "tests/feedback/views/test_any_answer.py -k posted"

AT_THE_DOORS = [
    Fault(
        "a form without words breaks the page",
        "feedback/forms.py",
        'return data.get(field.name, "")',
        "return data[field.name].strip()",
        ANY,
    ),
    Fault(
        "an edit is stored as it came and not as its kind reads it",
        "feedback/handing_in.py",
        "answer.edit, answer.value, answer.waits = one.handed.edit, one.value,",
        "answer.edit, answer.value, answer.waits = one.handed.edit, one.handed.raw,",
        ANY,
    ),
    Fault(
        "an answer that changes is counted twice",
        "feedback/releasing.py",
        "        books.before(answer)\n        answer.released_value",
        "        answer.released_value",
        ANY,
    ),
    Fault(
        "a kind takes a word that is none of its points",
        "feedback/kinds/parts.py",
        "        raise Refused(UNREADABLE, field=field)",
        "        return str(raw)[1:]",
        "tests/feedback/views/test_any_answer.py -k scale",
    ),
]
