"""docs/operations.md says what the settings read."""

import settings_doc


def test_every_setting_is_documented_with_its_default_and_nothing_else_is():
    assert settings_doc.faults() == []


def test_a_setting_without_a_row_is_named():
    text = settings_doc.DOCUMENT.read_text()
    row = next(line for line in text.splitlines() if line.startswith("| `LOG_LEVEL` |"))
    assert settings_doc.faults(text.replace(row, "")) == ["LOG_LEVEL is read but not in operations.md"]


def test_a_row_that_nothing_reads_is_named():
    text = settings_doc.DOCUMENT.read_text() + "| `GONE` | once something | none | all |\n"
    assert settings_doc.faults(text) == ["GONE is in operations.md but nothing reads it"]


def test_a_default_that_differs_from_the_code_is_named():
    text = settings_doc.DOCUMENT.read_text().replace("| `INFO` | all |", "| `DEBUG` | all |")
    assert settings_doc.faults(text) == ["LOG_LEVEL: the default is `INFO`, not `DEBUG`"]


def test_a_profile_that_does_not_exist_is_named():
    text = settings_doc.DOCUMENT.read_text().replace("| `INFO` | all |", "| `INFO` | staging |")
    assert settings_doc.faults(text) == [
        "LOG_LEVEL: the profile is one of all, commands, embedded, production, not 'staging'"
    ]
