"""Deliberate faults of the kinds of question."""

from .fault import Fault

KINDS, ANY = "tests/feedback/kinds", "tests/feedback/kinds/test_any_answer.py"

OF_KINDS = [
    Fault(
        "none of these goes with others",
        "feedback/kinds/choices.py",
        "if choices.none and NONE.key in chosen and len(chosen) > 1:",
        "if False:",
        f"{KINDS}/test_choices.py",
    ),
    Fault(
        "shares are of the ticks, not of the people",
        "feedback/kinds/choices.py",
        "counted.marks, n=counted.n)",
        "counted.marks)",
        f"{KINDS}/test_choices.py",
    ),
    Fault(
        "the same word twice by one phone counts twice",
        "feedback/kinds/words.py",
        "spelt.setdefault(plain_word(word), word)",
        "spelt.setdefault(word, word)",
        f"{KINDS}/test_words.py",
    ),
    Fault(
        "too many points are taken",
        "feedback/kinds/points.py",
        "    if given > points:",
        "    if given > 10 * points:",
        f"{KINDS}/test_points.py",
    ),
    Fault(
        "bars below nought are rounded towards it",
        "feedback/kinds/number.py",
        "to_integral_value(ROUND_FLOOR)",
        'to_integral_value("ROUND_DOWN")',
        f"{KINDS}/test_number.py",
    ),
    Fault(
        "the median of two is the first",
        "feedback/kinds/number.py",
        "sum(between, Decimal()) / 2",
        "between[0]",
        f"{KINDS}/test_number.py",
    ),
    Fault(
        "thousands and decimals are one",
        "feedback/kinds/numbers.py",
        "if found is None or text[found.end() :].startswith(found[1]):",
        "if found is None:",
        f"{KINDS}/test_numbers.py",
    ),
    Fault(
        "a part nobody asked for is stored",
        "feedback/kinds/parts.py",
        "if not isinstance(given, dict) or given.keys() - set(parts):",
        "if not isinstance(given, dict):",
        f"{KINDS}/test_words.py",
    ),
    Fault(
        "a number that is no text breaks the page",
        "feedback/kinds/points.py",
        '    if not isinstance(raw, str):\n        raise Refused(UNREADABLE, field=f"value.{option.key}")\n',
        "",
        ANY,
    ),
    Fault(
        "what is refused is not named",
        "feedback/kinds/points.py",
        'raise Refused(said, field=f"value.{option.key}"',
        "raise Refused(said, field=option.key",
        ANY,
    ),
    Fault(
        "another file knows a kind by its name",
        "feedback/queries.py",
        "from .kinds import kinds\n",
        'from .kinds import kinds\n\nREAD = kinds["text"]\n',
        f"{KINDS}/test_registry.py",
    ),
    Fault(
        "an answer comes back without its ticks",
        "templates/feedback/kinds/choices_input.html",
        "{% if option.key in chosen %}checked{% endif %}",
        "",
        f"{KINDS}/test_templates.py",
    ),
]
