"""A workshop document as text: reading TOML and JSON, and saying in a sentence what is wrong with it and where.

Pure: no Django. `agenda.chapters` loads what is read here.
"""

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from . import toml_lines

Path = tuple[str | int, ...]

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class DocumentRefused(Exception):
    """A document that cannot be loaded. The message is a sentence; `path` is the key it is about, counted from 0."""

    def __init__(self, reason: str, path: Path = (), where: str = "") -> None:
        self.reason = reason
        self.path = path
        subject = f'"{key_name(path)}" ' if path else ""
        super().__init__(f"{where}{subject}{reason}")

    def found_in(self, document: dict[str, Any]) -> "DocumentRefused":
        """The same refusal, naming the file and the line when the document was read from TOML."""
        if not isinstance(document, TomlDocument):
            return self
        return DocumentRefused(self.reason, self.path, f"{document.name}, line {document.line_of(self.path)}: ")


class TomlDocument(dict[str, Any]):
    """A document that still knows the lines it was written on."""

    def __init__(self, values: dict[str, Any], name: str, lines: dict[Path, int]) -> None:
        super().__init__(values)
        self.name = name
        self._lines = lines

    def line_of(self, path: Path) -> int:
        """The line of this key, or of the nearest thing around it; from 1."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def read_toml(text: str, name: str) -> dict[str, Any]:
    """The values of a TOML document; `name` is what its refusals call it."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = TOML_PLACE.search(str(error))
        line = found[1] if found and found[1] else text.rstrip().count("\n") + 1
        reason = TOML_PLACE.sub("", str(error)).lower()
        raise DocumentRefused(f"this cannot be read as TOML ({reason}).", (), f"{name}, line {line}: ") from error
    return TomlDocument(values, name, toml_lines.lines(text))


def read_json(text: str, name: str) -> dict[str, Any]:
    """The values of a JSON document; `name` is what a syntax error calls it."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DocumentRefused("this cannot be read as JSON.", (), f"{name}, line {line}: ") from error
    if not isinstance(values, dict):
        raise DocumentRefused("this is not a workshop document, which is a table of keys.", (), f"{name}: ")
    return values


def key_name(path: Path) -> str:
    """("slots", 2, "title") -> slots[2].title"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


# --- What the shapes of all chapters are made of


class Shape(BaseModel):
    """A table of a document: no unknown keys, and nothing is turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


def wrong(reason: str, *path: str | int) -> PydanticCustomError:
    """For validators: what is wrong, and with which key below the one that is validated."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason, "path": path})


def _on_one_line(value: str) -> str:
    if len(value.splitlines()) > 1:
        raise wrong("must stand on one line.")
    return value


def _as_date(value: Any, info: ValidationInfo) -> Any:
    """JSON has no dates, so there they are text; TOML has them."""
    if info.context and info.context["text_dates"] and isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise wrong("must be a date such as 2020-02-07.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise wrong("must be a date that exists, such as 2020-02-07.") from None
    return value


def _in_our_time(value: date) -> date:
    if not 1970 <= value.year <= 2200:
        raise wrong("must lie between 1970 and 2200.")
    return value


def is_clock_time(value: str) -> bool:
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is not None


def _as_clock_time(value: str) -> str:
    if not is_clock_time(value):
        raise wrong('must be a clock time such as "09:30".')
    return value


def as_key(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value):
        raise wrong("must be made of the letters a to z, digits, - and _ only, all lower case.")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Line = Annotated[Text, AfterValidator(_on_one_line)]
Key = Annotated[str, Field(max_length=40), AfterValidator(as_key)]
ClockTime = Annotated[str, AfterValidator(_as_clock_time)]
Day = Annotated[date, BeforeValidator(_as_date), AfterValidator(_in_our_time)]

AnyShape = TypeVar("AnyShape", bound=BaseModel)


def read_part(shape: type[AnyShape], values: dict[str, Any], *, text_dates: bool) -> AnyShape:
    """One chapter's keys in its shape, or DocumentRefused for the first thing that is wrong."""
    check_text(values)
    try:
        return shape.model_validate(values, context={"text_dates": text_dates})
    except ValidationError as error:
        # A misspelt key is also a missing one; the misspelling is what the person wants to hear of.
        first = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
        raise _refusal(first) from error


def check_text(value: Any, path: Path = ()) -> None:
    """Refuse characters no database keeps and no page can show, wherever they are."""
    if isinstance(value, str) and NOT_TEXT.search(value):
        raise DocumentRefused("holds a character that is not text.", path)
    if isinstance(value, dict):
        for key, below in value.items():
            check_text(key, path)
            check_text(below, (*path, key))
    if isinstance(value, list):
        for index, below in enumerate(value):
            check_text(below, (*path, index))


def unique(entries: list[Any], name: str) -> None:
    """For validators: no two entries of the list `name` have the same `key`."""
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.key in seen:
            raise wrong(f'is used twice: "{entry.key}".', name, index, "key")
        seen.add(entry.key)


TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date such as 2020-02-07",
}
LIMITS = {
    "string_too_short": "must not be empty.",
    "string_too_long": "must not be longer than {max_length} characters.",
    "too_long": "must not have more than {max_length} entries.",
    "too_short": "must not be empty.",
    "greater_than_equal": "must be {ge} or more.",
    "less_than_equal": "must be {le} or less.",
    "missing": "is missing.",
    "literal_error": "must be one of {expected}.",
}


def _refusal(error: ErrorDetails) -> DocumentRefused:
    path, kind, context = error["loc"], error["type"], error.get("ctx", {})
    if kind == "refused":
        return DocumentRefused(context["reason"], (*path, *context["path"]))
    if kind == "extra_forbidden":
        return DocumentRefused(f"is not a key of {_owner(path)}.", path)
    if kind in TYPES:
        return DocumentRefused(f"must be {TYPES[kind]}, not {_what(error['input'])}.", path)
    if kind in LIMITS:
        return DocumentRefused(LIMITS[kind].format(**context).replace("'", ""), path)
    return DocumentRefused("cannot be read.", path)


def _owner(path: Path) -> str:
    """("slots", 2, "titel") -> a slot"""
    lists = [step for step in path[:-1] if isinstance(step, str)]
    if not lists:
        return "a workshop document"
    name = lists[-1].replace("_", " ")
    noun = name[:-1] if name.endswith("s") else f"{name} entry"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _what(value: Any) -> str:
    names: list[tuple[type | tuple[type, ...], str]] = [
        (str, "text"),
        (bool, "true or false"),
        (int, "a whole number"),
        (float, "a number with a point"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (time, "a time without quotes"),
        (list, "a list"),
        (dict, "a table"),
    ]
    return next((name for types, name in names if isinstance(value, types)), "nothing")
