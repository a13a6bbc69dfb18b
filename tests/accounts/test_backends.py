"""Who a session belongs to: the login, and with it the person behind it."""

import pytest
from django.contrib.auth import get_user

from accounts.backends import LoginBackend
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_person_comes_with_the_login(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert LoginBackend().get_user(person.user_id).person == person


def test_a_login_without_a_person_needs_no_further_look(db, django_assert_num_queries):
    user = User.objects.create_user("nobody")
    with django_assert_num_queries(1):
        assert getattr(LoginBackend().get_user(user.pk), "person", None) is None


def test_a_closed_login_and_one_that_is_not_there_are_nobody(client, person):
    user = person.user
    client.force_login(user)
    user.is_active = False
    user.save()
    assert LoginBackend().get_user(user.pk) is None
    assert LoginBackend().get_user(0) is None
    assert get_user(client).is_anonymous
