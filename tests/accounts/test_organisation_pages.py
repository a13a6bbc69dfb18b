"""The pages of those who manage an organisation and of those who join one."""
# ruff: noqa: F811  (fixtures are imported by name)

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actions import invitations, memberships
from accounts.actions.rosters import deciding, taking
from accounts.enums import InvitedAs, RosterMode, RosterState
from accounts.models import Invitation, Membership, Person, RosterImport
from core.enums import Deed
from core.models import AuditEntry
from tests.accounts.organisation_fixtures import (  # noqa: F401
    company,
    hand_in,
    manager,
    manager_client,
    media,
    stranger_company,
    team,
)
from tests.accounts.roster_files import LI, TITLES, ZHAO, csv, xlsx

ROWS = [TITLES, (1, "王新", ZHAO, "13800138000", "电工"), (2, "=李新", "123", "", "焊工")]


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    cache.clear()  # of what earlier tests used up of this minute
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("10:00"))


def body(response) -> str:
    return " ".join(response.content.decode().split())


def page(name: str, *args) -> str:
    return reverse(f"organisations:{name}", args=args)


def ours(asked: CaptureQueriesContext) -> int:
    """Return how many queries the page itself made; session, user and menu are not its own."""
    own = ("accounts_organisation", "accounts_membership", "accounts_roster")
    return sum(any(f'FROM "{table}' in query["sql"] for table in own) for query in asked.captured_queries)


def test_my_organisations_show_what_i_manage_and_where_i_belong(manager_client, company, team, stranger_company):
    text = body(manager_client.get("/organisations/"))
    assert [text.count(name) for name in ("海港机电", "维修班", "别家公司")] == [1, 1, 0]


def test_a_member_sees_where_they_belong_and_can_leave(client, company, person, at):
    memberships.add(organisation=company, person=person, by=None, now=at("08:00"))
    client.force_login(person.user)
    assert page("leave", company.pk) in body(client.get("/organisations/"))
    assert client.post(page("leave", company.pk)).status_code == 302
    assert Membership.objects.get().left_at == at("10:00")
    assert client.post(page("leave", company.pk)).status_code == 404


def test_without_login_every_page_asks_for_it(client, company):
    for name in ("show", "invite", "rosters"):
        assert client.get(page(name, company.pk)).url.startswith("/accounts/login/?next=")
    assert client.get("/organisations/").url == "/accounts/login/?next=/organisations/"


def test_other_peoples_organisations_are_not_there(manager_client, stranger_company, person, at):
    there = memberships.add(organisation=stranger_company, person=person, by=None, now=at("08:00"))
    invitation, _ = invitations.invite(
        organisation=stranger_company, invited_as=InvitedAs.MEMBER, days=1, most_uses=1, by=None, now=at("08:00")
    )
    for name in ("show", "invite", "rosters"):
        assert manager_client.get(page(name, stranger_company.pk)).status_code == 404
    assert manager_client.post(page("search", stranger_company.pk), {"wanted": "王"}).status_code == 404
    assert manager_client.post(page("names", stranger_company.pk)).status_code == 404
    assert manager_client.post(page("remove", stranger_company.pk, there.pk)).status_code == 404
    assert manager_client.post(page("revoke", stranger_company.pk, invitation.pk)).status_code == 404
    assert (Membership.objects.get().left_at, Invitation.objects.get().revoked_at) == (None, None)


def test_a_member_elsewhere_cannot_be_removed_through_ones_own(manager_client, company, stranger_company, person, at):
    there = memberships.add(organisation=stranger_company, person=person, by=None, now=at("08:00"))
    assert manager_client.post(page("remove", company.pk, there.pk)).status_code == 404
    assert Membership.objects.get().left_at is None


def test_members_are_masked_until_their_names_are_asked_for_which_is_recorded(
    manager_client, company, person, manager, at
):
    memberships.add(organisation=company, person=person, job="电工", by=None, now=at("08:00"))
    text = body(manager_client.get(page("show", company.pk)))
    assert "**电" in text
    assert "王小电" not in text
    assert person.id_number not in text
    text = body(manager_client.post(page("names", company.pk)))
    assert "王小电" in text
    assert person.id_number not in text
    entry = AuditEntry.objects.filter(deed=Deed.UNMASKED).get()
    assert (entry.actor_id, entry.after) == (manager.pk, {"names of persons": [person.pk]})


