"""Who may ask for the addresses of applications, booking, planning and reference data: a part of ``access_matrix``."""

from tests.access_groups import OFFICERS, PERSON, viewset


def reference(name: str) -> dict:
    """Return the lines of a list of reference data, which exam officers keep."""
    return viewset(name, see=OFFICERS, add=OFFICERS, change=OFFICERS, copy=False)


ADMIN = {
    **reference("exam_categories"),
    **reference("exam_operations"),
    **reference("schemes"),
    **reference("operation_rules"),
    **reference("practical_subjects"),
    "admin/schemes/<int:pk>/succeed/": OFFICERS,
    "admin/applications/": OFFICERS,
    "admin/applications/<int:pk>/": OFFICERS,
    "admin/applications/documents/<int:document_id>/": OFFICERS,
    "admin/scheduling/": OFFICERS,
    "admin/scheduling/make/": OFFICERS,
    "admin/scheduling/absences/": OFFICERS,
    "admin/scheduling/<int:sitting_id>/": OFFICERS,
}
PAGES = {
    "exams/apply/<int:operation_id>/": PERSON,
    "exams/applications/<int:pk>/": PERSON,  # here and below: other people's are not found
    "exams/applications/<int:pk>/details/": PERSON,
    "exams/applications/<int:pk>/documents/": PERSON,
    "exams/applications/<int:pk>/documents/<int:document_id>/": PERSON,
    "exams/applications/<int:pk>/health/": PERSON,
    "exams/applications/<int:pk>/book/": PERSON,
    "exams/tickets/<str:ticket>/": PERSON,
    "exams/tickets/<str:ticket>/pdf/": PERSON,
    "exams/tickets/<str:ticket>/png/": PERSON,
}
POSTED = {
    "admin/applications/<int:pk>/decide/": OFFICERS,
    "admin/applications/documents/<int:document_id>/judge/": OFFICERS,
    "admin/scheduling/duties/": OFFICERS,
    "admin/scheduling/<int:sitting_id>/seats/": OFFICERS,
    "admin/scheduling/<int:sitting_id>/take-back/<int:admission_id>/": OFFICERS,
    "exams/applications/<int:pk>/documents/<int:document_id>/remove/": PERSON,
    "exams/applications/<int:pk>/submit/": PERSON,
    "exams/applications/<int:pk>/withdraw/": PERSON,
    "exams/applications/<int:pk>/give-back/": PERSON,
}
