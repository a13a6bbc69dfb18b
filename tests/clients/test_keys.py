"""Keys are made by administrators, count until they end or are revoked, and are kept only as digests."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from clients.actions import keys
from clients.enums import Scope
from clients.models import ApiKey
from core.models import AuditEntry


def test_a_key_counts_until_it_ends(key_with, at):
    text = key_with(Scope.RESULTS_READ)
    assert keys.used(text, now=at("09:00")).scopes == ["results:read"]
    year = timedelta(days=365)
    assert keys.used(text, now=at("08:00") + year - timedelta(seconds=1)) is not None
    assert keys.used(text, now=at("08:00") + year) is None


def test_a_revoked_key_counts_no_more(key_with, administrator, at):
    text = key_with()
    key = ApiKey.objects.get()
    keys.revoke(key_id=key.pk, by=administrator, now=at("09:00"))
    assert keys.used(text, now=at("09:01")) is None
    again = keys.revoke(key_id=key.pk, by=administrator, now=at("10:00"))
    assert again.revoked_at == at("09:00")


def test_a_program_that_is_turned_off_has_no_key_that_counts(key_with, program, at):
    text = key_with()
    program.active = False
    program.save()
    assert keys.used(text, now=at("09:00")) is None


def test_neither_a_wrong_secret_nor_anything_else_opens(key_with, at):
    text = key_with()
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert [keys.used(each, now=at("09:00")) for each in (wrong, text[:20], "", "Bearer")] == [None] * 4


def test_the_key_itself_is_kept_nowhere(key_with):
    text = key_with()
    row = ApiKey.objects.values().get()
    assert text not in str(row)
    assert text not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.get(kind="clients.apikey").after["digest"] == "•••"


def test_use_is_noted_once_in_five_minutes(key_with, at, django_assert_num_queries):
    text = key_with()
    keys.used(text, now=at("09:00"))
    with django_assert_num_queries(1):
        keys.used(text, now=at("09:04"))
    assert ApiKey.objects.get().last_used_at == at("09:00")
    keys.used(text, now=at("09:06"))
    assert ApiKey.objects.get().last_used_at == at("09:06")


def test_only_an_administrator_gives_access(program, staff, at):
    with pytest.raises(keys.NotAnAdministrator):
        keys.issue(
            client=program,
            scopes=[Scope.IDENTITY_READ],
            expires_at=at("10:00"),
            by=staff(Role.EXAM_OFFICER),
            now=at("09:00"),
        )


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_a_key_for_nothing_or_the_unknown_is_not_made(program, administrator, at, scopes):
    with pytest.raises(ValueError):
        keys.issue(client=program, scopes=scopes, expires_at=at("10:00"), by=administrator, now=at("09:00"))
    assert not ApiKey.objects.exists()
