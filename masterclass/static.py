"""How styles and scripts reach a browser: hashed names, compressed once, module imports rewritten to match."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FaceStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    support_js_module_import_aggregation = True
