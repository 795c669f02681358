"""Ids made from printed names, and what a slip most likely meant."""

import pytest

from cfbudget.ids import did_you_mean, id_of, nearest
from tests.support import SHIPPED


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
    ],
)
def test_nearest(written: str, expected: str | None) -> None:
    assert nearest(written, KNOWN) == expected


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
