"""Amounts that are not known yet (tbc): in no figure, said of every figure that lacks them."""

import json
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.not_known import LeftOut, capital_lacks, options_lack, position_lacks
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.position import position_amounts
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Table
from cfbudget.loaded import load_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.tables.options_by import options_by
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import prove, work_out
from tests.kit.altered import case_of, input_at
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget as run
from tests.kit.processes import plan_in
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, loaded, plan_of, small_texts
from tests.kit.workbooks import book_of

FEES = OPTIONS.replace("2025-26: -5}, stated: -15", "2025-26: tbc}, stated: -15")
"""The small plan, whose fees of 2025-26 are not known: they are −5 in what it states."""
HALL = CAPITAL.replace("2025-26: 0.250}", "2025-26: TBC}")
"""Its roof's allocation of 2025-26 is not known: it is 0.250 in what the file states."""
NOTE = "The totals exclude 1 line not yet known (tbc): Fees 2025-26."


def shown(table: Table) -> dict[str, list[str]]:
    """The rows of a table as they are read, by label."""
    rows = (row for panel in table.panels for row in panel_grid(table, panel).rows)
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.label, []).extend(row.texts)
    return found


def problems(**texts: str) -> tuple[Problem, ...]:
    return cfbudget.check(plan_of(small_texts(**texts))).problems


# -- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["tbc", "TBC", '" Tbc "'])
def test_tbc_is_read_in_changes_and_allocations(word: str) -> None:
    plan = plan_of(
        small_texts(options=FEES.replace("tbc", word), capital=HALL.replace("TBC", word))
    )
    assert plan.options is not None
    assert plan.capital is not None
    fees, demand = plan.options.services[0].options
    assert [(str(year), place.line) for year, place in fees.unknown.items()] == [("2025-26", 10)]
    assert list(map(str, fees.changes)) == ["2024-25"]
    assert not demand.unknown
    assert list(map(str, plan.capital.schemes[0].unknown)) == ["2025-26"]


@pytest.mark.parametrize("word", ["tba", "TBD", "to be confirmed", "not known"])
def test_other_words_for_it_are_told_of_tbc(word: str) -> None:
    (found,) = loaded(options=FEES.replace("tbc", word)).problems
    assert found.rule == "CF112"
    assert found.hint == "write tbc for an amount that is not known yet"


def test_elsewhere_an_amount_cannot_be_tbc() -> None:
    (found,) = loaded(revenue=REVENUE.replace("income: -20", "income: tbc")).problems
    assert (found.rule, found.place.line) == ("CF112", 7)
    assert found.hint == "tbc may stand in an option's changes and a scheme's allocations only"


def test_a_stated_total_that_is_tbc_states_nothing() -> None:
    plan = plan_of(small_texts(options=OPTIONS.replace("total: 15}", "total: tbc}")))
    outcomes = [c.outcome for c in cfbudget.check(plan).comparisons if c.table == "options"]
    assert outcomes.count("not stated") == 2


@pytest.mark.parametrize(
    ("years", "rule"), [("2031-32: tbc", "CF204"), ("2025-26: tbc, 2025/26: tbc", "CF202")]
)
def test_its_year_is_held_to_the_same_rules(years: str, rule: str) -> None:
    found = loaded(options=FEES.replace("2025-26: tbc", years)).problems
    assert [problem.rule for problem in found] == [rule]


def test_a_level_cannot_be_tbc() -> None:
    levels = FEES.replace("basis: change", "basis: level").replace("{2025-26: 30}, stated: 30", "")
    text = levels.replace("changes: }", "changes: {2024-25: 0, 2025-26: 30}}")
    (found,) = loaded(options=text).problems
    assert found.rule == "CF210"
    assert (found.hint or "").endswith("a level cannot be tbc")


# -- figures --------------------------------------------------------------------------------


def test_the_cell_says_tbc_and_each_total_without_it_is_marked() -> None:
    table = cfbudget.options(plan_of(small_texts(options=FEES)))
    rows = shown(table)
    assert rows["Fees"] == ["(10)", "tbc", "(10)†"]
    assert rows["Total new savings"] == ["(10)", "-†", "(10)†"]
    assert rows["Demand"] == ["-", "30", "30"]
    assert rows["Total change, Small Council"] == ["(10)", "30†", "20†"]
    assert table.notes == (NOTE,)


def test_a_plan_that_knows_all_has_no_mark_and_no_note() -> None:
    for table in plan_tables(plan_of(small_texts())):
        assert "†" not in str(shown(table))
        assert not any("not yet known" in note for note in table.notes)


