"""The routes of other houses' programs: pages for administrators, and the API; part of ``tests.access_matrix``.

What the API lets in is tested where it is: ``tests/exams/test_platform_api.py``, ``test_candidate_api.py``.
"""

from tests.access_groups import ADMINISTRATORS, PERSON, PUBLIC

ASKED = {f"admin/programs/{page}": ADMINISTRATORS for page in ("", "add/", "<int:pk>/", "<int:pk>/edit/")}
POSTED = {
    f"admin/programs/{page}": ADMINISTRATORS
    for page in (
        "<int:pk>/keys/",
        "<int:pk>/webhooks/",
        "keys/<int:pk>/revoke/",
        "webhooks/<int:pk>/switch/",
        "deliveries/<int:pk>/again/",
    )
}
WITH_KEYS = (
    "operations",
    "applications",
    "applications/<int:pk>",
    "results/theory",
    "results/practical",
    "certificates",
    "certificates/<code>",
    "events",
)
MINE = (
    "applications",
    "applications/<int:pk>",
    "applications/<int:pk>/submit",
    "applications/<int:pk>/withdraw",
    "applications/<int:pk>/sittings",
    "applications/<int:pk>/seat",
    "results",
    "certificates",
)
OTHERS = {f"api/v1/platform/{path}": PUBLIC for path in WITH_KEYS} | {
    f"api/v1/exams/me/{path}": PERSON for path in MINE
}
