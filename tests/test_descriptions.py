"""What describes an option: its ref, category, portfolio, owner and decision."""

import csv
import io
import json
from pathlib import Path

import pytest

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.checks.report import check
from cfbudget.loaded import load_texts
from cfbudget.tables.compare import Bridged
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.verification import verify
from tests.kit.altered import altered, cell_in
from tests.kit.described import described
from tests.kit.pages import bridge_grid
from tests.kit.returned import book_of, came_back, cfbudget, plan_in
from tests.kit.scenarios import applied, refused
from tests.kit.support import plan_of, small_texts
from tests.kit.workbooks import stored


def records(folder: Path, *words: str) -> list[dict[str, str]]:
    done = cfbudget("totals", *words, "-f", "csv", "--data", folder)
    assert done.status == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_a_record_says_what_its_option_says_of_itself(tmp_path: Path) -> None:
    rows = records(plan_in(tmp_path / "plan", described()))
    last = ("fund", "category", "ref", "portfolio", "owner")
    said = {row["row"]: tuple(row[f] for f in last) for row in rows if row["table"] == "options"}
    assert said["fees"] == ("general", "Charging", "S12", "Adults", "R. Shah")
    assert said["growth"] == ("general", "Demand", "D1", "", "R. Shah")
    assert said["rent"] == said["care"] == said["total"] == ("general", "", "", "", "")
    funds = {row["table"]: row["fund"] for row in rows}
    assert funds == {"revenue": "general", "capital": "", "options": "general"} | {
        "position": "general"
    }