def test_the_position_lacks_it_from_its_year_on() -> None:
    rows = shown(cfbudget.position(plan_of(small_texts(options=FEES))))
    #                             change          level           opening and net budgets    money
    assert rows["Care"] == ["(10)", "30†", "(10)", "20†", "90", "80", "110†", "(10)", "10†"]
    assert "†" not in str(rows["Schools"])


def test_a_budget_has_what_it_contains_already() -> None:
    options = OPTIONS.replace("2024-25: -10, 2025-26: -5}, stated: -15", "2024-25: tbc}")
    rows = shown(cfbudget.position(plan_of(small_texts(options=options))))
    assert rows["Care"][4:7] == ["80†", "80", "110"]


def test_what_a_one_off_takes_back_is_not_known_either() -> None:
    options = OPTIONS.replace("{2024-25: -10, 2025-26: -5}, stated: -15", "{2024-25: tbc}")
    options = options.replace("kind: saving,", "kind: saving, recurs: false,")
    revenue = REVENUE.replace("[2024-25]", "[]")
    rows = shown(cfbudget.position(plan_of(small_texts(options=options, revenue=revenue))))
    assert rows["Reversal of one-off options"][:2] == ["-", "-†"]
    assert rows["Total Care"][:4] == ["-†", "30†", "-†", "30"]


def test_records_do_not_have_it_and_the_data_says_what_they_lack() -> None:
    table = cfbudget.options(plan_of(small_texts(options=FEES)))
    cells = {(r.row, r.measure, r.year): r.amount for r in table.records()}
    assert ("fees", "change", "2025-26") not in cells
    assert cells["fees", "change", "2024-25"] == "-10"
    assert cells["fees", "total", ""] == "-10"


def test_capital_that_is_not_known() -> None:
    table = cfbudget.capital(plan_of(small_texts(capital=HALL)))
    rows = shown(table)
    assert rows["Roof"] == ["1.500", "tbc", "1.500†", "-", "1.500†"]
    assert rows["Total Small Council"] == ["1.500", "-†", "1.500†", "3.000", "4.500†"]
    assert table.notes == ("The totals exclude 1 line not yet known (tbc): Roof 2025-26.",)


def unknown_in(text: str, at: int) -> str | None:
    """A sketch's file with the at-th of its amounts by year unknown; None without one."""
    found = list(re.finditer(r"^( +(?:20|19)\d\d-\d\d: )(.+)$", text, re.MULTILINE))
    if not found:
        return None
    one = found[at % len(found)]
    return text[: one.start()] + one[1] + "tbc" + text[one.end() :]


def figures(plan: Plan) -> list[tuple[Amounts, LeftOut]]:
    return [
        (option_amounts(plan).amounts, options_lack(plan)),
        (position_amounts(plan).amounts, position_lacks(plan)),
        (capital_amounts(plan).amounts, capital_lacks(plan)),
    ]


FILES = ["policy_options.yaml", "capital_programme.yaml"]


@given(sketches(), st.lists(st.integers(0, 50), min_size=1, max_size=4))
def test_a_figure_lacks_what_would_move_it(sketch: Sketch, chosen: list[int]) -> None:
    """Whatever is not known: figures are as if it were nil, and those marked are what it moves."""
    texts = sketch.texts()
    if sketch.basis == "level":
        texts.pop(FILES[0], None)
    for at in chosen:
        for file in FILES:
            texts[file] = unknown_in(texts.get(file, ""), at) or texts.get(file, "")
    texts = {file: text for file, text in texts.items() if text}
    if not texts:
        return
    plan = plan_of(texts)
    nil = {file: text.replace(": tbc", ": 0") for file, text in texts.items()}
    for (ours, lacks), (theirs, none) in zip(figures(plan), figures(plan_of(nil)), strict=True):
        assert ours == theirs
        assert not none
        assert lacks.keys() <= ours.keys()
    for file in FILES:
        for at in range(texts.get(file, "").count(": tbc")):
            known, line = with_one(texts[file], at)
            after = load_texts({**nil, file: known.replace(": tbc", ": 0")}).plan
            if after is None:  # a one-off may not take itself back
                continue
            for (ours, lacks), (theirs, _) in zip(figures(plan), figures(after), strict=True):
                differing = {key for key in ours if ours[key] != theirs[key]}
                named = {
                    key
                    for key, there in lacks.items()
                    if any((one.place.file, one.place.line) == (file, line) for one in there)
                }
                assert named == differing


def with_one(text: str, at: int) -> tuple[str, int]:
    """The at-th tbc as 1, and its line."""
    place = [match.start() for match in re.finditer(": tbc", text)][at]
    return text[:place] + ": 1" + text[place + 5 :], text.count("\n", 0, place) + 1


