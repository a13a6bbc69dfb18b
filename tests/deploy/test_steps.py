"""Progress lines, the end of a failed command, and one-line endings."""

import sys

import pytest
import steps


def test_a_step_is_one_numbered_line_with_its_note(capsys):
    with steps.Steps(9, done=2)("Building") as step:
        step.note = "unchanged"
    assert capsys.readouterr().out == "[3/9] Building … unchanged\n"


def test_a_step_returns_what_its_command_printed_and_shows_nothing_of_it(capsys):
    with steps.Steps(1)("Asking") as step:
        answer = step.run([sys.executable, "-c", "print('one'); print('two')"])
        step.note = "done"
    assert answer == "one\ntwo"
    assert capsys.readouterr().out == "[1/1] Asking … done\n"


def test_a_failed_command_shows_its_last_lines_and_stops(capsys):
    code = "import sys; [print('line', n) for n in range(50)]; sys.exit(3)"
    with pytest.raises(steps.Stop) as stop, steps.Steps(1)("Building") as step:
        step.run([sys.executable, "-c", code])
    out = capsys.readouterr().out
    assert str(stop.value).endswith("ended with 3; its last lines are above.")
    assert "line 49" in out
    assert "line 29\n" not in out


def test_a_full_disk_is_said_in_one_line():
    code = "import sys; sys.exit('OSError: [Errno 28] No space left on device')"
    with pytest.raises(steps.Stop) as stop, steps.Steps(1)("Python packages") as step:
        step.run([sys.executable, "-c", code])
    message = "[1/1] Python packages: no disk space left; free some and run the same command again."
    assert str(stop.value) == message


def test_a_long_step_gives_signs_of_life_with_its_latest_line(monkeypatch, capsys):
    monkeypatch.setattr(steps, "SIGN_OF_LIFE", 0.1)
    code = "import time; print('WARNING: noise', flush=True); print('Collecting torch', flush=True); time.sleep(1)"
    with steps.Steps(1)("Python packages") as step:
        step.run([sys.executable, "-c", code])
    out = capsys.readouterr().out
    assert "s  Collecting torch\n" in out
    assert "noise" not in out
    assert out.splitlines()[-1].startswith("      done: ")


def ending(program, capsys) -> tuple[object, str]:
    with pytest.raises(SystemExit) as left:
        steps.main(program)
    return left.value.code, capsys.readouterr().err


def raiser(error):
    def program():
        raise error

    return program


def test_a_stop_ends_with_one_line_and_status_1(capsys):
    assert ending(raiser(steps.Stop("Port 8000 is taken.")), capsys) == (1, "✗ Port 8000 is taken.\n")


def test_ctrl_c_ends_quietly_with_status_130(capsys):
    assert ending(raiser(KeyboardInterrupt()), capsys) == (130, "\nStopped.\n")


def test_the_status_of_the_program_is_the_status_of_the_command(capsys):
    assert ending(lambda: 1, capsys) == (1, "")
    assert ending(lambda: None, capsys) == (0, "")
