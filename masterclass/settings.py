"""The one settings file. Every value that may differ between machines comes from the environment and is
checked here; docs/running.md lists them. A bad value stops the start with a sentence that names it."""

import os
import re
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0").strip().lower()
    if value not in {"0", "1", "true", "false", ""}:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 (yes) or 0 (no).")
    return value in {"1", "true"}


def _public_url() -> str:
    """The https address of a hosted installation, without a path; empty for a laptop in the room."""
    value = os.environ.get("PUBLIC_URL", "").strip().rstrip("/").lower()
    if value and not re.fullmatch(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", value):
        raise ImproperlyConfigured(f"PUBLIC_URL is {value!r}. It must look like https://masterclass.example.org")
    return value


def _data_dir() -> Path:
    folder = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def _secret_key(folder: Path) -> str:
    """The signing key: SECRET_KEY wins; otherwise a file made once, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY", ""):
        if len(key) < 32:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 32 characters.")
        return key
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _processes() -> int:
    """How many server processes serve this database at the same time."""
    name = "PROCESSES" if os.environ.get("PROCESSES") else "WEB_CONCURRENCY"
    value = os.environ.get("PROCESSES") or os.environ.get("WEB_CONCURRENCY") or "1"
    if not value.isdecimal() or not 1 <= int(value) <= 64:
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be a number from 1 to 64.")
    return int(value)


def _database(folder: Path, processes: int) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{folder / 'masterclass.sqlite3'}"
    try:
        database = dict(env.db_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured("DATABASE_URL cannot be read as a database address.") from error
    if database.get("ENGINE") == "django.db.backends.sqlite3":
        if processes > 1:
            raise ImproperlyConfigured(
                f"PROCESSES is {processes}, and SQLite is for one process: set DATABASE_URL to a PostgreSQL database."
            )
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
                "PRAGMA recursive_triggers=ON;"  # or INSERT OR REPLACE would go past those that forbid DELETE
            ),
        }
        # A file, so that a server started by the tests can serve the very database the test writes to.
        database["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    elif database.get("ENGINE") == "django.db.backends.postgresql":
        # All processes together stay well under the 100 connections that PostgreSQL allows unless told otherwise.
        # Unless it gave up soon, the pool would look ever more seldom for a database that is away, and miss its return.
        pool = {"min_size": 1, "max_size": max(4, min(16, 64 // processes)), "timeout": 8.0, "reconnect_timeout": 8.0}
        database["OPTIONS"] = {"connect_timeout": 5, **database.get("OPTIONS", {}), "pool": pool}
        database |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}  # one that broke is noticed before it is used
    else:
        raise ImproperlyConfigured("DATABASE_URL must name an SQLite or a PostgreSQL database.")
    return database


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise ImproperlyConfigured(f"PORT is {value!r}. It must be a number from 1 to 65535.")
    return int(value)


def _email(url: str) -> dict[str, Any]:
    """How mail is sent; without an address of a mail server it is written to the terminal."""
    try:
        return dict(env.email_url_config(url or "consolemail://"))
    except Exception as error:
        raise ImproperlyConfigured("EMAIL_URL cannot be read as the address of a mail server.") from error


def _mail_from(sends: bool) -> str:
    """Who mails are from."""
    value = os.environ.get("MAIL_FROM", "").strip()
    if sends and not re.fullmatch(r"([^<>@\r\n\",]+ <)?[^\s<>@,]+@[^\s<>@,]+>?", value):
        raise ImproperlyConfigured(
            f"MAIL_FROM is {value!r}. With EMAIL_URL it must be who mails are from: Masterclass <day@example.org>"
        )
    return value or "masterclass@localhost"


def _most_sockets() -> int:
    value = os.environ.get("MOST_SOCKETS") or "10000"
    if not value.isdecimal() or int(value) < 1:
        raise ImproperlyConfigured(f"MOST_SOCKETS is {value!r}. It must be a number from 1.")
    return int(value)


DATA_DIR = _data_dir()
PORT = _port()
MOST_SOCKETS = _most_sockets()
PROCESSES = _processes()
SECRET_KEY = _secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
PUBLIC_URL = _public_url()
HOSTED = bool(PUBLIC_URL)
DESK_FROM_NETWORK = _flag("DESK_FROM_NETWORK")
DEBUG = _flag("DEBUG")
EMAIL_URL = os.environ.get("EMAIL_URL", "").strip()
vars().update(_email(EMAIL_URL))
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = _mail_from(bool(EMAIL_URL))
# Addresses are asked for where nobody on the way reads them, and where a mail goes somewhere.
MAIL_OFFERED = DEBUG or (HOSTED and bool(EMAIL_URL))

# masterclass/front_door.py has checked the Host of every request, socket and page alike, before Django sees it:
# a laptop's address changes with the hall, which a fixed list cannot follow.
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HOSTED else []

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "masterclass",
    "agenda",
    "feedback",
    "sessions.apps.LiveConfig",
]
MIDDLEWARE = [
    "masterclass.away.DatabaseAway",
    "masterclass.unpublished.NotPublishedYet",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "masterclass.urls"
ASGI_APPLICATION = "masterclass.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
DATABASES = {"default": _database(DATA_DIR, PROCESSES)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "agenda.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "agenda:sign_in"
LOGIN_REDIRECT_URL = "agenda:days"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", "masterclass.static.AppFiles"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "masterclass.static.FaceStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "agenda.replies.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 3
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024  # a photo of a sheet; see feedback/picture_head.py
FILE_UPLOAD_HANDLERS = ["agenda.uploads.AgendasInMemory", "feedback.uploads.FilesInMemory"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the plan page sends a dozen for each item, and says itself what is too many
if HOSTED:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Nothing about who asked for which page under /j/ and /w/ may reach a log (docs/data-map.md).
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "CRITICAL"},
        "django.channels.server": {"level": "ERROR"},
        "daphne": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},  # its warnings say at each try what the hub says anyway
    },
}
