"""Tidy records imported without --as: the plan's files that they hold, each computed again."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings

from cfbudget.imports.tidy.record_proof import RecordProof, prove_records
from cfbudget.imports.tidy.records import read_records
from cfbudget.loaded import load_texts
from cfbudget.render.data import records_csv
from cfbudget.reports.totals.records import totals_records
from cfbudget.tables.plan_tables import plan_tables
from tests.imports.test_exported_workbooks import files_of, ran
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.support import ROOT, SHIPPED

WHOLE_COUNCIL = ROOT / "examples" / "ring-fenced"


def written(texts: Mapping[str, str]) -> str:
    plan = load_texts(dict(texts)).plan
    assert plan is not None
    return records_csv(totals_records(plan_tables(plan), notes=False))


def proof_of(texts: Mapping[str, str]) -> RecordProof:
    read = read_records(written(texts), "plan.csv")
    assert read.problems == ()
    proof = prove_records(read.records, "plan.csv", "plan")
    assert proof is not None
    return proof


def same_figures(texts: Mapping[str, str]) -> None:
    """The files of the records give the same records, but for the workings that are left out."""
    proof = proof_of(texts)
    assert proof.holds, (proof.problems, proof.apart, proof.missing)
    left = {one.line for one in proof.left_out}
    ours, theirs = (
        {(row["table"], row["row"], row["measure"], row["year"]): row for row in rows}
        for rows in map(csv.DictReader, map(io.StringIO, (written(proof.texts), written(texts))))
    )
    wanted = [row for at, row in enumerate(theirs, start=2) if at not in left]
    kept = ("label", "role", "unit", "amount", "service", "kind", "status", "fund", "ref")
    for key in wanted:
        if key[2] != "rate":
            assert [ours[key][one] for one in kept if one != "label"] == [
                theirs[key][one] for one in kept if one != "label"
            ]


@pytest.mark.parametrize("name", AWKWARD)
def test_the_records_of_a_plan_give_its_figures(name: str) -> None:
    same_figures(AWKWARD[name])


def test_a_net_alone_tells_where_a_service_stands_whose_figures_are_nil() -> None:
    """Only that `care` has no gross says that `homes` stands in it: all figures are nil."""
    texts = {
        "revenue_2024_25.yaml": """\
name: A council
unit: £
financial_year: 2024-25
contains_options_of: []
services:
  - id: care
    name: Care
    services:
      - id: homes
        name: Homes
        services: [{id: beds, name: Beds, net: 0}]
      - id: visits
        name: Visits
        services: [{id: calls, name: Calls, gross: 0, income: 0}]
"""
    }
    same_figures(texts)


@settings(max_examples=25, deadline=None)
@given(printed_plans())
def test_the_records_of_any_plan_give_its_figures(printed: Printed) -> None:
    same_figures(printed.texts)


@pytest.mark.parametrize("plan", [SHIPPED, WHOLE_COUNCIL], ids=lambda path: path.name)
def test_a_csv_of_totals_is_imported_as_a_plan(plan: Path, tmp_path: Path) -> None:
    source, into = tmp_path / "plan.csv", tmp_path / "plan"
    assert ran("totals", "--data", str(plan), "-o", str(source)).exit_code == 0
    done = ran("import", str(source), "--into", str(into))
    assert done.exit_code == 0, done.stderr
    assert "Records do not hold printed totals" in done.stdout
    assert sorted(files_of(into)) == sorted(
        name for name in files_of(plan) if name.endswith(".yaml")
    )
    again = tmp_path / "again.csv"
    assert ran("totals", "--data", str(into), "-o", str(again)).exit_code == 0
    amounts = [
        [
            {**row, "source": "", "label": ""}
            for row in csv.DictReader(path.read_text().splitlines())
        ]
        for path in (again, source)
    ]
    assert sorted(amounts[0], key=str) == sorted(amounts[1], key=str)


Change = Callable[[str], str]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace(",18400,", ",18401,"), "no services come to the totals"),
        (lambda text: text.replace(",-5600,", ",-5601,"), "funding total amount 2024-25, -20000"),
        (lambda text: text.replace(",-5600,", ",much,"), "'much' is not an amount"),
        (lambda text: text + text.splitlines()[-1], "the same figure stands on line"),
        (lambda text: text.replace("amount,", "amount,scenario,", 1), "not those of one plan"),
        (
            lambda text: "\n".join(line for line in text.splitlines() if "lines-of" not in line
            and not line.startswith("position,corporate,")),
            "position corporate change 2024-25 has no record",
        ),
        (lambda text: text.splitlines()[0], "no record in the file"),
    ],
)  # fmt: skip
def test_without_proof_nothing_is_written(change: Change, said: str, tmp_path: Path) -> None:
    source = tmp_path / "plan.csv"
    assert ran("totals", "--data", str(WHOLE_COUNCIL), "-o", str(source)).exit_code == 0
    source.write_text(change(source.read_text("utf-8")), "utf-8")
    done = ran("import", str(source), "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert said in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def test_records_are_of_no_one_kind(tmp_path: Path) -> None:
    source = tmp_path / "plan.csv"
    assert ran("totals", "--data", str(SHIPPED), "-o", str(source)).exit_code == 0
    done = ran("import", str(source), "--as", "options", "--into", str(tmp_path / "plan"))
    assert done.exit_code == 2
    assert "leave --as away" in done.stderr


NIL_SERVICE = {
    "revenue_2024_25.yaml": """\
