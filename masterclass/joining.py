"""Many small scripts become one for each face: what is imported is written into it, each in a scope of its own.

A face is a script that a page loads. What it fetches later stays a file of its own beside it, and takes from
the face's file what is there already, so that nothing runs twice. All files of a face carry the same stamp.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .modules import Module, read_module
from .script_words import CannotJoin, write_words


@dataclass
class Face:
    """`joined`: in the order in which they run. `later`: what is fetched, each a file of its own."""

    name: str
    joined: list[Module]
    later: list[Module] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(module.name == name for module in self.joined)

    def file(self, name: str, stamp: str = "") -> str:
        """What `name`, which the face fetches later, is called beside the face: "queue.js" is "phone-queue.js"."""
        stem = self.name.removesuffix(".js")
        whole = self.name if self.has(name) else f"{stem}-{name}"
        return f"{whole.removesuffix('.js')}.{stamp}.js" if stamp else whole


def join_scripts(sources: dict[str, str], faces: set[str]) -> dict[str, tuple[str, str]]:
    """From all scripts by name, each file to serve: name -> (stamp, text). Raises CannotJoin."""
    modules = {name: read_module(name, text) for name, text in sources.items()}
    _check(modules)
    files: dict[str, tuple[str, str]] = {}
    for name in sorted(faces):
        if name not in modules:
            raise CannotJoin(f"A page loads {name}, which is not there.")
        face = _face(name, modules)
        stamp = hashlib.md5(repr(_written(face, "stamp")).encode(), usedforsecurity=False).hexdigest()[:12]
        for file, text in _written(face, stamp).items():
            if file in files or (file != name and file in modules):
                raise CannotJoin(f"{file} would be two things: give one of the scripts another name.")
            files[file] = (stamp, text)
    return files


def _check(modules: dict[str, Module]) -> None:
    for module in modules.values():
        for source, names in module.takes.items():
            lost = [there for there, _ in names if source not in modules or there not in modules[source].gives]
            if lost or source not in modules:
                raise CannotJoin(f"{module.name} takes {', '.join(lost) or 'something'} from {source}, which has none.")
        for source in module.fetches.values():
            if source not in modules:
                raise CannotJoin(f"{module.name} fetches {source}, which is not there.")
    if len({_scope(name) for name in modules}) < len(modules):
        raise CannotJoin("Two scripts have the same name but for a mark: give one another name.")
    for name in modules:
        _order(name, modules)


def _order(name: str, modules: dict[str, Module], on_the_way: tuple[str, ...] = ()) -> list[Module]:
    """What `name` imports at the top, in the order in which a browser runs it, itself last."""
    if name in on_the_way:
        ring = " → ".join([*on_the_way[on_the_way.index(name) :], name])
        raise CannotJoin(f"These import each other in a ring: {ring}. Take what they share into another script.")
    found: dict[str, Module] = {}
    for source in modules[name].takes:
        found.update((module.name, module) for module in _order(source, modules, (*on_the_way, name)))
    return [*found.values(), modules[name]]


def _face(name: str, modules: dict[str, Module]) -> Face:
    face = Face(name, _order(name, modules))
    waiting = list(face.joined)
    while waiting:
        module = waiting.pop(0)
        for source in module.fetches.values():
            if face.has(source):
                raise CannotJoin(f"{module.name} fetches {source}, which {name} has already: import it at the top.")
        more = [*module.fetches.values(), *(() if face.has(module.name) else module.takes)]
        for source in more:
            if not face.has(source) and modules[source] not in face.later:
                face.later.append(modules[source])
                waiting.append(modules[source])
    return face


def _written(face: Face, stamp: str) -> dict[str, str]:
    """The files of a face: name -> text, in which they call each other by `stamp`."""
    shared = {source for module in face.later for source in module.takes if face.has(source)}
    is_alone = len(face.joined) == 1 and not shared
    parts = [_text(module, face, stamp) if is_alone else _in_scope(module, face, stamp) for module in face.joined]
    if shared:
        parts.append(f"export{{{','.join(_scope(module.name) for module in face.joined if module.name in shared)}}};")
    files = {face.name: "\n".join(parts) + "\n"}
    files.update((face.file(module.name), _beside(module, face, stamp)) for module in face.later)
    return files


def _scope(name: str) -> str:
    """What is exported by a script, as the joined file calls it."""
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _in_scope(module: Module, face: Face, stamp: str) -> str:
    taken = "".join(_unpack(source, names) for source, names in module.takes.items())
    given = f"\n{_scope(module.name)}={{{','.join(module.gives)}}}" if module.gives else ""
    head = f"let {_scope(module.name)};" if module.gives else ""
    return f"{head}{{{taken}\n{_text(module, face, stamp)}{given}\n}}"


def _unpack(source: str, names: list[tuple[str, str]]) -> str:
    wanted = ",".join(there if there == here else f"{there}:{here}" for there, here in names)
    return f"const{{{wanted}}}={_scope(source)};" if names else ""


def _text(module: Module, face: Face, stamp: str) -> str:
    words = list(module.words)
    for at, source in module.fetches.items():
        words[at] = replace(words[at], text=f'"./{face.file(source, stamp)}"')
    return write_words(words)


def _beside(module: Module, face: Face, stamp: str) -> str:
    """A file that is fetched later. What the face has run already comes from there."""
    lines = list(_takes_beside(module, face, stamp))
    text = _text(module, face, stamp)
    given = f"\nexport{{{','.join(module.gives)}}};" if module.gives else ""
    return "\n".join([*lines, text]) + given + "\n"


def _takes_beside(module: Module, face: Face, stamp: str) -> Iterator[str]:
    inside = [source for source in module.takes if face.has(source)]
    if inside:
        scopes = ",".join(_scope(source) for source in inside)
        yield f'import{{{scopes}}}from"./{face.file(face.name, stamp)}";'
    for source, names in module.takes.items():
        if source in inside:
            yield _unpack(source, names)
        else:
            wanted = ",".join(f"{there} as {here}" for there, here in names)
            yield f'import{{{wanted}}}from"./{face.file(source, stamp)}";'
