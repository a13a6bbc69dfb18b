"""Addresses below /admin/bank/."""

from django.urls import path

from .bank import duplicates, exporting, importing, listing, points, questions, reviewing, stale, writing

app_name = "exam_bank"
urlpatterns = [
    path("", listing.index, name="index"),
    path("edit/", listing.edit, name="edit"),
    path("waiting/", reviewing.waiting, name="waiting"),
    path("versions/<int:version_id>/approve/", reviewing.approve, name="approve"),
    path("versions/<int:version_id>/return/", reviewing.send_back, name="return"),
    path("new/", writing.choose_kind, name="choose_kind"),
    path("new/<slug:kind>/", writing.new, name="new"),
    path("questions/<int:question_id>/", questions.show, name="question"),
    path("questions/<int:question_id>/write/", writing.write, name="write"),
    path("stale/", stale.report, name="stale"),
    path("stale/csv/", stale.export, {"kind": "csv"}, name="stale_csv"),
    path("stale/xlsx/", stale.export, {"kind": "xlsx"}, name="stale_xlsx"),
    path("duplicates/", duplicates.index, name="duplicates"),
    path("duplicates/search/<int:operation_id>/", duplicates.search, name="search_duplicates"),
    path("duplicates/<int:pair_id>/", duplicates.decide, name="decide_duplicate"),
    path("import/", importing.index, name="imports"),
    path("import/template/", importing.template, name="import_template"),
    path("import/<uuid:import_id>/", importing.show, name="import"),
    path("import/<uuid:import_id>/leave-out/", importing.leave_out, name="import_leave_out"),
    path("import/<uuid:import_id>/decide/", importing.decide, name="import_decide"),
    path("import/<uuid:import_id>/cancel/", importing.cancel, name="import_cancel"),
    path("import/<uuid:import_id>/approve/", importing.approve, name="import_approve"),
    path("import/<uuid:import_id>/report/", importing.report, name="import_report"),
    path("import/<uuid:import_id>/unread/", importing.unread, name="import_unread"),
    path("export/", exporting.export, name="export"),
    path("points/", points.operations, name="operations"),
    path("points/<int:operation_id>/", points.tree, name="points"),
    path("points/change/<int:point_id>/", points.change, name="change_point"),
    path("points/remove/<int:point_id>/", points.remove, name="remove_point"),
]
