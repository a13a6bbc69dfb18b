"""What PostgreSQL itself refuses to do to the audit trail."""

import pytest
from django.db import DatabaseError, connection, transaction

from exams.models import ExamPoint


def test_an_entry_younger_than_the_law_asks_cannot_be_removed(db):
    ExamPoint.objects.create(name="一号考点", address="x")
    with pytest.raises(DatabaseError, match="183 days"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
