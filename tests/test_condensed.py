"""Long plans condensed: every answer is that of the plan whose options are read one by one."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import PLAN_TABLES
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.needs_lines import needs_lines
from cfbudget.checks.report import check
from cfbudget.cli.asked_trial import AskedTrial
from cfbudget.cli.flags import typed
from cfbudget.cli.one_trial import is_about_lines
from cfbudget.cli.trials import attempted
from cfbudget.loaded import Loaded, load_condensed, load_folder
from cfbudget.many.plan_check import CheckTask, checked_plan
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.support import ROOT

RULES = Path(__file__).parent / "rules"
FOLDERS = sorted(
    {
        path.parent
        for home in (RULES, Path(__file__).parent / "plans", ROOT / "data", ROOT / "examples")
        for path in home.rglob("policy_options.*")
    }
)


def lines_of(plan: Plan) -> set[str]:
    return {o.id for b in (plan.options.services if plan.options else ()) for o in b.options}


def said(compared: Comparison) -> tuple[object, ...]:
    """A comparison without the lines that it was made of."""
    parts = compared._asdict()
    for one in ("record", "beneath"):
        del parts[one]
    return tuple(map(str, (*parts.values(), compared.outcome, compared.allowance)))


def same_answers(folder: Path) -> Loaded:
    """Hold a folder's condensed plan to the one whose options are read one by one."""
    whole, short = load_folder(str(folder)), load_condensed(str(folder), many=2)
    assert [*short.problems] == [*whole.problems]
    assert (short.plan is None) == (whole.plan is None)
    if whole.plan is None or short.plan is None:
        return short
    expected, found = check(whole.plan), check(short.plan)
    if not needs_lines(short.plan, found.comparisons):
        assert found.problems == expected.problems
    assert found.rules == expected.rules
    assert found.outcomes == expected.outcomes
    left = Counter(map(said, expected.comparisons)) - Counter(map(said, found.comparisons))
    assert Counter(map(said, found.comparisons)) <= Counter(map(said, expected.comparisons))
    assert left.total() == found.condensed
    lines = lines_of(whole.plan) | lines_of(short.plan)
    for one, other in zip(
        *(plan_tables(p, PLAN_TABLES) for p in (whole.plan, short.plan)), strict=True
    ):
        cells = [
            {
                key: (cell.pence, cell.lacks)
                for key, cell in table.cells.items()
                if key.row not in lines
            }
            for table in (one, other)
        ]
        assert cells[0] == cells[1], one.name
        assert (one.step, one.facts, one.notes) == (other.step, other.facts, other.notes)
    return short


def stands_for(loaded: Loaded) -> int:
    """How many options are condensed."""
    blocks = loaded.plan.options.services if loaded.plan and loaded.plan.options else ()
    return sum(o.condensed.number for b in blocks for o in b.options if o.condensed)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_plan_of_the_tests_has_the_same_answers(folder: Path) -> None:
    same_answers(folder)


# -- drawn plans ----------------------------------------------------------------------------

YEARS = ("2024-25", "2025-26")
SERVICES = {"care": "Care", "roads": "Roads and Parks", "growth": "Growth"}
PLAIN = st.sampled_from(
    ("Review of contracts", "Fleet", "Care placements", "Homes & streets", "A-b")
)
NAMES = PLAIN | st.sampled_from(
    (
        "Roads and parks",
        "Growth of fees",
        "Savings from roads",
        "(Invest to Save)",
        "Roads and Parks review",
        "End of pressures",
        "Null",
        "Ty Bâch",
        "12",
        "Total",
    )
)
KINDS_DRAWN = st.sampled_from(("saving", "investment", "grant", "income generation"))
AMOUNTS = st.sampled_from(("tbc", "0", "-1", "5", "-12", "7", "1.5", "-0.25", "", "400000"))


EXTRA = {"recurs": "false", "note": "as agreed", "funds": "option-2"}


ODD_IDS = st.sampled_from(
    ("option-0", "care", "Total", "total", "condensed-1", "a" * 200, "b" * 201)
)


