"""A workbook: a page a sheet, a line a row. Hidden rows, columns and sheets are read, too; only a sheet that not even
Excel offers to show is not. Formulas are read as what they came to when the workbook was last saved.
"""

import re
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from . import cell_words, limits
from .gathering import Gathering
from .package import Package
from .source import Source

NOT_WORKED_OUT = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read(package: Package) -> Source:
    """A page a sheet. Raises Unreadable; what else is wrong with the file raises whatever the library does."""
    with warnings.catch_warnings(action="ignore"):
        gathering = Gathering()
        book = _book(package, data_only=True)
        formulas = _book(package, data_only=False) if _has_formulas_without_values(package) else None
        for number, sheet in enumerate(book.worksheets):
            if sheet.sheet_state != "veryHidden":
                gathering.page(sheet.title)
                _sheet(gathering, sheet, formulas.worksheets[number] if formulas else None)
        return gathering.source(are_pages_real=True)


def _book(package: Package, *, data_only: bool) -> Any:
    return load_workbook(package.file(), read_only=True, data_only=data_only, keep_links=False)


def _has_formulas_without_values(package: Package) -> bool:
    """As programs write them that cannot work them out."""
    sheets = [name for name, kind in package.types.items() if kind.endswith("worksheet+xml")]
    return any(NOT_WORKED_OUT.search(package.parts[name]) for name in sheets)


def _sheet(gathering: Gathering, sheet: Any, formulas: Any) -> None:
    """A formula without a value is shown as it is, so that its row is not lost."""
    written = _rows(formulas) if formulas else None
    for row in _rows(sheet):
        below = next(written, ()) if written else ()
        if not row:  # a million of them may lie above a cell
            gathering.gap()
            continue
        words = ["" if cell is EMPTY_CELL else cell_words.words(cell) for cell in row]
        if below:
            words = [word or cell_words.words(cell) for word, cell in zip(words, below, strict=False)]
        gathering.row(_near(words))


def _rows(sheet: Any) -> Iterator[Any]:
    """As wide as their own cells: what a sheet says of its size is not believed."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows()


def _near(words: list[str]) -> list[str]:
    """Cells keep their places; what stands far to the right moves up to them."""
    return words[: limits.MOST_COLUMNS] + [word for word in words[limits.MOST_COLUMNS :] if word]
