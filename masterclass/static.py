"""How styles and scripts reach a browser: one file for each face, hashed names, compressed once."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .joining import join_scripts
from .styles import join_styles

LOADED = re.compile(r"{% static '(js|css)/([\w-]+\.\1)' %}")
Paths = dict[str, tuple[Any, str]]


class FaceStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """What a page's script or style imports is written into it. With DEBUG pages load the small files as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stamps: dict[str, str] = {}

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        yield from super().post_process(paths if dry_run else self.joined(paths), dry_run=dry_run, **options)

    def joined(self, paths: Paths) -> Paths:
        """Our scripts and styles as pages load them; everything else as it is."""
        own = {kind: _in_folder(paths, kind) for kind in ("js", "css")}
        loaded = _loaded_by_pages()
        files = {f"css/{name}": text for name, text in join_styles(own["css"], loaded["css"]).items()}
        for name, (stamp, text) in join_scripts(own["js"], loaded["js"]).items():
            files[f"js/{name}"] = text
            self.stamps[f"js/{name}"] = stamp
        made = InMemoryStorage()
        for name, text in files.items():
            made.save(name, ContentFile(text.encode()))
        others = {name: found for name, found in paths.items() if Path(name).parts[0] not in own}
        return {**others, **{name: (made, name) for name in files}}

    def file_hash(self, name: str, content: Any = None) -> Any:
        """The files of one face name each other, so none can have a name made of its own content."""
        return self.stamps.get(name or "") or super().file_hash(name, content)


def _in_folder(paths: Paths, folder: str) -> dict[str, str]:
    """The files of static/js or static/css: name -> text."""
    found: dict[str, str] = {}
    for path, (storage, name) in paths.items():
        if Path(path).parts[0] == folder:
            with storage.open(name) as file:
                found[Path(path).name] = file.read().decode("utf-8")
    return found


def _loaded_by_pages() -> dict[str, set[str]]:
    """What templates name: "js" and "css" -> names of files."""
    found: dict[str, set[str]] = {"js": set(), "css": set()}
    for page in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        for kind, name in LOADED.findall(page.read_text("utf-8")):
            found[kind].add(name)
    return found


class AppFiles(AppDirectoriesFinder):
    """The apps' own static files, but for the htmx that nobody loads: its extensions and its next version."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or []), "django_htmx/ext/*", "django_htmx/ht*-4.*"])
