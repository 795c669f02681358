"""The command line as a process: which plan, where results go, how it ends."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup, TyperOption
from typer.main import get_command
from typer.testing import CliRunner

from cfbudget.cli.app import COMMANDS, command_line
from tests.kit.support import OPTIONS, REVENUE, SHIPPED, small_texts
from tests.kit.terminal import run_in_terminal

COMMAND = str(Path(sys.executable).parent / "cfbudget")
FIELDS = [
    "table",
    "row",
    "label",
    "role",
    "measure",
    "year",
    "unit",
    "amount",
    "source",
    "service",
    "kind",
    "status",
]


def cfbudget(
    *words: str, folder: Path = SHIPPED.parent, **env: str
) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("CFBUDGET_DATA", "COLUMNS")}
    return subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env={**clean, **env},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def plan_in(folder: Path, **replaced: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in small_texts(**replaced).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# -- an option is given once ---------------------------------------------------------------


def options_of(command: str) -> list[TyperOption]:
    """Every option of a command, as Typer has it."""
    group = get_command(command_line())
    assert isinstance(group, TyperGroup)
    found = group.commands[command]
    return [param for param in found.params if isinstance(param, TyperOption)]


# What may stand twice, and why: each of the others takes one value, or is a flag.
MAY_REPEAT = {
    "totals": {"service", "year"},
    "model": {"scenario", "service", "set_", "delay", "deliver_", "drop", "uplift", "reprofile"}
    | {"bring_in"},
    "export": {"scenario"},
    "verify": {"scenario"},
    "payback": {"scenario"},
    "solve": {"using"},
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


# -- which plan -----------------------------------------------------------------------------


def test_without_a_plan_the_shipped_one_is_used_and_named(tmp_path: Path) -> None:
    done = cfbudget("totals", "revenue", folder=tmp_path)
    assert done.returncode == 0
    assert "101,238" in done.stdout
    assert "this is the shipped one: Children & Families 2024-25, Cheshire West" in done.stderr


def test_a_plan_here_or_in_data_is_used_in_silence(tmp_path: Path) -> None:
    plan_in(tmp_path / "data")
    assert "Small Council" in cfbudget("totals", folder=tmp_path).stdout
    plan_in(tmp_path, revenue=REVENUE.replace("Small Council", "Here Council"))
    done = cfbudget("totals", folder=tmp_path)
    assert "Here Council" in done.stdout
    assert done.stderr == ""


def test_the_environment_names_a_plan_and_data_overrules_it(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan")
    assert "Small Council" in cfbudget("totals", CFBUDGET_DATA=str(plan)).stdout
    done = cfbudget("totals", "--data", str(SHIPPED), CFBUDGET_DATA=str(plan))
    assert "Small Council" not in done.stdout


@pytest.mark.parametrize("name", ["revenue_2024_25.yaml", "policy_option.yaml"])
def test_a_broken_plan_is_never_passed_over_for_another(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("broken: [\n")
    done = cfbudget("totals", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr


def test_the_name_of_the_shipped_plan_on_stderr_is_its_own() -> None:
    text = (SHIPPED / "revenue_2024_25.yaml").read_text(encoding="utf-8")
    assert "name: Children & Families\n" in text
    assert "financial_year: 2024-25\n" in text
    assert "publisher: Cheshire West and Chester Council\n" in text


# -- results --------------------------------------------------------------------------------


def test_tidy_records_have_the_fields_of_the_contract() -> None:
    done = cfbudget("totals", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == FIELDS
    records = json.loads(cfbudget("totals", "-f", "json").stdout)
    assert [list(record.values()) for record in records] == [list(row.values()) for row in rows]
    by_key = {(r["table"], r["row"], r["measure"], r["year"]): r for r in rows}
    assert len(by_key) == len(rows)
    net = by_key["position", "total", "net_budget", "2027-28"]
    assert (net["amount"], net["unit"], net["role"], net["source"]) == (
        "108164",
        "£000",
        "total",
        "",
    )
    line = by_key["options", "personal-travel-budgets", "change", "2024-25"]
    assert (line["amount"], line["role"], line["service"]) == ("-573", "line", "education")
    assert (line["kind"], line["status"]) == ("saving", "new")
    assert line["source"].startswith("policy_options.yaml:")
    group = by_key["options", "education/saving/previously-approved", "total", ""]
    assert (group["amount"], group["role"]) == ("-1691", "subtotal")
    assert by_key["capital", "pupil-referral-unit", "allocation", "2024-25"]["amount"] == "0"


def test_lines_add_up_to_the_total_of_every_table() -> None:
    rows = list(csv.DictReader(io.StringIO(cfbudget("totals", "-f", "csv").stdout)))
    for total in (row for row in rows if row["row"] == "total"):
        same = [total[field] for field in ("table", "measure", "year")]
        lines = [
            Decimal(row["amount"])
            for row in rows
            if row["role"] == "line" and [row[f] for f in ("table", "measure", "year")] == same
        ]
        assert sum(lines) == Decimal(total["amount"]), same


def test_sources_lead_to_the_line_of_the_figure() -> None:
    rows = csv.DictReader(io.StringIO(cfbudget("totals", "-f", "csv", "capital").stdout))
    for row in rows:
        if row["measure"] == "allocation" and row["role"] == "line" and row["amount"] != "0":
            name, _, line = row["source"].partition(":")
            text = (SHIPPED / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            assert f"{row['year']}: {Decimal(row['amount']):.3f}" in text


@pytest.mark.parametrize("ending", ["csv", "json", "md", "txt"])
def test_a_file_holds_what_would_be_printed(tmp_path: Path, ending: str) -> None:
    kind = "table" if ending == "txt" else ending
    target = tmp_path / f"totals.{ending}"
    target.write_text("what was there")
    done = cfbudget("totals", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == cfbudget("totals", "-f", kind).stdout
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "totals.csv"
    target.write_text("what was there")
    plan = plan_in(tmp_path / "plan", revenue="broken: [")
    assert cfbudget("totals", "--data", str(plan), "-o", str(target)).returncode == 2
    assert target.read_text() == "what was there"
    (tmp_path / "folder.csv").mkdir()
    done = cfbudget("totals", "-o", str(tmp_path / "folder.csv"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr


def test_a_name_that_is_a_formula_stays_a_text(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan", revenue=REVENUE.replace("name: Care", "name: =1+1"))
    rows = list(
        csv.DictReader(io.StringIO(cfbudget("totals", "-f", "csv", "--data", str(plan)).stdout))
    )
    assert {row["label"] for row in rows if row["row"] == "care" and row["table"] == "revenue"} == {
        "'=1+1"
    }
    assert any(row["amount"].startswith("-") for row in rows)
    assert '"label": "=1+1"' in cfbudget("totals", "-f", "json", "--data", str(plan)).stdout


@pytest.mark.parametrize("words", [("totals",), ("totals", "-f", "csv"), ("check",), ("schema",)])
def test_a_full_disk_is_said(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, *words],
            cwd=SHIPPED.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert done.stderr.endswith("cannot write the result: No space left on device\n")


def test_a_reader_that_leaves_early() -> None:
    process = subprocess.Popen(
        [COMMAND, "totals", "-f", "json"],
        cwd=SHIPPED.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


def test_piped_output_does_not_depend_on_a_terminal() -> None:
    assert cfbudget("totals", COLUMNS="30").stdout == cfbudget("totals", COLUMNS="300").stdout


def test_an_encoding_without_a_pound_sign_keeps_the_figures() -> None:
    done = cfbudget("totals", "revenue", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "101,238" in done.stdout
    assert "?000" in done.stdout


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_honoured(env: dict[str, str], coloured: bool) -> None:
    clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    argv = [COMMAND, "check", "--data", str(SHIPPED)]
    seen, status = run_in_terminal(argv, SHIPPED.parent, 80, {**clean, **env})
    assert status == 0
    assert ("\x1b[1;33mwarning" in seen) == coloured


# -- what is stated and does not agree ------------------------------------------------------

WRONG = REVENUE.replace("income: -170, net: 130", "income: -170, net: 131")


def test_a_stated_total_that_differs(tmp_path: Path) -> None:
    plan = str(plan_in(tmp_path / "plan", revenue=WRONG))
    totals = cfbudget("totals", "--data", plan)
    assert totals.returncode == 0
    assert "revenue_2024_25.yaml:9:41: error CF301" in totals.stderr
    assert "1 differs (cfbudget check)" in totals.stdout
    check = cfbudget("check", plan)
    assert check.returncode == 1
    assert "difference (1)" in check.stderr


def test_check_as_json(tmp_path: Path) -> None:
    plan = str(plan_in(tmp_path / "plan", revenue=WRONG))
    done = cfbudget("check", plan, "-f", "json")
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 1
    (problem,) = found["problems"]
    assert list(problem) == ["file", "line", "column", "severity", "rule", "message", "hint"]
    assert problem["file"] == f"{plan}/revenue_2024_25.yaml"
    assert (problem["line"], problem["rule"], problem["severity"]) == (9, "CF301", "error")
    differs = [c for c in found["comparisons"] if c["outcome"] == "differs"]
    (compared,) = differs
    assert (compared["stated"], compared["computed"], compared["difference"]) == (
        "131",
        "130",
        "-1",
    )
    assert found["summary"]["compared"] == len(found["comparisons"])


def test_check_writes_its_records_even_of_a_plan_that_cannot_be_read(tmp_path: Path) -> None:
    plan = str(
        plan_in(tmp_path / "plan", options=OPTIONS.replace("service: care", "service: cair"))
    )
    done = cfbudget("check", plan, "-f", "json")
    assert done.returncode == 2
    found = json.loads(done.stdout)
    assert [problem["rule"] for problem in found["problems"]] == ["CF203"]
    assert found["comparisons"] == []


def test_several_folders_in_one_run(tmp_path: Path) -> None:
    good, wrong = plan_in(tmp_path / "good"), plan_in(tmp_path / "wrong", revenue=WRONG)
    done = cfbudget("check", str(good), str(wrong), "-f", "json")
    assert done.returncode == 1
    plans = [compared["plan"] for compared in json.loads(done.stdout)["comparisons"]]
    assert set(plans) == {str(good), str(wrong)}


def test_nothing_stated_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    text = "\n".join(line for line in REVENUE.splitlines() if not line.startswith("stated"))
    text = text.replace(", stated: {net: 80}", "").replace(", stated: {net: 50}", "")
    (folder / "revenue_2024_25.yaml").write_text(text, encoding="utf-8")
    done = cfbudget("check", str(folder))
    assert done.returncode == 0
    assert "Nothing is stated, so no figure was compared." in done.stdout


def test_strict_and_accepted_warnings(tmp_path: Path) -> None:
    growth = OPTIONS.replace("name: Fees", "name: Fees growth")
    plan = plan_in(tmp_path / "plan", options=growth)
    assert cfbudget("check", str(plan)).returncode == 0
    assert cfbudget("check", str(plan), "--strict").returncode == 1
    accepted = growth.replace("id: fees,", "id: fees, accepted: {CF406: the name is the book's},")
    plan_in(plan, options=accepted)
    done = cfbudget("check", str(plan), "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 warnings, 1 accepted" in done.stdout
    shown = cfbudget("check", str(plan), "--accepted")
    assert "accepted: the name is the book's" in shown.stderr


def test_a_table_that_the_plan_lacks(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan")
    (plan / "capital_programme.yaml").unlink()
    done = cfbudget("totals", "--data", str(plan))
    assert "The plan has no capital programme." in done.stdout
    asked = cfbudget("totals", "capital", "--data", str(plan))
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "no capital table" in asked.stderr


# -- the program itself ---------------------------------------------------------------------


def test_totals_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['cfbudget', 'totals', '--data', 'data']\n"
        "from cfbudget.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl'} & set(sys.modules)), file=sys.stderr)"
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


# -- what a close reading asked for ---------------------------------------------------------


def test_the_command_alone_shows_its_help() -> None:
    done = cfbudget()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: cfbudget" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("totals", "--data", ""), "it names no folder"),
        (("check", ""), "it names no folder"),
        (("check", "data", "--data", "data"), "not both"),
        (("totals", "-f", "csv", "-o", "x.json"), "are two formats"),
        (("totals", "-f", "xml"), "'xml' is none of table, csv, json, md"),
        (("totals", "data"), "write --data data"),
        (("totals", "-f", "csv", "-o", "data/policy_options.yaml"), "is a file of the plan"),
        (("check", "-f", "csv", "-o", "data/policy_options.yaml"), "is a file of the plan"),
        (("payback", "-o", "data/policy_options.yaml", "-f", "csv"), "is a file of the plan"),
        (("payback", "-f", "csv", "-o", "x.json"), "are two formats"),
        (("payback", "education"), "is a service"),
        (("payback", "--rate", "3.5"), "write 3.5%"),
        (("schema", "position"), "'position' is none of revenue, capital, options"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    before = (tmp_path / "data" / "policy_options.yaml").read_bytes()
    done = cfbudget(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", "").split())
    assert (tmp_path / "data" / "policy_options.yaml").read_bytes() == before


def test_a_named_folder_goes_before_the_environment(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan")
    done = cfbudget("check", str(plan), CFBUDGET_DATA=str(SHIPPED))
    assert "Small Council" in done.stdout


@pytest.mark.parametrize("words", [("totals", "-f", "csv"), ("totals", "-f", "json"), ("schema",)])
def test_data_is_utf_8_whatever_the_terminal_can_show(words: tuple[str, ...]) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert cfbudget(*words, folder=SHIPPED.parent, **plain).stdout == cfbudget(*words).stdout


def test_output_to_a_device() -> None:
    done = cfbudget("totals", "-f", "csv", "-o", "/dev/stdout")
    assert done.stdout == cfbudget("totals", "-f", "csv").stdout


def test_a_full_stderr_changes_no_exit_status() -> None:
    with Path("/dev/full").open("w") as full:
        argv = [COMMAND, "check"]
        done = subprocess.run(
            argv, cwd=SHIPPED.parent, stdout=subprocess.PIPE, stderr=full, check=False
        )
    assert done.returncode == 0
    assert b"79 agree" in done.stdout


def test_tables_that_a_plan_lacks_are_named_whatever_the_format(tmp_path: Path) -> None:
    plan = plan_in(tmp_path / "plan")
    (plan / "capital_programme.yaml").unlink()
    for words in (("totals", "--data"), ("check",)):
        assert "The plan has no capital programme." in cfbudget(*words, str(plan)).stdout
    for kind in ("csv", "json"):
        done = cfbudget("totals", "--data", str(plan), "-f", kind)
        assert done.stderr == "cfbudget: The plan has no capital programme.\n"


def test_a_year_keeps_the_opening_that_it_stands_on() -> None:
    nested = str(SHIPPED.parent / "tests" / "plans" / "nested")
    done = cfbudget("totals", "position", "--data", nested, "--year", "2026-27", "-f", "csv")
    rows = {(row["row"], row["measure"]): row for row in csv.DictReader(io.StringIO(done.stdout))}
    opening, level = rows["total", "opening"], rows["total", "cumulative_change"]
    assert opening["year"] == "2025-26"
    net = Decimal(rows["total", "net_budget"]["amount"])
    assert net == Decimal(opening["amount"]) + Decimal(level["amount"])


def test_each_figure_of_the_position_leads_to_the_budget_it_stands_on() -> None:
    nested = str(SHIPPED.parent / "tests" / "plans" / "nested")
    done = cfbudget("totals", "position", "--data", nested, "-f", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["row"] == "home-care"]
    sources = {(row["measure"], row["year"]): row["source"].partition(":")[0] for row in rows}
    assert sources["opening", ""] == "revenue_2024_25.yaml"
    assert sources["opening", "2025-26"] == "revenue_2025_26.yaml"
    assert sources["net_budget", "2024-25"] == "revenue_2024_25.yaml"
    assert sources["net_budget", "2026-27"] == "revenue_2025_26.yaml"
    shipped = cfbudget("totals", "position", "-f", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(shipped.stdout)) if row["row"] == "education"]
    changes = {row["source"].partition(":")[0] for row in rows if row["measure"] == "change"}
    assert changes == {"policy_options.yaml"}


def test_a_filter_that_leaves_nothing_says_so() -> None:
    done = cfbudget("totals", "capital", "--service", "education", "-f", "csv")
    assert "None of these services has a line in this table" in done.stderr
    done = cfbudget("totals", "revenue", "--year", "2026-27")
    assert "No figure of 2026-27 in this table" in done.stdout
