"""A file that prints its income as plus: read with the sign turned, and every output as ever."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

import cfbudget
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.altered import shipped_texts
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget as run
from tests.kit.processes import plan_in
from tests.kit.support import REVENUE, loaded, plan_of, rules_of, small_texts

PLUS = "signs: {income: plus}\n"
INCOME = re.compile(r"""(\bincome: *)(['"]?)([^,}'"\n]*(?:,[0-9]{3}[^,}'"\n]*)*)\2""")
MINUS = re.compile("[-−–()]")


def as_plus(text: str) -> str:
    """A revenue file with the sign of each income turned, and a line that says so."""

    def turned(match: re.Match[str]) -> str:
        key, _, written = match.groups()
        size = MINUS.sub("", written).lstrip("+")
        return f'{key}"{size}"' if size != written.lstrip("+") or not size else f'{key}"({size})"'

    return INCOME.sub(turned, text) + PLUS


def all_turned(texts: dict[str, str]) -> dict[str, str]:
    return {
        file: as_plus(text) if file.startswith("revenue") else text for file, text in texts.items()
    }


def figures(plan: Plan) -> list[tuple[str, ...]]:
    """Every record of the plan's tables, but for the lines that they stand on."""
    records = (record for table in plan_tables(plan) for record in table.records())
    return [tuple(record._replace(source="")) for record in records]


def compared(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (c.key, c.stated.pence, c.computed, c.outcome) for c in cfbudget.check(plan).comparisons
    ]


def problems(**texts: str) -> tuple[Problem, ...]:
    return cfbudget.check(plan_of(small_texts(**texts))).problems


@pytest.mark.parametrize("texts", [small_texts(), shipped_texts()])
def test_a_file_that_prints_income_as_plus_comes_to_the_same(texts: dict[str, str]) -> None:
    there, turned = plan_of(texts), plan_of(all_turned(texts))
    assert figures(turned) == figures(there)
    assert compared(turned) == compared(there)
    assert [p.rule for p in cfbudget.check(turned).problems] == [
        p.rule for p in cfbudget.check(there).problems
    ]


@given(sketches())
def test_any_plan_comes_to_the_same_with_its_income_as_plus(sketch: Sketch) -> None:
    texts = sketch.texts()
    assert figures(plan_of(all_turned(texts))) == figures(plan_of(texts))


def test_a_minus_in_such_a_file_is_a_warning_and_a_plus_is_none() -> None:
    text = REVENUE.replace("-20, stated: {net: 80}", "-20").replace("-150", "150")
    text = text[: text.index("stated: {gross")] + PLUS
    (found,) = problems(revenue=text)
    assert (found.rule, found.place.line) == ("CF412", 7)
    assert found.message == "'Care': its income is minus, in a file that prints it as plus"
    assert found.hint == "income is written plus here; net is gross + income"


def test_a_file_whose_income_is_all_plus_is_told_of_the_key() -> None:
    text = as_plus(REVENUE).replace(PLUS, "")
    found = [p for p in problems(revenue=text) if p.rule == "CF412"]
    assert len(found) == 2
    assert {p.hint for p in found} == {
        "income is written minus, or add signs: {income: plus} to the file; net is gross + income"
    }


def test_minus_is_what_a_file_prints_that_says_nothing() -> None:
    plan = plan_of(small_texts(revenue=REVENUE + "signs: {income: minus}\n"))
    assert figures(plan) == figures(plan_of(small_texts()))


@pytest.mark.parametrize(
    ("signs", "rule", "column", "message"),
    [
        ("{income: pls}", "CF114", 17, "'pls' is not a sign"),
        ("{gross: plus}", "CF109", 9, "unknown key 'gross'"),
        ("{incme: plus}", "CF109", 9, "unknown key 'incme'"),
        ("{income: [plus]}", "CF111", 17, "a list stands in place of a sign"),
        ("plus", "CF111", 8, "'plus' stands in place of a mapping"),
    ],
)
def test_what_signs_cannot_say_is_named(signs: str, rule: str, column: int, message: str) -> None:
    (found,) = loaded(revenue=f"{REVENUE}signs: {signs}\n").problems
    assert (found.rule, found.place.line, found.place.column) == (rule, 10, column)
    assert found.message == message


def test_only_a_revenue_file_has_signs() -> None:
    texts = small_texts()
    assert rules_of(loaded(options=texts["policy_options.yaml"] + PLUS)) == ["CF109"]


def test_a_workbook_holds_income_as_minus_and_is_verified(tmp_path: Path) -> None:
    folder, book = plan_in(tmp_path / "plan", revenue=as_plus(REVENUE)), tmp_path / "plan.xlsx"
    assert run("export", str(book), "--data", str(folder)).returncode == 0
    assert run("verify", str(book), "--data", str(folder)).returncode == 0
    done = run("compare", str(folder), str(book), "-f", "json")
    assert done.returncode == 0, done.stderr
    assert {
        record["amount"] for record in json.loads(done.stdout) if record["role"] != "total"
    } <= {"0"}
