"""`cfbudget model`: what is typed and read, what is written, and what is refused."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.kit.models import FILES, SET, hashed, model, refused, tried, written
from tests.kit.processes import FIELDS
from tests.kit.scenarios import TOWN_CAPITAL


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that holds the plan of Hightown as `data`; no command may change that."""
    plan = tmp_path / "data"
    plan.mkdir()
    for name, text in FILES.items():
        (plan / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CFBUDGET_DATA", raising=False)
    before = hashed(plan)
    yield tmp_path
    assert hashed(plan) == before


def changes(*lines: str) -> str:
    """A scenario's file of some changes."""
    return written("name: A trial\nchanges:\n" + "".join(f"  - {line}\n" for line in lines))


def records(*words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(tried(*words, "-f", "json"))
    return found


# -- flags and files ------------------------------------------------------------------------

SAME = [
    (SET, "{set: fees, to: {2024-25: -4}}"),
    (("--set", "fees@24/25=(4)"), '{set: fees, to: {2024-25: "(4)"}}'),
    (("--set", "fees@2024-25=-£0.004m"), "{set: fees, to: {2024-25: -£0.004m}}"),
    (("--set", "care.gross=112.5"), "{set: care, measure: gross, to: 112.5}"),
    (("--set", "care.income@2024-25=-9"), "{set: care, measure: income, to: -9, year: 2024-25}"),
    (("--set", "adults.net=41"), "{set: adults, measure: net, to: 41}"),
    (
        ("--set", "roof.allocation@2025-26=1.2"),
        "{set: roof, measure: allocation, to: {2025-26: 1.2}}",
    ),
    (
        ("--set", "hall.under_development=1.2"),
        "{set: hall, measure: under_development, to: 1.2}",
    ),
    (("--delay", "fees=1"), "{delay: fees, years: 1}"),
    (("--delay", "saving=2@2025-26"), "{delay: saving, years: 2, from: 2025-26}"),
    (("--deliver", "fees=60%"), "{deliver: fees, share: 60%}"),
    (
        ("--deliver", "learning/saving/previously-approved=60 %@25/26"),
        "{deliver: learning/saving/previously-approved, share: 60%, from: 2025-26}",
    ),
    (("--drop", "fees"), "{drop: fees}"),
    (("--drop", "saving@2025-26"), "{drop: saving, from: 2025-26}"),
    (
        ("--uplift", "care.gross=2%@2025-26"),
        "{uplift: care, measure: gross, by: 2%, from: 2025-26}",
    ),
    (
        ("--uplift", "care.net=-1.5%@2025-26,yearly"),
        "{uplift: care, measure: net, by: -1.5%, from: 2025-26, yearly: true}",
    ),
    (
        ("--reprofile", "roof@2024-25..2026-27=£400k"),
        "{reprofile: roof, from: 2024-25, to: 2026-27, amount: 0.4}",
    ),
    (("--bring-in", "hall@2025-26=1.203"), "{bring_in: hall, allocations: {2025-26: 1.203}}"),
]


@pytest.mark.parametrize(("typed", "line"), SAME, ids=lambda v: v[1] if len(v) == 2 else "")
def test_what_is_typed_is_what_a_file_says(folder: Path, typed: tuple[str, ...], line: str) -> None:
    drop = {"source", "label"}  # where a change stands, and its amount as it was written

    def figures(*words: str) -> list[dict[str, str]]:
        return [{k: v for k, v in r.items() if k not in drop} for r in records(*words)]

    assert figures(*typed) == figures("--scenario", changes(line))


def test_files_come_first_then_what_is_typed_in_the_order_of_the_operators(folder: Path) -> None:
    Path("one.yaml").write_text("name: One\nchanges: [{drop: pilot}]\n")
    Path("two.yaml").write_text("name: Two\nchanges: [{drop: demand}]\n")
    words = [
        "--drop",
        "planner",
        "--bring-in",
        "hall@2025-26=1",
        "--delay",
        "fees=1",
        "--scenario",
        "two.yaml",
        "--set",
        "buses@2025-26=-8",
        "--scenario",
        "one.yaml",
    ]
    rows = [r for r in records(*words) if r["table"] == "attribution" and r["year"] == "2024-25"]
    assert list(dict.fromkeys(row["label"] for row in rows)) == [
        "Demand: dropped",
        "Day pilot: dropped",
        "School buses: set 2025-26 to (8)",
        "Fees: delayed 1 year",
        "Route planner: dropped",
        "The difference",
        "Hall: brought in, £1.000m in 2025-26",
    ]
    assert "with Two and One and the changes typed" in tried(*words)


def test_the_same_flag_may_be_given_again(folder: Path) -> None:
    rows = records("--drop", "fees", "--drop", "demand")
    assert figure(rows, "total", "net_budget", "2026-27", "difference") == "-15"


def figure(
    rows: list[dict[str, str]],
    row: str,
    measure: str,
    year: str,
    scenario: str,
    table: str = "position",
) -> str:
    (found,) = (
        r["amount"]
        for r in rows
        if (r["table"], r["row"], r["measure"], r["year"], r["scenario"])
        == (table, row, measure, year, scenario)
    )
    return found


# -- results --------------------------------------------------------------------------------


def test_csv_and_json_have_a_record_for_each_figure(folder: Path) -> None:
    found = records(*SET)
    assert list(found[0]) == [*FIELDS, "scenario", "forecast"]
    assert {r["scenario"] for r in found} == {"baseline", "scenario", "difference"}
    assert {r["table"] for r in found} == {
        "revenue",
        "capital",
        "options",
        "position",
        "attribution",
    }
    rows = list(csv.DictReader(io.StringIO(tried(*SET, "-f", "csv"))))
    assert [list(row.values()) for row in rows] == [list(r.values()) for r in found]
    keys = [(r["table"], r["row"], r["measure"], r["year"], r["scenario"]) for r in found]
    assert len(set(keys)) == len(keys)
    for name, amount in (("baseline", "170"), ("scenario", "176"), ("difference", "6")):
        assert figure(found, "total", "net_budget", "2024-25", name) == amount
    assert figure(found, "fees", "change", "2024-25", "scenario", "options") == "-4"
    assert figure(found, "total", "total_to_date", "2026-27", "difference") == "18"
    change = figure(found, "change-1", "net_budget", "2024-25", "difference", "attribution")
    assert (
        change
        == figure(found, "total", "net_budget", "2024-25", "difference", "attribution")
        == "6"
    )


def test_pence_are_exact(folder: Path) -> None:
    rows = records("--deliver", "fees=33.3333%")
    assert figure(rows, "fees", "change", "2025-26", "scenario", "options") == "-1.66667"
    assert figure(rows, "total", "net_budget", "2024-25", "difference") == "6.66667"


def test_a_row_that_only_the_scenario_has_is_nil_in_the_baseline(folder: Path) -> None:
    line = (
        "{add: {service: care, id: clubs, name: '=Clubs', kind: saving, status: new,"
        " changes: {2025-26: -9}}}"
    )
    rows = records("--scenario", changes(line))
    for name, amount in (("baseline", "0"), ("scenario", "-9"), ("difference", "-9")):
        assert figure(rows, "clubs", "change", "2025-26", name, "options") == amount
    text = tried("--scenario", "s.yaml", "-f", "csv")
    assert "'=Clubs" in text
    assert ",=Clubs" not in text


def test_every_record_is_of_a_line_a_subtotal_or_a_total(folder: Path) -> None:
    line = (
        "{add: {service: adults, id: clubs, name: Clubs, kind: saving, status: new,"
        " changes: {2025-26: -9}}}"
    )
    roles = {r["role"] for r in records("--scenario", changes(line))}
    assert roles == {"line", "subtotal", "total"}


def test_only_the_rows_that_changed(folder: Path) -> None:
    whole, part = records(*SET), records(*SET, "--only-changed")
    assert [r for r in whole if r in part] == part
    rows = {(r["table"], r["row"]) for r in part if r["table"] != "attribution"}
    assert rows == {
        ("options", "fees"),
        ("options", "care/saving/new"),
        ("options", "care"),
        ("options", "total/saving/new"),
        ("options", "total"),
        ("position", "care/own"),
        ("position", "care"),
        ("position", "total"),
    }
    text = tried(*SET, "--only-changed")
    assert "unchanged" not in text
    assert "Schools" not in text
    assert "Schools" in tried(*SET)


def test_a_panel_of_changed_rows_has_none_that_is_unchanged(folder: Path) -> None:
    assert "unchanged" not in tried("--set", "care.gross=104", "--only-changed")


def test_only_some_services(folder: Path) -> None:
    def alike(found: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**r, "label": r["label"].removesuffix(" (whole plan)")} for r in found]

    whole, part = alike(records(*SET)), alike(records(*SET, "--service", "learning"))
    assert [r for r in whole if r in part] == part
    services = {r["service"] for r in part if r["table"] == "position" and r["role"] != "total"}
    assert services == {"learning", "schools", "adults"}
    assert figure(part, "total", "net_budget", "2024-25", "scenario") == "176"
    text = tried(*SET, "--service", "learning")
    assert "Learning: no difference to the net budget of any year of the plan." in text
    assert "Invalid value for '--service'" in refused(*SET, "--service", "lerning")


def test_markdown_and_files(folder: Path) -> None:
    text = tried(*SET, "-f", "md")
    assert "| Difference | +6 | +6 | +6 |" in text.replace("&nbsp;", "").replace("**", "")
    done = model(*SET, "-o", "out.md")
    assert (done.status, done.out) == (0, "")
    assert Path("out.md").read_text(encoding="utf-8") == text
    tried(*SET, "-o", "out.csv")
    assert Path("out.csv").read_text(encoding="utf-8") == tried(*SET, "-f", "csv")
    tried(*SET, "-o", "out.txt")
    assert Path("out.txt").read_text(encoding="utf-8") == tried(*SET)
    refused(*SET, "-o", "out.doc")
    refused(*SET, "-o", "nowhere/out.csv")


def test_why_is_printed(folder: Path) -> None:
    name = changes("{drop: fees, why: 'take-up [so] far'}")
    assert "Why: Fees: dropped: take-up [so] far" in tried("--scenario", name)


def test_warnings_do_not_stop_it(folder: Path) -> None:
    done = model("--delay", "buses=1")
    assert done.status == 0
    assert "warning CF509" in done.err
    assert "1 warning" in done.err


def test_conflicts_do_unless_they_are_allowed(folder: Path) -> None:
    words = ("--set", "fees@2024-25=-8", "--deliver", "fees=50%")
    assert "error CF506" in refused(*words)
    done = model(*words, "--allow-conflicts")
    assert done.status == 0
    assert "warning CF506" in done.err
    assert "in this order: 1. Fees: set 2024-25 to (8); 2. Fees: 50% delivered." in done.out


def test_without_a_change_there_is_nothing_to_do(folder: Path) -> None:
    assert "no change is given" in refused()
    assert "no change is given" in refused("--only-changed")


def test_a_scenario_without_changes_is_the_baseline(folder: Path) -> None:
    out = tried("--scenario", written("name: Nothing\n"))
    assert "makes no difference to the net budget of any year of the plan." in out


@pytest.mark.parametrize("kind", ["csv", "json", "md", "table"])
def test_a_scenario_without_changes_in_every_format(folder: Path, kind: str) -> None:
    tried("--scenario", written("name: Nothing\n"), "-f", kind, "--only-changed")


def test_a_plan_of_capital_alone(folder: Path) -> None:
    Path("bare").mkdir()
    Path("bare", "capital_programme.yaml").write_text(TOWN_CAPITAL, encoding="utf-8")
    out = tried("--reprofile", "roof@2024-25..2025-26=1", "--data", "bare")
    assert "Roof: £1.000m moved from 2024-25 to 2025-26" in out


@pytest.mark.parametrize("missing", sorted(FILES))
def test_a_plan_that_lacks_a_table(folder: Path, missing: str) -> None:
    Path("part").mkdir()
    for name in set(FILES) - {missing}:
        Path("part", name).write_text(FILES[name], encoding="utf-8")
    words = {
        "policy_options.yaml": ("--set", "care.gross=101"),
        "revenue_2024_25.yaml": SET,
        "capital_programme.yaml": SET,
    }[missing]
    assert "The scenario costs £" in tried(*words, "--data", "part")


def test_a_plan_that_is_broken_is_said(folder: Path) -> None:
    Path("broken").mkdir()
    Path("broken", "policy_options.yaml").write_text("name: [\n")
    assert "error CF104" in refused(*SET, "--data", "broken")


# -- kept -----------------------------------------------------------------------------------


def test_what_was_tried_is_kept_and_comes_to_the_same(folder: Path) -> None:
    words = [word for typed, _ in (SAME[0], SAME[3], SAME[8][:2], SAME[16]) for word in typed]
    words = [word for word in words if word not in ("--delay", "fees=1")]
    name = changes("{delay: demand, years: 1, why: 'so: it is'}")
    done = model("--scenario", name, *words, "--save", "what-was_tried.yaml")
    assert (done.status, done.err.count("wrote what-was_tried.yaml")) == (0, 1)
    text = Path("what-was_tried.yaml").read_text(encoding="utf-8")
    assert (
        text
        == (
            "name: what was tried\n"
            "changes:\n"
            '  - {delay: demand, years: 1, why: "so: it is"}\n'
            "  - {set: fees, to: {2024-25: -4}}\n"
            "  - {set: care, measure: gross, to: 112.5}\n"
            '  - {reprofile: roof, amount: "£400k", to: 2026-27, from: 2024-25}\n'
        )
        or yaml.safe_load(text)["changes"][3]["amount"] == "£400k"
    )
    once = records("--scenario", name, *words)
    again = records("--scenario", "what-was_tried.yaml")
    assert [{**r, "source": ""} for r in once] == [{**r, "source": ""} for r in again]


def test_a_file_that_exists_is_kept(folder: Path) -> None:
    Path("kept.yaml").write_text("name: Old\n")
    assert "kept.yaml exists: give --force to replace it" in refused(*SET, "--save", "kept.yaml")
    assert Path("kept.yaml").read_text() == "name: Old\n"
    tried(*SET, "--save", "kept.yaml", "--force")
    assert "set: fees" in Path("kept.yaml").read_text()
    tried("--scenario", "kept.yaml", "--drop", "demand", "--save", "kept.yaml", "--force")
    assert "drop: demand" in Path("kept.yaml").read_text()


@pytest.mark.parametrize("name", ["kept", "kept.txt", "kept.json", "kept.yaml.bak", "."])
def test_a_scenario_is_kept_as_yaml(folder: Path, name: str) -> None:
    assert "a scenario is a YAML file: end " in refused(*SET, "--save", name)
    assert not Path("kept.txt").exists()


def test_a_scenario_is_never_written_over_the_plan(folder: Path) -> None:
    for name in FILES:
        err = refused(*SET, "--save", f"data/{name}", "--force")
        assert "is a file of the plan" in err
        assert "is a file of the plan" in refused(*SET, "-o", f"data/../data/{name}", "-f", "csv")
    assert refused(*SET, "--save", "nowhere/kept.yaml")
    Path("folder.yaml").mkdir()
    assert refused(*SET, "--save", "folder.yaml", "--force")


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan, and beside it a link to one of its files."""
    plan = tmp_path / "data"
    plan.mkdir()
    for name, text in FILES.items():
        (plan / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    Path("link.yaml").symlink_to(plan / "policy_options.yaml")
    Path("link.csv").symlink_to(plan / "policy_options.yaml")
    return plan


@pytest.mark.parametrize("where", [("--save", "link.yaml", "--force"), ("-o", "link.csv")])
def test_a_link_to_a_file_of_the_plan_is_that_file(linked: Path, where: tuple[str, ...]) -> None:
    before = hashed(linked)
    done = model(*SET, *where)
    assert hashed(linked) == before
    assert done.status == 2


@pytest.mark.parametrize("name", ["policy-options.yaml", "budget_2025_26.yaml", "revenue.yaml"])
def test_a_scenario_is_not_kept_under_the_nearly_right_name_of_a_plan_file(
    linked: Path, name: str
) -> None:
    model(*SET, "--save", f"data/{name}")
    assert model(*SET).status == 0


def test_a_command_that_fails_writes_nothing(folder: Path) -> None:
    refused(*SET, "--save", "kept.yaml", "-o", "nowhere/out.csv")
    assert not Path("kept.yaml").exists()


def test_a_trial_that_is_refused_is_not_kept(folder: Path) -> None:
    refused("--drop", "nothing", "--save", "kept.yaml")
    assert not Path("kept.yaml").exists()
    refused("--set", "fees@2024-25=-8", "--deliver", "fees=50%", "--save", "kept.yaml")
    assert not Path("kept.yaml").exists()
