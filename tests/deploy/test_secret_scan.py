"""No secret is in the repository, and one that were would be seen."""

import pytest
import secret_scan


def test_the_repository_holds_no_secret():
    assert secret_scan.faults() == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("-----BEGIN RSA PRIVATE" + " KEY-----", "private key"),
        ("aws = AKIA" + "ABCDEFGHIJKLMNOP", "access token"),
        ("DATABASE = dict(password=" + "'hunter2hunter2')", "a secret written out"),
        ('SECRET_KEY = "' + 'correct horse battery staple"', "a secret written out"),
        ('{"WECHAT_APP_SECRET": "' + '0123456789abcdef0123456789abcdef"}', "a secret written out"),
        ('seal = "' + 'q7Zx1Lk0Vw9Bn3Rt5Yc8Pd2Mf6Hj4Gs_Ka-Ue"', "a random value"),
    ],
)
def test_a_secret_is_seen_with_its_line(line, kind):
    assert list(secret_scan.found_in(f"first line\n{line}\n")) == [(2, kind)]


@pytest.mark.parametrize(
    "line",
    [
        'password = forms.CharField(label=_("Password"))',
        'SECRET_KEY = env.str("SECRET_KEY", default="")',
        'token = "{% csrf_token %}"',
        'WECHAT_APP_SECRET = "secret for tests"',
        'digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
        'template = "exams/attempts/a-rather-long-name-of-a-template.html"',
    ],
)
def test_what_only_resembles_a_secret_passes(line):
    assert list(secret_scan.found_in(line)) == []


def test_a_fault_names_the_place_but_not_the_secret(tmp_path, monkeypatch):
    leak = tmp_path / "settings.py"
    leak.write_text("PASSWORD = " + '"hunter2hunter2"\n')
    monkeypatch.setattr(secret_scan, "ROOT", tmp_path)
    monkeypatch.setattr(secret_scan, "files", lambda: [leak])
    assert secret_scan.faults() == ["settings.py:1: a secret written out"]
