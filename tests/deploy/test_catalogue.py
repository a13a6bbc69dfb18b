"""Every text has its Chinese, and the reader of texts finds what Django would look up."""

import os

import catalogue
import polib
import pytest


def test_every_text_of_the_sources_has_a_finished_chinese_translation():
    assert catalogue.faults() == []


def test_marked_calls_in_python_are_found_with_their_line():
    source = (
        'from x import gettext_lazy as _\nA = _("Part one "\n  "and two")\nB = ngettext("%(n)s day", "%(n)s days", n)\n'
    )
    source += 'C = pgettext_lazy("month", "May")\nD = _(variable)\nE = translation.gettext("Dotted")\n'
    assert list(catalogue.in_python(source)) == [
        (2, {"msgid": "Part one and two"}),
        (4, {"msgid": "%(n)s day", "plural": "%(n)s days"}),
        (5, {"context": "month", "msgid": "May"}),
        (7, {"msgid": "Dotted"}),
    ]


def test_tags_in_templates_are_found_as_makemessages_would_write_them():
    source = """{% load i18n %}<p title="it's {{ x }}">(100%)</p>
{% translate "Save" %}
{% translate 'It is "quoted"' context "button" %}
{% blocktranslate trimmed with name=person.name %}
  Hello,
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=3 %}{{ n }} seat{% plural %}{{ n }} seats{% endblocktranslate %}
{% include "a.html" with label=_("Label") %}{{ _("Shown")|upper }}{{ x|default:_("None yet") }}
"""
    assert [texts for _, texts in catalogue.in_template(source)] == [
        {"msgid": "Save"},
        {"context": "button", "msgid": 'It is "quoted"'},
        {"msgid": "Hello, %(name)s"},
        {"msgid": "%(n)s seat", "plural": "%(n)s seats"},
        {"msgid": "Label"},
        {"msgid": "Shown"},
        {"msgid": "None yet"},
    ]


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room with three texts and no catalogue yet."""
    (tmp_path / "room").mkdir()
    (tmp_path / "room/views.py").write_text('_("Save")\n_("Hello %(name)s")\nngettext("%(n)s day", "%(n)s days", 2)\n')
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "ROOMS", [tmp_path / "room"])
    monkeypatch.setattr(catalogue, "SIMPLIFIED", tmp_path / "zh_Hans/LC_MESSAGES/django.po")
    names = ("zh_Hans", "zh_Hant")
    monkeypatch.setattr(catalogue, "COMPILED", [tmp_path / name / "LC_MESSAGES/django.mo" for name in names])
    return tmp_path


def translate(**chinese: str) -> None:
    file = polib.pofile(str(catalogue.SIMPLIFIED))
    for entry in file:
        text = chinese.get(entry.msgid.split()[0].strip("%()sn") or "days", "")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: text}
        else:
            entry.msgstr = text
    file.save()


def test_a_missing_catalogue_is_a_fault(room):
    assert catalogue.faults() == ["zh_Hans/LC_MESSAGES/django.po is missing"]


def test_update_adds_new_texts_empty_and_each_is_a_fault(room):
    assert catalogue.update() == "3 texts, 3 still to translate in zh_Hans/LC_MESSAGES/django.po"
    assert catalogue.faults()[0] == "room/views.py:1: no translation of 'Save'"


def test_a_finished_catalogue_has_no_faults_and_update_keeps_it(room):
    catalogue.update()
    translate(Save="保存", Hello="%(name)s，你好", days="%(n)s 天")
    assert catalogue.faults() == []
    assert catalogue.update() == "3 texts, 0 still to translate in zh_Hans/LC_MESSAGES/django.po"


def test_a_fuzzy_entry_and_a_lost_blank_are_faults(room):
    catalogue.update()
    translate(Save="保存", Hello="你好", days="%(n)s 天")
    file = polib.pofile(str(catalogue.SIMPLIFIED))
    file.find("Save").flags.append("fuzzy")
    file.save()
    assert catalogue.faults() == [
        "room/views.py:1: fuzzy translation of 'Save'",
        "room/views.py:2: 'Hello %(name)s' and '你好' have different blanks",
    ]


def test_update_marks_a_vanished_text_obsolete(room):
    catalogue.update()
    (room / "room/views.py").write_text('_("Save")\n')
    catalogue.update()
    assert [entry.msgid for entry in polib.pofile(str(catalogue.SIMPLIFIED)) if not entry.obsolete] == ["Save"]


def test_compiling_writes_the_traditional_catalogue_by_conversion(room):
    catalogue.update()
    translate(Save="保存应急预案", Hello="%(name)s，你好", days="%(n)s 天")
    assert catalogue.needs_compiling()
    catalogue.compile_all()
    assert not catalogue.needs_compiling()
    assert [polib.mofile(str(file)).find("Save").msgstr for file in catalogue.COMPILED] == [
        "保存应急预案",
        "保存應急預案",
    ]


def test_a_catalogue_newer_than_its_compiled_form_needs_compiling(room):
    catalogue.update()
    catalogue.compile_all()
    os.utime(catalogue.SIMPLIFIED, (2e9, 2e9))
    assert catalogue.needs_compiling()
