"""Lists with an "and", and nouns that count."""

import pytest

from cfbudget.grammar import counted, listed


@pytest.mark.parametrize(
    ("words", "text"),
    [(["a"], "a"), (["a", "b"], "a and b"), ([1, 2, 3], "1, 2 and 3")],
)
def test_listed(words: list[object], text: str) -> None:
    assert listed(words) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_234, "1,234 rows")]
)
def test_counted(number: int, text: str) -> None:
    assert counted(number, "row") == text
