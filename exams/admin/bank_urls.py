"""Addresses below /admin/bank/."""

from django.urls import path

from . import bank

app_name = "exam_bank"
urlpatterns = [
    path("", bank.index, name="index"),
    path("write/", bank.write, name="write"),
    path("<int:version_id>/approve/", bank.approve, name="approve"),
]
