"""What a hint says to type is what then can be read."""

from pathlib import Path

import pytest

from cfbudget.loaded import load_folder
from cfbudget.problem import Refusal
from cfbudget.years import parse_year
from tests.kit.support import OPTIONS, REVENUE, loaded


def hint(**texts: str) -> str | None:
    return loaded(**texts).problems[0].hint


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-25", "write [2024-25]"),
        ("2024-25, 2025-26", "write [2024-25, 2025-26]"),
        ("none", "write each year: [2024-25, 2025-26], or [] for none"),
        ("2024-25 to 2026-27", "write each year: [2024-25, 2025-26], or [] for none"),
        ("", "write each year: [2024-25, 2025-26], or [] for none"),
    ],
)
def test_years_in_place_of_a_list(written: str, expected: str) -> None:
    revenue = REVENUE.replace(": [2024-25]", f": {written}")
    assert hint(revenue=revenue) == expected


def test_a_space_lost_after_a_year() -> None:
    options = OPTIONS.replace("{2025-26: 30}", "{2025-26:30}")
    assert hint(options=options) == "put a space after the colon: 2025-26: 30"
    found = parse_year("2025-27:30")
    assert isinstance(found, Refusal)
    assert found.hint == "write a year like 2024-25"


BLOCK = """\
  - service: care
    options: []
"""


def test_a_dash_lost_before_a_new_item() -> None:
    """Two blocks run together: deleting the second head would move its options elsewhere."""
    head = OPTIONS.partition("  - service")[0]
    found = loaded(options=head + BLOCK + BLOCK.replace("  - ", "    ")).problems
    assert [problem.hint for problem in found] == [
        "write '- ' before it if a new item begins here, else delete one of them",
        "delete one of them",
    ]


@pytest.mark.parametrize(
    "options",
    [
        OPTIONS.replace("basis: change", "basis: change\nname: Small Council"),
        OPTIONS.replace("kind: saving", "kind: saving, id: fees"),
    ],
)
def test_a_key_that_stands_twice_in_one_item(options: str) -> None:
    assert hint(options=options) == "delete one of them"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "policy_options.yaml"
    for target in ("gone.yaml", path.name):
        path.symlink_to(target)
        assert load_folder(str(tmp_path)).problems[0].hint == "mend the link, or delete it"
        path.unlink()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("name: Care, gross:100", "put a space after the colon: gross: 100"),
        (
            "name: Homes, Adults",
            "quote the text before it if it goes on here; known here: id, name",
        ),
        ("name: @Care", "quote a text that begins with such a sign: '*Pinewood'"),
        ("name: & Care", "quote a text that begins with such a sign: '*Pinewood'"),
        ("name: '*Care'}", "delete the bracket: none is open here"),
        (
            "name: Care #1",
            "close the bracket or quote that opens here, and quote a text that holds ' #'",
        ),
    ],
)
def test_a_text_that_yaml_takes_for_something_else(written: str, expected: str) -> None:
    revenue = REVENUE.replace("id: care, name: Care, gross: 100", f"id: care, {written}")
    if written.endswith("}"):
        revenue = REVENUE.replace("name: Care", "name: '*Care'").replace("80}}", "80}}}")
    assert (hint(revenue=revenue) or "").startswith(expected)


def test_an_unknown_key_with_a_value_is_not_taken_for_a_text() -> None:
    revenue = REVENUE.replace("name: Care", "name: Care, colour: red")
    assert (hint(revenue=revenue) or "").startswith("known here: id")
