"""
Settings of Django, all from the environment; what has no default is asked for by name.

``DATABASE_URL``        postgresql://…; without it, the embedded PostgreSQL below ``TIAOLI_VAR``
``TIAOLI_VAR``          where data, files and secrets of this house lie (default ``var``)
``TIAOLI_ASSETS``       what pages need from others (default ``assets`` below ``TIAOLI_VAR``)
``TIAOLI_PUBLIC_URL``   the address that certificates and mails show
``TIAOLI_DEBUG``        1 for development; secrets are then made and kept below ``TIAOLI_VAR``
``TIAOLI_SECRET_KEY``, ``TIAOLI_ID_KEYS``, ``TIAOLI_INDEX_KEY``   secrets (see ``secrets``)
``TIAOLI_TODAY``        a fixed day, ISO; for demonstrations and tests
``TIAOLI_MAIL``         smtp://user:password@host:587; without it mails go to the console
``TIAOLI_SECOND_FACTOR``  1: seats with power need a second factor (default, but in development)
``TIAOLI_PROXIES``      how many proxies stand before us, for limits by address (default 0)
``TIAOLI_S3``           s3 bucket for files; without it, a folder below ``TIAOLI_VAR``
``TIAOLI_FILE_MB``      megabytes that an uploaded file may have (default 20)
``TIAOLI_ACCEL``        internal address of a web server in front that sends files (``/files/``)
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from tiaoli.platform import database, secrets
from tiaoli.platform.mail import mail_settings

_HERE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("TIAOLI_VAR", "var")).resolve()

DEBUG = os.environ.get("TIAOLI_DEBUG") == "1"
_SECRETS = secrets.read(os.environ, VAR, make=DEBUG)
SECRET_KEY = _SECRETS.secret_key
TIAOLI_ID_KEYS = _SECRETS.id_keys
TIAOLI_INDEX_KEY = _SECRETS.index_key

PUBLIC_URL = os.environ.get("TIAOLI_PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("TIAOLI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

_fixed = os.environ.get("TIAOLI_TODAY")
TIAOLI_TODAY = datetime.date.fromisoformat(_fixed) if _fixed else None

DATABASES = {"default": database.settings_for(os.environ.get("DATABASE_URL"), VAR)}
CACHES = {"default": {"BACKEND": "tiaoli.platform.people.remembered.Remembered"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "tiaoli.platform.web",  # first: its templates stand before those of others
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "tiaoli.platform.audit",
    "tiaoli.platform.people",
    "tiaoli.platform.portfolio",
    "tiaoli.platform.fees",
    "tiaoli.platform.certificates",
    "tiaoli.platform.applications",
    "tiaoli.platform.reviews",
    "tiaoli.platform.reminders",
    "tiaoli.platform.world",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tiaoli.platform.web.sending.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tiaoli.platform.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tiaoli.platform.web.acting.ActingMiddleware",
    "tiaoli.platform.web.people.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "tiaoli.platform.urls"
ASGI_APPLICATION = "tiaoli.platform.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "tiaoli.platform.web.templatetags.words",
                "tiaoli.platform.web.templatetags.fields",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tiaoli.platform.web.context.everywhere",
            ],
            "string_if_invalid": "",
        },
    }
]

# Accounts

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "tiaoli.platform.web.people.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # five wrong passwords lock an address for five minutes
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TIAOLI_PROXIES", "0"))
TIAOLI_SECOND_FACTOR = os.environ.get("TIAOLI_SECOND_FACTOR", "0" if DEBUG else "1") == "1"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tiaoli"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Languages and days

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Taipei"
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
_ASSETS = Path(os.environ.get("TIAOLI_ASSETS", VAR / "assets")).resolve()
STATICFILES_DIRS = [("vendor", _ASSETS)] if _ASSETS.is_dir() else []
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
_BUCKET = os.environ.get("TIAOLI_S3")
STORAGES = {
    "default": (
        {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": _BUCKET}}
        if _BUCKET
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": VAR / "files"},
        }
    ),
    "staticfiles": {"BACKEND": _PLAIN_STATIC if DEBUG else _STATIC},
}
TIAOLI_FILE_LIMIT = int(os.environ.get("TIAOLI_FILE_MB", "20")) * 1024 * 1024
TIAOLI_ACCEL = os.environ.get("TIAOLI_ACCEL", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Guard

_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# Mail, tasks, trail

locals().update(mail_settings(os.environ.get("TIAOLI_MAIL")))
PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_ON_APP_READY = "tiaoli.platform.reminders.tasks.ready"
