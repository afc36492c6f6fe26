"""The settings of claimtrack. Those that differ between desks are environment variables. A bad value stops the start.

Each variable can also name a file that holds the value, for example CLAIMTRACK_SECRET_KEY_FILE.

Without DATABASE_URL, claimtrack runs its own PostgreSQL under the var folder, for the demo, development and tests.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from environs import ValidationError, validate

from claimtrack import __version__, environment, logs
from claimtrack.api.enums import ENUM_NAMES
from claimtrack.databases import databases, replicas_of
from claimtrack.signing_in.settings import *

BASE_DIR = Path(__file__).resolve().parent.parent
# An installed package must not write beside its code.
HOME = BASE_DIR if (BASE_DIR / "manage.py").exists() else Path.cwd()

# The languages of the program, by their own names. The public pages have addresses in each (claims.pages.urls).
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]

env = environment.Environment(strip_whitespace=True)
with environment.explained(), env.prefixed("CLAIMTRACK_"):
    VAR_DIR = env.path("VAR_DIR", default=HOME / "var").resolve()
    DEBUG = env.bool("DEBUG", default=False)
    ALLOWED_HOSTS = env.list(
        "ALLOWED_HOSTS", default=[], subcast=environment.item, validate=environment.each(environment.host)
    )
    CLAIMTRACK_SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000", validate=environment.origin)
    # Where readers find a claim, if the desk has a site of its own; else at this site's page.
    CLAIMTRACK_CLAIM_URL = env.str("CLAIM_URL", default="", validate=environment.claim_url)
    CLAIMTRACK_DESK_NAME = env.str("DESK_NAME", default="The desk", validate=environment.desk_name)
    CLAIMTRACK_REQUIRE_APPROVAL = env.bool("REQUIRE_APPROVAL", default=False)
    CLAIMTRACK_PUBLIC_TEXT = env.bool("PUBLIC_TEXT", default=False)
    CLAIMTRACK_ANONYMOUS_READ = env.bool("ANONYMOUS_READ", default=True)
    CLAIMTRACK_DATA_LICENSE = env.str("DATA_LICENSE", default="CC-BY-4.0", validate=environment.data_license)
    # Requests a minute, 0 for no limit. Anonymous requests have no limit by default: without TRUSTED_PROXIES, all readers
    # behind a proxy would share one.
    CLAIMTRACK_THROTTLE_ANON = env.int("THROTTLE_ANON", default=0, validate=validate.Range(min=0))
    CLAIMTRACK_THROTTLE_TOKEN = env.int("THROTTLE_TOKEN", default=6_000, validate=validate.Range(min=0))
    CLAIMTRACK_THROTTLE_WRITE = env.int("THROTTLE_WRITE", default=600, validate=validate.Range(min=0))
    CLAIMTRACK_TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[], subcast=environment.network)
    # Seconds for which a shared cache may answer without asking. With 0 it revalidates each time.
    CLAIMTRACK_CACHE_SECONDS = env.int("CACHE_SECONDS", default=0, validate=validate.Range(0, 31_536_000))
    # Seconds, 0 for no limit.
    CLAIMTRACK_STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", default=30, validate=validate.Range(0, 86_400))
    # Seconds. A replica that is further behind the primary is not read (claimtrack.db.replicas).
    CLAIMTRACK_REPLICA_LAG = env.int("REPLICA_LAG", default=10, validate=validate.Range(1, 86_400))
    CLAIMTRACK_DEFAULT_LANGUAGE = env.str("DEFAULT_LANGUAGE", default="en", validate=environment.default_language)
    # The language and the time zone of the desk's pages and of the public pages (claimtrack.languages).
    CLAIMTRACK_LANGUAGE = env.str("LANGUAGE", default="en", validate=validate.OneOf([code for code, _ in LANGUAGES]))
    CLAIMTRACK_TIME_ZONE = env.str("TIME_ZONE", default="UTC", validate=environment.time_zone)
    # Signing in to the desk (claimtrack.signing_in).
    CLAIMTRACK_REQUIRE_MFA = env.bool("REQUIRE_MFA", default=False)
    CLAIMTRACK_OIDC_ISSUER = env.str("OIDC_ISSUER", default="", validate=environment.issuer)
    CLAIMTRACK_OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
    CLAIMTRACK_OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
    CLAIMTRACK_OIDC_NAME = env.str("OIDC_NAME", default="single sign-on", validate=environment.oidc_name)
    CLAIMTRACK_OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups", validate=environment.claim_name)
    CLAIMTRACK_OIDC_ROLES = env.json("OIDC_ROLES", default={}, validate=environment.roles)
    CLAIMTRACK_OIDC_JOIN_BY_EMAIL = env.bool("OIDC_JOIN_BY_EMAIL", default=False)
    _mail = env.str("EMAIL_URL", default="", validate=environment.email_settings)
    DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="", validate=environment.email_from)
    # Hours until articles are read again, from one time to the next, and seconds between two requests to one host.
    CLAIMTRACK_REREAD = env.list(
        "REREAD", default=[6.0, 24.0, 72.0, 168.0, 720.0], subcast=float, validate=environment.hours
    )
    CLAIMTRACK_REREAD_DELAY = env.float("REREAD_DELAY", default=10, validate=validate.Range(0, 86_400))
    CLAIMTRACK_THREADS = env.int("THREADS", default=8, validate=validate.Range(2, 1_000))  # for each worker of gunicorn
    # How many of the threads may send an export at the same time. The others are left for other requests.
    CLAIMTRACK_EXPORTS = env.int(
        "EXPORTS", default=CLAIMTRACK_THREADS // 2, validate=validate.Range(min=1, max=CLAIMTRACK_THREADS - 1)
    )
    CLAIMTRACK_REQUEST_LOG = env.bool("REQUEST_LOG", default=True)
    CLAIMTRACK_METRICS = environment.socket_address(env.str("METRICS", default="", validate=environment.socket_address))
    CLAIMTRACK_LOG_WITNESSES = env.list(  # their public keys, name+id+key
        "LOG_WITNESSES", default=[], subcast=environment.item, validate=environment.each(environment.public_key)
    )
    CLAIMTRACK_TIMESTAMP_URL = env.str(
        "TIMESTAMP_URL", default="", validate=environment.address("https://stamps.example/tsa")
    )
    CLAIMTRACK_TIMESTAMP_ROOTS = environment.optional_path(
        env.str("TIMESTAMP_ROOTS", default="", validate=environment.certificates)
    )
    # The token with which `manage.py mcp` reads on standard input. Over HTTP, each client sends its own.
    CLAIMTRACK_MCP_TOKEN = env.str("MCP_TOKEN", default="")
with environment.explained():
    CLAIMTRACK_WORKERS = env.int("WEB_CONCURRENCY", default=1, validate=validate.Range(1, 1_000))
    # The proxies whose X-Forwarded-Proto is believed.
    FORWARDED_ALLOW_IPS = env.list(
        "FORWARDED_ALLOW_IPS", default=["127.0.0.1", "::1"], subcast=environment.network_or_any
    )

    EMBEDDED = not {"DATABASE_URL", "DATABASE_URL_FILE"} & os.environ.keys()
    DEVELOPMENT = DEBUG or EMBEDDED
    # Two test runs at the same time in one checkout must not share a database.
    DATABASES = databases(env, VAR_DIR / "postgres" if EMBEDDED else None, test_name=f"test_{os.getpid()}")

    if DEVELOPMENT:
        SECRET_KEY = env.str("CLAIMTRACK_SECRET_KEY", default="") or environment.stored_secret(VAR_DIR / "secret_key")
        ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
        SECRET_KEY_FALLBACKS = env.list("CLAIMTRACK_SECRET_KEY_FALLBACKS", default=[], subcast=environment.item)
        # The demo makes the file.
        CLAIMTRACK_LOG_KEY = environment.optional_path(
            env.str("CLAIMTRACK_LOG_KEY", default=str(VAR_DIR / "log_key.pem"))
        )
    else:
        SECRET_KEY = env.str("CLAIMTRACK_SECRET_KEY", validate=environment.secret)
        SECRET_KEY_FALLBACKS = env.list(
            "CLAIMTRACK_SECRET_KEY_FALLBACKS",
            default=[],
            subcast=environment.item,
            validate=environment.each(environment.secret),
        )
        CLAIMTRACK_LOG_KEY = environment.optional_path(
            env.str("CLAIMTRACK_LOG_KEY", default="", validate=environment.signing_key)
        )
    if CLAIMTRACK_OIDC_ISSUER and not (CLAIMTRACK_OIDC_CLIENT_ID and CLAIMTRACK_OIDC_ROLES):
        raise ValidationError(
            "CLAIMTRACK_OIDC_ISSUER needs CLAIMTRACK_OIDC_CLIENT_ID and CLAIMTRACK_OIDC_ROLES beside it."
        )

_site = urlsplit(CLAIMTRACK_SITE_URL)
ALLOWED_HOSTS += [re.sub(r":[0-9]+\Z", "", _site.netloc)]
CSRF_TRUSTED_ORIGINS = [CLAIMTRACK_SITE_URL]
CSRF_FAILURE_VIEW = "claimtrack.csrf.failure"

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "claimtrack.apps.ClaimtrackConfig",
    "allauth",
    "allauth.account",
    "claimtrack.apps.SecondFactorsConfig",
    "claimtrack.apps.SingleSignOnConfig",
    "allauth.socialaccount.providers.openid_connect",
    "sources",
    "claims",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "corsheaders",
    "claimtrack.signing_in",
]

MIDDLEWARE = [
    "claimtrack.middleware.RequestLog",
    "claimtrack.middleware.HealthChecks",
    "django.middleware.security.SecurityMiddleware",
    "claimtrack.middleware.CrossOriginReads",
    "claimtrack.middleware.RateLimitHeaders",
    "claimtrack.middleware.CacheHeaders",
    "claimtrack.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claimtrack.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "claimtrack.middleware.Authentication",
    "claimtrack.middleware.DeskLanguage",
    "claimtrack.middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "claimtrack.middleware.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
]
if replicas_of(DATABASES):
    MIDDLEWARE += ["claimtrack.api.replicas.ReadReplicas"]

ROOT_URLCONF = "claimtrack.urls"
WSGI_APPLICATION = "claimtrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claimtrack.signing_in.context.desk",
            ],
        },
    },
]

AUTH_USER_MODEL = "claimtrack.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
MFA_TOTP_ISSUER = f"claimtrack {_site.hostname}"
# Over plain http, browsers offer passkeys on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _site.scheme == "http"

# In development, e-mail is printed. In production, that would put links to reset passwords into the log.
if DEVELOPMENT and not _mail:
    _mail = "console://"
CLAIMTRACK_SENDS_EMAIL = bool(_mail)
vars().update(environment.email_settings(_mail))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or f"claimtrack@{_site.hostname}"

# The language of the API, commands and the log. Pages choose their own (claimtrack.languages).
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["claimtrack.formats"]
LOCALE_PATHS = [BASE_DIR / "claimtrack" / "locale"]  # one catalogue for all apps

STATIC_URL = "/static/"
if DEVELOPMENT:
    # Serve files from the apps, so that the demo needs no collectstatic.
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
else:
    STATIC_ROOT = VAR_DIR / "static"
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
# Pages of any origin may read what is public. They send no cookies, and no token, since Authorization is not an allowed header.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api|annotations|feeds|log|v1alpha1)/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"]
# The size of a form without its files. The longest text of an article (2 million code points) has at most 8 MB; nginx accepts 12 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 << 20
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Over plain http, as in the demo, nobody could sign in with secure cookies. Behind a proxy that terminates TLS, gunicorn reads
# X-Forwarded-Proto (FORWARDED_ALLOW_IPS).
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _site.scheme == "https"
SECURE_HSTS_SECONDS = 31_536_000 if _site.scheme == "https" else 0
# The owner of the domain decides about subdomains and preload lists, not one site on it.
# models.W045: full_clean() cannot check the constraint of Snapshot on normalised text. No form edits snapshots.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "models.W045"]

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["claimtrack.api.renderers.Representation"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "claimtrack.api.renderers.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["claimtrack.api.parsers.BoundedJson"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claimtrack.api.authentication.BearerToken",
        "claimtrack.api.authentication.DeskSession",
    ],
    # For single rows, visible_to() decides: what a user may not see is answered with 404.
    "DEFAULT_PERMISSION_CLASSES": ["claimtrack.api.permissions.IsAuthenticatedOrMayRead"],
    "DEFAULT_THROTTLE_CLASSES": ["claimtrack.api.throttling.LedgerThrottle"],
    "DEFAULT_FILTER_BACKENDS": ["claimtrack.api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "claimtrack.api.pagination.KeysetPagination",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "claimtrack.api.exceptions.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",  # in UTC, with microseconds, as PostgreSQL stores them
    # Formats are chosen by Accept, and an unknown query parameter is refused.
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "claimtrack",
    "DESCRIPTION": "The ledger of a fact-check desk: every claim, who said it, exactly where, and every verdict given on it.",
    "VERSION": __version__,
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": CLAIMTRACK_SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATION_PARAMETERS": False,
    "PREPROCESSING_HOOKS": ["claimtrack.api.schema.of_the_api"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        # After the hook above, which drops components that nothing refers to yet.
        "claims.formats.schema.describe",
        "claimtrack.api.schema.describe_lists",
        "claimtrack.api.schema.describe_writes",
        "claimtrack.api.problems.describe",
        "claims.api.problems.describe",
        "claimtrack.api.schema.describe_operations",
    ],
    "COMPONENT_SPLIT_PATCH": False,  # a PATCH has a form of its own, in which nothing is required
    "ENUM_SUFFIX": "",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = logs.logging_config(as_json=not DEVELOPMENT, requests=CLAIMTRACK_REQUEST_LOG)
logs.configure()
