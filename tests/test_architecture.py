"""What import-linter cannot see: foreign keys, and the habits of the house."""

import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
ORDER = [
    "core",
    "cms",
    "accounts",
    "clients",
    "wechat",
    "notifications",
    "kb",
    "training",
    "exams",
    "chatbot",
    "campaigns",
    "portal",
]
SIDE_BY_SIDE = ({"chatbot", "campaigns"}, {"clients", "wechat"})


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in ORDER]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_downward(model):
    here = model._meta.app_label
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if field.is_relation and field.related_model in ours():
            there = field.related_model._meta.app_label
            assert ORDER.index(there) <= ORDER.index(here), f"{field} points up"
            assert here == there or {here, there} not in SIDE_BY_SIDE, f"{field} points sideways"


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def test_no_source_file_passes_three_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.ts", "*.css")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_no_room_without_a_noun():
    names = {"utils.py", "helpers.py", "services.py", "misc.py", "common.py"}
    assert [path for path in tracked("*.py") if path.name in names] == []


def test_transactions_live_in_actions_only():
    rooms = [path for path in tracked("*.py") if "tests" not in path.parts and "migrations" not in path.parts]
    found = [
        str(path.relative_to(ROOT))
        for path in rooms
        if "transaction.atomic" in path.read_text(encoding="utf-8")
        and "actions" not in path.parts
        and path.name != "actions.py"
    ]
    assert found == []
