"""The addresses of the ledger pages at the desk."""

from django.urls import path

from tipstaff.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.books, name="books"),
    path("appropriate/", views.appropriate, name="appropriate"),
    path("books/<str:programme>/<int:fiscal_year>/", views.book, name="book"),
    path("books/<str:programme>/<int:fiscal_year>/transfers/", views.transfers, name="transfers"),
    path("books/<str:programme>/<int:fiscal_year>/return/", views.return_funds, name="return"),
    path("transfers/<int:number>/", views.transfer, name="transfer"),
    path("transfers/<int:number>/correct/", views.correct, name="correct"),
]