class Drawn:
    """An option as it is written: a plain one, or one with something odd in it."""

    def __repr__(self) -> str:
        return str(vars(self))

    def __init__(self, draw: st.DrawFn, number: int, odd: str) -> None:
        self.service = "car" if odd == "service" else draw(st.sampled_from(("care", "roads")))
        self.kind = draw(KINDS_DRAWN)
        self.kind = "wish" if odd == "kind" else self.kind
        self.status = draw(st.sampled_from(("new", "previously approved")))
        self.name = draw(NAMES) if odd == "name" else f"{draw(PLAIN)} {number}"
        if draw(st.integers(0, 20)) == 0:  # as another's may be
            self.name = "Fleet 3"
        ids = st.sampled_from(
            ("option-0", "care", "Total", "total", "condensed-1", "a" * 200, "b" * 201)
        )
        self.identity = draw(ids) if odd == "id" else f"option-{number}"
        sign = -1 if self.kind in ("saving", "income generation") else 1
        plain = [f"{sign * draw(st.integers(0, 20))}" for _ in YEARS]
        self.changes = [draw(AMOUNTS) for _ in YEARS] if odd == "changes" else plain
        whole = sum(Decimal(one or 0) for one in self.changes if one != "tbc")
        stated = st.sampled_from(("", "3", "n/a", f"{whole}.0"))
        self.stated = draw(stated) if odd == "stated" else f"{whole}"
        self.extra = draw(st.sampled_from((*EXTRA,))) if odd == "extra" else ""


ODDITIES = ("service", "kind", "name", "id", "changes", "stated", "extra")


@st.composite
def drawn(draw: st.DrawFn) -> list[Drawn]:
    odd = draw(st.lists(st.sampled_from(ODDITIES), max_size=3))
    made = [Drawn(draw, number, one) for number, one in enumerate(odd)]
    made += [Drawn(draw, number, "") for number in range(len(odd), draw(st.integers(4, 20)))]
    return draw(st.permutations(made))


REVENUE = (
    "name: A council\nunit: £000\nfinancial_year: 2024-25\ncontains_options_of: []\nservices:\n"
    + "".join(
        f"  - {{id: {i}, name: {n}, gross: {9}00, income: -10}}\n" for i, n in SERVICES.items()
    )
)


