"""A small workshop document with something of everything."""

from agenda.chapters import load_document
from agenda.document import read_toml
from agenda.models import Workshop

SMALL = '''slug = "small"
title = "A small day"
date = 2020-07-07  # in summer, so that UTC is not local time
purpose = [
    "First = one.", # with a comment ] that must not count
    """
[[slots]]
key = "not a slot"
""",
]
rehearsal_starts = "09:30"

[[slots]]
key = "intros"
kind = "intros"
title = "Introductions"
start = "now"

[[slots]]
key = "talk"
kind = "speaker"
title = "A talk"
start = "10:00"

[[slots.speakers]]
name = "Ann"
[[slots.speakers]]
name = "Ben"
role = "Leader"

[[slots]]
key = "lunch"
kind = "lunch"
title = "Lunch"
start = "12:30"

[[questions]]
key = "first"
slot = "talk"
returns_in = "lunch"
kind = "text"
text = "What do you think?"

[[questions]]
key = "second"
slot = "lunch"
kind = "choice"
text = "Tea or coffee?"
[questions.config]
options = [
    {key = "tea", label = "Tea"},
    {key = "coffee", label = "Coffee"},
]

[[ground_rules]]
text = "Listen"
'''


def load_text(before: str = "", after: str = "") -> Workshop:
    """The small document with the first `before` replaced by `after`."""
    assert before in SMALL
    return load_document(read_toml(SMALL.replace(before, after, 1), "small.toml"))