def test_members_cost_the_same_for_one_and_three(manager_client, company, make_person, at):
    for count in (1, 3):
        while Membership.objects.count() < count:
            memberships.add(organisation=company, person=make_person(), by=None, now=at("08:00"))
        with CaptureQueriesContext(connection) as asked:
            assert manager_client.get(page("show", company.pk)).context["page_obj"].paginator.count == count
        assert ours(asked) == 4


def test_members_are_searched_by_post_only(manager_client, company, person, at):
    memberships.add(organisation=company, person=person, by=None, now=at("08:00"))
    found = manager_client.post(page("search", company.pk), {"wanted": person.id_number})
    assert [row.person for row in found.context["page_obj"]] == [person]
    none = manager_client.post(page("search", company.pk), {"wanted": ZHAO})
    assert 'class="empty"' in body(none)
    assert manager_client.get(page("search", company.pk)).status_code == 405


def test_a_member_is_removed(manager_client, company, person, at):
    membership = memberships.add(organisation=company, person=person, by=None, now=at("08:00"))
    assert manager_client.post(page("remove", company.pk, membership.pk)).status_code == 302
    assert Membership.objects.get().left_at == at("10:00")


def test_an_invitation_shows_link_and_qr_code_once(manager_client, company):
    answer = manager_client.post(page("invite", company.pk), {"invited_as": "member", "days": 3, "most_uses": 20})
    made = answer.context["made"]
    assert made["link"].startswith("http://127.0.0.1:8000/organisations/join/")
    assert made["picture"].startswith("data:image/svg+xml")
    assert body(answer).count(made["link"]) == 1
    assert "no-store" in answer["Cache-Control"]
    assert made["link"] not in body(manager_client.get(page("invite", company.pk)))


def test_an_invitation_of_managers_is_held_to_few_and_soon(manager_client, company):
    answer = manager_client.post(page("invite", company.pk), {"invited_as": "manager", "days": 30, "most_uses": 2})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["days"])
    assert 'value="30"' in body(answer)
    assert Invitation.objects.count() == 0


@pytest.fixture
def code(company, at):
    return invitations.invite(
        organisation=company, invited_as=InvitedAs.MEMBER, days=1, most_uses=1, by=None, now=at("08:00")
    )[1]


def test_who_follows_a_link_logs_in_is_asked_and_joins(client, company, person, code):
    assert client.get(page("join", code)).url.startswith("/accounts/login/?next=/organisations/join/")
    client.force_login(person.user)
    assert "海港机电" in body(client.get(page("join", code)))
    assert Membership.objects.count() == 0
    assert client.post(page("join", code)).url == "/organisations/"
    assert Membership.objects.get().person == person


def test_a_login_without_a_real_name_cannot_join(manager_client, code):
    assert manager_client.post(page("join", code)).status_code == 403
    assert Membership.objects.count() == 0


def test_a_link_that_does_not_work_says_so(client, person, other_person, company, code, at):
    client.force_login(person.user)
    assert client.get(page("join", "nothing")).status_code == 404
    invitations.join(code=code, person=other_person, now=at("09:00"))
    answer = client.get(page("join", code))
    assert (answer.status_code, 'role="alert"' in body(answer)) == (410, True)
    assert client.post(page("join", code)).status_code == 410


def test_codes_cannot_be_tried_out_fast(client, person, db):
    client.force_login(person.user)
    answers = [client.get(page("join", f"try{number}")).status_code for number in range(31)]
    assert set(answers[:30]) == {404}
    assert answers[30] == 429


def upload(client, company, data: bytes, **form):
    file = SimpleUploadedFile("花名册.xlsx", data)
    return client.post(page("rosters", company.pk), {"file": file, "told": "on", **form})


