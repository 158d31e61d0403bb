"""The desk as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tipstaff.config.settings.desk")

application = get_wsgi_application()

from tipstaff.config.office import keeper  # noqa: E402  Django's apps must be loaded first

keeper.attend()
