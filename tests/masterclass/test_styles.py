"""Several styles become one, with the same rules in the same order."""

import pytest

from masterclass.script_words import CannotJoin
from masterclass.styles import join_styles, shorten


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("/* All. */\n* { margin: 0; }\n\n.a,\n.b > .c { color: red }\n", "*{margin: 0;}.a, .b > .c{color: red}\n"),
        ('.a::before { content: "/* {  } */"; }', '.a::before{content: "/* {  } */";}\n'),
        (".a { content: '\\'  ;'; --x:  1  2; }", ".a{content: '\\'  ;';--x: 1 2;}\n"),
        (".a /* not both */ .b { top: calc(1px + 2px) }", ".a .b{top: calc(1px + 2px)}\n"),
        (
            "@layer a, b;\n@media (min-width: 1px) {\n  .a :hover { x: y; }\n}\n",
            "@layer a, b;@media (min-width: 1px){.a :hover{x: y;}}\n",
        ),
    ],
)
def test_comments_and_blanks_go_and_strings_stay(text: str, short: str) -> None:
    assert shorten(text) == short


def test_what_a_style_imports_stands_in_its_place() -> None:
    sources = {
        "all.css": '/* All. */\n@import "one.css";\n@import "two.css" print;\n.c { x: y; }\n',
        "one.css": "@layer a, b;\n.a { x: y; }\n",
        "two.css": ".b { x: y; }\n",
    }
    assert join_styles(sources, {"all.css", "two.css"}) == {
        "all.css": "@layer a, b;.a{x: y;}\n@media print{.b{x: y;}\n}.c{x: y;}\n",
        "two.css": ".b{x: y;}\n",
    }


@pytest.mark.parametrize(
    "text",
    [
        '@import "lost.css";',
        '@import "all.css";',
        '@import url("one.css");',
        '@import "one.css" layer(a);',
        '.a { x: y; } @import "one.css";',
        '.a { background: url("one.svg"); }',
        ".a/* and */.b { x: y; }",
    ],
)
def test_what_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(CannotJoin):
        join_styles({"all.css": text, "one.css": ".a { x: y; }"}, {"all.css"})


def test_a_style_that_is_not_there_is_refused() -> None:
    with pytest.raises(CannotJoin, match=r"A page loads lost\.css"):
        join_styles({}, {"lost.css"})
