import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.importers.opening import open_source
from agenda.importers.source_json import from_json, to_json

from .made_files import newcastle_docx, newcastle_pptx, newcastle_xlsx


@pytest.mark.parametrize("data", [newcastle_docx(), newcastle_pptx(), newcastle_xlsx(), b"- a\n\n - b"])
def test_there_and_back_it_is_the_same(data: bytes) -> None:
    source = open_source("", data)
    assert from_json(to_json(source)) == source


@settings(max_examples=50)
@given(st.text() | st.sampled_from(['{"pages": [{}]}', '{"pages": 1, "are_pages_real": 0}', "[" * 9_000, "[]", "1"]))
def test_what_is_no_source_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)
