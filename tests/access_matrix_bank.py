"""The lines of ``access_matrix`` about the question bank."""

Who = frozenset[str]


def asked(*, officers: Who, authors: Who) -> dict[str, Who]:
    """Return who may look at which page."""
    return {
        "admin/bank/": officers | authors,
        "admin/bank/waiting/": officers | authors,
        "admin/bank/new/": authors,
        "admin/bank/new/<slug:kind>/": authors,
        "admin/bank/questions/<int:question_id>/": officers | authors,
        "admin/bank/questions/<int:question_id>/write/": authors,
        "admin/bank/stale/": officers | authors,
        **{f"admin/bank/import/{rest}": officers | authors for rest in ("", "template/")},
        **{f"admin/bank/import/<uuid:import_id>/{rest}": officers | authors for rest in ("", "report/", "unread/")},
        "admin/bank/export/": officers | authors,
        "admin/bank/stale/csv/": officers | authors,
        "admin/bank/stale/xlsx/": officers | authors,
        "admin/bank/duplicates/": officers | authors,
        "admin/bank/points/": officers | authors,
        "admin/bank/points/<int:operation_id>/": officers | authors,
        "admin/bank/points/change/<int:point_id>/": officers,
    }


def posted(*, officers: Who, authors: Who) -> dict[str, Who]:
    """Return who may post where."""
    return {
        "admin/bank/edit/": officers,
        "admin/bank/versions/<int:version_id>/approve/": officers,
        "admin/bank/versions/<int:version_id>/return/": officers,
        **{f"admin/bank/import/<uuid:import_id>/{act}/": authors for act in ("leave-out", "decide", "cancel")},
        "admin/bank/import/<uuid:import_id>/approve/": officers,
        "admin/bank/duplicates/search/<int:operation_id>/": officers,
        "admin/bank/duplicates/<int:pair_id>/": officers,
        "admin/bank/points/remove/<int:point_id>/": officers,
    }
