"""What a source holds beside the running order: ground rules, housekeeping, links, the purpose, and slides of items."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .alike import likeness, share_a_word
from .draft import Card, Link, Person, Prompt
from .entries import HEADING, Fated
from .marks import LETTER, folded, tidy
from .people import is_named, person, shown
from .rows import Row, is_listed
from .sections import Section

PURPOSE = re.compile(
    r"(?:the )?(?:purpose|aims?|objectives?|why (?:are )?we(?:['’]re)? (?:are )?here)(?: and objectives)?"
    r"(?: (?:of|for) (?:the|our|this|to)?\s?(?:day|event|workshop|masterclass|meeting|today))?\W*",
    re.IGNORECASE,
)
HOUSEKEEPING = re.compile(
    r"(?:the )?(?:3|three) ?f['’]?s|.{0,12}house ?keeping.{0,12}|domestics?|practicalities", re.IGNORECASE
)
RULES = re.compile(
    r"(?:our |the )?(?:ground ?rules?|house rules|ways of working|how we(?:['’]ll| will)? work(?: together)?|"
    r"(?:working|group) agreement|rules of engagement)\W*",
    re.IGNORECASE,
)
LINKS = re.compile(
    r".{0,12}\b(?:further (?:support|reading|information|resources)|resources|links|find out more|more information)\W*",
    re.I,
)
URL = re.compile(r"https?://[^\s<>()\[\]\"“”|]+")
ASKING = re.compile(
    r"(?:(?:and|so|but|q?\d{0,2}[.:)]?)\s*)?(?:what|how|why|which|who|whom|whose|where|when|do|does|did|is|are|can|could|should|would|will|have|"
    r"has|if|in what|to what|on what|with whom)\b.*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)
WELCOME = re.compile(r"(?:please )?welcome\s*:?|(?:guest )?speakers?\s*:|with\s*:", re.IGNORECASE)
HEADS = re.compile(
    r"(?:(?:title|text|rules?|details?|description|name|card|heading|address|url|link)[\s|]*)+", re.IGNORECASE
)
ALIKE = 0.6
LONGEST_HINT = 200
FEW = 3  # lines of a slide that may do no more than name its speaker


@dataclass(slots=True)
class About:
    """What the slides of one item add to it."""

    speakers: list[Person] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    details: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Extras:
    """What was found; `about` by the place of the item."""

    purpose: list[str] = field(default_factory=list)
    housekeeping: list[Card] = field(default_factory=list)
    ground_rules: list[Card] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    about: dict[int, About] = field(default_factory=dict)


def is_question(text: str) -> bool:
    """A question to the room, rather than a title that ends in a question mark."""
    return ASKING.match(text.strip()) is not None


def found_in(
    parts: Sequence[Section],
    rows: Sequence[Row],
    titles: Sequence[str],
    fates: dict[int, Fated],
    said: Mapping[int, str],
) -> Extras:
    """Read the parts that hold no item themselves, and write down what became of their rows in `fates`."""
    reading = _Parts(rows, titles, fates)
    for part in parts:
        places = tuple(place for place in part.places if rows[place].line.number not in said)
        if not any(_is_taken(fates.get(place)) for place in (*places, *([] if part.place is None else [part.place]))):
            reading.part(Section(part.title, places, part.place))
    return reading.extras


def _is_taken(fated: Fated | None) -> bool:
    return fated is not None and fated.entry is not None


class _Parts:
    """The parts in their order; `here` is the item whose slides they are."""

    def __init__(self, rows: Sequence[Row], titles: Sequence[str], fates: dict[int, Fated]) -> None:
        self.rows, self.titles, self.fates = rows, titles, fates
        self.named = {folded(title): at for at, title in reversed(list(enumerate(titles)))}
        self.here: int | None = None
        self.extras = Extras()
        self.is_linking = self.is_bare = False  # under a heading of links; right under an item's title

    def part(self, part: Section) -> None:
        title = tidy(part.title)
        rest = tuple(
            place for place in part.places if not self._asked_in_row(place) and not self._purpose_in_row(place)
        )
        part = Section(part.title, rest, part.place)
        self.is_linking = self.is_linking and not self._item_of(title)
        if self.here is None and PURPOSE.fullmatch(title):
            self._keep(part, "The purpose of the day", self.extras.purpose)
        elif HOUSEKEEPING.fullmatch(title):
            self.extras.housekeeping += self._cards(part, "Housekeeping")
        elif RULES.fullmatch(title):
            self.extras.ground_rules += self._cards(part, "A ground rule")
        elif LINKS.fullmatch(title):
            self.is_linking = True
            self._links(part)
        elif self.titles:
            self._slide(part, title)

    def _asked_in_row(self, place: int) -> bool:
        """A row of a table that names an item and asks something."""
        cells = [cell.strip() for cell in self.rows[place].cells if cell.strip()]
        named = self.named
        item = next((named[folded(cell)] for cell in cells if folded(cell) in named), None)
        asked = [cell for cell in cells if cell.endswith("?") and folded(cell) not in named]
        if len(cells) < 2 or item is None or not asked:
            return False
        self.extras.about.setdefault(item, About()).prompts += [Prompt(cell) for cell in asked]
        self._tell(place, "item", "A question to the room", item)
        return True

    def _purpose_in_row(self, place: int) -> bool:
        cells = [cell.strip() for cell in self.rows[place].cells if cell.strip()]
        if len(cells) != 2 or not PURPOSE.fullmatch(cells[0]):
            return False
        self.extras.purpose.append(cells[1])
        self._tell(place, "note", "The purpose of the day")
        return True

    def _item_of(self, title: str) -> int | None:
        """The item a title speaks of: the next ones first, and one that has been only by its very words."""
        best, most = None, ALIKE
        for place, item in enumerate(self.titles):
            like = likeness(title, item)
            exact = folded(title) == folded(item)
            if (like >= most and (self.here is None or place >= self.here)) or exact:
                if exact and self.here is not None and place == self.here:
                    return place
                best, most = (place, like + 0.001) if like > most or best is None else (best, most)
        return best

    def _slide(self, part: Section, title: str) -> None:
        found = self._item_of(title)
        near = self.here is not None and share_a_word(title, self.titles[self.here])
        if found is not None:
            self.here = found
            self._head(part, f"Names “{self.titles[found]}”")
        else:
            self._head(part)
        if self.here is None or self.is_linking:
            return
        about = self.extras.about.setdefault(self.here, About())
        if self.is_bare and found is None and is_named(title) and part.place is not None:
            about.speakers += [person(one) for one in shown(title)]
            self._tell(part.place, "item", "Who speaks", self.here)
        self.is_bare = found is not None and not part.places
        if found is not None:
            self._matched(part, about)
        elif near:
            self._questions(part.places, about)

    def _matched(self, part: Section, about: About) -> None:
        """A slide with an item's title: who is welcomed, what is asked, and more about it."""
        rest = self._speakers(part.places, about)
        rest = self._questions(rest, about, strict=False)
        for place in rest:
            row = self.rows[place]
            if is_listed(row) and LETTER.search(row.text) and "@" not in row.text and not about.speakers:
                about.details.append(row.words)
                self._tell(place, "item", "More about it, from its slide", self.here)

    def _speakers(self, places: Sequence[int], about: About) -> list[int]:
        rest: list[int] = []
        is_welcome = False
        for place in places:
            words = self.rows[place].words
            if WELCOME.fullmatch(words):
                is_welcome = True
                self._tell(place, "item", "Who speaks", self.here)
            elif is_named(words) and (is_welcome or not is_listed(self.rows[place]) or len(places) <= FEW):
                about.speakers += [person(one) for one in shown(words)]
                self._tell(place, "item", "Who speaks", self.here)
            else:
                rest.append(place)
        return rest

    def _questions(self, places: Sequence[int], about: About, *, strict: bool = True) -> list[int]:
        """Lines of a list that ask, with what is indented under each. `strict`: only those that begin like one."""
        rest: list[int] = []
        asked = None
        for place in places:
            row = self.rows[place]
            words = row.words
            if is_listed(row) and words.rstrip().endswith("?") and (asked is None or not self._is_under(place, asked)):
                if is_question(words) or not strict:
                    about.prompts.append(Prompt(words))
                    self._tell(place, "item", "A question to the room", self.here)
                    asked = place
                    continue
                self._tell(place, "note", "Ends like a question, and does not begin like one")
            elif asked is not None and self._is_under(place, asked):
                about.prompts[-1] = _hinted(about.prompts[-1], words)
                self._tell(place, "item", "A hint to the question above it", self.here)
                continue
            asked = None
            rest.append(place)
        return rest

    def _is_under(self, place: int, asked: int) -> bool:
        line, above = self.rows[place].line, self.rows[asked].line
        return (line.level, _indent(line.text)) > (above.level, _indent(above.text))

    def _keep(self, part: Section, why: str, into: list[str]) -> None:
        for place in part.places:
            if LETTER.search(self.rows[place].text):
                into.append(self.rows[place].words)
                self._tell(place, "note", why)
        self._head(part, "Heads what is kept")

    def _cards(self, part: Section, why: str) -> list[Card]:
        cards: list[Card] = []
        for place in part.places:
            row = self.rows[place]
            cells = [cell for cell in row.cells if cell.strip()]
            if part.place is None and not cards and HEADS.fullmatch(row.text):
                self._tell(place, "ignored", "The heads of columns")
            elif is_listed(row) or row.is_table or part.place is None:
                cards.append(Card(tidy(cells[0]) if row.is_table else row.words, " – ".join(cells[1:])))
                self._tell(place, "note", why)
        self._head(part, "Heads what is kept")
        return cards

    def _head(self, part: Section, why: str = "") -> None:
        if part.place is not None:
            self._tell(part.place, "note" if why else "ignored", why or HEADING)

    def _links(self, part: Section) -> None:
        for place in part.places:
            for found in URL.findall(self.rows[place].line.text):
                url = found.rstrip(".,;:")
                if f"[{found}" in self.rows[place].line.text and "]" not in self.rows[place].line.text:
                    continue  # the words of a link that go on in the next line
                if url not in {link.url for link in self.extras.links}:
                    self.extras.links.append(Link(self._link_title(place, url), url))
                self._tell(place, "note", "A link")
        self._head(part, "Heads what is kept")

    def _link_title(self, place: int, url: str) -> str:
        """What stands beside it, or a heading with the words of the address, or those words."""
        cells = [cell for cell in self.rows[place].cells if cell.strip() and not URL.search(cell)]
        if cells:
            return tidy(cells[0])
        slug = re.sub(r"[-_+]", " ", re.sub(r"\.\w+$", "", url.rstrip("/").rpartition("/")[2]))
        told = [row.text for row in self.rows[place : place + 30] if row.text.casefold() == slug.casefold()]
        return told[0] if told else slug[:1].upper() + slug[1:]

    def _tell(self, place: int, fate: str, why: str, item: int | None = None) -> None:
        self.fates[place] = Fated(fate, why, item)  # type: ignore[arg-type]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _hinted(prompt: Prompt, words: str) -> Prompt:
    words = re.sub(r"^(?:eg|e\.g\.|ie|i\.e\.)\s+", "", words, flags=re.IGNORECASE).rstrip("?")
    hint = f"{prompt.hint}; {words}" if prompt.hint else f"Eg {words}"
    return Prompt(prompt.text, hint if len(hint) <= LONGEST_HINT else prompt.hint)
