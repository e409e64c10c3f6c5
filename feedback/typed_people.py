"""A list of people as somebody types or pastes it: names, e-mail addresses, or both, one on a line."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+\.[^\s<>()\[\],;:\"']+")
LONGEST = 80


@dataclass(frozen=True)
class Person:
    """`label`: the name, or the address of somebody without one. `address`: "" if none was typed."""

    label: str
    address: str


def read_people(text: str) -> list[Person]:
    """Everybody once, in order. A line break or a semicolon ends one; a bare number or mark is nobody."""
    found: dict[str, Person] = {}
    for line in re.split(r"[\n\r;]+", text):
        addresses = ADDRESS.findall(line)
        name = " ".join(re.sub(r"[<>()\[\]\"\t]", " ", ADDRESS.sub(" ", line)).split()).strip(" ,.:-–•*")
        label = name or (addresses[0] if addresses else "")
        if any(char.isalpha() for char in label):
            found.setdefault(label.casefold(), Person(label, addresses[0] if addresses else ""))
    return list(found.values())
