"""The internal site: officers, offers, tips, the log's public heads."""

from tipstaff.config.settings.base import *  # noqa: F403  a settings module is a flat list of names
from tipstaff.config.settings.base import ENVIRONMENT, HATCH, OFFICE, TEMPLATES
from tipstaff.footing import database

ALLOWED_HOSTS = ENVIRONMENT.hosts("TIPSTAFF_DESK_HOSTS", default=("localhost",))
DESK_FOLDER = ENVIRONMENT.path("TIPSTAFF_DESK_FOLDER", default=OFFICE / "desk")
SECRET_KEY = ENVIRONMENT.secret("TIPSTAFF_SECRET_KEY", file=DESK_FOLDER / "secret")
SECURE = ENVIRONMENT.flag("TIPSTAFF_HTTPS", default=False)
DEMO = ENVIRONMENT.flag("TIPSTAFF_DEMO", default=False)
# The unlocked keys are forgotten when no officer has used them for so long.
KEYS_IDLE_SECONDS = ENVIRONMENT.seconds("TIPSTAFF_KEYS_IDLE_SECONDS", default=60 * 60)

DATABASES = {
    "default": database.from_url(
        ENVIRONMENT.url("DATABASE_URL", default=f"sqlite:///{OFFICE / 'data' / 'desk.sqlite3'}")
    ),
    "hatch": HATCH,
}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "tipstaff.footing",
    "tipstaff.audit",
    "tipstaff.people",
    "tipstaff.hatch",
    "tipstaff.custody",
    "tipstaff.rulebook",
    "tipstaff.ledger",
    "tipstaff.vault",
    "tipstaff.outbox",
    "tipstaff.offers",
    "tipstaff.tips",
    "tipstaff.cases",
    "tipstaff.awards",
    "tipstaff.logbook",
    "tipstaff.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "tipstaff.footing.headers.DeskHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tipstaff.people.middleware.SignedIn",
]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "tipstaff.desk.navigation.shell",
]
ROOT_URLCONF = "tipstaff.config.urls_desk"
WSGI_APPLICATION = "tipstaff.config.wsgi_desk.application"

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tipstaff.people.passwords.NotTooLong"},
]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tipstaff.people.adapters.ClosedAccounts"
MFA_ADAPTER = "tipstaff.people.adapters.SealedFactors"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords count per browser and name (people.known_devices); nothing counts per address, which an office shares.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/10m/key"}
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_FORMS = {
    "authenticate": "tipstaff.people.factors.SignInForm",
    "reauthenticate": "tipstaff.people.factors.ConfirmForm",
    "activate_totp": "tipstaff.people.factors.EnrolForm",
}
# The code before and the code after are accepted too, for clocks that differ; each is spent by its first use.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Signed out after half an hour without a request.
DESK_IDLE_SECONDS = ENVIRONMENT.seconds("TIPSTAFF_IDLE_SECONDS", default=30 * 60)
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey needs HTTPS, or localhost; browsers themselves refuse every other host without it.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Tipstaff"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_sign_in_limits",
        # Far above what guessing can fill in the ten minutes that count: culling would forget other names' limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_COOKIE_NAME = "__Host-desk" if SECURE else "desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_NAME = "__Host-desk-form" if SECURE else "desk-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tipstaff.desk.errors.forged"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Django's forgery check on HTTPS compares origins, so the desk sends its own pages one; the door never does.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
LANGUAGE_COOKIE_NAME = "__Host-desk-language" if SECURE else "desk-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = SECURE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"discreet": {"()": "tipstaff.footing.logging.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
