"""The answers that are kept, and what is asked again."""

import os
from pathlib import Path

import cfbudget
from tests.imports.test_layouts import LIST, NESTED, SIGNS, written
from tests.kit.imported import imports, run_import
from tests.kit.terminal import run_in_terminal

ANSWERS = (*SIGNS, "--basis", "change", "--fte-year", "2024-25")


def test_a_second_table_of_the_same_layout_asks_nothing(tmp_path: Path) -> None:
    imports(written(tmp_path, LIST), "options", tmp_path / "plan", *ANSWERS)
    kept = (tmp_path / "plan" / "import_options.recipe").read_text("utf-8")
    assert "basis: change\n" in kept
    assert "kind:\n  minus: saving\n  plus: pressure\n" in kept
    changed = LIST.replace("-120,-40", "-130,-40").replace("-295,-5", "-305,-5")
    proof = imports(written(tmp_path, changed), "options", tmp_path / "plan", "--force")
    assert "Answers used: basis: change; fte-year: 2024-25; kind minus: saving" in proof
    assert cfbudget.check(cfbudget.load(tmp_path / "plan")).agrees


def test_a_recipe_may_stand_elsewhere(tmp_path: Path) -> None:
    recipe = ("--recipe", str(tmp_path / "list.recipe"))
    imports(written(tmp_path, LIST), "options", tmp_path / "plan", *ANSWERS, *recipe)
    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["policy_options.yaml"]
    imports(written(tmp_path, LIST), "options", tmp_path / "other", *recipe)


def test_what_is_typed_stands_before_the_recipe(tmp_path: Path) -> None:
    imports(written(tmp_path, LIST), "options", tmp_path / "plan", *ANSWERS)
    again = ("--force", "--kind", "plus=demand")
    imports(written(tmp_path, LIST), "options", tmp_path / "plan", *again)
    text = (tmp_path / "plan" / "policy_options.yaml").read_text("utf-8")
    assert "kind: demand" in text
    assert "plus: demand" in (tmp_path / "plan" / "import_options.recipe").read_text("utf-8")


def test_a_recipe_with_slips_names_them_by_line(tmp_path: Path) -> None:
    recipe = written(tmp_path, "basis: levels\nunits: £m\nkind: saving\n", "a.recipe")
    ran = run_import(written(tmp_path, LIST), "options", tmp_path / "plan", "--recipe", str(recipe))
    assert ran.status == 2
    assert "a.recipe:1:8: error CF114 'levels' is none" in ran.err
    assert "a.recipe:2:1: error CF109 unknown key 'units'" in ran.err
    assert "did you mean 'unit'?" in ran.err
    assert "a.recipe:3:7: error CF111" in ran.err
    assert not (tmp_path / "plan").exists()


def test_a_file_of_labels_says_which_services_they_are(tmp_path: Path) -> None:
    source = written(tmp_path, NESTED)
    answers = ("--contains-options-of", "none", "--year", "2024-25")
    imports(source, "revenue", tmp_path / "plan", *answers)
    labels = written(tmp_path, "Adults: home-care\nChildren: fostering\nPlace: none\n", "labels")
    proof = imports(
        written(tmp_path, LIST), "options", tmp_path / "plan", *ANSWERS, "--map", str(labels)
    )
    assert "'Parking charges' is of no service, as --map says." in proof
    plan = cfbudget.load(tmp_path / "plan")
    assert plan.options is not None
    assert [one.service.text for one in plan.options.services] == ["home-care", "fostering"]


def test_a_service_is_mapped_and_never_guessed(tmp_path: Path) -> None:
    answers = ("--contains-options-of", "none", "--year", "2024-25")
    imports(written(tmp_path, NESTED), "revenue", tmp_path / "plan", *answers)
    source = written(tmp_path, LIST.replace(",Adults,", ",Adult Care Homes,"))
    ran = run_import(source, "options", tmp_path / "plan", *ANSWERS)
    assert ran.status == 2
    assert "Which service of the revenue budget is 'Adult Care Homes'?" in ran.err
    assert "--map 'Adult Care Homes=home-care'   (or adults, " in ran.err
    wrong = run_import(
        source,
        "options",
        tmp_path / "plan",
        *ANSWERS,
        *("--map", "adult care homes=adult", "--map", "Place=none"),
    )
    assert wrong.status == 2
    assert "'Adult Care Homes' is mapped to 'adult', which is no service" in wrong.err


def test_on_a_terminal_one_question_comes_after_the_other(tmp_path: Path) -> None:
    written(tmp_path, "Service,Net 2024-25\nAdults,1200\nChildren,900\n")
    words = ["import", "table.csv", "--as", "revenue", "--into", "plan"]
    seen, status = run_in_terminal(words, tmp_path, 80, os.environ, typed="£k\n£000\n\n")
    assert status == 0
    assert "In which unit are the figures? [£000] (£, £m)" in seen
    assert "'£k' is none" in seen
    assert "already contain? [2024-25]" in seen
    (found,) = cfbudget.load(tmp_path / "plan").revenue
    assert found.unit.name == "£000"
    assert [str(one.year) for one in found.contains_options_of] == ["2024-25"]
