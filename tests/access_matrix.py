"""Who may ask for which address: every route of the project, one line each. ``test_access_matrix`` holds it to this.

A line is ``route: who``: the route as Django spells it, and who gets in. ``who`` is one of the sets below, or several
joined by ``|``. Superusers get in wherever a role does.
"""

from tests import access_chat, access_clients, access_results, access_words
from tests.access_groups import (
    ADMINISTRATORS,
    AUDITORS,
    AUTHORS,
    CERTIFIERS,
    EXAMINERS,
    HOLD_PRACTICALS,
    KNOWLEDGE,
    LOGGED_IN,
    NOBODY,
    OFFICERS,
    PERSON,
    PUBLIC,
    SEE_BANK,
    SEE_PHOTOS,
    SEE_PRACTICALS,
    SEE_SITTINGS,
    looked_at,
    organised,
    viewset,
)
from tests.chatbot import access_bot
from tests.exams import access_certificates, application_access, paper_routes
from tests.kb import access_knowledge

from . import access_matrix_bank as bank

# Wagtail's own pages of the administration: it checks page, collection and model permissions itself. What is asked of
# all of them here is that nobody without access to the administration gets in.
WAGTAILS_OWN = {
    "wagtailadmin_api:documents",
    "wagtailadmin_api:images",
    "wagtailadmin_api:pages",
    "wagtailadmin_collections",
    "wagtailadmin_editing_sessions",
    "wagtailadmin_pages",
    "wagtailadmin_reports",
    "wagtailadmin_workflows",
    "wagtaildocs",
    "wagtaildocs_chooser",
    "wagtailembeds",
    "wagtailforms",
    "wagtailimages",
    "wagtailimages_chooser",
    "wagtailredirects",
    "wagtailsettings",
    "wagtailsites",
    "wagtailsnippetchoosers_kb_article",
    "wagtailsnippets",
    "wagtailusers_groups",
}

ADMIN = {
    "admin/login/": PUBLIC,  # leads to our log-in
    "admin/practicals/": SEE_PRACTICALS,
    "admin/practicals/tasks/": OFFICERS,
    "admin/practicals/tasks/<int:task_id>/": OFFICERS,
    "admin/practicals/open/<uuid:theory_id>/": HOLD_PRACTICALS,
    "admin/practicals/<uuid:session_id>/": SEE_PRACTICALS,  # here and below: what does not concern them is not found
    "admin/practicals/<uuid:session_id>/sheets.pdf": SEE_PRACTICALS,
    "admin/practicals/sheets/<uuid:sheet_id>/": EXAMINERS,
    "admin/practicals/sheets/<uuid:sheet_id>/state/": EXAMINERS,
    "admin/practicals/sheets/<uuid:sheet_id>/signature/": SEE_PRACTICALS,
    "admin/practicals/photos/<uuid:photo_id>/": SEE_PRACTICALS,
    **access_certificates.ADMIN,
    **access_results.ASKED,
    "admin/invigilation/": SEE_SITTINGS,
    "admin/invigilation/<int:sitting_id>/": SEE_SITTINGS,  # here and below: sittings of others are not found
    "admin/invigilation/<int:sitting_id>/state/": SEE_SITTINGS,
    "admin/invigilation/<int:sitting_id>/ticket/": SEE_SITTINGS,
    "admin/invigilation/<int:sitting_id>/candidates/<uuid:attempt_id>/": SEE_SITTINGS,
    "admin/blueprints/": OFFICERS,
    "admin/blueprints/new/": OFFICERS,
    "admin/blueprints/<int:pk>/": OFFICERS,
    "admin/blueprints/<int:pk>/edit/": OFFICERS,
    "admin/blueprints/<int:pk>/preview/": OFFICERS,
    **dict.fromkeys(paper_routes.ASKED, OFFICERS),
    **bank.asked(officers=OFFICERS, authors=AUTHORS),
    **viewset("sittings", see=SEE_SITTINGS, add=OFFICERS, change=OFFICERS),
    **viewset("admissions", see=SEE_SITTINGS, inspect=True),
    **viewset("legal_sources", see=SEE_BANK, add=OFFICERS, change=OFFICERS, copy=False),
    **viewset("exam_points", see=OFFICERS, add=OFFICERS, change=OFFICERS),
    **viewset("exam_rooms", see=OFFICERS, add=OFFICERS, change=OFFICERS),
    **application_access.ADMIN,
    **viewset("error_reports", see=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS, inspect=True),
    **viewset("users", see=ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS, copy=False),
    **looked_at("audit_trail", see=AUDITORS),
    "admin/retention/": ADMINISTRATORS | AUDITORS,
    "admin/retention/results/": ADMINISTRATORS | AUDITORS,
    "admin/retention/edit/<int:pk>/": ADMINISTRATORS,
    **looked_at("persons", see=ADMINISTRATORS),
    "admin/persons/export/": ADMINISTRATORS,
    "admin/persons/merge/": ADMINISTRATORS,
    "admin/persons/<int:pk>/unmask/": ADMINISTRATORS,
    "admin/persons/<int:pk>/real-name/": ADMINISTRATORS,
    "admin/persons/<int:pk>/name/": ADMINISTRATORS,
    **looked_at("logins", see=ADMINISTRATORS),
    **looked_at("erasure_requests", see=ADMINISTRATORS, inspect=False),
    "admin/erasure_requests/<int:pk>/decide/": ADMINISTRATORS,
    **looked_at("consents", see=ADMINISTRATORS),
    **looked_at("privacy_notices", see=ADMINISTRATORS),
    **organised("organisations", change=ADMINISTRATORS),
    **organised("organisation-managers", delete=ADMINISTRATORS),
    **organised("roster-imports", add=NOBODY, key="uuid"),
    **looked_at("notice_log", see=ADMINISTRATORS, inspect=False),
    **looked_at("deliveries", see=ADMINISTRATORS, inspect=False),
    "admin/notice-texts/<int:notice_id>/": ADMINISTRATORS,
    **access_knowledge.ASKED,
    **access_bot.ASKED,
}

