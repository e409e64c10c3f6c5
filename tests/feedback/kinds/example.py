"""What each kind brings so that whatever holds for all kinds is tried on it too: `EXAMPLE` in its test module."""

import importlib
from dataclasses import dataclass
from typing import Any

from feedback.kinds import kinds

EVIL = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


@dataclass(frozen=True)
class Example:
    """A question and an answer with `EVIL` wherever people may write, so that a summary of three such shows it.

    `value` is what `validate` gives. `field_names`: the `name` of each control in the form, in order, one for every
    radio and tick box.
    """

    config: dict[str, object]
    value: Any
    field_names: list[str]


def example(kind: str) -> Example:
    module = importlib.import_module(f"tests.feedback.kinds.test_{kind}")
    found = module.EXAMPLE
    assert isinstance(found, Example)
    return Example(kinds[kind].check_config(found.config), found.value, found.field_names)
