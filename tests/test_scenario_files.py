"""Scenarios as files: read with those that they include, and kept.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.nodes import ListNode, MappingNode, Scalar
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem
from cfbudget.read.yaml_nodes import compose
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.written.included_files import Reader
from cfbudget.scenario.written.saved_text import scenario_text
from tests.kit.scenarios import (
    applied,
)
from tests.kit.trial_figures import CLUBS, PLAN, only, uplifted

# -- files ----------------------------------------------------------------------------------


def from_files(plan: Plan, *names: str) -> Applied | tuple[Problem, ...]:
    reader = Reader(plan)
    for name in names:
        reader.file(name)
    return apply_scenario(plan, reader.read())


def write(folder: Path, **texts: str) -> None:
    """Scenario files; __ in a name is a folder's end."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def scenario(name: str, *changes: str, include: str = "") -> str:
    listed = "".join(f"\n  - {change}" for change in changes) or " []"
    return f"name: {name}\nchanges:{listed}\n" + (f"include: [{include}]\n" if include else "")


def test_included_files_come_first_and_are_named_from_where_they_are_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        sets__top=scenario("Top", "{drop: pilot}", include="inner/one.yaml, ../two.yaml"),
        sets__inner__one=scenario("One", "{delay: fees, years: 1}", include="deep.yaml"),
        sets__inner__deep=scenario("Deep", "{drop: demand}"),
        two=scenario("Two", "{drop: planner}"),
    )
    found = from_files(PLAN, "sets/top.yaml")
    assert isinstance(found, Applied)
    assert found.names == ("Top", "One", "Deep", "Two")
    assert [change.words for change in found.changes] == [
        "Demand: dropped",
        "Fees: delayed 1 year",
        "Route planner: dropped",
        "Day pilot: dropped",
    ]
    assert [change.place.file for change in found.changes] == [
        "sets/inner/deep.yaml",
        "sets/inner/one.yaml",
        "sets/../two.yaml",
        "sets/top.yaml",
    ]


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"a": scenario("A", include="a.yaml")}, "CF505", "a.yaml includes itself"),
        (
            {"a": scenario("A", include="b.yaml"), "b": scenario("B", include="./a.yaml")},
            "CF505",
            "a.yaml includes itself",
        ),
        (
            {
                "a": scenario("A", include="b.yaml, c.yaml"),
                "b": scenario("B", include="d.yaml"),
                "c": scenario("C", include="d.yaml"),
                "d": scenario("D", "{drop: fees}"),
            },
            "CF505",
            "d.yaml is read already: its changes would be made twice",
        ),
        ({"a": scenario("A", include="gone.yaml")}, "CF102", "there is no file gone.yaml"),
        ({"a": scenario("A", include="'.'")}, "CF102", ""),
        ({"a": "name: A\ninclude: b.yaml\n"}, "CF111", "in place of a list of files"),
        ({"a": "name: A\ninclude: [[b]]\n"}, "CF111", "a list stands in place of a file"),
        ({"a": "changes: []\n"}, "CF110", "'name' is missing"),
        ({"a": ""}, "CF111", "the file is empty"),
        ({"a": "- {drop: fees}\n"}, "CF111", "a list stands in place of a mapping"),
        ({"a": "name: A\nchanges: {drop: fees}\n"}, "CF111", "in place of a list"),
        ({"a": "name: A\nchange: []\n"}, "CF109", "unknown key 'change'"),
    ],
)
def test_files_that_cannot_be_read_as_scenarios(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str], rule: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **texts)
    found = from_files(PLAN, "a.yaml")
    assert not isinstance(found, Applied)
    assert said in only(found).message
    assert only(found).rule == rule


def test_a_file_given_twice_or_also_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=scenario("A", "{drop: fees}"), b=scenario("B", include="a.yaml"))
    for names in (("a.yaml", "a.yaml"), ("a.yaml", "./a.yaml"), ("a.yaml", "b.yaml")):
        found = from_files(PLAN, *names)
        assert not isinstance(found, Applied)
        assert only(found).rule == "CF505"


