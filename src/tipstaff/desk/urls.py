"""The shell's own addresses: My work, and a sign of life for whoever watches the process."""

from django.urls import path

from tipstaff.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
]
