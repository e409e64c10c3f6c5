"""How styles and scripts reach a browser: hashed names, compressed once, module imports rewritten to match."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class FaceStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    support_js_module_import_aggregation = True


class AppFiles(AppDirectoriesFinder):
    """The apps' own static files, but for htmx's extensions: unused, and comments in them look like imports."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or []), "django_htmx/ext/*"])
