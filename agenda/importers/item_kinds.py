"""What kind of item a title speaks of."""

import re

KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "speaker",
            r"\b(?:closing|opening|final) (?:keynote|address|speech)|^keynote|\bkeynote (?:speech|address|speaker)",
        ),
        (
            "close",
            r"^(?:[\w’' &]{0,30}\b)?(?:close[sd]?|finish|ends?|depart(?:ure|s)?|adjourn\w*|home time|safe journey)\W*"
            r"(?:of \w+)?\W*$|^(?:event|meeting|workshop|day|formal|official) (?:close|end)|\bclose of (?:day|"
            r"meeting|event|conference)\b"
            r"|^closing\b(?!.*(?:keynote|plenary))|\bthank(?:s| you) and (?:good)?(?:bye|close)",
        ),
        ("lunch", r"\blunch\b|\bbuffet\b"),
        (
            "arrival",
            r"\bregist(?:er|ration)\b|\barriv(?:al|e)|\bdoors open|\bcheck.?in\b|\bsign.?in\b|\bgather(?:ing)?\b",
        ),
        (
            "break",
            r"\b(?:breaks?|coffee|tea|refreshments?|comfort|pause|recess|dinner|supper|reception|drinks|breakfast)\b",
        ),
        (
            "summary",
            r"\b(?:summar\w+|sum(?:ming)? up|wrap.?up|conclu\w+|recap|next steps|take.?aways?|(?:closing|"
            r"final) remarks)\b",
        ),
        ("reflection", r"^(?:[\w’']+ )?reflections?\b(?! and (?:q|discuss))|^reflect\b|\btime to reflect\b"),
        (
            "intros",
            r"\b(?:welcom\w+|introductions?|intros?|opening|ice.?breaker|housekeeping|orientation|setting the scene|"
            r"apologies)\b",
        ),
        (
            "discussion",
            r"\b(?:discuss\w*|break.?outs?|groups?|plenary|panel|q ?& ?a|q and a|questions|debate|feedback|"
            r"report.?back|workshops?|exercise|activit\w+|caf[eé]|carousel|round.?tables?|table talk|networking|"
            r"brainstorm\w*|conversation)\b",
        ),
    )
)


def kind_of(title: str, *, has_speakers: bool) -> str:
    """The kind that the title's words are usual for; what nobody can tell is a speaker's item."""
    kind = next((kind for kind, pattern in KINDS if pattern.search(title)), "speaker")
    return "speaker" if has_speakers and kind in {"summary", "reflection", "intros"} and _is_talk(title) else kind


def _is_talk(title: str) -> bool:
    return (
        re.search(r"\b(?:address|keynote|talk|lecture|presentation|remarks|projections?)\b", title, re.IGNORECASE)
        is not None
    )


def is_landmark(title: str) -> bool:
    """A line that is short and names what every day has: "Lunch", "Coffee", "Close"."""
    return len(title.split()) <= 4 and kind_of(title, has_speakers=False) in {
        "arrival",
        "break",
        "lunch",
        "close",
        "intros",
    }
