"""Where shown rows do not add to a shown total, it is named: on the page and on the sheet."""

from cfbudget.layout.beside_baseline import beside
from cfbudget.layout.rounding_notes import unadded, unadded_note
from cfbudget.layout.table import Table
from cfbudget.money import MILLIONS, POUNDS
from cfbudget.render.page_markdown import page_markdown
from cfbudget.reports.totals.page import totals_page
from cfbudget.reports.trial.page import beside_note
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.scenarios import applied
from tests.kit.support import ROOT, plan_of
from tests.kit.workbooks import shipped_texts, texts_in

RING_FENCED = ROOT / "examples" / "ring-fenced"
PLAN = plan_of(dict(shipped_texts()))


def table(name: str) -> Table:
    return next(found for found in plan_tables(PLAN) if found.name == name)


def test_what_adds_up_has_no_note() -> None:
    assert [unadded_note(found) for found in plan_tables(PLAN)] == [()] * 4


def test_a_difference_that_is_not_of_the_shown_figures_is_named() -> None:
    """£23,136 and −£375 are 23 and 0 thousand; the £23,511 that is between them is 24."""
    gap = next(t for t in plan_tables(plan_of(texts_in(RING_FENCED))) if t.name == "gap")
    assert unadded(gap) == ("Annual gap: more than the year before, annual gap 2025-26",)
    # In pounds that one is, and a gap of £336,334.50 is none of a budget less £20,983,665.50.
    assert unadded(gap.in_unit(POUNDS)) == ("Gap before reserves, gap before reserves 2026-27",)


def test_the_totals_are_named_with_row_and_column() -> None:
    """Each is a row of the table and a column of it, and does not add up as it is shown."""
    shown = table("position").in_unit(MILLIONS._replace(places=1))
    (note,) = unadded_note(shown)
    assert note.startswith("Figures are rounded to 1 place in £m, each from its exact value: ")
    labels = {row.label for row in shown.rows}
    columns = {f"{c.measure.replace('_', ' ')} {c.year}" for c in shown.columns if c.year} | {
        "opening"
    }
    for named in unadded(shown):
        row, _, column = named.rpartition(", ")
        assert row in labels
        assert column in columns
    assert "; " in note.partition("not the sum of the shown figures: ")[2]


def test_a_long_list_is_capped_with_a_count() -> None:
    shown = table("options").in_unit(MILLIONS._replace(places=1))
    count = len(unadded(shown))
    assert count > 6
    (note,) = unadded_note(shown)
    assert f"{count} shown totals are not the sum" in note
    assert note.endswith(f"; and {count - 5} more.")
    assert note in page_markdown(totals_page([shown], [], notes=False)).replace("\\", "")


def test_a_trial_says_in_which_of_its_tables() -> None:
    trial = applied(PLAN, {"deliver": "education/saving", "share": "33.3333%"})
    before, after = (
        next(found for found in plan_tables(plan) if found.name == "options")
        for plan in (trial.baseline, trial.plan)
    )
    notes = beside_note(beside(before, after))
    assert [note for note in notes if "of the scenario are not the sum" in note]
    assert not [note for note in notes if "of the baseline" in note]
