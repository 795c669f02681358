"""Streams that are closed or full, and signals: the command as a process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.support import small_texts

PAUSED = """
import pathlib, signal, sys, time, xlsxwriter
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)  # ignored where tests run in the background
def pause(owner, name):
    real = getattr(owner, name)
    def paused(*words, **names):
        done = real(*words, **names)
        print("ready", flush=True)
        for _ in range(1200):  # a signal just before a sleep is seen after it
            time.sleep(0.05)
        return done
    setattr(owner, name, paused)
pause({owner}, "{name}")
from cfbudget.cli import main
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan").mkdir()
    (tmp_path / "out").mkdir()
    for name, text in small_texts().items():
        (tmp_path / "plan" / name).write_text(text, encoding="utf-8")
    return tmp_path


def shell(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as a shell does, which can close streams."""
    line = f"exec {sys.executable} -m cfbudget {words}"
    return subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, capture_output=True, check=False, encoding="utf-8"
    )


# -- streams --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["cast", "cast -"])
def test_a_closed_stdin_has_nothing_in_it(folder: Path, words: str) -> None:
    done = shell(folder, f"{words} <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input: error CF620 there is nothing in it" in done.stderr


def test_a_closed_stdin_is_not_missed(folder: Path) -> None:
    done = shell(folder, "export out/plan.xlsx --data plan <&-")
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "out/plan.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("words", ["totals --data plan", "--version", "export out/a.csv"])
def test_a_closed_stdout_is_said(folder: Path, words: str) -> None:
    done = shell(folder, f"{words} >&-")
    assert done.returncode == 2
    assert done.stderr == "cfbudget: standard output is closed: send it somewhere\n"


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "<&- 2>&-"])
@pytest.mark.parametrize(("words", "status"), [("totals", 0), ("verify no.xlsx", 2), ("no", 2)])
def test_a_stderr_that_takes_nothing_changes_nothing(
    folder: Path, words: str, status: int, where: str
) -> None:
    """`totals` has a notice to give: which plan it is of."""
    expected = shell(folder, words)
    done = shell(folder, f"{words} {where}")
    assert (done.returncode, done.stdout) == (status, expected.stdout)
    assert expected.stderr != ""


@pytest.mark.parametrize("words", ["--version", "--help", "", "totals --help", "totals -f csv"])
def test_a_full_device_is_said(folder: Path, words: str) -> None:
    done = shell(folder, f"{words} >/dev/full")
    assert done.returncode == 2
    assert done.stderr.endswith("No space left on device\n")
    assert "Traceback" not in done.stderr


# -- signals --------------------------------------------------------------------------------

EXPORT = ("export", "--data", "plan", "--force")
MOMENTS = {
    "just made": ("pathlib.Path", "touch", (*EXPORT, "out/plan.csv")),
    "just written": ("pathlib.Path", "write_text", ("totals", "--data", "plan", "-o", "out/a.md")),
    "given its rights": ("pathlib.Path", "chmod", (*EXPORT, "out/plan.parquet")),
    "its parts' folder made": ("pathlib.Path", "mkdir", (*EXPORT, "out/plan.xlsx")),
    "its parts being made": ("xlsxwriter.Workbook", "_store_workbook", (*EXPORT, "out/plan.xlsx")),
    "a scenario": (
        "pathlib.Path",
        "write_text",
        ("model", "--data", "plan", "--drop", "fees", "--save", "out/a.yaml"),
    ),
    "a cast": ("pathlib.Path", "write_bytes", ("cast", "table.csv", "-o", "out/cast.xlsx")),
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_signal_leaves_nothing_behind(folder: Path, moment: str, number: signal.Signals) -> None:
    owner, name, words = MOMENTS[moment]
    (folder / "table.csv").write_text("Line,2024-25\na,1234567\nb,7654321\nTotal,8888888\n")
    code = PAUSED.format(owner=owner, name=name)
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    while process.stdout.readline() != b"ready\n":  # a result may come first
        assert process.poll() is None
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert said == b""
    assert os.listdir(folder / "out") == []


def test_an_ignored_signal_stays_ignored(folder: Path) -> None:
    """As nohup has it."""
    code = "import os, signal\nfrom cfbudget.cli.signals import clear_away_on_signals\n"
    code += "signal.signal(signal.SIGHUP, signal.SIG_IGN)\nclear_away_on_signals()\n"
    code += "os.kill(os.getpid(), signal.SIGHUP)\n"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
