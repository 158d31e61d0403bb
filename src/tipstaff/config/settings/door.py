"""The public site: no accounts, no cookies, no sessions, no database but the hatch."""

import secrets

from tipstaff.config.settings.base import *  # noqa: F403  a settings module is a flat list of names
from tipstaff.config.settings.base import ENVIRONMENT, HATCH, OFFICE

# Host names the door answers to. There is no default: a wrong one fails here, at boot, never after a tip.
ALLOWED_HOSTS = ENVIRONMENT.hosts("TIPSTAFF_DOOR_HOSTS")
# Printed, never linked: a link from here would tell the onion service where its visitor came from.
ONION_ADDRESS = ENVIRONMENT.text("TIPSTAFF_ONION", default="")
DOOR_FOLDER = ENVIRONMENT.path("TIPSTAFF_DOOR_FOLDER", default=OFFICE / "door")
# Nothing on the door is signed by Django; its own two secrets lie in DOOR_FOLDER.
SECRET_KEY = secrets.token_urlsafe(48)

DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}, "hatch": HATCH}
INSTALLED_APPS = ["django.contrib.staticfiles", "tipstaff.footing", "tipstaff.hatch", "tipstaff.door"]
MIDDLEWARE = ["tipstaff.door.middleware.DoorMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware"]
ROOT_URLCONF = "tipstaff.config.urls_door"
WSGI_APPLICATION = "tipstaff.config.wsgi_door.application"
APPEND_SLASH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"discreet": {"()": "tipstaff.footing.logging.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
