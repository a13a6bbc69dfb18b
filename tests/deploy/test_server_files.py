"""The units, the proxy and the compose file fit the code and docs/operations.md."""

import configparser
import re
from pathlib import Path

import settings_doc
import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def units() -> dict[str, configparser.ConfigParser]:
    found = {}
    for file in (DEPLOY / "systemd").glob("*.service"):
        found[file.stem] = configparser.ConfigParser(strict=False, interpolation=None)
        found[file.stem].optionxform = str
        found[file.stem].read_string(file.read_text())
    return found


def test_there_is_a_unit_for_each_process_that_the_document_names():
    named = set(re.findall(r"^\| `(xuehui-yingji-\w+)` \|", settings_doc.DOCUMENT.read_text(), re.MULTILINE))
    assert set(units()) == named


def test_every_unit_runs_in_the_same_place_as_the_same_user():
    services = [unit["Service"] for unit in units().values()]
    assert {(one["User"], one["WorkingDirectory"], one["EnvironmentFile"]) for one in services} == {
        ("xuehui", "/srv/xuehui-yingji", "/etc/xuehui-yingji.env")
    }


def test_the_compose_file_sets_only_documented_settings():
    documented = {name for name, *_ in settings_doc.ROW.findall(settings_doc.DOCUMENT.read_text())}
    assert set(COMPOSE["x-app"]["environment"]) <= documented


def test_the_compose_file_and_the_units_start_the_same_applications():
    def applications(commands):
        return {
            " ".join(re.findall(r"config\.asgi:application|celery -A config \w+|deploy/\w+\.py", one))
            for one in commands
        }

    ours = [service["command"] for service in COMPOSE["services"].values() if "command" in service]
    assert applications(ours) == applications(unit["Service"]["ExecStart"] for unit in units().values())


def test_the_proxy_talks_to_the_ports_that_the_units_serve():
    pages = re.search(r"serve_http\.py (\d+)", units()["xuehui-yingji-http"]["Service"]["ExecStart"])[1]
    sockets = re.search(r"--port (\d+)", units()["xuehui-yingji-web"]["Service"]["ExecStart"])[1]
    assert re.findall(r"server 127\.0\.0\.1:(\d+);", (DEPLOY / "nginx.conf").read_text()) == [pages, sockets]
