"""Search words and synonyms: rules of the models, seeding, and the mark they leave on the index."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from kb import queries
from kb.actions import seeding
from kb.lexicon import Lexicon
from kb.models import IndexState, SearchTerm, SynonymGroup
from kb.permissions import grant_permissions
from tests.kb.real_index import CONTENT

FILE = "terms: [保险销]\ngroups:\n  - [灭火器, 灭火筒]\n  - [燃气, 煤气, gas]\n"


@pytest.fixture
def path(tmp_path):
    (tmp_path / "synonyms.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path / "synonyms.yaml"


def test_loading_adds_what_is_new_and_leaves_what_editors_made(path, db):
    assert seeding.load_lexicon(path=path) == 3
    group = SynonymGroup.objects.get(first="灭火器")
    group.words, group.active = "灭火器\n灭火机", False
    group.save()
    path.write_text(FILE + "  - [电梯, 升降机]\n", encoding="utf-8")
    assert seeding.load_lexicon(path=path) == 1
    assert SynonymGroup.objects.get(first="灭火器").listed == ["灭火器", "灭火机"]
    expected = Lexicon(("保险销",), (("燃气", "煤气", "gas"), ("电梯", "升降机")))
    assert queries.lexicon() == expected


@pytest.mark.parametrize("wrong", ["terms: [a b]\ngroups: []", "terms: []\ngroups: [[一个]]", "terms: 3", "{", ""])
def test_a_wrong_file_is_refused_whole(path, db, wrong):
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(seeding.InvalidLexicon):
        seeding.load_lexicon(path=path)
    assert SearchTerm.objects.count() + SynonymGroup.objects.count() == 0


def test_the_shipped_words_are_loaded(db):
    assert seeding.load_lexicon(path=CONTENT / "synonyms.yaml") > 150
    assert seeding.load_lexicon(path=CONTENT / "synonyms.yaml") == 0


def test_reading_the_words_takes_two_queries(path, db, django_assert_num_queries):
    seeding.load_lexicon(path=path)
    with django_assert_num_queries(2):
        queries.lexicon()


@pytest.mark.parametrize("words", ["灭火器", "灭火器\n灭火器", "灭火器\n！", "灭火器\n" + "长" * 41])
def test_a_group_needs_two_words(db, words):
    with pytest.raises(ValidationError):
        SynonymGroup(words=words).clean_fields(exclude=["first"])


def test_two_groups_with_the_same_first_word_are_refused(db):
    SynonymGroup.objects.create(words="灭火器\n灭火筒")
    with pytest.raises(ValidationError):
        SynonymGroup(words="灭火器\n灭火机").clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        SynonymGroup.objects.create(words="灭火器\n灭火机")


def test_every_change_of_a_word_marks_the_index(db):
    group = SynonymGroup(words="灭火器\n灭火筒")
    for change in (group.save, group.save, group.delete, SearchTerm(text="保险销").save):
        IndexState.objects.update(needed_at=None)
        change()
        assert queries.index_needed() is True


def test_an_editor_adds_a_group_in_the_administration(client, staff):
    grant_permissions()
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    reply = client.post("/admin/synonyms/new/", {"words": "灭火器\r\n灭火筒", "active": "on"})
    assert reply.status_code == 302
    assert SynonymGroup.objects.get().listed == ["灭火器", "灭火筒"]
    assert "灭火筒" in client.get("/admin/synonyms/").content.decode()
