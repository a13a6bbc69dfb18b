"""The exam lists in the administration show names masked."""

import pytest

from accounts.enums import Role
from exams.permissions import grant_permissions


@pytest.mark.parametrize(
    ("role", "path"), [(Role.EXAM_OFFICER, "/admin/admissions/"), (Role.INVIGILATOR, "/admin/admissions/")]
)
def test_candidates_are_masked_in_the_list(attempt, staff, client, role, path):
    user = staff(role)
    grant_permissions()
    client.force_login(user)
    page = client.get(path).text
    assert attempt.admission.ticket in page
    assert attempt.person.masked_name in page
    assert attempt.person.name not in page


def test_candidates_are_masked_on_the_page_of_an_admission(attempt, staff, client):
    user = staff(Role.INVIGILATOR)
    grant_permissions()
    client.force_login(user)
    page = client.get(f"/admin/admissions/inspect/{attempt.admission_id}/").text
    assert attempt.admission.ticket in page
    assert attempt.person.name not in page
