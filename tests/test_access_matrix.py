"""Every route of the project is classified in ``access_matrix``, and every one that takes GET does as it says."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.enums import Role
from accounts.models import (
    Consent,
    ErasureRequest,
    Organisation,
    OrganisationManager,
    PrivacyNotice,
    RosterImport,
    User,
)
from accounts.permissions import grant_permissions as grant_people_permissions
from chatbot.models import CuratedAnswer, QuickQuestion, TriageRule
from chatbot.permissions import grant_permissions as grant_bot_permissions
from cms.models import ErrorReport
from config.routing import websocket_urlpatterns
from core.models import AuditEntry
from exams.models import LegalSource
from exams.permissions import grant_permissions as grant_exam_permissions
from kb.models import Article, SearchTerm, SynonymGroup
from kb.permissions import grant_permissions as grant_kb_permissions
from notifications.permissions import grant_permissions as grant_notice_permissions
from tests import access_matrix as matrix
from tests.exams.certificate_fixtures import (  # noqa: F401
    credential_key,
    credential_key_file,
    make_certificate,
    make_practical,
)
from tests.exams.conftest import attempt, blueprint, make_question, rule, sitting  # noqa: F401  (fixtures)

LOGIN = "/accounts/login/"
OPEN_TO_STRANGERS = re.compile(r"admin/(sprite|jsi18n|login|logout|password_reset)/")
EXAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "999999",
    "slug": "zh-hans",
    "str": "none",
    "purpose": "photo",
}


def routes(resolver=None, prefix="", namespaces=()):
    """Yield each route as (pattern, namespace, name), walking everything that is included."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here, ":".join(namespaces), entry.name or ""
        else:
            yield from routes(entry, here, (*namespaces, entry.namespace) if entry.namespace else namespaces)


def is_wagtails(pattern: str, namespace: str, name: str) -> bool:
    """Say whether Wagtail brought the route into the administration, and checks it itself."""
    if not pattern.startswith("admin/"):
        return False
    of_its_own = name.startswith("wagtail") or pattern in {"admin/test404/", "admin/^.*/$"}
    return namespace in matrix.WAGTAILS_OWN or (not namespace and of_its_own)


def ours() -> list[str]:
    """Return the patterns of all routes that Wagtail does not check itself."""
    return [pattern for pattern, namespace, name in routes() if not is_wagtails(pattern, namespace, name)]


def test_every_route_is_classified():
    known = matrix.ASKED.keys() | matrix.POSTED.keys() | matrix.OTHERS.keys()
    missing = [pattern for pattern in dict.fromkeys(ours()) if pattern not in known]
    lines = "\n".join(f'    r"{pattern}": WHO,' for pattern in missing)
    assert missing == [], (
        "Nobody said who may ask for these. Add each to tests/access_matrix.py, under ADMIN, ACCOUNTS or PAGES where a"
        " GET can be tried, under POSTED where only POST is taken, else under OTHERS; WHO is PUBLIC, LOGGED_IN, PERSON,"
        " STAFF or roles(Role.…):\n" + lines
    )


def test_no_line_is_about_a_route_that_is_gone():
    known = matrix.ASKED.keys() | matrix.POSTED.keys() | matrix.OTHERS.keys()
    assert sorted(known - set(ours())) == []


def test_every_socket_is_classified():
    assert [str(route.pattern) for route in websocket_urlpatterns] == list(matrix.SOCKETS)


@pytest.fixture
def clients(staff, person) -> dict[str, Client]:
    """One client each: a visitor, a login, a person, the twelve roles, a superuser."""
    grant_exam_permissions()
    grant_people_permissions()
    grant_kb_permissions()
    grant_bot_permissions()
    grant_notice_permissions()
    users = {"anonymous": AnonymousUser(), "user": User.objects.create_user("plain"), "person": person.user}
    users |= {role.value: staff(role) for role in Role}
    users["superuser"] = User.objects.create_superuser("root")
    made = {name: Client(raise_request_exception=False) for name in users}
    for name, user in users.items():
        if user.is_authenticated:
            user.set_password("a password")  # who has none has nothing to prove again
            user.save()
            made[name].force_login(user)
    return made


@pytest.fixture
def operation_rule(rule):  # noqa: F811
    """The same rule for the certificate's fixtures as for the exam's."""
    return rule