def test_a_decision_stands_with_the_notes(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    page = cfbudget("totals", "options", "--notes", "--data", folder).stdout
    assert "Fees: decision: Cabinet, 6 March 2024\n" in page
    noted = {row["row"]: row["note"] for row in records(folder, "options", "--notes")}
    assert noted["fees"] == "decision: Cabinet, 6 March 2024"
    assert noted["growth"] == ""


def test_a_decision_stands_between_the_note_and_the_source(tmp_path: Path) -> None:
    texts = described(**{"ref: S12": "note: Agreed, source: Minutes, ref: S12"})
    noted = records(plan_in(tmp_path / "plan", texts), "options", "--notes")
    fees = next(row["note"] for row in noted if row["row"] == "fees")
    assert fees == "Agreed (decision: Cabinet, 6 March 2024; source: Minutes)"


@pytest.mark.parametrize("field", ["ref", "category", "portfolio", "owner", "decision"])
def test_an_empty_text_or_a_list_is_a_problem_at_its_place(field: str) -> None:
    for value, rule in (('""', "CF115"), ("[a, b]", "CF111")):
        texts = described(**{"id: rent,": f"id: rent, {field}: {value},"})
        (problem,) = load_texts(texts).problems
        assert problem.rule == rule
        at = texts["policy_options.yaml"].splitlines()[problem.place.line - 1]
        assert at[problem.place.column - 1 :].startswith(value)


# -- two spellings --------------------------------------------------------------------------


def warned(texts: dict[str, str]) -> list[str]:
    return [p.message for p in check(plan_of(texts)).problems if p.rule == "CF421"]


@pytest.mark.parametrize("field", ["category", "portfolio", "owner"])
def test_two_spellings_of_one_are_told_once(field: str) -> None:
    ways = iter(("Adults & Health", "adults and health", "Adults, Health", "adults, health"))
    texts = described(**{"category: Demand": "category: Demand"})
    text = texts["policy_options.yaml"]
    for name in ("ref: S12, category: Charging", "ref: D1,", "ref: S13, category: Demand"):
        text = text.replace(name, f'{field}: "{next(ways)}",'.rstrip(","), 1)
    for spare in ("portfolio: Adults, owner: R. Shah, ", ",\n         portfolio: Children"):
        text = text.replace(spare, "")
    text = text.replace("\n         category: Demand, owner: R. Shah, ", ", ")
    (message,) = warned({**texts, "policy_options.yaml": text})
    assert message == f"the {field} is written 'Adults, Health', and 'Adults & Health' on line 8"


def test_other_texts_are_no_two_spellings() -> None:
    assert warned(described()) == []
    assert warned(described(Charging="Demand management")) == []
    # What has no letter that an id can hold is compared with nothing.
    assert warned(described(Charging="需求", Adults="—")) == []
    # Spaces are not told apart.
    assert warned(described(Charging="Demand   ")) == []


def test_two_spellings_can_be_accepted() -> None:
    texts = described(Charging="demand", **{"id: growth,": "id: growth, accepted: {CF421: two},"})
    report = check(plan_of(texts))
    assert [p.accepted for p in report.problems if p.rule == "CF421"] == ["two"]
    assert not any(p.rule == "CF420" for p in report.problems)


# -- compare --------------------------------------------------------------------------------


def bridged(**replaced: str) -> Bridge:
    bridge = bridge_between(plan_of(described()), plan_of(described(**replaced)))
    assert isinstance(bridge, Bridge)
    return bridge


def test_an_option_that_is_described_otherwise_is_a_line_that_moves_nothing() -> None:
    bridge = bridged(**{"ref: S12": "ref: S21", "owner: R. Shah": "owner: B. Old"})
    rows = bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows
    labels = [row.label for row in rows]
    assert "Described otherwise" in labels
    assert "Fees (Care; ref S21, was S12; owner B. Old, was R. Shah)" in labels
    assert "Growth (Care; owner B. Old, was R. Shah)" in labels
    assert not any(bridge.difference.values())


def test_what_was_not_given_is_said_to_be_so() -> None:
    bridge = bridged(**{"portfolio: Children, ": ""})
    rows = bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows
    assert "Buses (Schools; portfolio not given, was Children)" in [row.label for row in rows]


def test_another_decision_is_no_other_description() -> None:
    assert bridged(**{"6 March": "7 March"}).lines == ()


# -- scenarios ------------------------------------------------------------------------------


def test_a_ref_in_place_of_an_id_is_told_the_id() -> None:
    (problem,) = refused(plan_of(described()), {"drop": "s12"})
    assert problem.hint == "s12 is the ref of 'fees' (Fees): write its id"
    texts = described(S13="S12")
    (problem,) = refused(plan_of(texts), {"drop": "S12"})
    assert problem.hint == "S12 is the ref of 'fees' (Fees) and 'buses' (Buses): write its id"


def test_what_a_scenario_adds_may_be_described() -> None:
    added = {"service": "care", "id": "lanes", "name": "Lanes", "kind": "saving", "status": "new"}
    change = {**added, "ref": "N1", "owner": "B. Old", "changes": {"2025-26": "-3"}}
    trial = applied(plan_of(described()), {"add": change})
    assert trial.plan.options
    found = [o for block in trial.plan.options.services for o in block.options if o.id == "lanes"]
    assert [o.description for o in found] == [("", "N1", "", "B. Old")]


# -- the workbook ---------------------------------------------------------------------------


def test_the_lines_of_a_workbook_say_it_where_any_does() -> None:
    book = book_of(described())
    (block,) = book.sheets["Lines"].blocks
    assert list(block.columns)[-5:] == ["Category", "Ref", "Portfolio", "Owner", "Source"]
    row = block.rows["options/fees/change/2024-25"]
    texts = {h: book.sheets["Lines"].cells.get((row, at)) for h, at in block.columns.items()}
    assert [cell.content for h in ("Category", "Ref", "Owner") if (cell := texts[h])] == [
        "Charging",
        "S12",
        "R. Shah",
    ]


def test_a_plan_that_describes_nothing_has_no_such_columns() -> None:
    (block,) = book_of(small_texts()).sheets["Lines"].blocks
    assert list(block.columns)[-2:] == ["Amount", "Source"]


def test_a_description_that_is_altered_in_a_workbook_is_found(tmp_path: Path) -> None:
    book = book_of(described())
    found = came_back(stored(book, tmp_path / "book.xlsx"))
    held = verify(book, found)
    assert held is not None
    assert [f.rule.code for f in held.findings] == []
    sheet = book.sheets["Lines"]
    at = next(at for at, cell in sheet.cells.items() if cell.content == "R. Shah")
    place = At("Lines", *at)
    other = altered(found, {place: cell_in(found, place)._replace(value="B. Old")})
    held = verify(book, other)
    assert held is not None
    assert [f.rule.code for f in held.findings] == ["CF610"]


def test_json_has_the_same_fields(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    made = json.loads(cfbudget("totals", "-f", "json", "--data", folder).stdout)
    assert list(made[0])[-5:] == ["fund", "category", "ref", "portfolio", "owner"]
