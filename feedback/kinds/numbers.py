"""Numbers as people type them, and as they are kept: as text, always in the same form. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from feedback.kinds.base import Refused, is_blank
from feedback.kinds.lines import on_one_line

LONGEST = 40  # characters; nobody's number is longer
DIGITS = 12  # before the decimal sign
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_BY_THREES = re.compile(r"[+-]?[0-9]{1,3}(?:([ ,.'])[0-9]{3})(?:\1[0-9]{3})*(?![0-9])")


def read_number(typed: str, *, decimals: int) -> Decimal | None:
    """The number somebody typed, None if it is none: "12.5", "12,5", "1,250", "1 250.50", "−3", digits of any script.

    One comma before exactly three digits is a thousand's where the number cannot have three decimals.
    """
    text = _without_thousands(_in_ascii(typed), decimals).replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    number = Decimal(text)
    return number if abs(number) < 10**DIGITS else None


def _in_ascii(typed: str) -> str:
    text = on_one_line(typed[: 4 * LONGEST], LONGEST) if len(typed) <= 4 * LONGEST else ""
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return text.replace("−", "-").replace("–", "-").replace("’", "'").removeprefix("+").strip()[: LONGEST + 1]


def _without_thousands(text: str, decimals: int) -> str:
    """The number without what parts its thousands, if it is parted as thousands are."""
    found = _BY_THREES.match(text)
    if found is None or text[found.end() :].startswith(found[1]):
        return text
    sign, rest = found[1], text[found.end() :]
    is_sure = sign in " '" or found[0].count(sign) > 1 or rest[:1] in {".", ","}
    may_be = sign == "," and decimals < 3
    return found[0].replace(sign, "") + rest if is_sure or may_be else text


def plain(number: Decimal) -> str:
    """The one form in which a number is kept: "12.5", "-3", "0"; a point, no zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", "", "-"} else text


def spoken(number: Decimal) -> str:
    """As people read it: "1,250.5"."""
    return f"{Decimal(plain(number)):,f}"


def kept_number(value: object) -> Decimal | None:
    """The number of a text that `plain` made; None for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST or not _PLAIN.fullmatch(value):
        return None
    return Decimal(value)


def settled_whole(typed: Mapping[str, str], field: str, *, least: int, most: int) -> int | None:
    """The whole number typed for a setting; None if nothing was. Raises Refused about `field`."""
    text = typed.get(field, "")
    if is_blank(text):
        return None
    number = read_number(text, decimals=0)
    if number is None or number % 1 or not least <= number <= most:
        raise Refused("Write a whole number from {least:,} to {most:,}.", field=field, least=least, most=most)
    return int(number)
