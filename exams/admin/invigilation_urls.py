"""The address below /admin/invigilation/ that is a page of Wagtail's admin; see ``exams.console_urls`` for the rest."""

from django.urls import path

from . import invigilation

app_name = "exam_invigilation"
urlpatterns = [path("", invigilation.index, name="index")]
