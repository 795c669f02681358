"""`was: OLD-ID`: a line with another id, name and figures that is still the same line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.calculate.former_ids import same_ids
from cfbudget.calculate.plan_bridge import compare
from cfbudget.reports.compare.words import outcome
from tests.kit.compared import FEES, SERVICES, care, labels, option, plan
from tests.kit.support import CAPITAL, REVENUE, loaded, plan_of, rules_of, small_texts

CHARGES = option("Charges", "2024-25: -8", id="charges", kind="income-generation", was="fees")


def said(old: str, new: str) -> list[str]:
    return labels(compare(plan(care(), old), plan(care(), new)))[2:-2]


def test_a_renamed_option_with_other_figures_is_neither_removed_nor_new() -> None:
    old, new = plan(care(FEES)), plan(care(CHARGES))
    (line,) = compare(old, new).lines
    assert line.causes == ("renamed", "kind changed", "re-priced")
    (back,) = compare(new, old).lines
    assert back.causes == line.causes
    assert {year: -pence for year, pence in back.amounts.items()} == line.amounts
    without = compare(old, plan(care(CHARGES.replace(", was: fees", "")))).lines
    assert [found.causes for found in without] == [("new",), ("removed",)]


def test_a_renamed_service_takes_its_options_with_it() -> None:
    """An option's service is no other one because it has another id."""
    homes = SERVICES.replace("id: care, name: Care, net: 100", "id: homes, name: Homes, net: 90")
    new = plan(
        care(FEES).replace("service: care", "service: homes"),
        homes.replace("id: homes,", "id: homes, was: care,"),
    )
    bridge = compare(plan(care(FEES)), new)
    assert labels(bridge)[2:-2] == ["Homes (was Care)"]
    (line,) = bridge.lines
    assert line.causes == ("base changed",)
    assert set(line.amounts.values()) == {-10 * 100_000}
    # With its own name kept, the id is what changed; a service within it stays where it was.
    within = "  - id: {}\n    name: People\n    services: [{{id: care, name: Care, net: 1}}]\n"
    moved = within.format("all\n    was: people")
    assert said(within.format("people"), moved) == [
        "People (the service as a whole; its id was people)"
    ]


def test_gross_that_differs_in_a_renamed_service_is_said() -> None:
    old = "  - {id: care, name: Care, gross: 100, income: -20}\n"
    new = "  - {id: homes, was: care, name: Care, gross: 105, income: -25}\n"
    bridge = compare(plan_of(_alone(old)), plan_of(_alone(new)))
    assert bridge.same_net == ("Care",)
    assert [line.causes for line in bridge.lines] == [("base changed",)]


def test_the_same_budget_of_a_renamed_service_is_told_from_another_one() -> None:
    dearer = care(option("Fees", "2024-25: -12")).replace("service: care", "service: homes")
    renamed = SERVICES.replace("id: care,", "id: homes, was: care,")
    for services, same in ((renamed, True), (renamed.replace("net: 100", "net: 90"), False)):
        bridge = compare(
            plan(care(FEES), contains="2024-25"), plan(dearer, services, contains="2024-25")
        )
        (line,) = (line for line in bridge.lines if line.what == "service")
        assert line.same_budget is same


def _alone(services: str) -> dict[str, str]:
    return {
        "revenue_2024_25.yaml": "name: Small\nfinancial_year: 2024-25\nunit: £000\n"
        f"contains_options_of: []\nservices:\n{services}"
    }


def test_a_renamed_scheme_is_the_same_scheme() -> None:
    texts = small_texts(capital=CAPITAL)
    other = small_texts(capital=CAPITAL.replace("id: roof", "id: roofs, was: roof"))
    plain = small_texts(capital=CAPITAL.replace("id: roof", "id: roofs"))
    assert not compare(plan_of(texts), plan_of(other)).capital_differs
    assert compare(plan_of(texts), plan_of(plain)).capital_differs


def test_a_former_id_that_the_other_plan_has_not_is_said() -> None:
    new = plan(care(option("Charges", "2024-25: -8", id="charges", was="fares")))
    sentence = "Charges says that it was fares, which the other plan does not have."
    assert sentence in list(outcome(compare(plan(care(FEES)), new), "a", "b"))
    # What it says of a still older plan is nothing that the two have to agree on.
    assert sentence not in list(outcome(compare(new, new), "a", "b"))


def test_an_id_that_both_plans_have_stands_and_that_is_said() -> None:
    both = care(FEES, option("Charges", "2024-25: -8", id="charges"))
    bridge = compare(plan(both), plan(care(CHARGES)))
    assert [found.causes for found in bridge.lines] == [("kind changed",), ("removed",)]
    assert (
        "Charges says that it was fees, and both plans have it by its own id: they are compared "
        "as the same."
    ) in list(outcome(bridge, "a", "b"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("was: Social Care", ["CF116"]),
        ("was: total", ["CF116"]),
        ("was: [a, b]", ["CF111"]),
        ("was: care", ["CF251"]),
        ("was: schools", ["CF251"]),
        ("was: roof", []),
        ("was: social-care", []),
    ],
)
def test_what_a_former_id_may_be(text: str, codes: list[str]) -> None:
    revenue = small_texts()["revenue_2024_25.yaml"].replace("id: care,", f"id: care, {text},")
    assert rules_of(loaded(revenue=revenue)) == codes


IDS = st.dictionaries(
    st.sampled_from("abcdef"), st.sampled_from(["", *"abcdef"]), max_size=6
).filter(lambda ids: len([w for w in ids.values() if w]) == len({*ids.values()} - {""}))


@given(IDS, IDS)
def test_lines_are_matched_one_to_one_and_either_way(
    old: dict[str, str], new: dict[str, str]
) -> None:
    found = same_ids(old, new)
    assert len(set(found.values())) == len(found)
    assert found.keys() <= old.keys() - new.keys()
    assert set(found.values()) <= new.keys() - old.keys()
    for before, now in found.items():
        assert new[now] == before or old[before] == now


def test_who_names_a_service_as_it_was_is_told_what_it_is_now() -> None:
    renamed = REVENUE.replace("id: care,", "id: homes, was: care,")
    scheme = CAPITAL.replace("id: hall,", "id: hall, service: care,")
    found = loaded(revenue=renamed, capital=scheme).problems
    assert {(p.rule, p.message, p.hint) for p in found} == {
        ("CF203", "'care' is what 'homes' was called before", "write homes")
    }
    assert {p.place.file for p in found} == {"capital_programme.yaml", "policy_options.yaml"}