name: Northtown
financial_year: 2024-25
unit: £
contains_options_of: []
services:
  - {id: empty, name: Empty, gross: 0, income: 0}
  - id: care
    name: Care
    services:
      - {id: home, name: Home Care, gross: 5, income: -1}
"""
}


def test_services_that_may_stand_elsewhere_are_told(tmp_path: Path) -> None:
    assert not proof_of(NIL_SERVICE).is_only_tree
    source = tmp_path / "plan.csv"
    source.write_text(written(NIL_SERVICE), "utf-8")
    done = ran("import", str(source), "--into", str(tmp_path / "plan"))
    assert "see that they stand where they belong" in done.stdout
    assert done.exit_code == 0


def test_many_services_are_nested_without_end() -> None:
    lines = "".join(
        f"  - id: s{at}\n    name: S {at}\n    services:\n"
        f"      - {{id: t{at}, name: T {at}, net: {at}}}\n      - {{id: u{at}, name: U, net: 1}}\n"
        for at in range(400)
    )
    head, _, _ = NIL_SERVICE["revenue_2024_25.yaml"].partition("  - {id: empty")
    proof = proof_of({"revenue_2024_25.yaml": head + lines})
    assert proof.holds


def test_records_of_some_tables_give_their_files(tmp_path: Path) -> None:
    source, into = tmp_path / "some.csv", tmp_path / "plan"
    tables = ("options", "capital")
    assert ran("totals", *tables, "--data", str(SHIPPED), "-o", str(source)).exit_code == 0
    done = ran("import", str(source), "--into", str(into))
    assert done.exit_code == 0, done.stdout
    assert sorted(files_of(into)) == ["capital_programme.yaml", "policy_options.yaml"]
    assert ran("totals", "revenue", "--data", str(SHIPPED), "-o", str(source)).exit_code == 0
    done = ran("import", str(source), "--into", str(tmp_path / "other"))
    assert done.exit_code == 2
    assert "no records of the position" in done.stderr


HEADINGS = "table,row,label,role,measure,year,unit,amount,source,service,kind,status\n"


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ("options,fees,Fees,line,fte,2024-25,FTE,-2.5,,care,saving,new\n", "options is an amount"),
        ("options,fees,Fees,line,rate,2024-25,%,2.5,,care,inflation,new\n", "options is an amount"),
        ("funding,tax,Tax,line,rise,2024-25,%,3,,,,\n", "funding is an amount"),
        ("funding,tax,Tax,line,band_d,2024-25,£,1500.25,,,,\n", "years"),
        (
            "reserves,one,One,line,opening,2024-25,£m,3,,,,\n"
            "reserves,two,Two,line,opening,2025-26,£m,3,,,,\n",
            "opening",
        ),
    ],
)
def test_records_that_lack_what_a_file_needs_are_refused(
    records: str, said: str, tmp_path: Path
) -> None:
    source, into = tmp_path / "part.csv", tmp_path / "plan"
    source.write_text(HEADINGS + records, "utf-8")
    done = ran("import", str(source), "--into", str(into))
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count(records.partition("\n")[0]) <= 1  # a line is shown once
    assert not into.exists()


def test_years_that_a_budget_may_contain_or_not_are_told() -> None:
    options = """\
name: Northtown
unit: £
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: home
    options: [{id: fees, name: Fees, kind: saving, status: new, changes: {2025-26: -2}}]
"""
    proof = proof_of({**NIL_SERVICE, "policy_options.yaml": options})
    assert proof.holds
    assert not proof.is_only_contents  # 2024-25 has nothing that could be contained
    proof = proof_of(
        {
            **NIL_SERVICE,
            "policy_options.yaml": options.replace("2025-26: -2", "2024-25: -1, 2025-26: -2"),
        }
    )
    assert proof.is_only_contents
