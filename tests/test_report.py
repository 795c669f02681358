"""The report: what it says in brief is in the figures, and the page is safe, small and the same."""

import json
import re
import sys
from base64 import b64encode
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cfbudget.checks.report import check
from cfbudget.cli.app import command_line
from cfbudget.layout.page import Items, Sentences
from cfbudget.reports.plan_report.in_brief import in_brief
from cfbudget.reports.plan_report.risks import risks
from cfbudget.reports.plan_report.subject import ReportSubject
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.processes import cfbudget
from tests.kit.support import OPTIONS, ROOT, SHIPPED, plan_of, small_texts
from tests.kit.whole_council import OPTIONS as WHOLE_OPTIONS
from tests.kit.whole_council import RESERVES, with_funding

MOST = 2_500_000
LATER = {"2025-26", "2026-27", "2027-28"}


def ran(*words: str) -> str:
    done = CliRunner().invoke(command_line("report"), ["report", *words])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def said_of(**texts: str) -> list[str]:
    """What is said in brief of a small plan, sentence by sentence."""
    plan = plan_of(small_texts(**texts))
    blocks = in_brief(ReportSubject(plan, check(plan), "0", {}))
    return [
        line for block in blocks if isinstance(block, Items | Sentences) for line in block.lines
    ]


@pytest.fixture(scope="module")
def page() -> str:
    return ran("--data", str(SHIPPED), "-f", "html")


