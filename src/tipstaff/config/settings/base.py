"""What both sites share. Nothing here is a secret, and nothing nonsensical gets past `Environment`."""

import os
from pathlib import Path
from typing import Any

from tipstaff.footing import database
from tipstaff.footing.environment import Environment
from tipstaff.footing.headers import static_headers

ENVIRONMENT = Environment(os.environ)
PACKAGE = Path(__file__).resolve().parents[2]

# The folder that `tipstaff init` made: `door/` and `desk/` hold keys, `data/` the databases of a small office.
OFFICE = ENVIRONMENT.path("TIPSTAFF_OFFICE", default=Path("var/office")).absolute()

HATCH = database.from_url(
    ENVIRONMENT.url("HATCH_URL", default=f"sqlite:///{OFFICE / 'data' / 'hatch.sqlite3'}"), name="HATCH_URL"
)
DATABASE_ROUTERS = ["tipstaff.footing.routers.HatchRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# There is no debug mode: its pages show settings, paths and what a source typed.
DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "tipstaff.config.formats"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["tipstaff.footing.templatetags.marks"], "context_processors": []},
    }
]