def as_csv(options: list[Drawn], head: Mapping[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([*head.items(), ("financial_years", *YEARS), ()])
    writer.writerow(("service", "id", "name", "kind", "status", *YEARS, "stated", *EXTRA, "row"))
    for one in options:
        extra = [EXTRA[key] if key == one.extra else "" for key in EXTRA]
        first = (one.service, one.identity, one.name, one.kind, one.status)
        writer.writerow((*first, *one.changes, one.stated, *extra, ""))
    writer.writerow(("", "", "", "", "", "1", "2", "", "", "", "", "total"))
    return text.getvalue()


def as_yaml(options: list[Drawn], head: Mapping[str, str], odd: str) -> str:
    lines = [*(f"{key}: {value}" for key, value in head.items())]
    lines += [f"financial_years: [{', '.join(YEARS)}]", "services:"]
    for service in dict.fromkeys(one.service for one in options):
        lines += [f"  - service: {service}", "    options:"]
        for one in (one for one in options if one.service == service):
            lines += written(one)
            if odd and one is options[0]:
                lines.append(odd)
    stated = ("stated:", "  2024-25: 1", "  net_budget: {2025-26: 2680}")
    return "\n".join([*lines, *stated, ""])


def written(one: Drawn) -> Iterator[str]:
    changes = ", ".join(f"{y}: {c}" for y, c in zip(YEARS, one.changes, strict=True) if c)
    yield f"      - id: {one.identity}"
    yield f"        name: {one.name}"
    yield f"        kind: {one.kind}"
    yield f"        status: {one.status}"
    yield f"        changes: {{{changes}}}"
    if one.stated:
        yield f"        stated: {one.stated}"
    if one.extra:
        value = f"[{EXTRA[one.extra]}]" if one.extra == "funds" else EXTRA[one.extra]
        yield f"        {one.extra}: {value}"


HEADS = st.fixed_dictionaries(
    {
        "name": st.just("A council"),
        "unit": st.sampled_from(("£000", "£m", "£")),
        "basis": st.sampled_from(("change",) * 9 + ("level",)),
        "exact": st.sampled_from(("true", "false")),
    }
)
ODD = st.sampled_from(
    (
        *[""] * 30,
        "        note: |\n          - id: option-90\n            name: A text",
        '        note: "one\n      - id: option-1\n        two"',
        "      # a comment",
        "\n",
        "        category: A",
        "     - id: too-far-left",
        "        'quoted': 1",
        "      - &anchor",
        "\t",
        "...",
    )
)


@settings(max_examples=100, deadline=None)
@given(options=drawn(), head=HEADS, odd=ODD)
def test_any_plan_has_the_same_answers(
    options: list[Drawn], head: dict[str, str], odd: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name, text in (
        ("policy_options.csv", as_csv(options, head)),
        ("policy_options.yaml", as_yaml(options, head, odd)),
    ):
        folder = tmp_path_factory.mktemp("plan")
        (folder / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline="")
        same_answers(folder)


# -- what is no option, or one of no list ----------------------------------------------------

HEAD = f"name: A council\nunit: £000\nbasis: change\nfinancial_years: [{', '.join(YEARS)}]\n"


def in_block(number: int, indent: int = 6) -> str:
    """An option on lines of its own."""
    blank = " " * indent
    return (
        f"{blank}- id: option-{number}\n{blank}  name: Review {number}\n{blank}  kind: saving\n"
        f"{blank}  status: new\n{blank}  changes: {{2024-25: -{number}}}\n"
    )


def in_flow(number: int, indent: int = 6) -> str:
    """The same on one line."""
    return (
        f"{' ' * indent}- {{id: option-{number}, name: Review {number}, kind: saving, "
        f"status: new, changes: {{2024-25: -{number}}}}}\n"
    )


@pytest.mark.parametrize("option", [in_block, in_flow])
@pytest.mark.parametrize(
    ("indent", "behind"),
    [
        (6, "    note: which goes on\n<>"),
        (6, "stated:\n  2024-25: 1\n<>"),
        (6, "    stated:\n<>"),
        (6, "    options:\n<>"),
        (6, "  - service: care\n<>"),
        (6, "  - service: roads\n    options: # of roads\n<>"),
        (4, "    name: Care\n<>"),
        (4, "  - service: roads\n    options:\n<>"),
        (6, "NULL"),
        (6, "LAST"),
    ],
)
def test_an_option_belongs_to_the_list_that_it_stands_in(
    option: Callable[[int, int], str], indent: int, behind: str, tmp_path: Path
) -> None:
    """What stands where no list of options is, is as wrong as ever; so is an id that is null."""
    first, more = ("".join(option(n, indent) for n in ns) for ns in (range(1, 9), range(9, 12)))
    text = f"{HEAD}services:\n  - service: care\n    options:\n{first}"
    text += behind.replace("<>", more) if "<>" in behind else more
    text = text.replace("id: option-10\n", "id: null\n") if behind == "NULL" else text
    text = text.replace("id: option-10,", "id: null,") if behind == "NULL" else text
    text = text.removesuffix("\n") if behind == "LAST" else text
    (tmp_path / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
    (tmp_path / "policy_options.yaml").write_text(text, encoding="utf-8")
    same_answers(tmp_path)


@pytest.mark.parametrize("head", ['note,"', f"note,{'x' * 140_000}\n"], ids=["open", "huge"])
def test_a_table_that_is_no_csv_is_no_plan_either_way(head: str, tmp_path: Path) -> None:
    rows = "".join(f"care,o-{n},Review {n},saving,new,-{n}\n" for n in range(5_000))
    (tmp_path / "policy_options.csv").write_text(f"{head}{HEAD}\n{rows}", encoding="utf-8")
    assert not same_answers(tmp_path).plan


@pytest.mark.parametrize("stated", ["", "        stated: -1\n"])
def test_a_check_reads_each_option_where_a_head_may_be_lost(
    stated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not options state totals of their own."""
    options = "".join(map(in_block, range(1, 9))) + in_block(1).replace("n-1", "n-x") + stated
    text = f"{HEAD}services:\n  - service: care\n    options:\n{options}"
    (tmp_path / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
    (tmp_path / "policy_options.yaml").write_text(
        f"{text}    stated: {{2024-25: -31}}\n", encoding="utf-8"
    )
    monkeypatch.setattr("cfbudget.many.plan_check.load_condensed", partial(load_condensed, many=2))
    whole = load_folder(str(tmp_path)).plan
    assert whole
    task = CheckTask(str(tmp_path), accepted=False, lines=False)
    assert checked_plan(task).checked.problems == check(whole).problems
    assert "before line" in str(check(whole).problems)


@pytest.mark.parametrize("amounts", ["", "amounts: {option-3: 50, option-30: 5}\n"])
@pytest.mark.parametrize("fund", ["", ", fund: hra"])
@pytest.mark.parametrize("net", [80, 102])
def test_what_stands_in_the_budget_is_held_against_each_option(
    amounts: str, fund: str, net: int, tmp_path: Path
) -> None:
    """A named amount may be called as an option; a fence open by each rounding."""
    revenue = (
        f"name: A council\nunit: £000\nfinancial_year: 2024-25\ncontains_options_of: []\n{amounts}"
        f"services:\n  - {{id: care, name: Care, gross: 100, income: -{net - 36}{fund}}}\n"
        "  - {id: roads, name: Roads, gross: 100, income: -10}\n"
    )
    options = f"{HEAD}services:\n  - service: care\n    options:\n"
    (tmp_path / "revenue_2024_25.yaml").write_text(revenue, encoding="utf-8")
    (tmp_path / "policy_options.yaml").write_text(
        options + "".join(map(in_block, range(1, 9))), encoding="utf-8"
    )
    same_answers(tmp_path)


def test_a_group_of_a_thousand_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
    options = "".join(map(in_flow, range(1, 1_002)))
    text = f"{HEAD}services:\n  - service: care\n    options:\n{options}"
    (tmp_path / "policy_options.yaml").write_text(text, encoding="utf-8")
    assert stands_for(load_condensed(str(tmp_path), many=2)) == 1_001


# -- trials ---------------------------------------------------------------------------------


def long_plan(folder: Path) -> Path:
    """A plan of 40 options, all of them plain."""
    rows = [
        (service, f"{service}-{kind}-{number}", f"Review {kind} {number}", kind, "new", sign * 7, 0)
        for service in ("care", "roads")
        for kind, sign in (("saving", -1), ("investment", 1))
        for number in range(10)
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("name", "A council"), ("unit", "£000"), ("basis", "change")])
    writer.writerows([("financial_years", *YEARS), ()])
    writer.writerows([("service", "id", "name", "kind", "status", *YEARS), *rows])
    (folder / "policy_options.csv").write_text(text.getvalue(), encoding="utf-8")
    (folder / "revenue_2024_25.yaml").write_text(REVENUE, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("operator", "value", "is_of_one"),
    [
        ("set", "care-saving-3@2024-25=-9", True),
        ("delay", "roads-investment-9=1", True),
        ("drop", "care-saving-1", True),
        ("uplift", "care.gross=2%@2025-26", False),
        ("deliver", "care/saving=33%", False),
        ("drop", "care-saving-99", False),
        ("set", "care-saving-3@2024-25=-900", False),
    ],
)
def test_a_trial_of_one_option_needs_no_other(
    operator: str, value: str, is_of_one: bool, tmp_path: Path
) -> None:
    folder = str(long_plan(tmp_path))
    changes = typed({operator: [value]})
    asked = AskedTrial(None, {operator: [value]}, None, False, None, False)
    short, whole = load_condensed(folder, asked.words(), many=2).plan, load_folder(folder).plan
    assert short
    assert whole
    assert sum(one.condensed.number for one in short.condensed if one.condensed) >= 39
    found, expected = attempted(short, (), changes), attempted(whole, (), changes)
    assert is_about_lines(short, found) is not is_of_one
    if is_of_one:
        assert isinstance(found.found, Applied)
        assert isinstance(expected.found, Applied)
        assert found.problems == expected.problems
        made, wanted = found.found, expected.found
        assert position_amounts(made.plan).amounts == position_amounts(wanted.plan).amounts
        assert made.contributions[0].net_budget == wanted.contributions[0].net_budget


def in_file(identity: str, name: str) -> str:
    """A scenario that adds an option."""
    return (
        f"name: One more\nchanges:\n  - {{add: {{service: care, id: {identity}, name: {name}, "
        "kind: saving, status: new, changes: {2025-26: -5}}}\n"
    )


@pytest.mark.parametrize(
    ("scenario", "flags"),
    [
        (in_file("care-saving-3", "A new one"), {}),
        (in_file("a-new-one", "Review saving 3"), {}),
        ("", {"set": ["nil@2024-25=-79"]}),
        ("", {"set": ["nil@2024-25=-61"]}),
    ],
    ids=["id", "name", "large", "small"],
)
def test_what_is_said_of_a_trial_is_said_beside_every_option(
    scenario: str, flags: dict[str, list[str]], tmp_path: Path
) -> None:
    """What is added may be called as any of them, and what is large is so beside the largest."""
    folder = long_plan(tmp_path)
    budget = folder / "revenue_2024_25.yaml"
    budget.write_text(REVENUE.replace("gross: 900", "gross: 60"), encoding="utf-8")
    with (folder / "policy_options.csv").open("a", encoding="utf-8") as options:
        options.write("care,nil,Nothing yet,saving,new,0,0\n")
    (folder / "one-more.yaml").write_text(scenario, encoding="utf-8")
    including = folder / "all.yaml"
    including.write_text("name: All\ninclude: [one-more.yaml]\nchanges: []\n", encoding="utf-8")
    scenarios = (str(including),) if scenario else ()
    asked = AskedTrial([*scenarios], flags, None, False, None, False)
    short = load_condensed(str(folder), asked.words(), many=2).plan
    whole = load_folder(str(folder)).plan
    assert short
    assert whole
    assert short.condensed
    found, expected = (attempted(plan, scenarios, typed(flags)) for plan in (short, whole))
    assert is_about_lines(short, found) or found.problems == expected.problems
