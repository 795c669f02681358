"""The command line as a process: which plan, where results go, how it ends."""

import csv
import io
import json
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.kit.processes import FIELDS, cfbudget, plan_in
from tests.kit.support import OPTIONS, REVENUE, SHIPPED
from tests.kit.terminal import run_in_terminal
from tests.kit.warm_command import COMMAND

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
    words = ["check", "--data", str(SHIPPED)]
    seen, status = run_in_terminal(words, SHIPPED.parent, 80, {**clean, **env})
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


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--scenario", "all.txt"),
        ("report", "--beside", "all.txt", "--beside", "one.txt"),
        ("explain", "net_budget", "total", "2024-25", "--scenario", "all.txt"),
        ("chart", "bridge", "--scenario", "all.txt"),
        ("payback", "--scenario", "all.txt"),
        ("model", "--scenario", "all.txt"),
        ("model", "--beside", "all.txt", "--beside", "one.txt"),
    ],
)
@pytest.mark.parametrize("output", ["all.txt", "one.txt"])
def test_a_scenario_is_not_written_over(
    words: tuple[str, ...], output: str, tmp_path: Path
) -> None:
    """Neither the one that is named nor one that it includes."""
    plan_in(tmp_path)
    texts = {
        "one.txt": "name: One\nchanges:\n  - {drop: fees}\n",
        "all.txt": "name: All\ninclude: [one.txt]\nchanges:\n  - {delay: demand, years: 1}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = cfbudget(*words, "-o", output, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{output} is the scenario itself: write the result elsewhere" in done.stderr
    assert {name: (tmp_path / name).read_text() for name in texts} == texts


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
