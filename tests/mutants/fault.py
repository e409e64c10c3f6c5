"""A deliberate fault: one place of the source, said otherwise, and the tests that should notice."""

from dataclasses import dataclass
from pathlib import Path


class DoesNotFit(Exception):
    """The source has moved on: the fault's place is gone, or there are several. A sentence for people."""


@dataclass(frozen=True)
class Fault:
    """`old` stands exactly once in `file`; `tests` are words for pytest."""

    name: str
    file: str
    old: str
    new: str
    tests: str

    def put_into(self, source: str) -> str:
        """The source with the fault in it."""
        if source.count(self.old) != 1:
            raise DoesNotFit(f"{self.name}: {self.file} has its place {source.count(self.old)} times and not once")
        return source.replace(self.old, self.new)

    def check(self, root: Path) -> None:
        """Raises DoesNotFit."""
        path = root / self.file
        if not path.is_file():
            raise DoesNotFit(f"{self.name}: there is no {self.file}")
        self.put_into(path.read_text("utf-8"))
