"""The internal site's addresses: each room's own pages under the room's name."""

from django.urls import include, path

urlpatterns = [
    path("", include("tipstaff.desk.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", include("tipstaff.people.urls")),
    path("audit/", include("tipstaff.audit.urls")),
    path("keys/", include("tipstaff.custody.urls")),
    path("outbox/", include("tipstaff.outbox.urls")),
    path("offers/", include("tipstaff.offers.urls")),
    path("tips/", include("tipstaff.tips.urls")),
    path("cases/", include("tipstaff.cases.urls")),
    path("awards/", include("tipstaff.awards.urls")),
    path("rules/", include("tipstaff.rulebook.urls")),
    path("ledger/", include("tipstaff.ledger.urls")),
    path("vault/", include("tipstaff.vault.urls")),
    path("log/", include("tipstaff.logbook.urls")),
]
handler400 = "tipstaff.desk.errors.bad_request"
handler403 = "tipstaff.desk.errors.not_allowed"
handler404 = "tipstaff.desk.errors.not_found"
handler500 = "tipstaff.desk.errors.broken"
