"""Settings shared by every environment. Values that differ per machine come from `env` (see docs/operations.md)."""

from pathlib import Path

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue
from structlog.typing import Processor

from temp_portal.core.countries import COUNTRIES_OVERRIDE as COUNTRIES_OVERRIDE
from temp_portal.core.embedded.layout import Layout
from temp_portal.settings import schedule, services
from temp_portal.settings.env import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SERVERS = Layout(VAR_DIR)
EMBEDDED_SERVERS = services.embedded(SERVERS)

SECRET_KEY = services.secret_key(VAR_DIR / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "modeltranslation",
    "temp_portal.accounts.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_countries",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "drf_spectacular",
    "health_check",
    "knox",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "temp_portal.core",
    "temp_portal.audit",
    "temp_portal.accounts",
    "temp_portal.saved_views",
    "temp_portal.jobs",
    "temp_portal.imports",
    "temp_portal.notifications",
    "temp_portal.documents",
    "temp_portal.reports",
    "members",
    "members.privacy",
    "committees",
    "projects",
    "projects.progress",
    "projects.risks",
    "projects.handover",
    "projects.introductions",
    "projects.matching",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "temp_portal.urls"
WSGI_APPLICATION = "temp_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "temp_portal.notifications.context_processors.inbox",
                "temp_portal.accounts.context_processors.navigation",
                "members.context_processors.acting",
            ],
        },
    },
]

# Data

DATABASES = services.databases(SERVERS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = services.redis(SERVERS)
CACHES = services.caches(SERVERS)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Sign-in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code rather than a link: it works when the letter is read on another device, and it allows accounts by passkey.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "temp_portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "temp_portal.accounts.forms.SignupForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "temp_portal.accounts.forms.AddKeyForm",
    "signup_webauthn": "temp_portal.accounts.forms.FirstKeyForm",
    "edit_webauthn": "temp_portal.accounts.forms.RenameKeyForm",
}
MFA_TOTP_ISSUER = "SCO TEMP"

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["temp_portal.core.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "zh-hans", "ru")
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("en", "zh-hans", "ru"),
    "zh-hans": ("zh-hans", "en", "ru"),
    "ru": ("ru", "en", "zh-hans"),
}
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
# Whose working days run the portal's clocks.
PORTAL_COUNTRY = env.str("PORTAL_COUNTRY", default="CN")
# By which identifier the portal's organisation is known to IATI; activities are numbered under it.
IATI_REPORTING_ORG = env.str("IATI_REPORTING_ORG", default="CN-SCOTEMP")

# Assets and files

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_PACKAGES = [
    ("vendor/tabler/css", NODE_MODULES / "@tabler/core/dist/css", ["tabler.min.css", "tabler.min.css.map"]),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist", ["htmx.min.js"]),
    (
        "vendor/tom-select/js",
        NODE_MODULES / "tom-select/dist/js",
        ["tom-select.complete.min.js", "tom-select.complete.min.js.map"],
    ),
    ("vendor/chart", NODE_MODULES / "chart.js/dist", ["chart.umd.min.js", "chart.umd.min.js.map"]),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "temp_portal.core.assets.PackageFinder",
]
STORAGES = {
    "default": services.storage(VAR_DIR / "files"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Documents: room for each owner, uploads of one person, and the virus scanner ("" checks by content alone).
DOCUMENTS_QUOTA_MB = env.int("DOCUMENTS_QUOTA_MB", default=500, minimum=1)
DOCUMENTS_PER_HOUR = env.int("DOCUMENTS_PER_HOUR", default=120, minimum=1)
CLAMAV_URL = services.scanner()

# Mail. A page that shows every mail, sign-up links included, is for one's own machine alone (settings/dev.py).

MAILBOX_PAGE = False
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SCO TEMP <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
vars().update(services.email())

# Background work. A frozen broker must not hang a request: publishing is bounded (docs/decisions).

CELERY_BROKER_URL = services.broker(SERVERS)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue("default"), Queue("notices"), Queue("jobs")]
CELERY_TASK_ROUTES = {
    "temp_portal.notifications.*": {"queue": "notices"},
    "temp_portal.jobs.tasks.run": {"queue": "jobs"},
}
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "visibility_timeout": 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}

# Seconds without a sign of life after which a job is taken out of its worker's hands; days its files are kept.
JOBS_LEASE_SECONDS = env.int("JOBS_LEASE_SECONDS", default=60, minimum=2)
JOBS_FILES_DAYS = env.int("JOBS_FILES_DAYS", default=30, minimum=1)

CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.wakings(JOBS_LEASE_SECONDS)

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}
# How many proxies in front add to X-Forwarded-For: rate limits by address believe no more of it. Behind none, nothing.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Interface and API

FILTERS_EMPTY_CHOICE_LABEL = _("any")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["temp_portal.core.api.filters.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "temp_portal.core.api.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "600/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "EXCEPTION_HANDLER": "temp_portal.core.api.problem_details",
    "PAGE_SIZE": 50,
}
REST_KNOX = {"TOKEN_PREFIX": "temp_", "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "SCO TEMP portal",
    "DESCRIPTION": "Working committees, their seats, applications, projects and quarterly reports.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
}

PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

_renderer = structlog.dev.ConsoleRenderer() if DEBUG else structlog.processors.JSONRenderer(ensure_ascii=False)
_shared_processors: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*_shared_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": _renderer,
            "foreign_pre_chain": _shared_processors,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
