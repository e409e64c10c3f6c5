"""What a script takes from other scripts, and what it gives them. What is not known here is refused, never guessed."""

import re
from dataclasses import dataclass, field, replace

from .script_words import CannotJoin, Word, read_words

BESIDE = re.compile(r"([\"'])\./([\w-]+\.js)\1")
ASSIGNS = re.compile(r"(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=|\+\+|--")
END = Word("end", "", "", 0, 0)


@dataclass
class Module:
    """`takes`: script -> [(its name there, its name here)], as imported at the top. `gives`: the names exported.

    `fetches`: the scripts imported while it runs, each by its place in `words`, which hold no import and no export.
    """

    name: str
    words: list[Word] = field(default_factory=list)
    takes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    gives: list[str] = field(default_factory=list)
    fetches: dict[int, str] = field(default_factory=dict)


def read_module(name: str, text: str) -> Module:
    """Raises CannotJoin."""
    try:
        return _Reader(name, read_words(text)).read()
    except CannotJoin as error:
        raise CannotJoin(f"{name}, {error}") from error


class _Reader:
    def __init__(self, name: str, words: list[Word]) -> None:
        self.module = Module(name)
        self.all = words
        self.at = 0

    def read(self) -> Module:
        while self.at < len(self.all):
            word = self.word()
            if word.kind == "name" and not self.is_property():
                self.look_at(word)
            else:
                self.keep()
        self.check_that_nothing_given_changes()
        return self.module

    def word(self, ahead: int = 0) -> Word:
        return self.all[self.at + ahead] if 0 <= self.at + ahead < len(self.all) else END

    def is_property(self) -> bool:
        return self.word(-1).text in {".", "?."} or self.word(1).text == ":"

    def keep(self) -> None:
        self.module.words.append(self.word())
        self.at += 1

    def look_at(self, word: Word) -> None:
        if word.text.startswith("$"):
            raise self.unknown("names that begin with $ are those of the joined file")
        if word.text == "var":
            raise self.unknown("var would be seen by other scripts: write let or const")
        if word.text == "import" and self.word(1).text == "(":
            self.fetch()
        elif word.text in {"import", "export"}:
            if word.depth:
                raise self.unknown(f"{word.text} stands inside something")
            self.take() if word.text == "import" else self.give()
        else:
            self.keep()

    def fetch(self) -> None:
        """`import("./x.js")`, or the same with something added to the address."""
        target = self.beside(2)
        if self.word(3).text not in {")", "+"}:
            raise self.unknown("import() takes the name of a script, and nothing but + after it")
        self.keep()
        self.keep()
        self.module.fetches[len(self.module.words)] = target
        self.keep()

    def beside(self, ahead: int) -> str:
        found = BESIDE.fullmatch(self.word(ahead).text)
        if not found:
            raise self.unknown(f'{self.word(ahead).text} is no script of this folder, "./name.js"')
        return found[2]

    def take(self) -> None:
        """`import { a, b as c } from "./x.js";` or `import "./x.js";`"""
        names: list[tuple[str, str]] = []
        self.at += 1
        if self.word().text == "{":
            self.at += 1
            while self.word().text != "}":
                names.append(self.taken_name())
            self.at += 1
            self.expect("from")
        source = self.beside(0)
        self.at += 1
        self.expect(";")
        self.module.takes.setdefault(source, []).extend(names)

    def taken_name(self) -> tuple[str, str]:
        there = here = self.name()
        if self.word().text == "as":
            self.at += 1
            here = self.name()
        if self.word().text != "}":
            self.expect(",")
        return there, here

    def name(self) -> str:
        word = self.word()
        if word.kind != "name":
            raise self.unknown(f"{word.text!r} stands where a name is expected")
        self.at += 1
        return word.text

    def expect(self, text: str) -> None:
        if self.word().text != text:
            raise self.unknown(f"{self.word().text!r} stands where {text!r} is expected")
        self.at += 1

    def give(self) -> None:
        """`export function a`, `export class B` or `export const C = …;`, of which nothing can change later."""
        gap = self.word().gap
        self.at += 1
        self.all[self.at] = replace(self.word(), gap=gap)
        words = [self.word(ahead).text for ahead in range(4)]
        kind = " ".join(words[: 2 + (words[0] == "async")])
        ahead = {"async function": 2, "function": 1, "class": 1, "const": 1}.get(
            "async function" if kind.startswith("async function") else words[0], 0
        )
        ahead += bool(ahead) and self.word(ahead).text == "*"
        if not ahead or self.word(ahead).kind != "name":
            raise self.unknown("export takes a function, a class or one const, each with its name")
        if words[0] == "const":
            self.check_one_const()
        self.module.gives.append(self.word(ahead).text)

    def check_one_const(self) -> None:
        rest = [word for word in self.all[self.at :] if not word.depth]
        marks = [word.text for word in rest if word.text in {",", ";"}]
        if not marks or marks[0] != ";":
            raise self.unknown("export takes one const at a time, with ; after it")

    def check_that_nothing_given_changes(self) -> None:
        """Who takes a name takes what it is when the script has run."""
        words = [END, *self.module.words, END]
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            if word.text not in self.module.gives or before.text in {".", "?.", "const"}:
                continue
            if ASSIGNS.fullmatch(after.text) or before.text in {"++", "--"}:
                raise CannotJoin(
                    f"line {word.line}: {word.text} is exported and changes: export a function that tells."
                )

    def unknown(self, why: str) -> CannotJoin:
        return CannotJoin(f"line {self.word().line}: {why}.")
