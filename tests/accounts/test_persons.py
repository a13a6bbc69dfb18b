"""Registering real-name persons."""

import pytest
from django.db import connection

from accounts.actions import persons
from accounts.models import Person
from accounts.queries import person_by_id_number
from tests.conftest import id_number


def register(raw, at, name="王小电"):
    return persons.register(name=name, id_number=raw, user=None, by=None, now=at("08:00"))


def test_the_id_number_is_sealed_in_the_database(db, at):
    number = id_number(1)
    register(number, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, id_digest FROM accounts_person")
        sealed, digest = cursor.fetchone()
    assert number not in sealed
    assert number not in digest
    assert Person.objects.get().id_number == number


def test_a_person_is_found_by_the_number_in_any_form(db, at):
    person = register(id_number(1).lower(), at)
    assert person_by_id_number(id_number(1)) == person


def test_the_same_number_registers_one_person_once(db, at):
    register(id_number(1), at)
    with pytest.raises(persons.PersonExists):
        register(f" {id_number(1).lower()} ", at, name="someone else")
    assert Person.objects.count() == 1
