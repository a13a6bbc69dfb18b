"""Addresses below /admin/papers/."""

from django.urls import path

from . import papers

app_name = "exam_papers"
urlpatterns = [
    path("", papers.index, name="index"),
    path("sittings/<int:sitting_id>/", papers.sitting, name="sitting"),
    path("sittings/<int:sitting_id>/papers.pdf", papers.print_sitting, {"what": "papers"}, name="print_papers"),
    path("sittings/<int:sitting_id>/keys.pdf", papers.print_sitting, {"what": "keys"}, name="print_keys"),
    path("sittings/<int:sitting_id>/on-paper/", papers.put_on_paper, name="put_on_paper"),
    path("<uuid:attempt_id>/paper.pdf", papers.print_one, {"what": "papers"}, name="print_paper"),
    path("<uuid:attempt_id>/key.pdf", papers.print_one, {"what": "keys"}, name="print_key"),
    path("<uuid:attempt_id>/online/", papers.take_off_paper, {"came": "online"}, name="online"),
    path("<uuid:attempt_id>/absent/", papers.take_off_paper, {"came": "absent"}, name="absent"),
    path("<uuid:attempt_id>/entry/", papers.enter, name="enter"),
    path("<uuid:attempt_id>/differences/", papers.settle, name="settle"),
]