# Parts of allauth: each page is public or asks for a login; what else it asks for (a stage of the log-in, the password
# again) it checks itself, and answers with a redirect.
ACCOUNTS = {
    "accounts/login/": PUBLIC,
    "accounts/login/code/": PUBLIC,
    "accounts/logout/": PUBLIC,
    "accounts/inactive/": PUBLIC,
    "accounts/signup/": PUBLIC,
    "accounts/password/reset/": PUBLIC,
    "accounts/password/reset/done/": PUBLIC,
    "accounts/reauthenticate/": LOGGED_IN,
    "accounts/password/change/": LOGGED_IN,
    "accounts/password/set/": LOGGED_IN,
    "accounts/phone/change/": LOGGED_IN,
    "accounts/sessions/": LOGGED_IN,
    "accounts/2fa/": LOGGED_IN,
    "accounts/2fa/reauthenticate/": LOGGED_IN,
    "accounts/2fa/totp/activate/": LOGGED_IN,
    "accounts/2fa/totp/deactivate/": LOGGED_IN,
    "accounts/2fa/recovery-codes/": LOGGED_IN,
    "accounts/2fa/recovery-codes/generate/": LOGGED_IN,
    "accounts/2fa/recovery-codes/download/": LOGGED_IN,
    "accounts/2fa/webauthn/": LOGGED_IN,
    "accounts/2fa/webauthn/add/": LOGGED_IN,
    "accounts/2fa/webauthn/reauthenticate/": LOGGED_IN,
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": LOGGED_IN,
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": LOGGED_IN,
}

