"""Reading: from written text to a plan, every figure with its place."""

from pathlib import Path

import pytest

import cfbudget
from cfbudget import check
from cfbudget.calculate.amounts import Key
from cfbudget.loaded import load_folder
from cfbudget.money import THOUSANDS
from cfbudget.plan.kinds import KINDS, MEANT
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Accepted, Source
from cfbudget.problem import Place
from cfbudget.years import FinancialYear
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, loaded, plan_of, rules_of, small_texts

FIRST, SECOND = FinancialYear(2024), FinancialYear(2025)


def test_every_figure_keeps_its_file_line_and_column() -> None:
    plan = plan_of(small_texts())
    care = plan.revenue[0].services[0]
    assert care.place == Place("revenue_2024_25.yaml", 7, 5)
    assert care.gross is not None
    assert care.gross.place == Place("revenue_2024_25.yaml", 7, 35, 3)
    assert care.stated is not None
    assert care.stated.figures["net"].place == Place("revenue_2024_25.yaml", 7, 67, 2)
    assert plan.options is not None
    fees = plan.options.services[0].options[0]
    assert fees.changes[SECOND].place == Place("policy_options.yaml", 10, 43, 2)


def test_a_plan_cannot_be_changed() -> None:
    plan = plan_of(small_texts())
    assert plan.options is not None
    option = plan.options.services[0].options[0]
    with pytest.raises(AttributeError):
        plan.folder = "elsewhere"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        option.name = "another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        option.changes[FIRST] = option.changes[SECOND]  # type: ignore[index]


@pytest.mark.parametrize("status", ["previously approved", "previously-approved"])
def test_a_status_with_a_blank_or_a_hyphen(status: str) -> None:
    texts = small_texts(options=OPTIONS.replace("previously approved", status))
    options = plan_of(texts).options
    assert options is not None
    assert options.services[0].options[1].status == "previously-approved"


def test_what_any_line_may_carry() -> None:
    line = (
        "gross: 100, note: two lines, source: {title: Book, section: 3}, "
        "accepted: {CF412: it is a levy}"
    )
    care = plan_of(small_texts(revenue=REVENUE.replace("gross: 100", line))).revenue[0].services[0]
    assert care.note == "two lines"
    assert care.source == Source("Book", None, "3")
    assert str(care.source) == "Book, 3"
    assert care.accepted["CF412"] == Accepted("it is a levy", care.accepted["CF412"].place)


def test_words_that_yaml_would_turn_into_something_else() -> None:
    text = REVENUE.replace("name: Care", "name: no").replace("name: Schools", "name: 12:30")
    names = [service.name for service in plan_of(small_texts(revenue=text)).revenue[0].services]
    assert names == ["no", "12:30"]


@pytest.mark.parametrize(
    ("amount", "pence"),
    [('"(3,380)"', -338_000_000), ("£0.750m", 75_000_000), ('"-"', 0), ("", 0), ("~", 0)],
)
def test_amounts_as_printed(amount: str, pence: int) -> None:
    text = REVENUE.replace("gross: 100", f"gross: {amount}")
    gross = plan_of(small_texts(revenue=text)).revenue[0].services[0].gross
    assert gross is not None
    assert gross.pence == pence


@pytest.mark.parametrize("written", ["2024/25", "24-25", "24/25", "2024-2025"])
def test_years_as_written(written: str) -> None:
    text = REVENUE.replace("financial_year: 2024-25", f"financial_year: {written}")
    assert plan_of(small_texts(revenue=text)).years == (FIRST, SECOND)


def test_a_stated_total_that_states_nothing() -> None:
    for words in ("n/a", ".", "", "to be confirmed"):
        text = REVENUE.replace("net: 130", f"net: {words}")
        stated = plan_of(small_texts(revenue=text)).revenue[0].stated
        assert stated is not None
        assert stated.figures["net"].pence is None


@pytest.mark.parametrize(
    "names",
    [
        ("revenue_2024_25.yaml",),
        ("capital_programme.yaml",),
        ("policy_options.yaml",),
        ("revenue_2024_25.yaml", "policy_options.yaml"),
        ("capital_programme.yaml", "policy_options.yaml"),
    ],
)
def test_a_plan_may_lack_tables(names: tuple[str, ...]) -> None:
    texts = {name: text for name, text in small_texts().items() if name in names}
    plan = plan_of(texts)
    assert len(plan.lacks) == 3 - len(names)
    assert plan.name == "Small Council"
    assert cfbudget.check(plan).agrees


def test_several_years_stand_in_order() -> None:
    later = REVENUE.replace("financial_year: 2024-25", "financial_year: 2025-26")
    plan = plan_of({"revenue_2025_26.yaml": later, **small_texts()})
    assert plan.budget_years == (FIRST, SECOND)