FUNDING = """\
name: Small Council
unit: £000
financial_years: [2024-25, 2025-26]
kind: funding
lines:
  - {id: rates, name: Rates, amounts: {2024-25: -130, 2025-26: -130}}
stated: {gap: {2024-25: 0, 2025-26: 25}}
"""


def test_a_gap_lacks_what_its_net_budget_does() -> None:
    plan = plan_of({**small_texts(options=FEES), "funding.yaml": FUNDING})
    (table,) = [table for table in plan_tables(plan) if table.name == "gap"]
    rows = shown(table)
    assert rows["Net budget"] == ["130", "160†"]
    assert rows["Gap after reserves"] == ["-", "30†"]
    assert NOTE in table.notes
    found = [c.outcome for c in cfbudget.check(plan).comparisons if c.table == "gap"]
    assert found == ["agrees", "not checkable"]


def test_funding_cannot_be_tbc() -> None:
    texts = {**small_texts(), "funding.yaml": FUNDING.replace("2025-26: -130", "2025-26: tbc")}
    (found,) = load_texts(texts).problems
    assert (found.rule, found.place.file) == ("CF112", "funding.yaml")


def test_a_group_lacks_what_its_options_do() -> None:
    options = FEES.replace("kind: saving,", "kind: saving, category: Prevention,")
    plan = plan_of(small_texts(options=options))
    assert plan.options is not None
    rows = shown(options_by(plan, plan.options, "category"))
    assert rows["Total Prevention"] == ["(10)", "-†", "(10)†"]
    assert rows["Total not given"] == ["-", "30", "30"]
    assert rows["Total change, Small Council"] == ["(10)", "30†", "20†"]


PAID = HALL.replace("schemes:", "financing: {borrowing: {2024-25: 1.5, 2025-26: 0.25}}\nschemes:")


def test_what_finances_an_allocation_that_is_not_known_is_not_accused() -> None:
    plan = plan_of(small_texts(capital=PAID))
    report = cfbudget.check(plan)
    assert report.agrees
    spend = [c.outcome for c in report.comparisons if c.table == "financing" and c.spend]
    assert spend == ["agrees", "not checkable"]
    (table,) = [table for table in plan_tables(plan) if table.name == "financing"]
    assert shown(table)["Unfinanced"] == ["-", "(0.250)†", "(0.250)†"]
    assert not cfbudget.check(plan_of(small_texts(capital=PAID.replace("1.5,", "1.4,")))).agrees


# -- checking -------------------------------------------------------------------------------


def test_a_stated_total_above_it_is_not_checkable_and_nobody_is_accused() -> None:
    report = cfbudget.check(plan_of(small_texts(options=FEES)))
    assert report.agrees
    outcomes = {
        (c.key.row, str(c.key.year or c.key.measure)): c.outcome
        for c in report.comparisons
        if c.table == "options"
    }
    assert outcomes == {
        ("fees", "total"): "not checkable",
        ("demand", "total"): "agrees",
        ("care", "2024-25"): "agrees",
        ("care", "2025-26"): "not checkable",
        ("care", "total"): "not checkable",
        ("total", "2024-25"): "agrees",
        ("total", "2025-26"): "not checkable",
        ("total", "total"): "not checkable",
    }
    assert [(p.rule, p.severity, p.message) for p in report.problems] == [
        ("CF304", "notice", "'Fees': 2025-26 is not yet known (tbc)")
    ]


def test_one_that_agrees_without_it_agrees() -> None:
    options = FEES.replace("stated: -15", "stated: -10").replace("2025-26: 25, total: 15", "")
    report = cfbudget.check(plan_of(small_texts(options=options.replace(", }", "}"))))
    assert {c.outcome for c in report.comparisons} == {"agrees"}


def test_what_differs_elsewhere_is_still_an_error() -> None:
    options = FEES.replace("2025-26: 30}, stated: 30", "2025-26: 30}, stated: 31")
    assert [p.rule for p in problems(options=options)] == ["CF304", "CF301"]


def test_one_notice_a_line() -> None:
    options = FEES.replace("2024-25: -10", "2024-25: tbc")
    (fees, roof) = [p for p in problems(options=options, capital=HALL) if p.rule == "CF304"]
    assert roof.message == "'Fees': 2024-25 and 2025-26 are not yet known (tbc)"
    assert fees.message == "'Roof': 2025-26 is not yet known (tbc)"