PAGES = {
    "my/": LOGGED_IN,
    "accounts/me/": LOGGED_IN,
    "accounts/real-name/": LOGGED_IN,
    "accounts/photo/": PERSON,
    "accounts/photo/<int:person_id>/": SEE_PHOTOS,
    "accounts/privacy/": LOGGED_IN,
    "accounts/privacy/<purpose:purpose>/withdraw/": LOGGED_IN,
    "accounts/notices/": PUBLIC,
    "accounts/notices/<purpose:purpose>/": PUBLIC,
    "accounts/notices/<purpose:purpose>/<int:version>/": PUBLIC,
    "accounts/my-data/": LOGGED_IN,
    "organisations/": LOGGED_IN,
    "organisations/join/<str:code>/": PERSON,
    "organisations/<int:pk>/": LOGGED_IN,  # here and below: other people's organisations are not found
    "organisations/<int:pk>/invite/": LOGGED_IN,
    "organisations/<int:pk>/rosters/": LOGGED_IN,
    "organisations/rosters/<uuid:roster_id>/": LOGGED_IN,
    "organisations/rosters/<uuid:roster_id>/errors.xlsx": LOGGED_IN,
    "notices/": LOGGED_IN,
    "notices/preferences/": LOGGED_IN,
    "care/": PUBLIC,
    "language/<slug:code>/": PUBLIC,
    "map/": PUBLIC,
    "report-an-error/": PUBLIC,
    "kb/": PUBLIC,
    "kb/<slug:slug>/": PUBLIC,
    **access_chat.PAGES,
    **access_certificates.PAGES,
    "exams/": PUBLIC,
    "exams/attempts/<uuid:attempt_id>/start/": PERSON,
    "exams/attempts/<uuid:attempt_id>/": PERSON,
    "exams/attempts/<uuid:attempt_id>/result/": PERSON,
    "exams/practice/": PERSON,
    "exams/practice/<int:operation_id>/": PERSON,
    "exams/practice/<int:operation_id>/<slug:mode>/": PERSON,
    "exams/practice/answers/<int:answer_id>/": PERSON,
    "exams/api/attempts/<uuid:attempt_id>/": LOGGED_IN,  # other people's attempts are not found
    "exams/media/<int:medium_id>/": PUBLIC,  # the view answers 404 to whom it does not concern
    "exams/api/attempts/<uuid:attempt_id>/waiting/": PERSON,
    **application_access.PAGES,
    "exams/certificates/<str:code>/": PERSON,
    "exams/certificates/<str:code>/pdf/": PERSON,
    "exams/certificates/<str:code>/png/": PERSON,
    "study/film/<int:lesson_id>/": PUBLIC,  # as the lesson is, whose page must be live
    "api/v1/openapi.json": PUBLIC,
    "api/v1/docs": PUBLIC,
    "api/v1/": PUBLIC,
    "_util/login/": PUBLIC,
}

