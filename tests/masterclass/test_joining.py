"""Small scripts become one for each face, and nothing in them changes its meaning; what might is refused."""

from textwrap import dedent

import pytest

from masterclass.joining import join_scripts
from masterclass.modules import read_module
from masterclass.script_words import CannotJoin

SAY = "let told = 0;\nexport function say(text) { told += 1; return text; }\n"


def joined(face: str, **others: str) -> dict[str, str]:
    """The files of `face.js` among scripts of these names, their stamp written as "0"."""
    sources = {"face.js": face, **{f"{name}.js": text for name, text in others.items()}}
    files = join_scripts({name: dedent(text) for name, text in sources.items()}, {"face.js"})
    assert len({stamp for stamp, _ in files.values()}) == 1
    return {name: text.replace(f".{stamp}.", ".0.") for name, (stamp, text) in files.items()}


def test_each_script_keeps_a_scope_of_its_own() -> None:
    files = joined('import { say } from "./said.js";\nconst told = "mine";\nsay(told);\n', said=SAY)
    assert files == {
        "face.js": "let $said;{\nlet told=0;\nfunction say(text){told+=1;return text;}\n$said={say}\n}\n"
        '{const{say}=$said;\nconst told="mine";\nsay(told);\n}\n'
    }


def test_scripts_run_once_and_in_the_order_of_their_imports() -> None:
    files = joined(
        'import { b } from "./b.js";\nimport "./c.js";\nimport { a } from "./a.js";\nb(a);\n',
        a="export const a = 1;",
        b='import { a } from "./a.js";\nexport const b = () => a;',
        c='import { b } from "./b.js";\nb();',
    )
    heads = [line.partition("{")[0] for line in files["face.js"].splitlines() if "{" in line and line[0] in "l{"]
    assert heads == ["let $a;", "let $b;", "", ""]


def test_a_name_may_be_taken_under_another() -> None:
    files = joined(
        'import { say as tell, shout } from "./said.js";\ntell(shout);', said=f"{SAY}export class shout {{}}"
    )
    assert "{const{say:tell,shout}=$said;\ntell(shout);\n}" in files["face.js"]
    assert "$said={say,shout}" in files["face.js"]


def test_what_is_fetched_later_is_a_file_beside_and_takes_from_the_face() -> None:
    files = joined(
        'import { say } from "./said.js";\nasync function go() { (await import("./later.js")).go(say); }\n',
        said=SAY,
        later='import { say } from "./said.js";\nimport { rest } from "./rest.js";\nexport const go = () => say(rest);',
        rest="export const rest = 1;\n",
    )
    assert files["face.js"].endswith('{(await import("./face-later.0.js")).go(say);}\n}\nexport{$said};\n')
    assert files["face-later.js"] == (
        'import{$said}from"./face.0.js";\nconst{say}=$said;\nimport{rest as rest}from"./face-rest.0.js";\n'
        "const go=()=>say(rest);\nexport{go};\n"
    )
    assert files["face-rest.js"] == "const rest=1;\nexport{rest};\n"
    assert len(files) == 3


def test_what_is_fetched_again_under_another_address_is_too() -> None:
    files = joined('const again = "?1";\nimport("./later.js" + again);', later="export const a = 1;")
    assert 'import("./face-later.0.js"+again)' in files["face.js"]


def test_a_script_of_its_own_stays_as_it_is() -> None:
    assert joined("/* No module. */\ntry {\n  go();\n} catch {\n  // Never mind.\n}\n") == {
        "face.js": "try{\ngo();\n}catch{\n}\n"
    }


def test_every_file_of_a_face_has_a_new_name_when_one_of_them_changes() -> None:
    def stamps(rest: str) -> set[str]:
        sources = {"face.js": 'import("./later.js");', "later.js": rest, "other.js": "go();"}
        files = join_scripts(sources, {"face.js", "other.js"})
        assert files["face.js"][0] == files["face-later.js"][0] != files["other.js"][0]
        return {stamp for stamp, _ in files.values()}

    assert len(stamps("export const a = 1;") & stamps("export const a = 2;")) == 1
    assert stamps("export const a = 1;") == stamps("export const a = 1; // as before")


def test_what_only_looks_like_an_import_is_left_alone() -> None:
    text = 'say(\'import { a } from "./a.js";\');\nsay(`export default`);\nthing.import("./b.js");\nlet x={export:1};\n'
    assert joined(text)["face.js"] == text.strip() + "\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('import said from "./said.js";', "said is no script"),
        ('import * as said from "./said.js";', "\\* is no script"),
        ('import { say } from "../said.js";', "no script of this folder"),
        ('import { say } from "https://example.org/said.js";', "no script of this folder"),
        ('import { say } from "./said.js"', "';' is expected"),
        ('import { whisper } from "./said.js";', "takes whisper from said.js"),
        ('import { say } from "./lost.js";', "takes say from lost.js"),
        ('import "./lost.js";', "takes something from lost.js"),
        ('import("./lost.js");', "fetches lost.js, which is not there"),
        ("import(name);", "no script of this folder"),
        ('import("./said.js", more);', "nothing but"),
        ("say(import.meta.url);", "import stands inside"),
        ("import.meta.url;", "no script of this folder"),
        ('import { say } from "./said.js";\nimport("./said.js");', "import it at the top"),
        ("export default 1;", "export takes a function"),
        ("const a = 1;\nexport { a };", "export takes a function"),
        ('export * from "./said.js";', "export takes a function"),
        ("export let a = 1;", "export takes a function"),
        ("export const { a } = b;", "export takes a function"),
        ("export const a = 1, b = 2;", "one const at a time"),
        ("export const a = [1, 2]", "one const at a time"),
        ("export function a() {}\na = 1;", "exported and changes"),
        ("export function a() {}\na ||= 1;", "exported and changes"),
        ("export class A {}\n++A;", "exported and changes"),
        ("var a = 1;", "line 1: var would be seen"),
        ("const $said = 1;", "names that begin with \\$"),
        ("if (a) /b/.test(c);", "line 1: a statement begins"),
    ],
)
def test_a_shape_that_is_not_known_is_refused(text: str, why: str) -> None:
    with pytest.raises(CannotJoin, match=why):
        joined(text, said=SAY)


def test_what_is_exported_may_have_commas_and_members_of_its_own_name() -> None:
    text = "export const a = { b: [1, 2], c(d, e) {} };\nexport function f(one, two) {}\nother.f = a;"
    assert read_module("x.js", text).gives == ["a", "f"]
    assert read_module("x.js", "export async function* g() {}\nexport async function h() {}").gives == ["g", "h"]


def test_a_ring_of_imports_is_refused_by_its_names() -> None:
    with pytest.raises(CannotJoin, match=r"ring: a\.js → b\.js → a\.js"):
        joined("go();", a='import "./b.js";', b='import "./a.js";')


def test_two_scripts_that_would_be_one_name_are_refused() -> None:
    with pytest.raises(CannotJoin, match="same name but for a mark"):
        joined("go();", **{"a-b": "export const a = 1;", "a_b": "export const b = 1;"})
    with pytest.raises(CannotJoin, match=r"face-later\.js would be two things"):
        joined('import("./later.js");', later="go();", **{"face-later": "go();"})


def test_a_face_that_is_not_there_is_refused() -> None:
    with pytest.raises(CannotJoin, match=r"A page loads lost\.js"):
        join_scripts({"face.js": ""}, {"lost.js"})
