"""Several scenarios side by side: each is what it is alone, and nothing is told apart wrongly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL
from cfbudget.layout.grid import Grid, cell_text
from cfbudget.layout.page import Caption, Page, Sentences
from cfbudget.layout.panel_grid import shown_figure
from cfbudget.reports.beside.page import beside_page
from cfbudget.tables.alternatives import Alternatives, told_apart
from cfbudget.tables.lowest import lowest_words
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.models import FILES, hashed, model, refused, tried
from tests.kit.paid_back import SAVE, SPEND, made
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import Change, scenarios, town
from tests.kit.side_by_side import laid_out
from tests.kit.support import OPTIONS, plan_of, small_texts
from tests.kit.whole_council import council

SCENARIOS = {
    "slow.yaml": "name: A slow start\nchanges: [{set: fees, to: {2024-25: -4}, why: so far}]\n",
    "late.yaml": "name: A year late\nchanges: [{delay: buses, years: 1}]\n",
    "roof.yaml": "name: The roof later\nchanges:\n"
    "  - {reprofile: roof, from: 2024-25, to: 2025-26, amount: 0.5}\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the plan of Hightown as `data`, and scenarios; no command may change them."""
    plan = tmp_path / "data"
    plan.mkdir()
    for name, text in FILES.items():
        (plan / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, text in SCENARIOS.items():
        Path(name).write_text(text, encoding="utf-8")
    monkeypatch.delenv("CFBUDGET_DATA", raising=False)
    before = hashed(plan)
    yield tmp_path
    assert hashed(plan) == before


def beside(*files: str) -> list[str]:
    return [word for file in files for word in ("--beside", file)]


def records(*words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(tried(*words, "-f", "json"))
    return found


def words(shown: Alternatives) -> str:
    return "\n".join(lowest_words(shown))


# -- each is what it is alone ---------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(sketches(), st.data())
def test_each_column_is_the_plan_with_that_scenario_and_each_difference_is_less_the_baseline(
    sketch: Sketch, data: st.DataObject
) -> None:
    plan = plan_of(sketch.texts())
    drawn = [data.draw(scenarios(sketch, most=2)) for _ in range(data.draw(st.integers(2, 4)))]
    shown = laid_out(plan, drawn)
    assert [level.baseline.name for level in shown.levels] == [
        table.name for table in plan_tables(plan, ("position", "gap", "reserves", "capital"))
    ]
    for level in shown.levels:
        plans = (plan, *(one.applied.plan for one in shown.each))
        columns = {(column.measure, column.year) for column in level.baseline.columns}
        for held, table in zip(plans, (level.baseline, *level.scenarios), strict=True):
            (own,) = plan_tables(held, (level.baseline.name,))
            there = {
                key: cell.pence
                for key, cell in own.cells.items()
                if (key.measure, key.year) in columns
            }
            ours = {key: cell.pence for key, cell in table.cells.items()}
            assert {key: ours[key] for key in there} == there
        for table, less in zip(level.scenarios, level.differences, strict=True):
            assert {key: cell.pence for key, cell in less.cells.items()} == {
                key: cell.pence - level.baseline.cells[key].pence
                for key, cell in table.cells.items()
            }
    assert_shown(beside_page(shown), shown)


def assert_shown(page: Page, shown: Alternatives) -> None:
    """No figure of the whole plan is missing from the page, or stands in another's column."""
    grids = {
        before.text: block
        for before, block in zip(page.blocks, page.blocks[1:], strict=False)
        if isinstance(before, Caption) and isinstance(block, Grid)
    }
    for level in shown.shown:
        if level.baseline.name != "position":
            continue
        (total,) = (row for row in level.baseline.rows if row.id == TOTAL)
        grid = next(grid for caption, grid in grids.items() if caption.endswith(total.label))
        assert grid.headings[1:] == ("Baseline", *shown.names)
        rows = {row.label: row.texts for row in grid.rows if row.label != "difference"}
        for column in level.baseline.columns:
            of_all = (level.baseline, *level.scenarios)
            figures = [shown_figure(table, total, column).text for table in of_all]
            assert rows[column.heading] == figures


def test_records_are_those_of_each_scenario_alone(folder: Path) -> None:
    every = records(*beside(*SCENARIOS))
    for file, text in SCENARIOS.items():
        alone = records("--scenario", file)
        own = [record for record in every if record["file"] == file]
        (name,) = {record["beside"] for record in own}
        assert name in text
        kept = [{**r, "beside": name, "file": file} for r in alone if r["scenario"] != "baseline"]
        assert [record for record in own if record["table"] != "payback"] == kept
        before = {tuple(r.items()) for r in alone if r["scenario"] == "baseline"}
        ours = {
            tuple(item for item in record.items() if item[0] not in ("beside", "file"))
            for record in every
            if record["scenario"] == "baseline"
        }
        assert before <= ours
    assert {r["file"] for r in every if r["scenario"] == "baseline"} == {""}
    keys = [tuple(v for k, v in r.items() if k != "amount") for r in every]
    assert len(keys) == len(set(keys)), "a figure stands once"


def test_payback_is_that_of_the_plan_with_each(folder: Path) -> None:
    every = [r for r in records(*beside("slow.yaml", "late.yaml")) if r["measure"] == "pays_back"]
    assert [(r["beside"], r["year"]) for r in every] == [
        ("", "2025-26"),
        ("A slow start", "2025-26"),
        ("A year late", "2026-27"),
    ]
    page = tried(*beside("slow.yaml", "late.yaml"))
    rows = [line.split() for line in page.splitlines() if line.strip().startswith("Pays back")]
    assert rows == [["Pays", "back", "2025-26", "2025-26", "2026-27"]]


def test_changes_for_all_are_made_first_in_each(folder: Path) -> None:
    common = ("--scenario", "roof.yaml", "--drop", "demand")
    every = records(*beside("slow.yaml", "late.yaml"), *common)
    for file in ("slow.yaml", "late.yaml"):
        alone = records("--scenario", "roof.yaml", "--scenario", file, "--drop", "demand")
        assert _net(every, file) == _net(alone)
    said = tried(*beside("slow.yaml", "late.yaml"), *common)
    assert "In every scenario, before its own changes: Roof: £0.500m moved" in said
    assert "A slow start: slow.yaml, 1 change\n" in said


def _net(found: Sequence[Mapping[str, str]], file: str = "") -> dict[tuple[str, str], str]:
    return {
        (record["row"], record["year"]): record["amount"]
        for record in found
        if record["scenario"] == "scenario" and record["measure"] == "net_budget"
        if record.get("file", file) == file
    }


# -- which is lowest ------------------------------------------------------------------------

TOWN = town()
LESS: list[Change] = [{"set": "fees", "to": {"2025-26": -9}}]
MORE: list[Change] = [{"set": "fees", "to": {"2025-26": -1}}]


def test_the_lowest_is_named_first_with_what_it_is_less_than_the_baseline() -> None:
    said = words(laid_out(TOWN, [MORE, LESS]))
    assert said == (
        "Lowest net budget in 2026-27, in £000: B, 173, 4 less than the baseline. Then A, 181 "
        "(4 more).\nThe lowest is not the same in every year: in 2024-25 all are alike."
    )


def test_a_tie_is_said() -> None:
    assert "in £000: B and C (a tie), 173, 4 less" in words(laid_out(TOWN, [MORE, LESS, LESS]))
    assert words(laid_out(TOWN, [LESS, LESS])) == (
        "Every scenario comes to the same net budget in 2026-27: 173, 4 less than the baseline, "
        "in £000."
    )
    assert words(laid_out(TOWN, [[], []])) == (
        "Every scenario comes to the same net budget in 2026-27: 177, as in the baseline, in £000."
    )


def test_where_none_is_lower_than_the_baseline_that_is_said() -> None:
    none = "None of them has a lower net budget in 2026-27 than the baseline, 177."
    assert none in words(laid_out(TOWN, [MORE, [{"drop": "fees"}]]))
    assert none in words(laid_out(TOWN, [MORE, []]))
    assert "None of them" not in words(laid_out(TOWN, [MORE, LESS]))


def test_what_differs_by_pence_does_not_look_like_a_tie() -> None:
    penny: list[Change] = [{"set": "fees", "to": {"2025-26": "-5.00001"}}]
    assert words(laid_out(TOWN, [[], penny])).startswith(
        "Lowest net budget in 2026-27, in £000: B, 176.99999, 0.00001 less than the baseline. "
        "Then A, 177.00000 (as in the baseline)."
    )


def test_what_is_not_known_yet_may_change_which_is_lowest() -> None:
    unknown = plan_of(small_texts(options=OPTIONS.replace("2025-26: -5}", "2025-26: tbc}")))
    more: list[Change] = [{"set": "demand", "to": {"2025-26": 31}}]
    caveat = "What is not yet known (tbc) may change which net budget is the lowest."
    assert caveat in words(laid_out(unknown, [more, []]))
    known: list[Change] = [{"set": "fees", "to": {"2025-26": -5}}]
    assert caveat not in words(laid_out(unknown, [[*more, *known], known]))


def test_a_payback_that_lacks_what_is_not_known_says_so() -> None:
    plan = made(
        f"""
        id: post, name: Post, {SPEND}, funds: [less], changes: {{2024-25: 9}}
        id: less, name: Less, {SAVE}, changes: {{2025-26: -5, 2026-27: tbc}}
        """
    )
    dearer: list[Change] = [{"set": "post", "to": {"2024-25": 10}}]
    said = [
        line
        for block in beside_page(laid_out(plan, [dearer, []])).blocks
        if isinstance(block, Sentences)
        for line in block.lines
    ]
    assert any(line.startswith("Post: excludes 1 line not yet known (tbc): Less") for line in said)


def test_reserves_close_a_gap_once() -> None:
    plan = council()
    draw: list[Change] = [
        {"set": "general", "measure": "draw", "to": {"2026-27": 9}},
    ]
    rates: list[Change] = [{"uplift": "rates", "measure": "amount", "by": "1%", "from": "2025-26"}]
    said = words(laid_out(plan, [draw, rates]))
    assert "Lowest gap after reserves in 2026-27, in £m: A" in said
    assert "Before reserves are used the lowest gap in 2026-27 is that of B: what reserves" in said
    both = words(laid_out(plan, [[*draw, *rates], rates]))
    assert "Lowest gap after reserves in 2026-27, in £m: A" in both
    assert "Before reserves are used the lowest gap in 2026-27 is that of A and B" in both


# -- what is shown --------------------------------------------------------------------------


def test_a_scenario_of_capital_alone_is_seen(folder: Path) -> None:
    out = tried(*beside("slow.yaml", "roof.yaml"))
    roof = [line.split() for line in out.splitlines() if line.startswith("Roof ")]
    assert roof == [["Roof", "1.500", "1.500", "1.000"], ["Roof", "0.250", "0.250", "0.750"]]


def test_only_what_differs_in_any(folder: Path) -> None:
    out = tried(*beside("slow.yaml", "late.yaml"), "--only-changed")
    by_service = out[out.index("position by service") :]
    labels = {line.partition("  ")[0] for line in by_service.splitlines()}
    assert {"Care", "Total Hightown"} <= labels
    assert "Adult Learning" not in by_service


def test_some_services_and_the_words_alone(folder: Path) -> None:
    out = tried(*beside("slow.yaml", "late.yaml"), "--service", "care")
    assert "Schools" not in out
    assert "Total Hightown (whole plan)" in out
    brief = tried(*beside("slow.yaml", "late.yaml"), "--summary")
    assert "position by service" not in brief
    assert "Lowest net budget in 2026-27" in brief
    top = tried(*beside("slow.yaml", "late.yaml"), "--depth", "1")
    assert "Adult Learning" not in top


@pytest.mark.parametrize("ending", ["md", "html", "txt", "csv", "json"])
def test_every_format_has_every_scenario(folder: Path, ending: str) -> None:
    done = model(*beside(*SCENARIOS), "-o", f"it.{ending}")
    assert (done.status, done.out) == (0, "")
    text = Path(f"it.{ending}").read_text("utf-8")
    assert all(name in text for name in ("A slow start", "A year late", "The roof later"))


def test_what_is_true_of_all_is_said_once() -> None:
    page = beside_page(laid_out(TOWN, [MORE, LESS, []]))
    lines = [s for block in page.blocks if isinstance(block, Sentences) for s in block.lines]
    assert len(lines) == len(set(lines))


def test_a_figure_that_no_scenario_changes_has_no_difference() -> None:
    page = beside_page(laid_out(TOWN, [MORE, []]))
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    rows = [row for grid in grids for row in grid.rows if row.label == "difference"]
    assert rows
    for row in rows:
        before, first, second = map(cell_text, row.cells)
        assert (before, second) == ("", "")
        assert first.startswith("+")


# -- names ----------------------------------------------------------------------------------


def test_names_are_told_apart() -> None:
    given_names = [("Late", "x/a.yaml"), ("late", "y/a.yaml"), ("Baseline", "b.yaml"), ("C", "c")]
    assert told_apart(given_names) == [
        "Late (x/a.yaml)",
        "late (y/a.yaml)",
        "Baseline (b.yaml)",
        "C",
    ]


def test_one_name_in_two_folders(folder: Path) -> None:
    for name in ("x", "y"):
        Path(name).mkdir()
        (Path(name) / "late.yaml").write_text(SCENARIOS["late.yaml"], encoding="utf-8")
    out = tried(*beside("x/late.yaml", "y/late.yaml", "slow.yaml"))
    assert "A year late (x/late.yaml): x/late.yaml, 1 change" in out
    assert "A year late (x/late.yaml) and A year late (y/late.yaml)" in out


# -- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [
        (["slow.yaml"], (), "slow.yaml stands beside nothing: give --beside again for another"),
        (["slow.yaml", "slow.yaml"], (), "slow.yaml is given twice: name it once"),
        (["slow.yaml", "./slow.yaml"], (), "./slow.yaml is the same file as slow.yaml"),
        (["slow.yaml", "link.yaml"], (), "link.yaml is the same file as slow.yaml"),
        (["slow.yaml", "gone.yaml"], (), "gone.yaml does not apply, so none of the 2 scenarios"),
        (["slow.yaml", ""], (), "it names no file"),
        (["slow.yaml", "data"], (), "data does not apply"),
        (["slow.yaml", "a\0b"], (), "does not apply"),
        (["slow.yaml", "late.yaml"], ("--save", "it.yaml"), "leave out --view and --save"),
        (["slow.yaml", "late.yaml"], ("--view", "net"), "leave out --view and --save"),
        (["slow.yaml", "late.yaml"], ("--sensitivity",), "it is of the plan as it stands"),
        (["slow.yaml", "late.yaml"], ("--service", "gone"), "unknown service 'gone'"),
        (["slow.yaml", "late.yaml"], ("--scenario", "slow.yaml"), "is read already"),
        (["slow.yaml", "late.yaml"], ("--drop", "nothing"), "slow.yaml and late.yaml do not apply"),
        (["slow.yaml", "late.yaml"], ("--drop", "fees"), "slow.yaml does not apply"),
    ],
)
def test_bad_input_is_said_and_nothing_is_shown(
    folder: Path, files: list[str], more: tuple[str, ...], said: str
) -> None:
    Path("link.yaml").symlink_to("slow.yaml")
    err = " ".join(refused(*beside(*files), *more).replace("│", " ").split())
    assert said in err
    assert not Path("it.yaml").exists()


def test_conflicts_are_said_with_the_file_that_has_them(folder: Path) -> None:
    torn = "name: Torn\nchanges: [{set: fees, to: {2024-25: -4}}, {deliver: fees, share: 60%}]\n"
    Path("torn.yaml").write_text(torn, encoding="utf-8")
    err = refused(*beside("slow.yaml", "torn.yaml"), "-o", "it.html")
    assert err.startswith("torn.yaml:2:")
    assert "error CF506" in err
    assert "torn.yaml does not apply, so none of the 2 scenarios is shown" in err
    assert not Path("it.html").exists()
    done = model(*beside("slow.yaml", "torn.yaml"), "--allow-conflicts")
    assert done.status == 0
    assert "torn.yaml:2:" in done.err
    assert "Conflicts are allowed; the changes were made in this order" in done.out


def test_what_is_wrong_with_a_change_for_all_is_said_once(folder: Path) -> None:
    err = refused(*beside("slow.yaml", "late.yaml"), "--drop", "nothing")
    assert err.count("CF501") == 1
