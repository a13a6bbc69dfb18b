"""The tree of knowledge points."""

import pytest

from accounts.enums import Role
from exams.actions import points
from exams.models import KnowledgePoint
from exams.queries.bank import points_as_tree, with_parts

from .bank_fixtures import author, officer, point, put  # noqa: F401  (fixtures)


@pytest.fixture
def add(rule, officer):  # noqa: F811
    def added(code, parent=None, **changed):
        said = {"operation": rule.operation, "name": code, "by": officer, **changed}
        return points.add(code=code, parent=parent, **said)

    return added


def test_points_stand_below_what_they_are_part_of(add, rule):
    k1 = add("K1")
    k11 = add("K11", k1)
    k111 = add("K111", k11)
    add("K2")
    assert [(depth, one.code) for depth, one in points_as_tree(rule.operation_id)] == [
        (0, "K1"),
        (1, "K11"),
        (2, "K111"),
        (0, "K2"),
    ]
    assert with_parts(k1.pk) == {k1.pk, k11.pk, k111.pk}


def test_no_point_is_part_of_itself_or_of_its_parts(add, officer):  # noqa: F811
    k1 = add("K1")
    k11 = add("K11", k1)
    for parent in (k1, k11):
        with pytest.raises(points.BadPlace):
            points.change(point_id=k1.pk, code="K1", name="x", parent=parent, by=officer)
    assert KnowledgePoint.objects.get(pk=k1.pk).parent is None


def test_a_point_is_part_of_its_own_operation_and_has_its_own_code(add, rule, officer):  # noqa: F811
    other = rule.operation.category.operations.create(number=1, name="高压电工作业")
    there = add("K1", operation=other)
    with pytest.raises(points.BadPlace):
        add("K2", there)
    add("K1")
    with pytest.raises(points.CodeTaken):
        add(" K1 ")


def test_only_officers_change_the_tree_and_nothing_that_is_used_goes(add, put, point, author, officer):  # noqa: F811
    with pytest.raises(points.NotAnEditor):
        add("K9", by=author)
    put()
    with pytest.raises(points.InUse):
        points.remove(point_id=point.pk, by=officer)
    free = add("K8")
    points.remove(point_id=free.pk, by=officer)
    assert list(KnowledgePoint.objects.values_list("code", flat=True)) == ["K41"]


def test_the_tree_is_edited_on_its_pages(add, rule, officer, author, client):  # noqa: F811
    k1 = add("K1")
    client.force_login(officer)
    tree = f"/admin/bank/points/{rule.operation_id}/"
    client.post(tree, {"code": "K11", "name": "法规", "parent": k1.pk})
    k11 = KnowledgePoint.objects.get(code="K11")
    assert (k11.parent, k11.name) == (k1, "法规")
    assert "K11 法规" in client.get(tree).text
    assert client.post(tree, {"code": "K11", "name": "x"}).context["form"].errors.keys() == {"code"}
    change = f"/admin/bank/points/change/{k1.pk}/"
    assert client.post(change, {"code": "K1", "name": "x", "parent": k11.pk}).context["form"].errors.keys() == {
        "parent"
    }
    client.post(change, {"code": "K0", "name": "总则"})
    assert KnowledgePoint.objects.get(pk=k1.pk).code == "K0"
    client.post(f"/admin/bank/points/remove/{k1.pk}/")  # K11 hangs on it
    client.post(f"/admin/bank/points/remove/{k11.pk}/")
    assert list(KnowledgePoint.objects.values_list("code", flat=True)) == ["K0"]
    client.force_login(author)
    assert client.post(tree, {"code": "K5", "name": "x"}).context["form"].non_field_errors()
    assert client.get("/admin/bank/points/999999/").status_code == 404


def test_the_tree_is_read_with_one_query(add, rule, django_assert_num_queries):
    add("K2", add("K1"))
    with django_assert_num_queries(1):
        assert len(points_as_tree(rule.operation_id)) == 2


def test_other_staff_see_no_tree(staff, rule, client):
    client.force_login(staff(Role.EXAMINER))
    assert client.get("/admin/bank/points/").status_code in (302, 403)
