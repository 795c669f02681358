"""Lists with an "and", nouns that count, and verbs that agree."""

import pytest

from cfbudget.grammar import agreed, counted, listed


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
    assert counted(number, "row", "is") == f"{text} {'is' if number == 1 else 'are'}"


@pytest.mark.parametrize(
    ("one", "many"), [("is", "are"), ("was", "were"), ("has", "have"), ("differs", "differ")]
)
def test_agreed(one: str, many: str) -> None:
    assert [agreed(number, one) for number in (0, 1, 2)] == [many, one, many]