def test_what_cannot_be_known_is_not_warned_of() -> None:
    """What is known reverses to nil, and a total called savings is plus: the rest may alter it."""
    reversing = FEES.replace("2025-26: tbc", "2025-26: 10, 2026-27: tbc").replace(
        "2025-26]", "2025-26, 2026-27]"
    )
    called = re.sub(r"(?m)^stated: \{.*", "stated: {label: Savings, 2025-26: 25}", reversing)
    called = called.replace("{2025-26: 30}, stated: 30", "{2025-26: 30, 2026-27: tbc}")
    rules = [p.rule for p in problems(options=called.replace("stated: -15", "stated: 0"))]
    assert {"CF404", "CF405", "CF401"}.isdisjoint(rules)


def test_the_page_says_how_many_lines_are_not_known(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=FEES)
    done = run("check", "--data", str(folder), COLUMNS="80")
    assert done.returncode == 0
    assert "not checkable: 1 line not yet known" in done.stdout
    found = json.loads(run("check", "--data", str(folder), "-f", "json").stdout)
    assert (found["summary"]["differs"], found["summary"]["not_checkable"]) == (0, 5)


# -- the workbook ---------------------------------------------------------------------------


def test_the_cell_is_an_input_that_holds_the_word(tmp_path: Path) -> None:
    case = case_of(small_texts(options=FEES, capital=HALL), tmp_path)
    at = input_at(case.book, "options", "fees", "change", "2025-26")
    assert case.found.sheets["Options"][at.row, at.column].value == "tbc"
    cell = case.book.cell(at)
    assert cell is not None
    assert cell.style.role == "input"
    assert case.held(case.found).findings == ()


@pytest.mark.parametrize(("typed", "outcome"), [("-5", "agrees"), ("-7", "differs")])
def test_an_amount_that_is_typed_counts_and_is_held_to_what_is_stated(
    typed: str, outcome: str
) -> None:
    book = book_of(small_texts(options=FEES))
    prove(book)
    at = input_at(book, "options", "fees", "change", "2025-26")
    after = work_out(book, {at: Decimal(typed)})
    total = input_at(book, "options", "total", "change", "2025-26")
    assert after[total] == 30 + Decimal(typed)
    checks = book.sheets["Checks"].blocks
    row = next(b.rows["options/fees/total"] for b in checks if "options/fees/total" in b.rows)
    column = next(b.columns["Outcome"] for b in checks if "options/fees/total" in b.rows)
    (found,) = [v for a, v in after.items() if a[:] == ("Checks", row, column)]
    assert found == outcome


@pytest.mark.parametrize(("typed", "outcome"), [("0.25", "agrees"), ("0.3", "differs")])
def test_an_allocation_whose_financing_is_given_is_typed_where_it_says_tbc(
    typed: str, outcome: str
) -> None:
    paid = "financing: {grants: {2024-25: 1.5, 2025-26: 0.25}}, allocations"
    book = book_of(small_texts(capital=HALL.replace("allocations", paid)))
    prove(book)
    row = "financing/roof/spend/financing/2025-26"
    (block,) = (block for block in book.sheets["Checks"].blocks if row in block.rows)
    at = At("Checks", block.rows[row], block.columns["Outcome"])
    assert work_out(book, {})[at] == "not checkable"
    allocated = input_at(book, "capital", "roof", "allocation", "2025-26")
    assert work_out(book, {allocated: Decimal(typed)})[at] == outcome


def test_a_worked_in_workbook_is_a_plan_that_knows_it(tmp_path: Path) -> None:
    folder, book = plan_in(tmp_path / "plan", options=FEES), tmp_path / "plan.xlsx"
    assert run("export", str(book), "--data", str(folder)).returncode == 0
    done = run("verify", str(book), "--data", str(folder))
    assert done.returncode == 0, done.stdout
    sent = openpyxl.load_workbook(book)
    at = input_at(book_of(small_texts(options=FEES)), "options", "fees", "change", "2025-26")
    sent["Options"].cell(at.row, at.column).value = -5
    sent.save(tmp_path / "back.xlsx")
    done = run("verify", str(tmp_path / "back.xlsx"), "--data", str(folder))
    assert done.returncode == 1
    assert "tbc" in done.stdout
    done = run("compare", str(folder), str(tmp_path / "back.xlsx"))
    assert done.returncode == 0, done.stderr
    assert "excludes 1 line not yet known (tbc): Fees 2025-26" in done.stdout
    assert done.stdout.count("not yet known") == 1


# -- scenarios, payback, solve, compare -----------------------------------------------------


def modelled(*changes: str, folder: Path, **texts: str) -> str:
    plan_in(folder / "plan", **texts)
    done = run("model", "--data", str(folder / "plan"), *changes)
    assert done.returncode == 0, done.stderr
    assert "CF510" not in done.stderr
    return done.stdout