def test_a_roster_goes_from_upload_over_decision_to_result(manager_client, company, media, manager, at):
    from accounts.actions.rosters import reading

    answer = upload(manager_client, company, xlsx(ROWS))
    roster = RosterImport.objects.get()
    assert answer.url == page("roster", roster.pk)
    assert 'data-waiting="3"' in body(manager_client.get(answer.url))
    reading.read(roster_id=roster.pk, clock=lambda: at("10:00"))
    text = body(manager_client.get(answer.url))
    assert "data-waiting" not in text
    assert 'value="good"' in text
    assert 'value="all"' not in text
    assert ("王新" in text, ZHAO in text) == (False, False)
    assert manager_client.post(page("decide", roster.pk), {"mode": "all"}).status_code == 302
    assert RosterImport.objects.get().state == RosterState.READ
    manager_client.post(page("decide", roster.pk), {"mode": "good"})
    assert 'data-waiting="3"' in body(manager_client.get(answer.url))
    taking.take_in(roster_id=roster.pk, clock=lambda: at("10:00"))
    assert "notice--passed" in body(manager_client.get(answer.url))
    assert list(Person.objects.values_list("name", flat=True)) == ["王新"]


def test_the_page_of_a_roster_can_show_each_verdict(manager_client, hand_in):
    roster = hand_in(xlsx(ROWS))
    bad = manager_client.get(page("roster", roster.pk))
    assert [line.number for line in bad.context["lines"]] == [3]
    new = manager_client.get(page("roster", roster.pk) + "?verdict=new")
    assert [(line.number, line.name) for line in new.context["lines"]] == [(2, "*新")]
    wrong = manager_client.get(page("roster", roster.pk) + "?verdict=%27")
    assert wrong.context["verdict"] == "bad"


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_a_roster_costs_the_same_for_one_and_three(manager_client, hand_in, people):
    roster = hand_in(csv([TITLES, *[(1, "坏人", "123")] * people]))
    with CaptureQueriesContext(connection) as asked:
        assert len(manager_client.get(page("roster", roster.pk)).context["lines"]) == people
    assert ours(asked) == 5


def test_the_bad_lines_come_as_a_workbook_without_formulas(manager_client, hand_in):
    roster = hand_in(csv([*ROWS, (3, "@李", LI, "", "")]))
    answer = manager_client.get(page("errors", roster.pk))
    assert answer["Content-Disposition"] == f'attachment; filename="errors-{roster.pk}.xlsx"'
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][1:6] == TITLES
    assert rows[1][:5] == (3, "2", "'=李新", "123", None)
    assert len(rows) == 2 or rows[2][2] == "'@李"


@pytest.mark.parametrize(
    ("data", "code"), [(b"%PDF-1.7\0\1", "type"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "old_excel")]
)
def test_a_wrong_file_is_refused_in_its_place(manager_client, company, media, data, code):
    from accounts.rules.rosters import reasons

    answer = upload(manager_client, company, data)
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"] == [reasons.of_file(code)]


def test_without_the_word_that_people_know_nothing_is_handed_in(manager_client, company, media):
    answer = upload(manager_client, company, xlsx(ROWS), told="")
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["told"])
    assert RosterImport.objects.count() == 0


def test_a_roster_can_be_dropped(manager_client, hand_in):
    roster = hand_in(xlsx(ROWS))
    manager_client.post(page("cancel", roster.pk))
    assert RosterImport.objects.get().state == RosterState.CANCELLED
    assert manager_client.get(page("roster", roster.pk)).status_code == 200


def test_other_peoples_rosters_are_not_there(client, hand_in, make_person, at):
    roster = hand_in(xlsx(ROWS))
    client.force_login(make_person().user)
    assert client.get(page("roster", roster.pk)).status_code == 404
    assert client.get(page("errors", roster.pk)).status_code == 404
    for name in ("decide", "cancel"):
        assert client.post(page(name, roster.pk), {"mode": "good"}).status_code == 404
    assert RosterImport.objects.get().state == RosterState.READ


def test_a_manager_of_one_above_manages_the_rosters_below(manager_client, hand_in, team, manager, at):
    roster = hand_in(xlsx(ROWS), organisation=team)
    assert manager_client.get(page("roster", roster.pk)).status_code == 200
    deciding.confirm(roster_id=roster.pk, mode=RosterMode.GOOD_LINES, by=manager, now=at("10:00"))
    assert RosterImport.objects.get().state == RosterState.CONFIRMED


def test_changes_are_posted_only(manager_client, company, hand_in):
    roster = hand_in(xlsx(ROWS))
    for path in (
        page("decide", roster.pk),
        page("cancel", roster.pk),
        page("leave", company.pk),
        page("names", company.pk),
    ):
        assert manager_client.get(path).status_code == 405
