"""The index in the administration: seen by those who edit, kept by publishers and administrators, all of it audited."""

import pytest

from accounts.enums import Role
from core.models import AuditEntry
from kb import retrieval, tasks
from kb.actions import indexing
from kb.index import store
from kb.models import IndexState

PAGE = "/admin/knowledge-index/"


@pytest.fixture
def publisher(client, staff, monkeypatch):
    monkeypatch.setattr(tasks.build_stale_index, "apply_async", lambda **options: None)
    client.force_login(staff(Role.PUBLISHER))
    return client


def deeds() -> list[tuple]:
    return list(AuditEntry.objects.filter(kind="kb.indexstate").order_by("pk").values_list("actor", "before", "after"))


def test_versions_are_listed_with_what_they_hold_and_which_is_in_use(index, make_article, publisher, at):
    first = store.current()
    make_article()
    second = indexing.build(now=at("10:00"))
    (index / "versions" / first / "documents.json").write_text("[]")
    page = publisher.get(PAGE)
    assert [(one.name, one.documents, one.fault) for one in page.context["versions"]] == [
        (second, 1, ""),
        (first, 9, "documents.json"),
    ]
    assert (page.context["current"], page.context["building"]) == (second, False)
    assert f'value="{first}"' not in page.content.decode()


def test_a_page_without_any_index_says_so(fresh, publisher):
    page = publisher.get(PAGE)
    assert (page.context["versions"], page.context["current"]) == ([], "")


@pytest.mark.parametrize(("data", "trains"), [({}, False), ({"train": "1"}, True)])
def test_a_whole_build_is_asked_for_and_done_by_the_worker(
    index, make_article, publisher, at, monkeypatch, data, trains
):
    make_article()
    indexing.build(now=at("10:00"))
    before = store.current()
    trained = []
    whole = indexing._snapshot
    monkeypatch.setattr(
        indexing,
        "_snapshot",
        lambda *args: trained.append(args[-2:]) or whole(*args[:-2], False, args[-1]),
    )
    assert publisher.post(f"{PAGE}build/", data).url == PAGE
    assert IndexState.objects.get().trains is trains
    tasks.build_stale_index()
    assert trained == [(trains, True)]
    assert store.current() > before
    state = IndexState.objects.get()
    assert (state.whole_asked_at, state.needed_at) == (None, None)
    assert [(who, after) for who, _before, after in deeds()] == [
        ("publisher", {"build": "whole, encoder trained" if trains else "whole"})
    ]


def test_a_whole_build_asked_for_while_one_runs_is_not_lost(index, make_article, staff, at, monkeypatch):
    make_article()
    by = staff(Role.ADMINISTRATOR)
    write = store.write

    def write_and_meanwhile_somebody_asks(snapshot, *, now):
        monkeypatch.setattr(store, "write", write)
        indexing.request_rebuild(train=False, by=by, now=at("10:05"))
        return write(snapshot, now=now)

    indexing.request_rebuild(train=False, by=by, now=at("10:00"))
    monkeypatch.setattr(store, "write", write_and_meanwhile_somebody_asks)
    first = indexing.build(now=at("10:01"))
    assert IndexState.objects.get().whole_asked_at == at("10:05")
    assert indexing.build(now=at("10:06")) > first
    assert IndexState.objects.get().whole_asked_at is None


def test_going_back_to_a_version_is_done_at_once_and_audited(index, make_article, publisher, at):
    first = store.current()
    make_article()
    second = indexing.build(now=at("10:00"))
    make_article(slug="other")
    third = indexing.build(now=at("10:01"))
    publisher.post(f"{PAGE}back/", {"version": first})
    assert (store.current(), retrieval.get("oil-pan-fire").id) == (first, "oil-pan-fire")
    publisher.post(f"{PAGE}back/", {"version": second})
    assert store.current() == second
    assert deeds() == [
        ("publisher", {"version": third}, {"version": first}),
        ("publisher", {"version": first}, {"version": second}),
    ]


@pytest.mark.parametrize("version", ["../../etc", "000099-aaaaaaaaaaaa"])
def test_going_back_to_what_is_not_there_changes_nothing(index, publisher, version):
    before = store.current()
    publisher.post(f"{PAGE}back/", {"version": version})
    assert (store.current(), deeds()) == (before, [])


def test_an_editor_sees_the_page_and_may_do_nothing_on_it(index, client, staff, at):
    editor = staff(Role.KNOWLEDGE_EDITOR)
    client.force_login(editor)
    assert client.get(PAGE).context["keeps"] is False
    for act in (
        lambda: indexing.request_rebuild(train=False, by=editor, now=at("10:00")),
        lambda: indexing.roll_back(to=store.current(), by=editor, now=at("10:00")),
    ):
        with pytest.raises(indexing.NotYourIndex):
            act()
    assert IndexState.objects.filter(whole_asked_at__isnull=False).count() == 0


def test_a_build_that_failed_is_told_until_one_works(index, make_article, publisher, at, monkeypatch):
    make_article()
    save = store.write
    monkeypatch.setattr(store, "write", lambda *args, **options: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        indexing.build(now=at("10:00"))
    assert "disk full" in publisher.get(PAGE).content.decode()
    monkeypatch.setattr(store, "write", save)
    indexing.build(now=at("10:01"))
    assert "disk full" not in publisher.get(PAGE).content.decode()
