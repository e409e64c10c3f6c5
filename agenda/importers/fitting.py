"""What a reader has understood, made to fit what a day can hold: nothing is refused, and what is cut is said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from agenda.document import NOT_TEXT
from agenda.draft_notes import LONGEST, LONGEST_OF_SPEAKER, MOST_SPEAKERS
from agenda.drafting import Person, Row
from agenda.slot_kinds import KINDS

from .draft import Card, Item, Link, Prompt
from .draft import Person as Found

LONGEST_QUESTION, LONGEST_HINT, LONGEST_ADDRESS = 300, 200, 500
DAY = 24 * 60

CUT_TITLE = "Its title is longer than %(most)s characters: it is cut, and stands whole in the hand-out."
CUT_BYLINE = "Who leads it is longer than %(most)s characters: it is cut, and stands whole in the hand-out."
CUT_SPEAKER = (
    "What it says of a speaker is longer than a day can hold: it is cut, and stands whole in the private notes."
)
MORE_SPEAKERS = "More than %(most)s speakers: the others stand in the private notes."
LONG_DETAIL = "The hand-out holds %(most)s characters: what follows them stands in the private notes."
CUT_NOTES = "The private notes are full: the end of them is not taken."
CUT_QUESTION = "A question is longer than %(most)s characters: it is cut, and stands whole in the private notes."
OTHER_WORDS = "Its time is given in words, which stand in the private notes."
CUT_WORDS = "“%(words)s” is longer than it may be: it is cut."
NO_ADDRESS = "“%(words)s” leads to no address that can be opened: it is not taken."


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was made to fit: a message id and what goes into it. `title` is that of the item, "" for the day."""

    title: str
    message: str
    params: dict[str, str | int] = field(default_factory=dict)


def line(text: str) -> str:
    """On one line, and all of it text."""
    return " ".join(NOT_TEXT.sub(" ", text).split())


def paragraph(text: str) -> str:
    return NOT_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = not any(letter.isspace() for letter in url) and not NOT_TEXT.search(url)
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= LONGEST_ADDRESS


def clock(minutes: int | None) -> str:
    """As a plan page holds it; what is past midnight keeps the time that the source says."""
    return "" if minutes is None else f"{minutes % DAY // 60:02}:{minutes % 60:02}"


@dataclass
class Fitting:
    """One item on its way into a row. What could not stand where it belongs is in `more`, for the private notes."""

    item: Item
    said: list[Fitted] = field(default_factory=list)
    more: list[str] = field(default_factory=list)

    def say(self, message: str, **params: str | int) -> None:
        self.said.append(Fitted(line(self.item.title), message, params))

    def row(self, key: str, prompts: Sequence[Prompt]) -> Row:
        """The row. `prompts` are questions that it has no room for."""
        item = self.item
        kind = item.kind if item.kind in KINDS else "speaker"
        start = clock(item.start)
        self.more += [line(note) for note in item.notes]
        self.more += [line(f"{prompt.text} {prompt.hint}") for prompt in prompts]
        if item.start is None and item.start_text.strip() and item.start_text.strip().lower() != "now":
            self.say(OTHER_WORDS)
            self.more.append(line(item.start_text))
        title, byline = self._short("title", CUT_TITLE), self._short("byline", CUT_BYLINE)
        speakers = self._speakers()
        detail = self._detail(title, byline)
        return Row(
            key=key,
            kind=kind,
            title=title,
            byline=byline,
            at=start,
            fixed=KINDS[kind].fixed and bool(start),
            minutes="" if item.minutes is None else str(item.minutes),
            detail=detail,
            notes=self._notes(),
            speakers=speakers,
        )

    def _short(self, name: str, message: str) -> str:
        text = line(getattr(self.item, name))
        if len(text) > LONGEST[name]:
            self.say(message, most=LONGEST[name])
        return cut(text, LONGEST[name])

    def _detail(self, title: str, byline: str) -> str:
        """The room first, then what was cut, then what the source says, then what runs at the same time."""
        item = self.item
        parts = [line(item.room)] if item.room.strip() else []
        wholes = ((line(item.title), title), (line(item.byline), byline))
        parts += [whole for whole, short in wholes if whole != short]
        parts += ["\n".join(filter(None, map(paragraph, item.details)))] if item.details else []
        parts += ["\n".join(f"- {line(each)}" for each in item.parallel)] if item.parallel else []
        text = "\n\n".join(filter(None, parts))
        if len(text) <= LONGEST["detail"]:
            return text
        self.say(LONG_DETAIL, most=LONGEST["detail"])
        end = text.rfind("\n", LONGEST["detail"] // 2, LONGEST["detail"])
        end = end if end > 0 else LONGEST["detail"]
        self.more.append(text[end:].strip())
        return text[:end].rstrip()

    def _speakers(self) -> tuple[Person, ...]:
        found = self.item.speakers
        if len(found) > MOST_SPEAKERS:
            self.say(MORE_SPEAKERS, most=MOST_SPEAKERS)
            self.more += [line(person.shown or person.name) for person in found[MOST_SPEAKERS:]]
        return tuple(map(self._speaker, found[:MOST_SPEAKERS]))

    def _speaker(self, person: Found) -> Person:
        whole = Person(line(person.name) or line(person.shown), line(person.role), line(person.organisation))
        short = Person(**{name: cut(getattr(whole, name), most) for name, most in LONGEST_OF_SPEAKER.items()})
        if short != whole:
            self.say(CUT_SPEAKER)
            self.more.append(", ".join(filter(None, (whole.name, whole.role, whole.organisation))))
        return short

    def _notes(self) -> str:
        text = "\n".join(filter(None, self.more))
        if len(text) > LONGEST["notes"]:
            self.say(CUT_NOTES)
        return cut(text, LONGEST["notes"])

    def question(self, prompt: Prompt) -> dict[str, str]:
        """Its text and hint."""
        text, hint = line(prompt.text), line(prompt.hint)
        if len(text) > LONGEST_QUESTION or len(hint) > LONGEST_HINT:
            self.say(CUT_QUESTION, most=LONGEST_QUESTION)
            self.more.append(f"{text} {hint}".strip())
        return {"text": cut(text, LONGEST_QUESTION), "hint": cut(hint, LONGEST_HINT)}


@dataclass
class FittingDay:
    """What stands beside the running order, on its way into a document."""

    said: list[Fitted] = field(default_factory=list)

    def words(self, text: str, most: int) -> str:
        """On one line of at most `most` characters."""
        text = line(text)
        if len(text) > most:
            self.said.append(Fitted("", CUT_WORDS, {"words": cut(text, 40)}))
        return cut(text, most)

    def long(self, text: str, most: int = 4000) -> str:
        text = paragraph(text)
        if len(text) > most:
            self.said.append(Fitted("", CUT_WORDS, {"words": cut(line(text), 40)}))
        return cut(text, most)

    def rule(self, card: Card) -> dict[str, str]:
        return {"text": self.words(card.title, 200), "detail": self.words(card.text, 300)}

    def card(self, card: Card) -> dict[str, str]:
        return {"title": self.words(card.title, 120), "text": self.long(card.text)}

    def link(self, link: Link) -> dict[str, str] | None:
        if not is_address(link.url):
            self.said.append(Fitted("", NO_ADDRESS, {"words": cut(line(link.title or link.url), 40)}))
            return None
        return {"title": self.words(link.title or link.url, 120), "url": link.url}
