"""Who may ask for which address of certificates; part of ``tests/access_matrix.py``, which says what a line is."""

from accounts.enums import Role

ROLES = frozenset(role.value for role in Role)
LOGGED_IN = ROLES | {"user", "person", "superuser"}
PUBLIC = LOGGED_IN | {"anonymous"}
PERSON = frozenset({"person"})
CERTIFIERS = frozenset({"superuser", Role.CERTIFIER.value})
LOOK_AFTER = CERTIFIERS | {Role.EXAM_OFFICER.value}

ADMIN = {
    "admin/certifying/": CERTIFIERS,
    "admin/certifying/batches/<uuid:batch_id>/": CERTIFIERS,
    "admin/certificates/": LOOK_AFTER,
    "admin/certificates/results/": LOOK_AFTER,
    "admin/certificates/inspect/<int:pk>/": LOOK_AFTER,
    "admin/certificates/<int:pk>/suspend/": LOOK_AFTER,
    "admin/certificates/<int:pk>/revoke/": LOOK_AFTER,
    "admin/certificates/<int:pk>/reinstate/": CERTIFIERS,
    "admin/certificates/<int:pk>/replace/": CERTIFIERS,
    "admin/certificates/proposals/": LOOK_AFTER,
    "admin/certificates/imports/": CERTIFIERS,
    "admin/certificates/imports/<uuid:import_id>/": CERTIFIERS,
}
PAGES = {
    "verify/": PUBLIC,
    "verify/list/": LOGGED_IN,
    "verify/<str:code>/": PUBLIC,
    ".well-known/did.json": PUBLIC,
    ".well-known/jwks.json": PUBLIC,
    "credentials/status/<slug:name>/": PUBLIC,
    "exams/certificates/<str:code>/": PERSON,
    "exams/certificates/<str:code>/pdf/": PERSON,
    "exams/certificates/<str:code>/png/": PERSON,
    "exams/certificates/<str:code>/credential.jwt": PERSON,
    "exams/certificates/<str:code>/credential.json": PERSON,
    "exams/organisations/<int:pk>/certificates/": LOGGED_IN,  # other people's organisations are not found
}
POSTED = {
    "admin/certifying/issue/": CERTIFIERS,
    "admin/certificates/<int:pk>/reviews/<int:review_id>/": CERTIFIERS,
    "admin/certificates/proposals/<int:proposal_id>/decide/": LOOK_AFTER,
    "admin/certificates/imports/<uuid:import_id>/confirm/": CERTIFIERS,
    "admin/certificates/imports/<uuid:import_id>/cancel/": CERTIFIERS,
    "admin/certificates/imports/<uuid:import_id>/left-out.xlsx": CERTIFIERS,
    "exams/organisations/<int:pk>/certificates/names/": LOGGED_IN,
    "exams/organisations/<int:pk>/certificates/export/": LOGGED_IN,
}