BOTH = "The baseline and the scenario exclude 1 line not yet known (tbc): Fees 2025-26."
BEFORE = "The baseline excludes 1 line not yet known (tbc): Fees 2025-26."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--set", "demand@2025-26=31"], [BOTH]),
        (["--set", "fees@2025-26=-5"], [BEFORE]),
        (["--drop", "fees@2025-26"], [BEFORE]),
        (["--deliver", "fees=50%"], [BOTH]),
        (
            ["--delay", "fees=1@2025-26"],
            [BEFORE, "Beyond the plan: 1 line not yet known (tbc): Fees 2026-27."],
        ),
    ],
)
def test_a_scenario_says_what_is_not_known_before_and_after(
    change: list[str], said: list[str], tmp_path: Path
) -> None:
    out = " ".join(modelled(*change, folder=tmp_path, options=FEES).split())
    for sentence in said:
        assert sentence in out
    assert out.count("not yet known (tbc)") == len(said)


def test_a_delay_moves_what_is_not_known(tmp_path: Path) -> None:
    options = FEES.replace("2024-25: -10, 2025-26: tbc", "2024-25: tbc")
    out = " ".join(modelled("--delay", "fees=1", folder=tmp_path, options=options).split())
    assert "The scenario excludes 1 line not yet known (tbc): Fees 2025-26." in out


def test_an_allocation_that_is_set_is_known(tmp_path: Path) -> None:
    out = modelled("--set", "roof.allocation@2025-26=0.25", folder=tmp_path, capital=HALL)
    assert "The baseline excludes 1 line not yet known (tbc): Roof 2025-26." in " ".join(
        out.split()
    )


def test_an_added_option_may_not_know_its_amount(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(
        "name: Try\nchanges:\n  - add: {id: more, name: More, kind: saving, status: new, "
        "service: care, changes: {2024-25: -1, 2025-26: tbc}}\n"
    )
    out = modelled("--scenario", str(scenario), folder=tmp_path)
    assert "The scenario excludes 1 line not yet known (tbc): More 2025-26." in " ".join(
        out.split()
    )


@pytest.mark.parametrize(
    "change", ["{delay: fees, years: 1}", "{set: fees, to: {2025-26: -5}}", "{drop: fees}"]
)
def test_the_workbook_of_a_scenario_is_proved_and_verified(change: str, tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=FEES, capital=HALL)
    scenario, book = tmp_path / "s.yaml", str(tmp_path / "plan.xlsx")
    scenario.write_text(f"name: Try\nchanges:\n  - {change}\n")
    words = ("--data", str(folder), "--scenario", str(scenario))
    done = run("export", book, *words)
    assert done.returncode == 0, done.stderr
    done = run("verify", book, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    page = run("model", *words, "-o", str(tmp_path / "page.xlsx"))
    assert page.returncode == 0, page.stderr


def test_payback_says_what_it_lacks(tmp_path: Path) -> None:
    options = FEES.replace(
        "kind: investment, status: previously approved,",
        "kind: investment, status: new, invest_to_save: true, funds: [fees],",
    )
    folder = plan_in(tmp_path / "plan", options=options)
    out = " ".join(run("payback", "--data", str(folder)).stdout.split())
    said = "Excludes 1 line not yet known (tbc): Fees 2025-26. With it the outcome may be another."
    assert said in out
    assert said in " ".join(run("payback", "--data", str(folder), "-f", "csv").stderr.split())


def test_solve_says_what_the_net_budget_lacks(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=FEES)
    asked = ("solve", "--data", str(folder), "--service", "care", "--net", "90", "--year")
    out = " ".join(run(*asked, "2025-26").stdout.split())
    assert "The net budget excludes 1 line not yet known (tbc): Fees 2025-26." in out
    assert "not yet known" not in run(*asked, "2024-25").stdout


@pytest.mark.parametrize("format_", ["csv", "json", "md", "html"])
def test_every_format_says_what_totals_lack(format_: str, tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=FEES)
    done = run("totals", "options", "--data", str(folder), "-f", format_)
    said = done.stdout if format_ in ("md", "html") else done.stderr
    assert NOTE in said


def test_it_reads_at_80_columns(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=FEES, capital=HALL)
    done = run("totals", "--data", str(folder), COLUMNS="80")
    assert "tbc" in done.stdout
    assert "† excludes what is not yet known." in done.stdout
    assert Key("fees", "total") in option_amounts(plan_of(small_texts(options=FEES))).amounts
