"""Markdown's tables as rows: a row is a line of the file, its cells without markup."""

from pathlib import Path

import pytest

from cfbudget.casting.read.markdown_tables import plain_text
from tests.casting.kit.files import only, refused, saved

TEXT = """\
# Budget

Text | with a bar.

## Revenue **2024**

| Service | Gross | Net |
|:--|--:|:-:|
| **Care** | `1,234` | [5](page) |
| a \\| b<br>c | *3* |  |
|| | 9 |
Behind | the table

Service | Gross
--- | ---
Roads | 1

| no | rule |
| x | 2 |
"""


def test_tables_of_a_file(tmp_path: Path) -> None:
    first, second, third = saved(tmp_path / "a.md", TEXT)
    assert (first.name, second.name) == ("Revenue 2024", "Revenue 2024")
    assert first.rows[:6] == ((),) * 6
    assert first.rows[6:] == (
        ("Service", "Gross", "Net"),
        (),
        ("Care", "1,234", "5"),
        ("a | b c", "3"),
        ("", "", "9"),
        ("Behind", "the table"),
    )
    assert second.rows[13:] == (("Service", "Gross"), (), ("Roads", "1"))
    assert third.rows[17:] == (("no", "rule"), ("x", "2"))


def test_a_table_on_standard_input() -> None:
    assert only("| A | B |\n|---|---|\n| x | 1,2 |\n") == (("A", "B"), (), ("x", "1,2"))


def test_a_file_without_a_table(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.md", "# Title\n\nWords.\n").reason == "no table was found in it"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("***1,234***", "1,234"),
        ("__Total__ _net_", "Total net"),
        ("1,234*", "1,234*"),
        ("Care*", "Care*"),
        ("snake_case_name", "snake_case_name"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("\\*5\\_", "*5_"),
        ("![logo](x.png) [a][1]", "logo a"),
        ("<b>5</b> &pound;3 &lt;b&gt;", "5 £3 <b>"),
        ("~~7~~", "7"),
        ("< 5 and > 3", "< 5 and > 3"),
    ],
)
def test_markup_is_taken_off(text: str, plain: str) -> None:
    assert plain_text(text) == plain
