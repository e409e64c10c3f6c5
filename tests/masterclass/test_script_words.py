"""Scripts are read word by word: what stands in a string, a template, a comment or an expression is never code."""

from pathlib import Path

import pytest
from django.conf import settings

from masterclass.script_words import CannotJoin, read_words, write_words

SCRIPTS = sorted(Path(settings.BASE_DIR, "static", "js").glob("*.js"))


def shortened(text: str) -> str:
    return write_words(read_words(text))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("const a = 1; // one\nlet b;", "const a=1;\nlet b;"),
        ("/* import x */ say( 'a' )", "say('a')"),
        ("a /* one\ntwo */ b", "a\nb"),
        ("return // nothing\n  a", "return\na"),
        ('say("// no comment  here")', 'say("// no comment  here")'),
        ("say('it\\'s  /* ours */')", "say('it\\'s  /* ours */')"),
        ("`a  // ${ b + `/* ${ c } */` }  \n  d`", "`a  // ${b+ `/* ${c} */`}  \n  d`"),
        ("`\\`  ${ { a: 1 } }`", "`\\`  ${{a:1}}`"),
        ("const m = /[/\"'`]  \\/ x/g.test(a)", "const m= /[/\"'`]  \\/ x/g.test(a)"),
        ("const half = (a + b) / 2 / c[0] / 3", "const half=(a+b)/2/c[0]/3"),
        ("a - -b + +c", "a- -b+ +c"),
        ("x.return / 2 / y", "x.return/2/y"),
        ("1 .toString()", "1 .toString()"),
        ("a ? .5 : b?.c", "a? .5:b?.c"),
        ("typeof a in b", "typeof a in b"),
        ("async  ( ) => { }", "async()=>{}"),
    ],
)
def test_blanks_go_where_they_mean_nothing(text: str, short: str) -> None:
    assert shortened(text) == short


@pytest.mark.parametrize(
    "text",
    [
        "if (a) /x/.test(b)",
        "function f() {} /x/.test(b)",
        "a++ / b",
        "for (const a of /x/) b()",
        "say('a",
        "say(`a",
        "(a",
        "a)",
        "(a]",
        "a = /x",
        "@decorated class A {}",
        "a\u2028b",
        "a\rb",
    ],
)
def test_what_can_be_two_things_or_is_not_known_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(CannotJoin, match=r"^(line 2: .+|it has the character .+)\.$"):
        read_words("\n" + text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_of_ours_keeps_its_words_and_its_lines(path: Path) -> None:
    """A statement that ends with its line, without a semicolon, still does."""
    words = read_words(path.read_text("utf-8"))
    again = read_words(write_words(words))
    assert len(words) > 5
    assert [(word.kind, word.text, word.depth) for word in again] == [
        (word.kind, word.text, word.depth) for word in words
    ]
    assert ["\n" in word.gap for word in again[1:]] == ["\n" in word.gap for word in words[1:]]
