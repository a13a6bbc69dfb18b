"""The routes of blueprints and of exams on paper, all of them for exam officers; part of ``tests.access_matrix``."""

ASKED = (
    "admin/blueprints/",
    "admin/blueprints/new/",
    "admin/blueprints/<int:pk>/",
    "admin/blueprints/<int:pk>/edit/",
    "admin/blueprints/<int:pk>/preview/",
    "admin/papers/",
    "admin/papers/sittings/<int:sitting_id>/",
    "admin/papers/sittings/<int:sitting_id>/papers.pdf",
    "admin/papers/sittings/<int:sitting_id>/keys.pdf",
    "admin/papers/<uuid:attempt_id>/paper.pdf",
    "admin/papers/<uuid:attempt_id>/key.pdf",
    "admin/papers/<uuid:attempt_id>/entry/",
    "admin/papers/<uuid:attempt_id>/differences/",
)

POSTED = (
    "admin/blueprints/<int:pk>/copy/",
    "admin/blueprints/<int:pk>/retire/",
    "admin/papers/sittings/<int:sitting_id>/on-paper/",
    "admin/papers/<uuid:attempt_id>/online/",
    "admin/papers/<uuid:attempt_id>/absent/",
)
