"""Ids made from printed names, and what a slip most likely meant."""

from functools import cache
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.ids import did_you_mean, id_of, nearest
from tests.kit.support import SHIPPED


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Children's Social Care", "childrens-social-care"),
        ("Home to School Transport - Reduced Demand", "home-to-school-transport-reduced-demand"),
        ("Pinewood Plus (Invest to Save) *", "pinewood-plus"),
        ("Emerging Pressures – Childrens/Youth", "emerging-pressures-childrens-youth"),
        ("Gŵyl & Hwyl’s Café", "gwyl-hwyls-cafe"),
        ("***", ""),
    ],
)
def test_id_of_a_printed_name(name: str, expected: str) -> None:
    assert id_of(name) == expected


KNOWN = ["childrens-social-care", "early-help-and-prevention", "education"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("educaton", "education"),
        ("Children's Social Care", "childrens-social-care"),
        ("early help", "early-help-and-prevention"),
        ("zzz", None),
        ("", None),
        ("e", None),
        ("on", None),  # in two of them
        ("fees", None),
        ("planning", None),
    ],
)
def test_nearest(written: str, expected: str | None) -> None:
    assert nearest(written, KNOWN) == expected


KEYS = ["id", "net", "name", "unit", "gross", "status", "changes", "invest_to_save"]
WORDS = st.text(alphabet=ascii_lowercase + "-_", min_size=2, max_size=20)


@given(st.data(), st.sampled_from(KNOWN + KEYS))
def test_a_word_with_one_slip_is_always_suggested(data: st.DataObject, meant: str) -> None:
    at = data.draw(st.integers(0, len(meant) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    before, here, after = meant[:at], meant[at], meant[at + 1 :]
    slips = [before + after, before + letter + after, before + letter + here + after]
    if after:
        slips.append(before + after[0] + here + after[1:])
    for written in slips:
        found = nearest(written, KNOWN + KEYS)
        assert found == meant or (found and edits(written, found) <= 1)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=8, unique=True))
def test_a_word_that_is_far_from_all_is_never_suggested(written: str, known: list[str]) -> None:
    """Far is over half of the letters wrong, and no part of the name."""
    found = nearest(written, known)
    if found is not None and id_of(written) not in found:
        assert 2 * edits(id_of(written) or written, found) <= max(len(written), len(found))


def edits(written: str, meant: str) -> int:
    """How many letters are to be put in, left out or changed; or two exchanged, as one."""
    if not written or not meant:
        return len(written) + len(meant)

    @cache
    def of(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        least = min(of(i - 1, j) + 1, of(i, j - 1) + 1)
        least = min(least, of(i - 1, j - 1) + (written[i - 1] != meant[j - 1]))
        if i > 1 and j > 1 and written[i - 2 : i] == meant[j - 2 : j][::-1]:
            least = min(least, of(i - 2, j - 2) + 1)
        return least

    return of(len(written), len(meant))


def test_a_hint_where_nothing_is_near() -> None:
    assert did_you_mean("zzz", KNOWN, "look it up") == "look it up"


def test_the_shipped_ids_are_made_from_their_names() -> None:
    from cfbudget import load

    plan = load(SHIPPED)
    assert plan.options
    assert plan.capital
    for block in plan.options.services:
        savings = {id_of(option.name) for option in block.options if option.kind == "saving"}
        for option in block.options:
            shared = option.kind == "investment" and id_of(option.name) in savings
            assert option.id == id_of(option.name) + ("-investment" if shared else "")
    for line in (*plan.capital.schemes, *plan.revenue[0].services):
        assert line.id == id_of(line.name)
