"""Staff who may look at people, and a browser of theirs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import grant_permissions
from core.encryption import blind_index

PHONE = "+8613800138000"


@pytest.fixture
def administrator(staff) -> User:
    user = staff(Role.ADMINISTRATOR)
    grant_permissions()
    return user


@pytest.fixture
def auditor(staff) -> User:
    user = staff(Role.AUDITOR)
    grant_permissions()
    return user


@pytest.fixture
def admin_browser(administrator) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


@pytest.fixture
def audit_browser(auditor) -> Client:
    browser = Client()
    browser.force_login(auditor)
    return browser


@pytest.fixture
def queries():
    """Return a function that says how many queries a page makes: all of them, and those that read the table.

    What surrounds every page of the admin (session, menu) is not the list's; so both are asked for.
    """

    def count(browser: Client, address: str, table: str) -> tuple[int, int]:
        browser.get(address)  # fills what is kept for the process
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured), sum(f'FROM "{table}"' in query["sql"] for query in captured.captured_queries)

    return count


@pytest.fixture
def wang(make_person):
    person = make_person(name="王小电", username="wang")
    person.user.phone, person.user.phone_digest = PHONE, blind_index(PHONE)
    person.user.save()
    return person
