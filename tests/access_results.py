"""Who may ask for the addresses below /admin/results/: a part of ``access_matrix``."""

from accounts.enums import Role

OFFICERS = frozenset({"superuser", Role.EXAM_OFFICER.value})
CERTIFIERS = frozenset({"superuser", Role.CERTIFIER.value})

ASKED = {
    "admin/results/": OFFICERS,
    "admin/results/<int:sitting_id>/": OFFICERS,
    "admin/results/<int:sitting_id>/versions/<int:version_id>/": OFFICERS,
    "admin/results/appeals/": OFFICERS,
    "admin/results/appeals/<int:appeal_id>/": OFFICERS,
    "admin/results/key-changes/": OFFICERS,
    "admin/results/key-changes/new/<int:version_id>/": OFFICERS,
    "admin/results/key-changes/<int:change_id>/": OFFICERS,
    "admin/results/lost-basis/": OFFICERS | CERTIFIERS,
    "admin/results/hints/": OFFICERS,
}
POSTED = {
    "admin/results/<int:sitting_id>/release/": OFFICERS,
    "admin/results/<int:sitting_id>/look/": OFFICERS,
    "admin/results/<int:sitting_id>/results.<str:kind>": OFFICERS,
    "admin/results/<int:sitting_id>/statistics.<str:kind>": OFFICERS,
    "admin/results/appeals/<int:appeal_id>/confirm/": OFFICERS,
    "admin/results/key-changes/<int:change_id>/approve/": OFFICERS,
    "admin/results/key-changes/<int:change_id>/refuse/": OFFICERS,
    "admin/results/hints/<int:hint_id>/": OFFICERS,
}
