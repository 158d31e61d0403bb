"""The public addresses. A language, then what the page is about; nothing a source holds is ever part of one."""

from django.urls import path

from tipstaff.door.views import logfiles, mailbox, reading, tip

app_name = "door"
# What is asked for most stands first: addresses are tried in this order.
urlpatterns = [
    path("<str:language>/tip/", tip.tip, name="tip"),
    path("<str:language>/tip/<str:ref>/", tip.tip, name="tip-offer"),
    path("<str:language>/mailbox/", mailbox.mailbox, name="mailbox"),
    path("", reading.home_in_preferred_language, name="start"),
    path("leave", reading.leave, name="leave"),
    path("healthz", reading.healthz, name="healthz"),
    path("log/<path:path>", logfiles.log_file, name="log-file"),
    path("<str:language>/", reading.home, name="home"),
    path("<str:language>/offers/<str:ref>/", reading.offer, name="offer"),
    path("<str:language>/before/", reading.before, name="before"),
    path("<str:language>/before/<str:ref>/", reading.before, name="before-offer"),
    path("<str:language>/protection/", reading.protection, name="protection"),
]