def test_services_nest_ninety_deep() -> None:
    """Each level of services is two of YAML, which ends at 200."""
    deepest = "{id: s90, name: S90, gross: 1, income: 0}"
    for level in range(89, -1, -1):
        deepest = f"{{id: s{level}, name: S{level}, services: [{deepest}]}}"
    head = REVENUE.split("services:")[0]
    plan = plan_of({"revenue_2024_25.yaml": f"{head}services: [{deepest}]\n"})
    frame = cfbudget.revenue(plan)
    total = next(row for row in frame.rows if row.id == "total")
    assert frame.cells[Key("total", "net", FIRST)].pence == THOUSANDS.pence
    assert total.sums == ("s0",)


def test_all_problems_of_all_files_in_one_run() -> None:
    found = loaded(
        revenue=REVENUE.replace("gross: 100", "gross: many").replace("name: Schools", "name: ''"),
        capital=CAPITAL.replace("unit: £m", "unit: pence"),
        options=OPTIONS.replace("service: care", "service: cares").replace("-10,", "x,", 1),
    )
    assert found.plan is None
    assert sorted(rules_of(found)) == ["CF112", "CF112", "CF114", "CF115", "CF203"]
    assert [p.place.file for p in found.problems] == sorted(p.place.file for p in found.problems)


def test_a_service_whose_line_has_a_problem_is_still_known() -> None:
    found = loaded(revenue=REVENUE.replace("gross: 100", "gross: many"))
    assert rules_of(found) == ["CF112"]


def test_services_are_not_called_unknown_where_their_file_could_not_be_read() -> None:
    found = loaded(revenue="name: [\n")
    assert rules_of(found) == ["CF104"]


@pytest.mark.parametrize("key", ["place", "\0place", "PLACE"])
def test_a_key_like_our_own_is_unknown(key: str) -> None:
    found = loaded(revenue=REVENUE.replace("exact: true", f'"{key}": 1'))
    assert rules_of(found)[0] in ("CF109", "CF117")


def test_load_raises_with_every_problem(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "revenue_2024_25.yaml").write_text(REVENUE.replace("unit: £000\n", ""), "utf-8")
    (folder / "capital_programme.yaml").write_text("- a list\n", "utf-8")
    with pytest.raises(cfbudget.InvalidPlan, match="'unit' is missing") as caught:
        cfbudget.load(folder)
    assert [problem.rule for problem in caught.value.problems] == ["CF111", "CF110"]
    assert caught.value.folder == str(folder)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("savings.yaml", OPTIONS),
        ("savings.yml", "- {id: fees}\n"),
        ("Notes.yaml", "who: Ann\n"),
        ("empty.yaml", ""),
        ("broken.yaml", "a: [1\n"),
    ],
)
def test_a_yaml_file_that_nothing_reads_is_named(tmp_path: Path, name: str, text: str) -> None:
    plan = whole_plan(tmp_path, name, text)
    (problem,) = check(plan).problems
    assert (problem.rule, problem.severity, problem.place) == ("CF120", "notice", Place(name))
    assert problem.message == f"{name!r} is not read: nothing of it is in the plan"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cuts.yaml", "name: Cuts\nchanges:\n  - {drop: fees}\n"),
        ("cuts.yml", "include: [others.yaml]\n"),
        ("cuts.yaml", "{name: Cuts, changes: [{drop: fees}]}\n"),
        ("wrong.yaml", "name: Cuts\nchanges: nothing\n"),
        (".pre-commit-config.yaml", "repos: []\n"),
        ("notes.txt", "who: Ann\n"),
        ("savings.yaml.bak", OPTIONS),
    ],
)
def test_a_scenario_and_other_files_are_not(tmp_path: Path, name: str, text: str) -> None:
    assert check(whole_plan(tmp_path, name, text)).problems == ()


def test_a_folder_named_like_a_file_and_a_file_of_any_size(tmp_path: Path) -> None:
    (tmp_path / "savings.yaml").mkdir()
    plan = whole_plan(tmp_path, "large.yaml", "changes:\n" + "# much\n" * 200_000)
    assert plan.unread == ("large.yaml",)


def whole_plan(folder: Path, name: str, text: str) -> Plan:
    """The small plan in a folder with one file more."""
    for file, content in {**small_texts(), name: text}.items():
        (folder / file).write_text(content, encoding="utf-8")
    found = load_folder(str(folder)).plan
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("Pressures", "write pressure"),
        ("fees and charges", "write income-generation"),
        ("growth", "write investment or demand or pressure"),
        ("pay", "write inflation"),
        ("savng", "did you mean 'saving'?"),
        ("blue", f"write {' or '.join(KINDS)}"),
    ],
)
def test_a_kind_that_plans_use_is_met_with_the_one_to_write(kind: str, hint: str) -> None:
    found = loaded(options=OPTIONS.replace("kind: saving", f"kind: {kind}"))
    assert [(problem.rule, problem.hint) for problem in found.problems] == [("CF114", hint)]


@pytest.mark.parametrize("word", MEANT)
def test_every_word_that_is_met_leads_to_kinds_that_there_are(word: str) -> None:
    assert word not in KINDS
    assert set(MEANT[word]) <= set(KINDS)