def test_too_many_files_in_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for n in range(30):
        write(tmp_path, **{f"s{n}": scenario(f"S{n}", include=f"s{n + 1}.yaml")})
    found = from_files(PLAN, "s0.yaml")
    assert not isinstance(found, Applied)
    assert only(found).message == "too many files in a row"


def test_a_scenario_without_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a="name: Nothing yet\nnote: to be filled in\n")
    found = from_files(PLAN, "a.yaml")
    assert isinstance(found, Applied)
    assert (found.plan, found.names) == (PLAN, ("Nothing yet",))


def test_a_conflict_with_a_change_of_another_file_names_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        a=scenario("A", "{set: fees, to: {2024-25: -8}}"),
        b=scenario("B", "{deliver: fees, share: 50%}"),
    )
    found = from_files(PLAN, "a.yaml", "b.yaml")
    assert not isinstance(found, Applied)
    assert "(4) with 'Fees: set 2024-25 to (8)' (a.yaml:3) first" in only(found).message


def test_every_problem_of_a_file_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=scenario("A", "text", "{drop: x}", "{delay: fees}"))
    found = from_files(PLAN, "a.yaml")
    assert not isinstance(found, Applied)
    assert [(p.place.line, p.rule) for p in found] == [(3, "CF111"), (4, "CF501"), (5, "CF110")]


# -- kept -----------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=30)


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(str.strip), TEXTS, TEXTS)
def test_any_text_is_kept_as_it_is(name: str, why: str, option: str) -> None:
    node, added = MappingNode(Place("x")), MappingNode(Place("x"))
    node["why"], node["add"] = Scalar(why, node.place), added
    added["name"] = Scalar(option, node.place)
    added["funds"] = funds = ListNode(node.place)
    funds.append(Scalar(option, node.place))
    composed = compose(scenario_text(name, [node], why), "kept.yaml")
    if any(mark in name + why + option for mark in HARMFUL):
        return
    assert composed.problems == [], scenario_text(name, [node], why)
    assert plain(composed.root) == {
        "name": name,
        **({"note": why} if why else {}),
        "changes": [{"why": why, "add": {"name": option, "funds": [option]}}],
    }


HARMFUL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that no file may hold, and so no name that was read."""


def plain(node: object) -> object:
    """A node as plain values."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node]
    assert isinstance(node, MappingNode)
    return {key: plain(value) for key, value in node.items()}


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "null",
        "~",
        "0123",
        "12:30",
        "1e3",
        "a: b",
        "a #b",
        "{a}",
        "-",
        "- a",
        "'",
        '"',
        "\\",
        "\ttab",
        "[red]",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
        "`",
        "a ",
        " a",
        "=1",
    ],
)
def test_texts_that_yaml_would_read_as_something_else(text: str) -> None:
    composed = compose(scenario_text(text, []), "kept.yaml")
    assert composed.problems == []
    assert plain(composed.root) == {"name": text, "changes": []}


def test_the_shape_of_a_kept_scenario() -> None:
    trial = applied(
        PLAN,
        {"set": "fees", "to": {"2024-25": "(4)"}, "why": "take-up: slow"},
        uplifted("care", "net", "2%", yearly=True),
        {"add": CLUBS},
    )
    assert scenario_text("A trial", [change.node for change in trial.changes]) == (
        "name: A trial\n"
        "changes:\n"
        '  - {set: fees, to: {2024-25: "(4)"}, why: "take-up: slow"}\n'
        "  - {uplift: care, measure: net, by: 2%, from: 2025-26, yearly: true}\n"
        "  - {add: {service: schools, id: breakfast-clubs, name: Breakfast clubs, kind: saving, "
        "status: new, changes: {2025-26: -25}}}\n"
    )
