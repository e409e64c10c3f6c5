"""What every kind of question can do, and the plain data it speaks in. No Django, no clock."""

import re
import unicodedata
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated, ClassVar, Protocol, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from feedback.kinds.refusals import Refused as Refused

Value: TypeAlias = str | list[str] | dict[str, str]
"""An answer as it is stored, in the shape in which a page's form holds it: what is in its one field, the tick boxes
that are ticked, or what is in each part. Numbers are text."""


@dataclass(frozen=True)
class Option:
    """One radio: what is stored and what is read."""

    key: str
    label: str


SKIP = Option("skip", "Skip this one")
SKIPPED = "Skipped"


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `label` is empty where the question itself is the label."""

    name: str
    label: str
    widget: str  # "textarea", "radios", "ticks", "line", "number" or "hidden"
    options: tuple[Option, ...] = ()
    max_length: int | None = None
    required: bool = True


@dataclass(frozen=True)
class Setting:
    """One thing to settle when a question of a kind is prepared. `start` stands there before anybody has typed."""

    name: str
    label: str
    widget: str  # "lines" (one thing on each line), "line", "number" or "tick"
    hint: str = ""
    start: str = ""


@dataclass(frozen=True)
class Bar:
    """How many chose something: `count` of `n`, `percent` a whole number (0 when nobody answered)."""

    label: str
    count: int
    percent: int
    n: int


@dataclass(frozen=True)
class Quick:
    """How the desk asks something nobody has prepared: what it calls this way to answer, and what is typed for it."""

    label: str
    typed: Mapping[str, str]


class Tally(Protocol):
    """All the answers to one question, ready for the template of its kind. `n` people answered."""

    @property
    def n(self) -> int: ...


Mark: TypeAlias = tuple[str, str]
"""What an answer says, to be counted: the key of a statement ("" where there is but one), and of what was chosen."""


@dataclass(frozen=True)
class Counted:
    """What is known of all the answers to one question: `n` answers, and how often each mark was made.

    `values` are the answers themselves, for a kind that is read one by one; where they are too many to read, a part.
    `tables` says of each for which table it was written, "" for none; it is empty where no table wrote. `names` says of
    each who gave it, "" for nobody who said so; it is empty wherever a reader may not see names.
    """

    n: int
    marks: Mapping[Mark, int]
    values: Sequence[Value] = ()
    tables: Sequence[str] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Cell:
    """One row of an export. `group_label` is the statement an answer belongs to, never anything about a person."""

    option_key: str
    group_label: str
    text: str
    number: int | float | None


class Kind(ABC):
    """A way of asking. `config` is always what `check_config` returned; `label` is how the menu calls it."""

    name: ClassVar[str]
    label: ClassVar[str]
    settings: ClassVar[tuple[Setting, ...]] = ()
    is_read: ClassVar[bool] = False  # answers are read one by one, not only counted
    has_cards: ClassVar[bool] = False  # its summary has each of them on a card of its own
    quick: ClassVar[Quick | None] = None  # None: only what was prepared is asked like this
    takes_hands: ClassVar[bool] = False  # people can put a hand up for each option
    connects: ClassVar[bool] = False  # others can say "I can help" to what an answer asks
    is_private: ClassVar[bool] = False  # read by whoever gave it and by nobody else, not even the desk
    is_first_choice: ClassVar[bool] = False  # the menu offers it at once; the others under More

    @abstractmethod
    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        """The settings with every default written out, as JSON. Raises Refused."""

    @abstractmethod
    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        """What there is to fill in, in order."""

    @abstractmethod
    def validate(self, config: dict[str, object], raw: object) -> Value:
        """The answer as it is stored. Takes anything JSON can hold and raises nothing but Refused."""

    @abstractmethod
    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        """How an answer counts: 1 for each mark it makes, or as much as it gives. The same answer, the same marks.

        An option that the question does not have makes none. A key is up to 200 characters and never empty.
        """

    @abstractmethod
    def tally(self, config: dict[str, object], counted: Counted) -> Tally:
        """The answers as its template shows them. A mark that the question does not have is left out."""

    @abstractmethod
    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        """The answer as rows of a table."""

    @abstractmethod
    def words(self, config: dict[str, object], value: Value) -> str:
        """The answer as its author reads it; may have several lines."""

    def asks(self, config: dict[str, object], value: Value) -> str:
        """What an answer asks of the room; "" where it asks nothing of anybody."""
        return ""

    def offers(self, config: dict[str, object], value: Value) -> str:
        """What its author can help others with; "" where nothing is offered."""
        return ""

    @abstractmethod
    def typing_seconds(self, config: dict[str, object]) -> int:
        """How long one person is at it with a phone, from reading the question to sending. To plan by, not to hurry.

        Somebody who is no quick typist thinks for half a minute and then types two characters a second. With no limit
        to speak of people write some 180 characters, so free text is two minutes, and less under a shorter limit. A
        choice takes 20 seconds to read and decide and two more for each option: half a minute for five. A scale takes
        20 seconds a statement; its points are read once and then known.
        """

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        """The settings as somebody would type them, by name; a tick is "on" or "". The opposite of `settle`."""
        return {}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        """The settings somebody typed, as `check_config` gives them. Raises Refused; `field` names the setting.

        `before` is what stood there: whatever keeps its words keeps its key, and what nobody can type here stays.
        """
        return self.check_config(before or {})


AnyPlace = TypeVar("AnyPlace")

_NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters, halves of surrogate pairs and the non-characters that XML files cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def without_controls(text: str) -> str:
    """The text with every line break as LF and nothing a file could not hold; tabs stay."""
    return _UNWRITABLE.sub("", _NEW_LINES.sub("\n", text))


def is_blank(text: str) -> bool:
    """Nothing to see: only spaces and zero-width characters."""
    return all(char.isspace() or unicodedata.category(char) == "Cf" for char in text)


def percent(count: int, n: int) -> int:
    """A whole number, halves up; 0 of 0 is 0."""
    return (200 * count + n) // (2 * n) if n else 0


def bars(options: Iterable[Option], marks: Mapping[Mark, int], part: str = "", n: int | None = None) -> tuple[Bar, ...]:
    """A bar an option of one part; shares are of `n`, or of all its marks."""
    counts = [(option, marks.get((part, option.key), 0)) for option in options]
    n = sum(count for _, count in counts) if n is None else n
    return tuple(Bar(option.label, count, percent(count, n), n) for option, count in counts)


def middle(counts: Sequence[tuple[AnyPlace, int]]) -> tuple[AnyPlace, AnyPlace] | None:
    """The places, in order, where the middle answer falls: the same one twice, or two; None without an answer."""
    n = sum(count for _, count in counts)
    ends = list(accumulate(count for _, count in counts))
    if not n:
        return None
    lower, upper = (bisect_right(ends, wanted) for wanted in ((n - 1) // 2, n // 2))
    return counts[lower][0], counts[upper][0]


def count(kind: Kind, config: dict[str, object], values: Iterable[Value]) -> Counted:
    """The answers counted one after the other, as the stored counts must come out."""
    values = list(values)
    marks: Counter[Mark] = Counter()
    for value in values:
        marks.update(kind.marks(config, value))
    return Counted(len(values), marks, values if kind.is_read else ())


def _one_line(text: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", without_controls(text)).split())
    if is_blank(line):
        raise ValueError("nothing to read")
    return line


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line)]


class Config(BaseModel):
    """Settings of a question: nothing unknown, nothing guessed from another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class HasKey(Protocol):
    """An option, or a part that is answered by itself."""

    @property
    def key(self) -> str: ...


def check_keys_differ(things: Sequence[HasKey]) -> None:
    """Raises ValueError, for a Config's own check."""
    if len({thing.key for thing in things}) < len(things):
        raise ValueError("two share a key")


AnyConfig = TypeVar("AnyConfig", bound=Config)


def read_config(model: type[AnyConfig], config: dict[str, object]) -> AnyConfig:
    """The settings as `model`. Raises Refused and names the place."""
    try:
        return model.model_validate(config)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(without_controls(str(part)) for part in first["loc"])
        said = "The settings of this question do not fit its kind. Look at: {where}."
        raise Refused(said, where=place[:80] or "the whole") from error