# Asked for with POST, and nothing in it: who is let in is told what is missing.
POSTED = {
    "admin/certifying/issue/": CERTIFIERS,
    "admin/invigilation/<int:sitting_id>/acts/<str:name>/": SEE_SITTINGS,
    "admin/practicals/<uuid:session_id>/third/": HOLD_PRACTICALS,
    "admin/practicals/<uuid:session_id>/sheets/<uuid:sheet_id>/replace/": OFFICERS,
    "admin/practicals/<uuid:session_id>/cancel/": OFFICERS,
    "admin/practicals/<uuid:session_id>/release/": OFFICERS,
    "admin/practicals/sheets/<uuid:sheet_id>/photos/": EXAMINERS,
    **access_certificates.POSTED,
    "admin/blueprints/<int:pk>/copy/": OFFICERS,
    "admin/blueprints/<int:pk>/retire/": OFFICERS,
    **dict.fromkeys(paper_routes.POSTED, OFFICERS),
    **access_knowledge.POSTED,
    **access_bot.POSTED,
    **bank.posted(officers=OFFICERS, authors=AUTHORS),
    **application_access.POSTED,
    "admin/persons/merge/confirm/": ADMINISTRATORS,
    "admin/audit_trail/export/": AUDITORS,
    "admin/logins/<int:pk>/switch/": ADMINISTRATORS,
    "admin/notice-texts/deliveries/<int:delivery_id>/again/": ADMINISTRATORS,
    "accounts/real-name/correct/": LOGGED_IN,
    "accounts/privacy/<purpose:purpose>/give/": LOGGED_IN,
    "accounts/my-data/download/": LOGGED_IN,
    "accounts/my-data/erasure/": LOGGED_IN,
    "accounts/my-data/erasure/<int:pk>/take-back/": LOGGED_IN,
    "organisations/<int:pk>/search/": LOGGED_IN,
    "organisations/<int:pk>/names/": LOGGED_IN,
    "organisations/<int:pk>/leave/": LOGGED_IN,
    "organisations/<int:pk>/members/<int:membership_id>/remove/": LOGGED_IN,
    "organisations/<int:pk>/invitations/<int:invitation_id>/revoke/": LOGGED_IN,
    "organisations/rosters/<uuid:roster_id>/decide/": LOGGED_IN,
    "organisations/rosters/<uuid:roster_id>/cancel/": LOGGED_IN,
    "notices/read/": LOGGED_IN,
    "notices/<int:notice_id>/read/": LOGGED_IN,
    "notices/<int:notice_id>/open/": LOGGED_IN,
    "notices/quiet/": LOGGED_IN,
    "study/enrol/<int:course_id>/": PERSON,
    "study/beat/<int:lesson_id>/": PERSON,
    "study/quiz/<int:lesson_id>/": PUBLIC,  # marks for everybody; kept for who is enrolled
    "exams/sittings/<int:sitting_id>/apply/": PERSON,
    "exams/practice/<int:operation_id>/mock/": PERSON,
    "exams/practice/favourites/<int:question_id>/": PERSON,
    "exams/attempts/<uuid:attempt_id>/appeal/": PERSON,
    **access_results.POSTED,
    **access_clients.POSTED,
    **access_words.POSTED,
    **access_chat.POSTED,
}

# Not asked for by the test: they want a signature, a token, or a state that no plain request has.
OTHERS = {
    **access_clients.OTHERS,
    **access_chat.OTHERS,
    "wechat/callback/": PUBLIC,  # WeChat's signature
    "wechat/callback": PUBLIC,
    "exams/api/attempts/<uuid:attempt_id>/answers/": PERSON,  # and the attempt's token
    "exams/api/attempts/<uuid:attempt_id>/submit/": PERSON,
    "exams/api/attempts/<uuid:attempt_id>/events/": PERSON,  # and the attempt's token
    "accounts/login/code/confirm/": PUBLIC,  # with a log-in half done
    "accounts/2fa/authenticate/": PUBLIC,  # with a log-in half done
    "accounts/phone/verify/": PUBLIC,
    "accounts/password/reset/confirm/": PUBLIC,
    "accounts/password/reset/complete/": PUBLIC,
    r"documents/^(\d+)/(.*)$": PUBLIC,  # a private collection asks for a login; tests/cms
    "documents/authenticate_with_password/<int:restriction_id>/": PUBLIC,
    r"^media/(?P<path>.*)$": PUBLIC,  # pictures only; certificates leave through their views
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": PUBLIC,
    r"^((?:[\w\-]+/)*)$": PUBLIC,  # Wagtail's pages; a private one asks for a login
    **{
        f"admin/snippets/kb/article/{rest}": KNOWLEDGE
        for rest in (
            "preview/",
            "preview/<int:pk>/",
            "lock/<int:pk>/",
            "unlock/<int:pk>/",
            r"history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\."
            r"(?P<revision_id_b>live|latest|\d+)/$",
            "workflow/action/<int:pk>/<slug:action_name>/<int:task_state_id>/",
            "workflow/collect_action_data/<int:pk>/<slug:action_name>/<int:task_state_id>/",
            "workflow/confirm_cancellation/<int:pk>/",
            "workflow/preview/<int:pk>/<int:task_id>/",
            "workflow_history/<int:pk>/",
            "workflow_history/<int:pk>/detail/<int:workflow_state_id>/",
        )
    },
}

ASKED = {**ADMIN, **ACCOUNTS, **PAGES, **access_clients.ASKED, **access_words.ASKED, **access_chat.ADMIN}
SOCKETS = {**access_chat.SOCKETS, "ws/invigilation/<int:sitting_id>/": SEE_SITTINGS}
