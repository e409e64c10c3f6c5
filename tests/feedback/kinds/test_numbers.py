from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.kinds.base import Refused
from feedback.kinds.numbers import kept_number, plain, read_number, settled_whole, spoken

from .json_values import ANY_TEXT


@pytest.mark.parametrize(
    ("typed", "decimals", "number"),
    [
        ("12", 0, "12"),
        (" 012 ", 0, "12"),
        ("+7", 0, "7"),
        ("−3", 0, "-3"),
        ("-0", 0, "0"),
        ("12.5", 1, "12.5"),
        ("12,5", 1, "12.5"),
        ("12,50", 2, "12.5"),
        (".5", 1, "0.5"),
        ("5.", 1, "5"),
        ("1,250", 0, "1250"),
        ("1,250", 2, "1250"),
        ("1,250", 3, "1.25"),
        ("1.250", 0, "1.25"),
        ("1,250.50", 2, "1250.5"),
        ("1.250,50", 2, "1250.5"),
        ("1 250", 0, "1250"),
        ("1 250,5", 1, "1250.5"),
        ("1’250", 0, "1250"),
        ("1,250,000", 3, "1250000"),
        ("1.250.000", 0, "1250000"),
        ("٤٢", 0, "42"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, decimals: int, number: str) -> None:
    found = read_number(typed, decimals=decimals)
    assert found is not None
    assert plain(found) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "twelve", "1e3", "inf", "nan", "1.2.3", "1,2,3", "12,34,567", "--1", "1-2", "0x1", "½", "1 2", "9" * 13]
    + ["9" * 100_000, "1,250,00", ".", "-", ",", "5 or 6"],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed, decimals=2) is None


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=3))
def test_what_is_kept_is_read_back_as_it_was(number: Decimal) -> None:
    assert plain(Decimal(plain(number))) == plain(number)
    assert kept_number(plain(number)) == number == read_number(plain(number), decimals=3)


@given(ANY_TEXT, st.integers(0, 3))
def test_any_text_is_a_number_or_none(typed: str, decimals: int) -> None:
    found = read_number(typed, decimals=decimals)
    assert found is None or kept_number(plain(found)) == found


@pytest.mark.parametrize("value", [None, 3, "", "x", "1e9", "9" * 41, ["3"], {"a": "3"}])
def test_only_what_was_kept_is_a_kept_number(value: object) -> None:
    assert kept_number(value) is None


def test_people_read_thousands() -> None:
    assert spoken(Decimal("1250.50")) == "1,250.5"
    assert spoken(Decimal("-0.0")) == "0"


def test_a_setting_is_a_whole_number_within_its_bounds_or_nothing() -> None:
    assert settled_whole({"most": " 3 "}, "most", least=2, most=5) == 3
    assert settled_whole({"most": " "}, "most", least=2, most=5) is None
    for typed in ("1", "6", "2.5", "x"):
        with pytest.raises(Refused) as refused:
            settled_whole({"most": typed}, "most", least=2, most=5)
        assert refused.value.field == "most"
        assert refused.value.message == "Write a whole number from 2 to 5."
