"""The list of faults keeps up with the source, and a fault that does not fit is an error."""

from collections import Counter
from pathlib import Path

import pytest

from .__main__ import FAULTS, ROOT
from .fault import DoesNotFit, Fault


def test_every_fault_fits_the_source_in_one_place() -> None:
    for fault in FAULTS:
        fault.check(ROOT)
    assert len(FAULTS) >= 25


def test_every_fault_has_a_name_of_its_own_and_tests_that_exist() -> None:
    assert [name for name, count in Counter(fault.name for fault in FAULTS).items() if count > 1] == []
    named = {word.split("::")[0] for fault in FAULTS for word in fault.tests.split() if word.startswith("tests/")}
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("source", ["x = 2\n", "x = 1\nx = 1\n"])
def test_a_fault_that_does_not_fit_is_an_error(source: str, tmp_path: Path) -> None:
    fault = Fault("one is two", "x.py", "x = 1", "x = 2", "tests")
    with pytest.raises(DoesNotFit, match="one is two"):
        fault.check(tmp_path)
    (tmp_path / "x.py").write_text(source)
    with pytest.raises(DoesNotFit, match="and not once"):
        fault.check(tmp_path)
