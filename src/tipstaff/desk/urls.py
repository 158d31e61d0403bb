"""The shell's own addresses: My work, the language of the pages, a sign of life for whoever watches the process."""

from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from tipstaff.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    # Django's own: it keeps the choice in a cookie, for this browser, and goes back only to a page of this site.
    path("language/", require_POST(set_language), name="set_language"),
    path("healthz", views.healthz, name="healthz"),
]
