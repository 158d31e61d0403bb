"""The public site's addresses. None of them ever carries a secret."""

from django.urls import include, path

urlpatterns = [path("", include("tipstaff.door.urls"))]
handler400 = "tipstaff.door.errors.bad_request"
handler403 = "tipstaff.door.errors.bad_request"
handler404 = "tipstaff.door.errors.not_found"
handler500 = "tipstaff.door.errors.broken"
