"""Command transcripts: what a user types and sees, run as written.

A file holds commands and what they print:

    $ cfbudget check tests/plans/x      a command; [40] before it runs it in a terminal that wide,
                                        and < FILE after it gives it a file on standard input
    text                               what stands on stdout
    ! text                             what stands on stderr
    = 2                                the exit status, where it is not 0

They run in a folder that holds the shipped plan as `data`, `tests/plans`,
`tests/tables`, `pasted.text`, and `returned.xlsx`: the plan's workbook in which one saving was
changed.
Run `UPDATE_TRANSCRIPTS=1 pytest tests/test_transcripts.py` to write what is printed now, and
read the difference.
"""

import os
import re
import shlex
import shutil
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.kit.recalculated import returned
from tests.kit.support import PLANS, ROOT, SHIPPED, TABLES
from tests.kit.terminal import run_in_terminal
from tests.kit.warm_command import run_warm

HERE = Path(__file__).parent / "transcripts"
COMMAND = re.compile(r"\$ (?:\[(?P<width>\d+)\] )?(?P<line>.*)")
README_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Step(NamedTuple):
    command: str
    width: int | None
    expected: str


def steps_of(text: str) -> list[Step]:
    found = []
    for block in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
        first, _, expected = block.partition("\n")
        match = COMMAND.fullmatch(first)
        assert match is not None, first
        width = int(match["width"]) if match["width"] else None
        found.append(Step(match["line"], width, expected))
    return found


def run(step: Step, folder: Path) -> str:
    """What the command prints, as a transcript shows it."""
    whole, _, piped = step.command.partition(" | ")
    command, _, pasted = whole.partition(" < ")
    words = shlex.split(command)
    assert words[0] == "cfbudget", step.command
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "CFBUDGET_DATA")}
    env["NO_COLOR"] = "1"
    if step.width is not None:
        seen, status = run_in_terminal(words[1:], folder, step.width, env)
        return _shown(seen, "", status)
    with (folder / pasted).open() if pasted else nullcontext(None) as given:
        done = run_warm(words[1:], folder, env, given.fileno() if given else None)
    printed = _cut(done.stdout, *piped.split(" -n ")) if piped else done.stdout
    return _shown(printed, _without_box(done.stderr), 0 if piped else done.returncode)


def _cut(text: str, which: str, count: str) -> str:
    """The first or last lines of what was printed, as `head` and `tail` give them."""
    lines = text.splitlines(keepends=True)
    kept = {"head": lines[: int(count)], "tail": lines[-int(count) :]}
    return "".join(kept[which])


def _without_box(err: str) -> str:
    """A usage error in one line: its usage line and box are the library's, and change with it."""
    before, box, rest = err.partition("╭─ Error")
    if not box:
        return err
    inside = [line.strip("│ ") for line in rest.splitlines() if line.startswith("│")]
    return f"{before.partition('Usage:')[0]}Error: {' '.join(inside)}\n"


def _shown(out: str, err: str, status: int) -> str:
    lines = [line.rstrip() for line in out.splitlines()]
    lines += [f"! {line}".rstrip() for line in err.splitlines()]
    lines += [f"= {status}"] if status else []
    return "\n".join(lines).rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "data")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(PLANS, tmp_path / "tests" / "plans")
    shutil.copytree(TABLES, tmp_path / "tests" / "tables")
    shutil.copy(HERE / "pasted.text", tmp_path)
    returned(tmp_path / "data", tmp_path / "returned.xlsx")
    return tmp_path


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("$ ")]
    seen = [(step, run(step, folder)) for step in steps_of(text)]
    blocks = [f"{_command(step)}\n{printed}".rstrip("\n") for step, printed in seen]
    now = head + "\n\n".join(blocks) + "\n"
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        path.write_text(now, encoding="utf-8")
    assert now == text


def _command(step: Step) -> str:
    return f"$ [{step.width}] {step.command}" if step.width else f"$ {step.command}"


def test_the_examples_of_the_readme_print_what_it_shows(folder: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    steps = [step for block in README_BLOCK.findall(readme) for step in steps_of(block)]
    assert len(steps) == 12
    for step in steps:
        assert as_seen(run(step, folder)) == as_seen(step.expected), step.command


def test_the_python_of_the_readme_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(code, names)
    net = names["frame"].query("row == 'total' and measure == 'net_budget'")
    assert list(net["amount"]) == [Decimal(n) for n in (101_238, 102_224, 104_658, 108_164)]


def as_seen(transcript: str) -> str:
    """What a reader's terminal shows of a transcript: no marks, and no exit status."""
    lines = [line for line in transcript.splitlines() if not line.startswith("= ")]
    return "\n".join(line.removeprefix("! ").removeprefix("!") for line in lines).rstrip()


def test_a_changed_transcript_fails(folder: Path) -> None:
    (step,) = steps_of("$ cfbudget totals revenue -f csv\ntable,row\n")
    assert run(step, folder) != step.expected.rstrip("\n")
