"""The shipped data against the published plan, figure by figure.

`source_plan.md` is the section "Our Finance Plan" as published. The data are read here without
any of the program's own reading of amounts or tables.
"""

import html
import re
from collections.abc import Iterator

import pytest
import yaml

from tests.kit.support import ROOT, SHIPPED

SOURCE = ROOT / "tests" / "source_plan.md"
YEARS = ("2024-25", "2025-26", "2026-27", "2027-28")
GROUPS = {
    "New Savings": ("saving", "new"),
    "Previously approved Savings": ("saving", "previously approved"),
    "New Investment": ("investment", "new"),
    "Previously approved Investment": ("investment", "previously approved"),
}


def plain(printed: str) -> str:
    """A printed figure as the data write it."""
    text = printed.replace(",", "")
    return f"-{text[1:-1]}" if text.startswith("(") else text


def published(heading: str) -> Iterator[list[str]]:
    """The rows of the published table under a heading, without its mark-up."""
    text = SOURCE.read_text(encoding="utf-8")
    section = text[text.index(f"## {heading}") :].split("\n## ")[0]
    for line in section.splitlines():
        cells = [html.unescape(re.sub(r"</?b>", "", cell)).strip() for cell in line.split("\t")]
        if len(cells) > 1 or cells[0] in GROUPS:
            yield cells


def data(name: str) -> dict[str, object]:
    # BaseLoader keeps every value as the text that stands in the file.
    loaded = yaml.load((SHIPPED / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def test_revenue() -> None:
    rows = {row[0]: [plain(cell) for cell in row[1:]] for row in published("Revenue Budgets")}
    found = data("revenue_2024_25.yaml")
    services = found["services"]
    assert isinstance(services, list)
    lines = {s["name"]: [s["gross"], s["stated"]["net"], s["income"]] for s in services}
    stated = found["stated"]
    assert isinstance(stated, dict)
    lines[stated["label"]] = [stated["gross"], stated["net"], stated["income"]]
    assert lines == {name: rows[name] for name in lines}
    assert set(rows) - set(lines) == {"Service", ""}


def test_capital() -> None:
    rows = {row[0]: [plain(cell) for cell in row[1:]] for row in published("Capital Budgets")}
    found = data("capital_programme.yaml")
    schemes, total = found["schemes"], found["stated"]
    assert isinstance(schemes, list)
    assert isinstance(total, dict)
    lines = {}
    for scheme in schemes:
        allocations = scheme.get("allocations", {})
        stated = scheme["stated"]
        assert set(stated) == {"programme", "total"}
        lines[scheme["name"]] = [
            *(allocations.get(year, "-") for year in YEARS),
            stated["programme"],
            scheme.get("under_development", "-"),
            stated["total"],
        ]
    columns = (*YEARS, "programme", "under_development", "total")
    lines[total["label"]] = [total[column] for column in columns]
    assert lines == {name: rows[name] for name in lines}
    assert set(rows) - set(lines) == {"Scheme", ""}


def options_as_published() -> list[tuple[str, ...]]:
    """Service, kind, status, name and five figures of each line; totals have no kind."""
    found: list[tuple[str, ...]] = []
    service, group = "Early Help and Prevention", ("", "")
    for cells in published("Planned Revenue Budget Changes"):
        name, figures = cells[0], [plain(cell) for cell in cells[1:]]
        if figures[:1] == ["24-25 £000"]:
            service = name if name != "Children & Families" else service
        elif name in GROUPS:
            group = GROUPS[name]
        elif not any(figures):
            service = name
        elif name.startswith("Total"):
            found.append(("", "", "", name, *figures))
        else:
            found.append((service, *group, name, *figures))
    return found


def options_in_the_data() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    file = data("policy_options.yaml")
    blocks, total = file["services"], file["stated"]
    assert isinstance(blocks, list)
    assert isinstance(total, dict)
    for block in blocks:
        for option in block["options"]:
            words = (block["name"], option["kind"], option["status"], option["name"])
            changes = (option["changes"].get(year, "-") for year in YEARS)
            found.append((*words, *changes, option["stated"]))
        found.append(_total(block["stated"]))
    return [*found, _total(total)]


def _total(stated: dict[str, str]) -> tuple[str, ...]:
    return ("", "", "", *(stated[key] for key in ("label", *YEARS, "total")))


def test_options() -> None:
    assert options_in_the_data() == options_as_published()


def test_invest_to_save_marks() -> None:
    blocks = data("policy_options.yaml")["services"]
    assert isinstance(blocks, list)
    options = [option for block in blocks for option in block["options"]]
    marked = [option for option in options if "(Invest to Save) *" in option["name"]]
    assert [o["name"] for o in options if o.get("invest_to_save") == "true"] == [
        option["name"] for option in marked
    ]
    assert len(marked) == 7
    names = {option["id"]: option["name"] for option in options}
    funded = {o["name"]: [names[id_] for id_ in o.get("funds", [])] for o in marked}
    assert funded.pop("Pinewood Plus (Invest to Save) *") == []
    asylum = "Unaccompanied Asylum Seeker Children"
    assert funded.pop(f"{asylum} dedicated post (Invest to Save) *") == [asylum]
    assert funded == {name: [name.removesuffix(" (Invest to Save) *")] for name in funded}


@pytest.mark.parametrize(("printed", "expected"), [("(3,380)", "-3380"), ("-", "-")])
def test_the_reading_of_this_test(printed: str, expected: str) -> None:
    assert plain(printed) == expected
