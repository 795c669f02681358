"""The command line explains itself: its help, what may be given once, what it imports."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from typer.core import TyperGroup, TyperOption
from typer.main import get_command
from typer.testing import CliRunner

from cfbudget.cli.app import COMMANDS, command_line
from tests.kit.processes import FIELDS, cfbudget, plan_in
from tests.kit.support import OPTIONS, SHIPPED

# -- an option is given once ---------------------------------------------------------------


def options_of(command: str) -> list[TyperOption]:
    """Every option of a command, as Typer has it."""
    group = get_command(command_line())
    assert isinstance(group, TyperGroup)
    found = group.commands[command]
    return [param for param in found.params if isinstance(param, TyperOption)]


# What may stand twice, and why: each of the others takes one value, or is a flag.
MAY_REPEAT = {
    "totals": {"service", "year", "view"},
    "model": {"scenario", "service", "set_", "delay", "deliver_", "drop", "uplift", "reprofile"}
    | {"bring_in", "view", "beside"},
    "export": {"scenario"},
    "verify": {"scenario"},
    "payback": {"scenario"},
    "chart": {"scenario", "year"},
    "report": {"scenario", "beside"},
    "explain": {"scenario"},
    "solve": {"using"},
    "import": {"kind", "map_", "column"},
    "new": {"carry_forward"},
    "consolidate": {"by"},
}
ONE_VALUE = [
    pytest.param(command, option, id=f"{command} {option.opts[-1]}")
    for command in COMMANDS
    for option in options_of(command)
    if not option.is_flag and option.name not in MAY_REPEAT.get(command, ())
]


def run_with(command: str, *words: str) -> tuple[int, str]:
    """The exit status, and what is said in one line, however a terminal would wrap it."""
    done = CliRunner().invoke(command_line(command), [command, *words])
    assert done.stdout == ""
    return done.exit_code, " ".join(re.sub("[─│╭╮╰╯]", " ", done.stderr).split())


@pytest.mark.parametrize(("command", "option"), ONE_VALUE)
def test_an_option_that_takes_one_value_is_given_once(command: str, option: TyperOption) -> None:
    """Whichever of its names, whether the values differ, and before anything else is looked at."""
    for first, second in product(option.opts, repeat=2):
        status, said = run_with(command, first, "one", second, "another")
        assert status == 2
        names = " / ".join(f"'{name}'" for name in option.opts)
        assert f"Invalid value for {names}: it takes one value, and is given twice" in said
    again = [word for _ in range(3) for word in (option.opts[0], "one")]
    assert "and is given 3 times" in run_with(command, *again)[1]
    assert "it takes one value" not in run_with(command, option.opts[0], "one")[1]


def test_every_command_was_walked() -> None:
    assert {str(param.values[0]) for param in ONE_VALUE} >= set(COMMANDS) - {"schema"}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_may_be_given_again_and_flags_are_not_refused(command: str) -> None:
    for option in options_of(command):
        if option.name in MAY_REPEAT.get(command, ()):
            assert option.multiple
            said = run_with(command, option.opts[0], "one", option.opts[0], "one")[1]
            assert "it takes one value" not in said
        elif option.is_flag and not option.secondary_opts:
            said = run_with(command, option.opts[0], option.opts[0], "--no-such-option")[1]
            assert "it takes one value" not in said


def test_one_of_two_flags_is_a_value() -> None:
    status, said = run_with("cast", "--exact", "--no-exact")
    assert (status, "'--exact' / '--no-exact': it takes one value" in said) == (2, True)


def test_who_asks_for_help_gets_it() -> None:
    done = cfbudget("totals", "-f", "csv", "-f", "json", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: cfbudget totals" in done.stdout


def test_a_shell_completes_what_stands_after_an_option_given_twice() -> None:
    words = "cfbudget totals --data data --data data --serv"
    done = cfbudget(_CFBUDGET_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD="6")
    assert (done.stdout, done.stderr) == ("--service\n", "")


# -- the program itself ---------------------------------------------------------------------


def test_totals_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['cfbudget', 'totals', '--data', 'data']\n"
        "from cfbudget.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'docx'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=SHIPPED.parent, capture_output=True, check=True, text=True
    )
    assert done.stderr == "[]\n"
    assert "108,164" in done.stdout


@pytest.mark.parametrize("command", ["totals", "check", "payback", "cast", "schema"])
def test_help_has_examples(command: str) -> None:
    done = cfbudget(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert f"cfbudget {command}" in done.stdout


def test_the_options_of_the_root_and_all_commands_are_in_its_help() -> None:
    done = cfbudget("--help")
    words = ("--version", "--install-completion", "totals", "check", "payback", "cast", "schema")
    for word in words:
        assert word in done.stdout
    assert cfbudget("--version").stdout.startswith("cfbudget ")


def complete(line: str) -> list[str]:
    """What a shell would offer at the end of a line."""
    words = line.split(" ")
    env = {
        "_CFBUDGET_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    return cfbudget(folder=SHIPPED.parent, **env).stdout.split()


def test_shell_completion() -> None:
    assert set(complete("cfbudget ")) >= {"totals", "check", "payback", "schema"}
    assert complete("cfbudget totals --service e") == ["early-help-and-prevention", "education"]
    assert "position" in complete("cfbudget totals p")
    assert complete("cfbudget payback p") == ["pinewood-plus"]
    assert complete("cfbudget explain net personal-t") == ["personal-travel-budgets"]
    assert complete("cfbudget payback complex") == [
        "complex-youth-team-investment",
        "complex-youth-team",
    ]


def test_another_plan_beside_it_stays_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    before = {p: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}
    for words in (("totals",), ("check",), ("check", "--strict"), ("payback",), ("schema",)):
        cfbudget(*words, folder=tmp_path)
    after = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert after == before


def test_payback_warns_of_a_stated_total_that_differs(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan", options=OPTIONS.replace("stated: -15", "stated: -16"))
    done = cfbudget("payback", "--data", str(plan))
    assert done.returncode == 0
    assert "CF301" in done.stderr
    assert "The plan has no invest to save." in done.stdout


def test_payback_in_every_format_tells_what_is_not_in_it(tmp_path: Path) -> None:
    sentence = "Revenue lines of this plan only; capital, and spending and savings before the plan"
    for kind in ("table", "md"):
        assert sentence in cfbudget("payback", "-f", kind).stdout
    for kind in ("csv", "json"):
        done = cfbudget("payback", "-f", kind, "--rate", "3.5%")
        assert sentence in done.stderr
        assert "Rate: 3.5% a year; horizon: 2024-25 to 2027-28" in done.stderr
    rows = list(csv.DictReader(io.StringIO(cfbudget("payback", "-f", "csv").stdout)))
    assert list(rows[0]) == FIELDS
    assert json.loads(cfbudget("payback", "-f", "json").stdout) == rows
    assert cfbudget("payback", "-o", str(tmp_path / "payback.txt")).returncode == 0
    written = (tmp_path / "payback.txt").read_text(encoding="utf-8")
    assert written == cfbudget("payback").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_no_word_of_a_help_is_taken_for_a_style(command: str) -> None:
    group = get_command(command_line())
    assert isinstance(group, TyperGroup)
    found = group.commands[command]
    written = [found.help, *(getattr(param, "help", None) for param in found.params)]
    assert not [text for text in written if re.search(r"(?<!\\)\[[a-z]+\]", text or "")]
