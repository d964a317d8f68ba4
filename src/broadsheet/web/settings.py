"""Django's settings. The site's folder comes from BROADSHEET_SITE; everything else from its Configuration."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

from . import configuration
from .links import OURS
from .seeing.logs import JsonFormatter, LineFormatter

SITE_FOLDER = Path(os.environ.get("BROADSHEET_SITE", "site"))
CONFIGURATION = configuration.read(SITE_FOLDER, os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = CONFIGURATION.secret_key
DEBUG = False
ALLOWED_HOSTS = ["*"]  # links are built from the site's address, never from the Host header
USE_X_FORWARDED_HOST = False

INSTALLED_APPS = [
    "broadsheet.web.apps.WebConfig",
    "broadsheet.importers",
    "broadsheet.exporters",
    "broadsheet.akismet",
    "broadsheet.newsletter",  # before the newsroom, whose templates it fills
    "broadsheet.newsroom",
    "broadsheet.comments",
    "broadsheet.learning",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "broadsheet.press",  # last: it listens to the others, redirects of moved pages are made before it hears
]

MIDDLEWARE = [
    "broadsheet.web.middleware.naming_the_route",
    "broadsheet.press.middleware.print_before_answering",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "broadsheet.web.middleware.in_the_papers_language",
    "broadsheet.web.middleware.NothingIsWrittenWhileMoving",
    "broadsheet.web.middleware.nothing_stands_at_unwritable_addresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "broadsheet.comments.offices.Entering",
    "django.contrib.messages.middleware.MessageMiddleware",
    "broadsheet.newsroom.middleware.HindrancesAreSaid",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "broadsheet.press.middleware.saying_what_is_gone",
    "broadsheet.importers.middleware.old_addresses",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# `broadsheet spam-service` serves other sites' questions and the editor, but no newspaper.
SPAM_SERVICE_ALONE = os.environ.get("BROADSHEET_SPAM_SERVICE_ALONE") == "1"
if SPAM_SERVICE_ALONE:
    MIDDLEWARE.insert(0, "broadsheet.web.middleware.without_a_newspaper")

ROOT_URLCONF = "broadsheet.web.urls"
WSGI_APPLICATION = "broadsheet.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CONFIGURATION.folder / "templates"],  # an owner's own templates come first
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(CONFIGURATION.database_url, conn_max_age=600)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # what the address says wins
    _given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["ENGINE"] = (
        "broadsheet.web.postgresql"  # Django's, but for several servers
    )
    DATABASES["default"]["OPTIONS"] = {"application_name": "broadsheet", **OURS, **_given}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after a standby took over, no request fails
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: a write transaction takes its lock at the start and waits for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=NORMAL;"  # a power cut may cost the last commits, never the file's integrity
            "PRAGMA mmap_size=134217728;"
            "PRAGMA cache_size=-16000;"
            "PRAGMA secure_delete=ON;"  # what readers had erased is overwritten, not only marked as free
        ),
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "broadsheet.web.formats"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.folder / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "broadsheet.newsroom.stylesheet.StylesheetFinder",
]
# Hashed names once `prepare` has gathered the files; plain ones in tests and checks.
_GATHERED = (STATIC_ROOT / "staticfiles.json").exists() or os.environ.get(
    "BROADSHEET_GATHER_STATIC"
)


def _media_storage(place: str) -> dict[str, Any]:
    """Photos and documents: in the site's folder, or in a store that it mirrors."""
    if not place:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    from botocore.config import Config  # noqa: PLC0415, an extra

    parts = urlsplit(place)
    bucket = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "file_overwrite": True,  # the mirror has chosen a name that is free
        "default_acl": None,
        # a store that stalls holds nobody up for long (stalling.py)
        "client_config": Config(
            connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2}
        ),
    }
    remote = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": bucket}
    return {"BACKEND": "broadsheet.web.mirror.Mirror", "OPTIONS": {"remote": remote}}


STORAGES = {
    "default": _media_storage(CONFIGURATION.media_to),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if _GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = CONFIGURATION.media
MODEL_ROOT = CONFIGURATION.folder / "model"  # where earlier versions kept the spam filter
AKISMET_JOURNAL = CONFIGURATION.folder / "journal"  # answered checks on their way to the database

WAGTAIL_SITE_NAME = "Broadsheet"
# the address in links of mail and feeds: what the operator set, or where `serve` listens
PUBLIC_ADDRESS = CONFIGURATION.address or os.environ.get(
    "BROADSHEET_LOCAL_ADDRESS", f"http://{CONFIGURATION.host}:{CONFIGURATION.port}"
)
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.newsroom.forms.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# at these a photo is half as heavy as at the default, and looks the same beside it
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 70
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"),
    *("m4a", "mp3", "mp4", "ogg", "webm"),
]
WAGTAILEMBEDS_FINDERS: list[str] = []  # nothing is asked of a third party when a page is made
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILFRONTENDCACHE = CONFIGURATION.cdn.back_ends()
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAIL_PASSWORD_RESET_ENABLED = bool(CONFIGURATION.email_url)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.address.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o644
SILENCED_SYSTEM_CHECKS = [
    "wagtailembeds.W001",
    "security.W004",  # Strict-Transport-Security and
    "security.W008",  # the way from http to https are the proxy's, which speaks TLS
    *("security.W012", "security.W016"),  # our own checks say it with a way out
]

_mail = urlsplit(CONFIGURATION.email_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if CONFIGURATION.email_url
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIGURATION.email_from or "newsroom@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": LineFormatter, "personal_data": CONFIGURATION.log_personal_data},
        "json": {"()": JsonFormatter, "personal_data": CONFIGURATION.log_personal_data},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": CONFIGURATION.log_format,
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "broadsheet": {"level": "INFO"},
        "broadsheet.requests": {
            "level": "INFO" if CONFIGURATION.log_format == "json" else "WARNING"
        },
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