@pytest.fixture
def objects(attempt, make_certificate, other_person, at) -> dict[str, int]:  # noqa: F811
    """The number of one object for each of our lists in the administration."""
    sitting = attempt.admission.sitting  # noqa: F811
    fields = {"topic": "fire", "body": "1. ?", "source": "?", "source_date": "2024", "reviewed": at("08:00").date()}
    article = Article.objects.create(slug="fire", title="?", **fields)
    report = ErrorReport.objects.create(path="/", text="?", reported_at=at("08:00"))
    user = attempt.person.user
    words = {"title": "?", "text": "?", "effective_from": date(2026, 1, 1)}
    notice = PrivacyNotice.objects.create(purpose="photo", version=1, **words)
    organisation = Organisation.add_root(name="?", kind="enterprise")
    RosterImport.objects.create(pk=EXAMPLES["uuid"], organisation=organisation, uploaded_at=at("08:00"))
    management = OrganisationManager.objects.create(organisation=organisation, user=user, granted_at=at("08:00"))
    return {
        "sittings": sitting.pk,
        "admissions": attempt.admission_id,
        "certificates": make_certificate(other_person).pk,
        "snippets": article.pk,
        "curated_answers": CuratedAnswer.objects.create(name="?", questions="?", article="fire", reason="?").pk,
        "synonyms": SynonymGroup.objects.create(words="甲乙\n丙丁").pk,
        "triage_rules": TriageRule.objects.create(name="?", words="甲乙", decides="refuse").pk,
        "quick_questions": QuickQuestion.objects.create(text="?").pk,
        "search_words": SearchTerm.objects.create(text="甲乙丙").pk,
        "revision_id": article.save_revision().pk,
        "blueprints": sitting.blueprint_id,
        "questions": sitting.blueprint.operation.knowledge_points.first().questions.first().pk,
        "legal_sources": LegalSource.objects.create(code="law", name="?", known_as="?").pk,
        "question_id": sitting.blueprint.operation.knowledge_points.first().questions.first().pk,
        "point_id": sitting.blueprint.operation.knowledge_points.first().pk,
        "operation_id": sitting.rule.operation_id,
        "exam_points": sitting.room.point_id,
        "exam_rooms": sitting.room_id,
        "schemes": sitting.rule.scheme_id,
        "operation_rules": sitting.rule_id,
        "exam_categories": sitting.rule.operation.category_id,
        "exam_operations": sitting.rule.operation_id,
        "practical_subjects": sitting.rule.subjects.first().pk,
        "sitting_id": sitting.pk,
        "error_reports": report.pk,
        "users": user.pk,
        "audit_trail": AuditEntry.objects.first().pk,
        "persons": attempt.person_id,
        "logins": user.pk,
        "consents": Consent.objects.create(user=user, notice=notice, given_at=at("08:00")).pk,
        "privacy_notices": notice.pk,
        "erasure_requests": ErasureRequest.objects.create(user=user, requested_at=at("08:00")).pk,
        "organisations": organisation.pk,
        "organisation-managers": management.pk,
    }


def address(pattern: str, objects: dict[str, int]) -> str:
    """Return an address that the pattern matches, of an object that exists where we have one."""
    place = pattern.split("/")[1] if pattern.startswith("admin/") else ""

    def example(found) -> str:
        kind, name = found[1], found[2]
        return str(objects.get(name) or objects.get(place) or EXAMPLES[kind]) if kind == "int" else EXAMPLES[kind]

    return "/" + re.sub(r"<(\w+):(\w+)>", example, pattern)


def gets_in(client: Client, path: str, *, post: bool = False) -> bool:
    """Say whether the answer lets the client in; what is missing (404) or leads on inside is not a refusal.

    :raises AssertionError: the server failed.
    """
    reply = client.post(path) if post else client.get(path)
    assert reply.status_code < 500, f"{path} failed with {reply.status_code}"
    if reply.status_code in {301, 302}:
        refusals = ("/admin/",) if path.startswith("/admin/") else ()
        sent_to = reply["Location"].split("?")[0]
        return sent_to not in (LOGIN, *refusals) or path.startswith((LOGIN, "/admin/login/", "/_util/login/"))
    return reply.status_code not in {401, 403}


def test_every_route_lets_in_whom_the_matrix_names_and_nobody_else(clients, objects, home, credential_key):  # noqa: F811
    wrong = [
        f'{path}: {name} {"gets in" if inside else "is refused"}, but the line "{pattern}" says otherwise'
        for pattern, who in (matrix.ASKED | matrix.POSTED).items()
        for path in [address(pattern, objects)]
        for name, client in clients.items()
        if name != "superuser" or pattern.startswith("admin/")
        if (inside := gets_in(client, path, post=pattern in matrix.POSTED)) != (name in who)
    ]
    assert wrong == [], "\n".join(wrong)


def test_wagtails_own_pages_let_nobody_in_without_access_to_the_administration(clients, home):
    tried = [
        address(pattern, {})
        for pattern, namespace, name in routes()
        if is_wagtails(pattern, namespace, name) and "(" not in pattern and "^" not in pattern
    ]
    strangers = [clients[name] for name in ("anonymous", "user", "person", Role.ORGANISATION_MANAGER.value)]
    inside = [
        path
        for path in tried
        if not OPEN_TO_STRANGERS.match(path.lstrip("/"))
        for client in strangers
        if gets_in(client, path)
    ]
    assert len(tried) > 100
    assert inside == []
