"""Loaded before the settings: every test process gets a data folder of its own, never the one people use."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="masterclass-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "DESK_FROM_NETWORK", "DEBUG"):
    os.environ.pop(name, None)