def test_the_same_plan_gives_the_same_bytes(page: str, tmp_path: Path) -> None:
    target = tmp_path / "again.html"
    done = cfbudget("report", "--data", str(SHIPPED), "-o", str(target), PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == page.encode("utf-8")


def test_it_is_small_and_its_first_table_stands_before_its_charts(page: str) -> None:
    assert len(page.encode("utf-8")) < MOST
    assert 0 < page.index("<table ") < page.index("<svg ")
    assert page.count("<svg ") == page.count("<figure>") > 3


def test_the_policy_names_what_stands_in_the_page_and_nothing_else(page: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;;")
    assert not re.search(r"<[^>]*\s(?:style|on\w+|href=.?https?|src)=", page)


def test_what_is_still_to_come_is_what_the_options_say() -> None:
    """From the tidy records: the savings of the years that the approved budget does not hold."""
    done = CliRunner().invoke(
        command_line("totals"), ["totals", "options", "--data", str(SHIPPED), "-f", "json"]
    )
    amounts = [
        Decimal(record["amount"])
        for record in json.loads(done.stdout)
        if record["role"] == "line" and record["kind"] == "saving" and record["year"] in LATER
    ]
    to_come = -sum(amounts) / 1000
    text = ran("--data", str(SHIPPED))
    assert f"Savings of £{to_come:.3f}m a year by 2027-28 are still to come" in text
    assert f"the net budget of 2027-28 would be £{to_come / 10:.3f}m more" in text


def test_a_small_plan_in_brief() -> None:
    said = said_of()
    assert "The net budget of Small Council is £130,000 in 2024-25 and £155,000 in 2025-26." in said
    assert "By service, from 2024-25 to 2025-26: Care £25,000 more." in said
    assert (
        "Against the budget before the plan, by 2025-26: savings lower it by £15,000 and "
        "investment raises it by £30,000." in said
    )
    assert (
        "Savings of £5,000 a year by 2025-26 are still to come, in 2025-26. The largest is Fees, "
        "£5,000. Were a tenth of all of it not delivered, the net budget of 2025-26 would be £500 "
        "more." in said
    )


def test_options_of_one_name_are_all_still_to_come() -> None:
    more = "      - {id: fees-2, name: Fees, kind: saving, status: new, changes: {2025-26: -7}}\n"
    said = " ".join(said_of(options=OPTIONS.replace("    options:\n", f"    options:\n{more}", 1)))
    assert "Savings of £12,000 a year by 2025-26" in said
    assert "The largest is Fees, £7,000." in said


def test_a_one_off_is_not_still_to_come_and_is_taken_back() -> None:
    options = OPTIONS.replace("status: new,", "status: new, recurs: false,")
    said = " ".join(said_of(options=options))
    assert "still to come" not in said
    assert "by 2025-26: savings lower it by £5,000 and" in said


def test_what_is_not_known_yet_is_told_once_as_a_risk() -> None:
    texts = {**with_funding(), "reserves.yaml": RESERVES}
    texts["policy_options.yaml"] = WHOLE_OPTIONS.replace("2026-27: -2", "2026-27: tbc")
    plan = plan_of(texts)
    (said,) = (
        line
        for line in risks(ReportSubject(plan, check(plan), "0", {}))
        if line.startswith("The totals exclude")
    )
    assert said == "The totals exclude 1 line not yet known (tbc): Fees 2026-27."


def test_a_reserve_is_a_risk_where_it_falls_below_its_floor() -> None:
    """Two of one name; a floor that is a share is known where there is a net budget."""
    reserves = """\
name: Small Council
unit: £m
financial_years: [2024-25, 2025-26, 2026-27, 2027-28]
reserves:
  - {id: general, name: General, opening: 30, floor: 10%, draws: {2024-25: 6, 2025-26: 4}}
  - {id: other, name: General, opening: 3, floor: 2, draws: {2024-25: 2}}
"""
    plan = plan_of({**with_funding(), "reserves.yaml": reserves})
    said = [*risks(ReportSubject(plan, check(plan), "0", {}))]
    below = "; ".join(f"1 in {year}, against 2" for year in plan.reserve_years)
    assert [line for line in said if "floor" in line] == [
        f"General falls below its floor: {below}, in £m."
    ]
    (table,) = plan_tables(plan, ("reserves",))
    stays = "General stays at or above its floor in the years whose net budget is known."
    assert table.notes == (stays, f"General falls below its floor: {below}, in £m.")


def test_a_plan_that_does_not_agree_says_so() -> None:
    text = ran("--data", str(ROOT / "examples" / "west-norfolk-2024"), "-f", "md")
    assert "3 printed figures differ from the lines." in text


@pytest.mark.parametrize("name", ["gateshead-2023", "ring-fenced", "west-norfolk-2024"])
def test_its_records_are_those_of_the_tables_whatever_rows_they_have(name: str) -> None:
    """A gap has several rows of one total, and an assumption a rate in a row of its own."""
    folder = str(ROOT / "examples" / name)
    tables = ["totals", "--data", folder, "--notes", "-f", "csv"]
    done = CliRunner().invoke(command_line("totals"), tables)
    assert ran("--data", folder, "-f", "csv") == done.stdout


def test_with_a_scenario_it_stands_beside_the_baseline(tmp_path: Path) -> None:
    (tmp_path / "less.yaml").write_text(
        "name: Less travel\nchanges:\n  - {set: personal-travel-budgets, to: {2024-25: -400}}\n"
    )
    words = ("--data", str(SHIPPED), "--scenario", str(tmp_path / "less.yaml"))
    text = ran(*words)
    assert "With Less travel" in text
    assert "The scenario costs £0.173m more in every year from 2024-25 to 2027-28." in text
    assert "scenario" in ran(*words, "-f", "csv").partition("\n")[0]


SLIP = "children-in-care-and-care-leavers-accommodation-strategy"


@pytest.mark.parametrize("how", ["--scenario", "--beside"])
def test_what_may_be_a_slip_of_a_scenario_is_in_its_report(how: str, tmp_path: Path) -> None:
    for name in "ab":
        text = f"name: {name}\nchanges: [{{delay: {SLIP}, years: 1}}]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    files = [str(tmp_path / f"{name}.yaml") for name in "ab"][: 2 if how == "--beside" else 1]
    words = ("--data", str(SHIPPED), *(word for file in files for word in (how, file)))
    text = ran(*words, "-f", "md")
    assert text.partition("## Warnings")[2].count("CF509") == len(files)
    assert "of the scenario" in text.partition("### What is at risk")[2].partition("###")[0]
    titles = re.findall("^##? .*", text, re.MULTILINE)
    assert len(set(titles)) == len(titles)


def test_several_scenarios_stand_side_by_side(tmp_path: Path) -> None:
    changes = {
        "less": "{set: personal-travel-budgets, to: {2024-25: -400}}",
        "late": "{delay: pension-liabilities, years: 1}",
    }
    words = ["--data", str(SHIPPED)]
    for name, change in changes.items():
        (tmp_path / f"{name}.yaml").write_text(f"name: {name}\nchanges:\n  - {change}\n")
        words += ["--beside", str(tmp_path / f"{name}.yaml")]
    text = ran(*words)
    assert "2 scenarios beside the baseline" in text
    assert '<table id="table_1"' in ran(*words, "-f", "html")
    with_one = ["report", *words, "--scenario", str(tmp_path / "less.yaml")]
    done = CliRunner().invoke(command_line("report"), with_one)
    assert (done.exit_code, done.stdout) == (2, "")


def test_without_its_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    done = CliRunner().invoke(
        command_line("report"), ["report", "--data", str(SHIPPED), "-f", "html"]
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "pip install 'cfbudget[report]'" in done.stderr
