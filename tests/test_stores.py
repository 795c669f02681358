"""Plans in a store: read, and found wrong, as those of a folder are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec
import pytest

from cfbudget import stores
from cfbudget.cli.many_plans import WantedPlans
from cfbudget.cli.partitions_in_store import partitions_in_store
from cfbudget.loaded import Loaded, load_folder
from cfbudget.many.found_plans import PlanPlace, found_plans
from cfbudget.problem import Problem, Rule
from tests.kit.processes import cfbudget
from tests.kit.support import small_texts
from tests.test_many_plans import written
from tests.test_rules import OF_PLANS, home_of

AT = "memory://plans/small"


@pytest.fixture(autouse=True)
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    store = fsspec.filesystem("memory")
    yield store
    store.rm("/", recursive=True)


def put_folder(here: Path, address: str) -> None:
    fsspec.filesystem("memory").makedirs(address, exist_ok=True)
    for file in here.iterdir():
        if file.is_dir():
            put_folder(file, f"{address}/{file.name}")
        else:
            stores.put(f"{address}/{file.name}", file.read_bytes())


def put_small(**replaced: str) -> None:
    for name, text in small_texts(**replaced).items():
        stores.put(f"{AT}/{name}", text.encode())


def found(at: str | Path) -> tuple[tuple[Problem, ...], object, object]:
    loaded = load_folder(str(at))
    return loaded.problems, loaded.texts, loaded.digests


@pytest.mark.parametrize("rule", OF_PLANS, ids=lambda rule: rule.code)
def test_a_plan_has_the_same_problems_in_a_store(rule: Rule, tmp_path: Path) -> None:
    broken = home_of(rule.code, tmp_path) / rule.code
    put_folder(broken, AT)
    assert found(AT) == found(broken)


def test_a_workbook_may_stand_in_a_store(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert cfbudget("template", str(book), "--year", "2025-26").returncode == 0
    stores.put("memory://plans/plan.xlsx", book.read_bytes())
    assert found("memory://plans/plan.xlsx") == found(book)
    assert "no sheet of the workbook" in found(book)[0][0].message


def test_files_that_cannot_be_plan_files(monkeypatch: pytest.MonkeyPatch) -> None:
    put_small()
    for name in ("notes.txt", "odd\0name.yaml", f"{'long' * 100}.yaml", "below/funding.yaml"):
        stores.put(f"{AT}/{name}", b"\xff")
    assert load_folder(AT).problems == ()
    stores.put(f"{AT}/funding.yaml/part", b"")
    stores.put(f"{AT}/reserves.yaml", b" " * 200_000)
    monkeypatch.setattr("cfbudget.read.folder.LARGEST", 100_000)
    assert said(load_folder(AT)) == [
        ("funding.yaml", "this is a folder"),
        ("reserves.yaml", "the file has 200,000 bytes"),
    ]


def said(loaded: Loaded) -> list[tuple[str, str]]:
    return [(problem.place.file, problem.message) for problem in loaded.problems]


def test_a_store_that_cannot_be_used_is_a_problem_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_small()
    no_library = load_folder("gs://bucket/plans").problems[0]
    assert (no_library.message, no_library.hint) == (
        "gs:// needs gcsfs, which is not installed",
        "pip install gcsfs",
    )

    def refuse(self: object, path: str) -> bytes:
        if path.endswith("capital_programme.yaml"):
            raise PermissionError("Access Denied")
        raise RuntimeError("no\nnetwork")  # whatever a store's library raises

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "cat_file", refuse)
    assert said(load_folder(AT)) == [
        ("capital_programme.yaml", "it cannot be read: the store refuses it to you"),
        ("policy_options.yaml", "it cannot be read: the store cannot be used: no network"),
        ("revenue_2024_25.yaml", "it cannot be read: the store cannot be used: no network"),
    ]


def test_plans_are_found_in_a_store_as_below_a_folder(tmp_path: Path) -> None:
    for name in ("north/2024-25", "north/2025-26", "south", ".hidden", "south/within"):
        written(tmp_path / "plans" / name, small_texts())
    (tmp_path / "plans" / "notes.txt").write_text("nothing", "utf-8")
    put_folder(tmp_path / "plans", "memory://plans")
    here = found_plans([str(tmp_path / "plans")])
    there = found_plans(["memory://plans/", "memory://plans/south", "memory://nowhere"])
    assert [one.plan for one in there.places] == [*(one.plan for one in here.places), "nowhere"]
    assert there.places[0].address == "memory://plans/north/2024-25"
    assert there.repeated == ("memory://plans/south",)


def test_what_was_put_is_removed_where_the_command_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ended(wanted: WantedPlans, partitions: Sequence[str]) -> None:
        stores.put(partitions[0], b"one of two")
        raise SystemExit(130)

    monkeypatch.setattr("cfbudget.cli.partitions_in_store.done_together", ended)
    wanted = WantedPlans((PlanPlace("north", "north"), PlanPlace("south", "south")))
    with pytest.raises(SystemExit):
        partitions_in_store(wanted, "memory://all.parquet")
    assert stores.names_below("memory://all.parquet") == ()
