"""Loaded before the settings: every test process gets a data folder of its own, never the one people use."""

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

_folder = tempfile.mkdtemp(prefix="masterclass-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "DESK_FROM_NETWORK", "DEBUG", "PROCESSES", "WEB_CONCURRENCY"):
    os.environ.pop(name, None)

settings.register_profile(
    "usual", max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("usual"), max_examples=2000)
settings.register_profile("answers", settings.get_profile("usual"), max_examples=10_000)
settings.load_profile("usual")
