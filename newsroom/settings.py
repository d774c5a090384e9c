"""The settings, read from the environment; README.md "Operator" lists the variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from newsroom.database import database, sqlite_address
from newsroom.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment(os.environ)

# Safety

DEBUG = env.flag("DEBUG", "0", "Shows errors with their details; for developers only.")

SECRET_KEY = env.text("SECRET_KEY", "", "Signs sessions and links; long, random and kept secret. Needed unless DEBUG.")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set: give a long random text that stays the same.")
    SECRET_KEY = "for-development-only-" + "x" * 40

SITE_URL = env.address("SITE_URL", "http://localhost:8000", "The site's public address, used in feeds, links and mail.")
SITE_NAME = env.text("SITE_NAME", "Newsroom", "The name in the masthead, page titles and feeds.")

site_host = str(urlsplit(SITE_URL).hostname)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "", "Other host names that the site answers to, with commas.")
ALLOWED_HOSTS += [site_host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Application

INSTALLED_APPS = [
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

STATEMENT_TIMEOUT = env.number(
    "STATEMENT_TIMEOUT",
    "15",
    "Seconds after which PostgreSQL gives up a query; 0 for never, as for a long migration.",
)
database_url = env.text(
    "DATABASE_URL",
    sqlite_address(BASE_DIR / "newsroom.sqlite3"),
    "Where stories are kept: sqlite:////path or postgresql://user:password@host/name.",
)
try:
    DATABASES = {"default": database(database_url, statement_timeout=STATEMENT_TIMEOUT)}
except ValueError as error:  # the address holds a password, so the message does not repeat it
    raise ImproperlyConfigured(f"DATABASE_URL cannot be used: {error}") from None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# Languages and time

language_codes = env.words("LANGUAGES", "en,fr", "Languages of the site; the first has no prefix in its addresses.")
for code in language_codes:
    if "name_local" not in LANG_INFO.get(code, {}):
        raise ImproperlyConfigured(f"LANGUAGES names {code!r}: Django knows no such language.")
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in language_codes]
LANGUAGE_CODE = language_codes[0]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True

TIME_ZONE = env.text("TIME_ZONE", "Africa/Lagos", "The newsroom's time zone; it decides the dates in addresses.")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is {TIME_ZONE!r}: it must be a name such as Africa/Lagos.")
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"), "Where collectstatic puts style and script."))

MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media"), "Where pictures are kept; back this folder up."))
MEDIA_URL = env.text("MEDIA_URL", "/media/", "Where browsers get pictures; may be an absolute address, as of a CDN.")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
