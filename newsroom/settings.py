"""The settings, read from the environment; docs/settings.md lists the variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from newsroom.accounts.settings import *  # noqa: F403
from newsroom.database import database
from newsroom.environment import Environment
from newsroom.logs import logging_config
from newsroom.middleware import MIDDLEWARE as MIDDLEWARE
from newsroom.policies import public_policy
from newsroom.redaction import redact_tracebacks
from newsroom.secret_keys import KEY_HINT, as_secret_key
from newsroom.shared_cache import shared_cache
from newsroom.template_engines import template_engines

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment(os.environ)
redact_tracebacks()

# Safety

DEBUG = env.flag("DEBUG", "0", "Shows errors with their details; for developers only.")

SECRET_KEY = env.secret(
    "SECRET_KEY",
    "",
    "Signs sessions and links: 50 random characters or more, kept secret; one with a pattern is refused. "
    "Needed unless DEBUG.",
    as_secret_key,
)
if not SECRET_KEY and not DEBUG:
    raise ImproperlyConfigured(f"SECRET_KEY is not set: {KEY_HINT}; it has to stay the same. Developers set DEBUG=1.")
if not SECRET_KEY:
    SECRET_KEY = "for-development-only-" + "x" * 40

SITE_URL = env.address("SITE_URL", "http://localhost:8000", "The site's public address, used in feeds, links and mail.")
SITE_NAME = env.text("SITE_NAME", "Newsroom", "The name in the masthead, page titles and feeds.")

site_host = str(urlsplit(SITE_URL).hostname)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "", "Other host names that the site answers to, with commas.")
ALLOWED_HOSTS += [site_host, "localhost", "127.0.0.1", "[::1]"]
DEFAULT_EXCEPTION_REPORTER = "newsroom.redaction.RedactingReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "newsroom.redaction.RedactingFilter"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "articles.admin.csrf_failure.answer_csrf_failure"

# A site with an https address answers nothing unencrypted, nor are its cookies ever sent that way.
encrypted = SITE_URL.startswith("https://")
PROXY_COUNT = env.number(
    "PROXY_COUNT",
    "1" if encrypted else "0",
    "How many proxies of yours a request passes; their X-Forwarded-For and X-Forwarded-Proto are believed.",
    shown="1 with an https SITE_URL, else 0",
)
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = encrypted
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # monitors ask from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if encrypted else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = encrypted
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # sites we link to may see who sent the reader
X_FRAME_OPTIONS = "DENY"

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # this site cannot promise that sub-domains are served with TLS
    "security.W021",  # nor is the preload list
    # These four follow from a SITE_URL without TLS, of which newsroom.W001 warns.
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]

# A story of 20,000 words is about 250 KB; pictures come as files and have caps of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FILES = 50
MAX_REQUEST_SIZE = 100 * 1024 * 1024  # bytes of text and files together

# Application

INSTALLED_APPS = [
    "newsroom",
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
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]
if (BASE_DIR / "demo").is_dir():  # an operator may remove it
    INSTALLED_APPS.append("demo")

ROOT_URLCONF = "newsroom.urls"
FORM_RENDERER = "newsroom.form_rendering.FormRenderer"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = template_engines(BASE_DIR / "templates", debug=DEBUG)

# Database

STATEMENT_TIMEOUT = env.number(
    "STATEMENT_TIMEOUT", "15", "Seconds after which PostgreSQL gives up a query; 0 for never, as for a long migration."
)
READER_STATEMENT_TIMEOUT = env.number(
    "READER_STATEMENT_TIMEOUT",
    "3",
    "The same for a query of a reader's page, which then says that it took too long; 0 for never.",
)
database_url = env.secret(
    "DATABASE_URL",
    "sqlite:///newsroom.sqlite3",
    "Where stories are kept: sqlite:////path or postgresql://user:password@host/name.",
)
try:
    DATABASES = {"default": database(database_url, folder=BASE_DIR)}
except ValueError as error:  # the address holds a password, so the message does not repeat it
    raise ImproperlyConfigured(f"DATABASE_URL cannot be used: it {error}.") from None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in

AUTH_USER_MODEL = "newsroom.User"
REQUIRE_SECOND_FACTOR = env.words(
    "REQUIRE_SECOND_FACTOR",
    "",
    "Roles that need a second factor, with commas, as “Editor,Chief editor”; all for everybody.",
)
AUDIT_DAYS = env.number("AUDIT_DAYS", "730", "Days for which the audit log is kept; 0 for ever.")
OIDC_ISSUER = env.issuer(
    "OIDC_ISSUER",
    "",
    "A provider of OpenID Connect by which people may sign in: its address, as https://login.example.com.",
)
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "", "What the provider calls the newsroom.")
OIDC_CLIENT_SECRET = env.secret("OIDC_CLIENT_SECRET", "", "The secret that the provider gave the newsroom.")
OIDC_NAME = env.text("OIDC_NAME", urlsplit(OIDC_ISSUER).hostname or "", "Its name on the button.", shown="its host")
OIDC_SECOND_FACTOR = env.flag(
    "OIDC_SECOND_FACTOR", "0", "The provider asks for a second factor itself; the desk then asks for none after it."
)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Languages and time

LANGUAGES = env.languages("LANGUAGES", "en,fr", "Languages of the site; the first has no prefix in its addresses.")
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
# Where a language has none of its own.
DATE_FORMAT, TIME_FORMAT, DATETIME_FORMAT, MONTH_DAY_FORMAT = "j F Y", "H:i", "j F Y, H:i", "j F"

TIME_ZONE = env.time_zone("TIME_ZONE", "Africa/Lagos", "The newsroom's time zone; it decides the dates in addresses.")

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "newsroom.joined_scripts.JoinedScriptFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = Path(
    env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"), "Where collectstatic puts styles and scripts.")
)

MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT", "media", "Where pictures are kept; `manage.py backup` takes them along.")
MEDIA_URL = env.prefix("MEDIA_URL", "/media/", "Where browsers get pictures; may be an absolute address, as of a CDN.")

SECURE_CSP = public_policy(MEDIA_URL)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]  # source maps take long

# What all processes share: counts of failed sign-ins, look-alike tags. Readers' pages have a cache of their own, below.

REDIS_URL = env.secret(
    "REDIS_URL", "", "Redis that counts failed sign-ins for all processes; without it, the database does."
)
CACHES = {"default": shared_cache(REDIS_URL)}

# Page cache

PAGE_CACHE_MEGABYTES = env.number(
    "PAGE_CACHE_MEGABYTES", "100", "Memory that each process may fill with ready pages; 0 holds none."
)

# Mail

EMAIL_HOST = env.text("EMAIL_HOST", "", "The mail server; without one, mail is written to the log.")
EMAIL_PORT = env.number("EMAIL_PORT", "587", "Its port.")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "", "The user name there.")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "", "The password there, of four characters or more.")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", "1", "Encrypts mail on its way to that server.")
EMAIL_TIMEOUT = 10  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", f"newsroom@{site_host}", "The sender of mail.", shown="newsroom@ SITE_URL's host"
)
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ADMINS = [(address, address) for address in env.words("ADMINS", "", "Who gets a mail when a page fails, with commas.")]

# Webhooks

WEBHOOK_PRIVATE_ADDRESSES = env.flag(
    "WEBHOOK_PRIVATE_ADDRESSES",
    "0",
    "Lets webhooks lead to addresses inside your network, and unencrypted ones, as of a Mattermost of your own.",
)

# Log

LOG_LEVEL = env.choice(
    "LOG_LEVEL", "INFO", "How much goes to the log.", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = logging_config(LOG_LEVEL)
