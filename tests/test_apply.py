"""`cfbudget apply`: what it writes into a plan's files, what it leaves, and what it refuses."""

import difflib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.cli.app import command_line
from cfbudget.edited.amount_text import AmountsAround, amount_text, as_scalar
from cfbudget.edited.edited_plan import EditedPlan, NotEdited, edited_plan
from cfbudget.edited.not_in_files import not_in_files
from cfbudget.edited.text_edits import Edit, with_edits
from cfbudget.edited.unified_diff import changed_lines, unified_diff
from cfbudget.edited.untouched import touched
from cfbudget.loaded import load_texts
from cfbudget.money import COUNTS, FTE, MILLIONS, POUNDS, THOUSANDS, UNITS, Unit, parse_amount
from cfbudget.nodes import MappingNode
from cfbudget.problem import Place, Refusal
from cfbudget.scenario.written.nodes_of_values import node_of
from cfbudget.written_files import write_together
from tests.kit import whole_council
from tests.kit.processes import cfbudget, plan_in
from tests.kit.recalculated import returned
from tests.kit.scenarios import TOWN_OPTIONS, TOWN_REVENUE, Change, applied
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, SHIPPED, small_texts

# -- how an amount is written ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("pence", "unit", "beside", "expected"),
    [
        (-40_000_000, THOUSANDS, AmountsAround("-573"), "-400"),
        (-40_000_000, THOUSANDS, AmountsAround("(573)"), "(400)"),
        (-340_000_000, THOUSANDS, AmountsAround("(573)", others=("1,200",)), "(3,400)"),
        (-340_000_000, THOUSANDS, AmountsAround("(573)", others=("1200",)), "(3400)"),
        (-40_000_000, THOUSANDS, AmountsAround("573-"), "400-"),
        (-40_000_000, THOUSANDS, AmountsAround("−573"), "−400"),
        (40_000_000, THOUSANDS, AmountsAround("+573"), "+400"),
        (40_000_000, THOUSANDS, AmountsAround("(573)"), "400"),
        (-40_050_000, THOUSANDS, AmountsAround("-573"), "-400.5"),
        (0, THOUSANDS, AmountsAround("-573"), "0"),
        (0, MILLIONS, AmountsAround("16.728"), "0.000"),
        (120_000_000, MILLIONS, AmountsAround("16.728"), "1.200"),
        (120_000_000, MILLIONS, AmountsAround("-", near=("16.728",)), "1.200"),
        (120_000_000, MILLIONS, AmountsAround("", others=("-0.25",)), "1.20"),
        (60_000_000, MILLIONS, AmountsAround("£0.750m"), "£0.600m"),
        (60_000_000, MILLIONS, AmountsAround("£750k"), "£600k"),
        (60_000_000, MILLIONS, AmountsAround("", others=("£750k",)), "0.6"),
        (120_000_000, MILLIONS, AmountsAround(), "1.2"),
        (163_796, POUNDS, AmountsAround("1575.11"), "1637.96"),
        (5_050_000, COUNTS, AmountsAround("50000.55"), "50500.00"),
        (-250, FTE, AmountsAround("(1.5)"), "(2.5)"),
    ],
)
def test_an_amount_is_written_as_the_one_before_it(
    pence: int, unit: Unit, beside: AmountsAround, expected: str
) -> None:
    assert amount_text(pence, unit, beside) == expected


AMOUNTS = st.integers(-(10**12), 10**12)
WRITTEN = st.sampled_from(
    ("", "-", "0", "573", "-573", "(1,234)", "1,234.5-", "−0.25", "+7", "£1.5m", "£750k", "0.00")
)


@given(AMOUNTS, st.sampled_from(list(UNITS.values())), st.lists(WRITTEN, max_size=4))
def test_whatever_is_written_reads_back_as_the_amount(
    pence: int, unit: Unit, texts: list[str]
) -> None:
    first, *others = [*texts, ""]
    text = amount_text(pence, unit, AmountsAround(first, tuple(others[:1]), tuple(others[1:])))
    read = parse_amount(text, unit)
    assert not isinstance(read, Refusal), text
    assert read.pence == pence


def test_quotes_stay_and_come_where_a_comma_needs_them() -> None:
    assert as_scalar("(3,380)", "", in_brackets=True) == '"(3,380)"'
    assert as_scalar("(3,380)", "", in_brackets=False) == "(3,380)"
    assert as_scalar("12", "'", in_brackets=True) == "'12'"


# -- what is edited in a plan's files -------------------------------------------------------


def edited(texts: dict[str, str], *changes: Change) -> dict[str, str]:
    """The files that are edited, which have been proved to be what the scenario makes."""
    loaded = load_texts(texts)
    assert loaded.plan is not None, loaded.problems
    trial = applied(loaded.plan, *changes)
    assert not_in_files(trial) == ()
    made = edited_plan(loaded, loaded.plan, trial.plan, {})
    assert isinstance(made, EditedPlan), made
    return {file: made.loaded.texts[file] for file in made.edits}


def one_line(texts: dict[str, str], *changes: Change) -> tuple[str, str]:
    """The one line that is edited in the one file, before and after."""
    ((file, after),) = edited(texts, *changes).items()
    before = texts[file].splitlines()
    lines = [pair for pair in zip(before, after.splitlines(), strict=True) if pair[0] != pair[1]]
    (pair,) = lines
    return pair[0].strip(), pair[1].strip()


def small(options: str = OPTIONS, **replaced: str) -> dict[str, str]:
    return small_texts(options=options, **replaced)


def test_a_changed_saving_is_one_line() -> None:
    assert one_line(small(), {"set": "fees", "to": {"2025-26": -8}}) == (
        "changes: {2024-25: -10, 2025-26: -5}, stated: -15}",
        "changes: {2024-25: -10, 2025-26: -8}, stated: -15}",
    )


@pytest.mark.parametrize(
    ("written", "to", "expected"),
    [
        ('{2024-25: -10, 2025-26: "(5)"}', -8, '{2024-25: -10, 2025-26: "(8)"}'),
        ("{2024-25: -10}", -8, "{2024-25: -10, 2025-26: -8}"),
        ("{2024/25: -10, 25-26: -5}", -8, "{2024/25: -10, 25-26: -8}"),
        ("{2024-25: -10, 2025-26: }", -8, "{2024-25: -10, 2025-26: -8}"),
        ("{2024-25: -10, 2025-26: tbc}", -8, "{2024-25: -10, 2025-26: -8}"),
        ("{2024-25: -10, 2025-26: ~}", -8, "{2024-25: -10, 2025-26: -8}"),
        ("{2024-25: -10, 2025-26: -5}", 0, "{2024-25: -10, 2025-26: 0}"),
        ("{2024-25: -10, 2025-26: '-5'}", "-1234.5", "{2024-25: -10, 2025-26: '-1234.5'}"),
        ('{2024-25: "(1,010)", 2025-26: -}', -1200, '{2024-25: "(1,010)", 2025-26: "(1,200)"}'),
    ],
)
def test_an_amount_among_years_in_brackets(written: str, to: object, expected: str) -> None:
    options = OPTIONS.replace("{2024-25: -10, 2025-26: -5}, stated: -15", written)
    before, after = one_line(small(options), {"set": "fees", "to": {"2025-26": to}})
    assert (before, after) == (f"changes: {written}}}", f"changes: {expected}}}")


LINES = """\
name: Small Council   # as it is printed
unit: £000
basis: change
financial_years: [2024-25, 2025-26, 2026-27]

services:
  # Care, and all that is within it
  - service: care
    options:
      - id: fees
        name: "Fees"
        kind: saving
        status: new
        changes:
          2024-25: "(1,010)"   # agreed
          2026-27: -5          # not yet
        note: |
          Two lines,
          as they are.
"""


def lines_of(*changes: Change) -> str:
    (after,) = edited(small(LINES), *changes).values()
    return after


def test_years_on_lines_of_their_own_keep_comments_and_layout() -> None:
    after = lines_of({"set": "fees", "to": {"2025-26": -20, "2026-27": -1000}})
    assert after == LINES.replace(
        "          2026-27: -5          #",
        "          2025-26: (20)\n          2026-27: -1,000          #",
    )


def test_a_year_before_all_others() -> None:
    text = LINES.replace('          2024-25: "(1,010)"   # agreed\n', "")
    (after,) = edited(
        {**small(text), "revenue_2024_25.yaml": REVENUE.replace("[2024-25]", "[]")},
        {"set": "fees", "to": {"2024-25": -7}},
    ).values()
    assert after == text.replace("          2026-27", "          2024-25: -7\n          2026-27")


def test_what_a_line_has_not_yet_is_put_behind_it() -> None:
    after = lines_of({"set": "fees", "measure": "fte", "to": {"2025-26": -1.5, "2026-27": -2}})
    assert after == f"{LINES}        fte: {{2025-26: -1.5, 2026-27: -2}}\n"


def test_bytes_that_are_not_meant_stay(tmp_path: Path) -> None:
    """The mark at the head, line ends of Windows, tabs in comments, no line end at the last."""
    folder = plan_in(tmp_path / "plan")
    path = folder / "policy_options.yaml"
    mark = b"\xef\xbb\xbf"
    before = mark + OPTIONS.rstrip().replace("\n", "\r\n").encode() + b" #\t\xc2\xa3"
    path.write_bytes(before)
    path.chmod(0o640)
    (tmp_path / "a.yaml").write_text("name: A\nchanges:\n  - {set: fees, to: {2025-26: -8}}\n")
    done = cfbudget("apply", "a.yaml", "--data", "plan", "--yes", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before.replace(b"2025-26: -5}", b"2025-26: -8}")
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in folder.iterdir()) == sorted(small_texts())


LEVELS = """\
name: Small Council
unit: £000
basis: level
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -10, 2025-26: -15, 2026-27: -15}}
"""


def test_levels_are_written_as_levels() -> None:
    before, after = one_line(small(LEVELS), {"set": "fees", "to": {"2025-26": -8}})
    assert before == "changes: {2024-25: -10, 2025-26: -15, 2026-27: -15}}"
    assert after == "changes: {2024-25: -10, 2025-26: -18, 2026-27: -18}}"
    new = {"id": "new", "name": "New", "kind": "saving", "status": "new", "service": "schools"}
    added = {"add": {**new, "changes": {"2025-26": -1, "2026-27": -2}}}
    (text,) = edited(small(LEVELS), added).values()
    assert text == LEVELS + (
        "  - service: schools\n    options:\n      - {id: new, name: New, kind: saving, "
        "status: new, changes: {2024-25: 0, 2025-26: -1, 2026-27: -3}}\n"
    )


def test_a_dropped_saving_stays_as_a_line_of_nils() -> None:
    before, after = one_line(small(), {"drop": "demand"})
    assert before == "changes: {2025-26: 30}, stated: 30}"
    assert after == "changes: {2025-26: 0}, stated: 30}"


def test_what_is_not_known_yet_moves_with_its_line() -> None:
    options = OPTIONS.replace("{2025-26: 30}, stated: 30", "{2025-26: tbc}").replace(
        "[2024-25, 2025-26]", "[2024-25, 2025-26, 2026-27]"
    )
    _, after = one_line(small(options), {"delay": "demand", "years": 1})
    assert after == "changes: {2025-26: 0, 2026-27: tbc}}"


def test_income_that_is_printed_as_plus() -> None:
    revenue = REVENUE.replace("unit:", "signs: {income: plus}\nunit:").replace(": -", ": ")
    change: Change = {"set": "care", "measure": "income", "to": -35}
    before, after = one_line(small(revenue=revenue), change)
    assert "income: 20," in before
    assert "income: 35," in after


def test_capital_that_is_moved_and_brought_in() -> None:
    texts = small()
    (after,) = edited(
        texts,
        {"reprofile": "roof", "from": "2024-25", "to": "2025-26", "amount": 0.5},
        {"bring_in": "hall", "allocations": {"2025-26": 1}},
    ).values()
    roof = "allocations: {2024-25: 1.500, 2025-26: 0.250}"
    hall = "name: Hall, under_development: 3.000"
    assert after == CAPITAL.replace(roof, "allocations: {2024-25: 1.000, 2025-26: 0.750}").replace(
        hall, "name: Hall, allocations: {2025-26: 1.000}, under_development: 2.000"
    )


def test_what_pays_for_capital() -> None:
    capital = CAPITAL.replace(
        "2025-26: 0.250}", "2025-26: 0.250}, financing: {grants: {2024-25: 1.5}}"
    )
    texts = small(capital=capital)
    to = {"2025-26": 0.2}
    assert (
        "financing: {grants: {2024-25: 1.5, 2025-26: 0.2}}"
        in one_line(texts, {"set": "roof", "measure": "grants", "to": to})[1]
    )
    assert (
        "financing: {grants: {2024-25: 1.5}, borrowing: {2025-26: 0.2}}"
        in one_line(texts, {"set": "roof", "measure": "borrowing", "to": to})[1]
    )
    (after,) = edited(texts, {"set": "total", "measure": "receipts", "to": to}).values()
    stated = "stated: {2024-25: 1.5,"
    assert after == capital.replace(stated, f"financing: {{receipts: {{2025-26: 0.2}}}}\n{stated}")


COUNCIL = {
    "revenue_2024_25.yaml": whole_council.REVENUE,
    "policy_options.yaml": whole_council.OPTIONS,
    "funding.yaml": whole_council.FUNDING,
    "reserves.yaml": whole_council.RESERVES,
}


def test_a_whole_council() -> None:
    """A rise, a draw with its use, an uplift of a line; the gap is that of the trial."""
    changes: tuple[Change, ...] = (
        {"set": "council-tax", "measure": "rise", "year": "2025-26", "to": "2.99%"},
        {"set": "general", "measure": "draw", "to": {"2025-26": 5, "2026-27": 1.25}},
        {"uplift": "rates", "measure": "amount", "by": "2%", "from": "2025-26", "yearly": True},
    )
    after = edited(COUNCIL, *changes)
    assert after["funding.yaml"] == whole_council.FUNDING.replace(
        "2025-26: -18, 2026-27: -18", "2025-26: -18.36, 2026-27: -18.7272"
    ).replace("2025-26: 1575.11, 2026-27: 1637.96", "2025-26: 1545.11, 2026-27: 1606.76").replace(
        "2025-26: -4}", "2025-26: -5, 2026-27: -1.25}"
    )
    assert after["reserves.yaml"] == whole_council.RESERVES.replace(
        "2025-26: 4}", "2025-26: 5, 2026-27: 1.25}"
    )
    trial, made = applied(whole_council.council(), *changes).plan, load_texts({**COUNCIL, **after})
    assert made.plan is not None
    assert gap_amounts(made.plan) == gap_amounts(trial)
    assert reserve_amounts(made.plan).amounts == reserve_amounts(trial).amounts


def test_a_reserve_without_draws_gets_some() -> None:
    reserves = whole_council.RESERVES.replace(", draws: {2024-25: 6, 2025-26: 4}", ", floor: 5%")
    reserves += "  - {id: other, name: Other, opening: 3, contributions: {}, floor: 1}\n"
    funding = whole_council.funding(reserves="")
    texts = {**COUNCIL, "reserves.yaml": reserves, "funding.yaml": funding}
    (_, after) = one_line(texts, {"set": "other", "measure": "draw", "to": {"2025-26": 2}})
    assert after == (
        "- {id: other, name: Other, opening: 3, contributions: {}, draws: {2025-26: 2}, floor: 1}"
    )


# -- what is refused ------------------------------------------------------------------------


TOWN = {"revenue_2024_25.yaml": TOWN_REVENUE, "policy_options.yaml": TOWN_OPTIONS}


def refusals(texts: dict[str, str], *changes: Change) -> list[str]:
    plan = load_texts(texts).plan
    assert plan is not None
    return [problem.message for problem in not_in_files(applied(plan, *changes))]


def test_an_approved_budget_does_not_move() -> None:
    (said,) = refusals(TOWN, {"deliver": "saving", "share": "50%"})
    assert "the approved budget of 2024-25 contains the change of 'fees' in 2024-25: " in said
    (said,) = refusals(TOWN, {"drop": "investment"})
    assert "(and of 1 more option)" in said
    assert refusals(TOWN, {"deliver": "saving", "share": "50%", "from": "2025-26"}) == []
    new = {"service": "care", "id": "new", "name": "New", "kind": "saving", "status": "new"}
    (said,) = refusals(TOWN, {"add": {**new, "changes": {"2024-25": -1}}})
    assert "'new' in 2024-25" in said
    uplift = {"uplift": "care", "measure": "gross", "by": "2%"}
    (said,) = refusals(TOWN, {**uplift, "from": "2024-25"})
    assert "'care-gross-uplift-2024-25' in 2024-25" in said
    assert refusals(TOWN, {**uplift, "from": "2025-26"}) == []
    posts: Change = {"set": "fees", "measure": "fte", "to": {"2024-25": -1}}
    assert refusals(TOWN, posts) == []


def test_where_no_year_is_left_the_hint_is_to_keep_the_scenario() -> None:
    revenue = TOWN_REVENUE.replace("[2024-25]", "[2024-25, 2025-26, 2026-27]")
    plan = load_texts({**TOWN, "revenue_2024_25.yaml": revenue}).plan
    assert plan is not None
    (problem,) = not_in_files(applied(plan, {"drop": "buses"}))
    assert problem.hint == "keep it as a scenario: cfbudget model shows the forecast"


def test_what_no_file_can_hold_is_shown_with_its_problem() -> None:
    new = {"service": "care", "id": "new", "name": "New", "kind": "saving", "status": "new"}
    one_off = {**new, "recurs": False, "changes": {"2025-26": -1}}
    level = load_texts(small(LEVELS))
    assert level.plan is not None
    trial = applied(level.plan, {"add": one_off})
    node = node_of({"recurs": False}, Place("a.yaml"))
    assert isinstance(node, MappingNode)
    made = edited_plan(level, level.plan, trial.plan, {"new": node})
    assert isinstance(made, NotEdited)
    assert [problem.rule for problem in made.problems] == ["CF211"]


def test_the_proof_finds_what_was_not_meant() -> None:
    """Were an edit ever wrong, nothing would be written."""
    loaded = load_texts(TOWN)
    assert loaded.plan is not None
    trial = applied(loaded.plan, {"drop": "fees"}).plan
    made = edited_plan(loaded, loaded.plan, trial, {})
    assert isinstance(made, NotEdited)  # the opening would move, where the trial's does not
    assert "position" in made.refusal.reason
    file = "policy_options.yaml"
    meant = ("services", 0, "options", 0, "changes", "2025-26")
    one = OPTIONS.replace("2025-26: -5", "2025-26: -8")
    assert touched(OPTIONS, one, file, [meant]) is None
    assert touched(OPTIONS, one, file, [meant[:2]]) is None
    assert touched(OPTIONS, one, file, []) == meant
    assert touched(OPTIONS, one.replace("Fees", "Fee"), file, [meant]) == (*meant[:4], "name")
    assert touched(OPTIONS, f"{one}# a comment\n", file, [meant]) is None


# -- the difference -------------------------------------------------------------------------


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    lines = draw(st.lists(st.text("abc", max_size=3), max_size=30))
    end = draw(st.sampled_from(("\n", "\r\n")))
    text = end.join(lines)
    edits: list[Edit] = []
    at = 0
    for _ in range(draw(st.integers(0, 4))):
        places = [i for i in range(at, len(text) + 1) if text[i - 1 : i + 1] != "\r\n"]
        if not places:
            break
        start = draw(st.sampled_from(places))
        stop = start
        while stop < len(text) and text[stop] not in "\r\n" and draw(st.booleans()):
            stop += 1
        put = draw(st.sampled_from(("", "x", "xy", f"{end}x", f"x{end}")))
        edits.append(Edit(start, stop, put))
        at = stop + 1
    return text, edits


@settings(max_examples=300)
@given(texts_with_edits())
def test_the_difference_leads_from_the_one_text_to_the_other(drawn: tuple[str, list[Edit]]) -> None:
    """Its old lines are the old text's, its new ones the new text's, at the places that it says."""
    text, edits = drawn
    assume(text)
    old, new = text.splitlines(), with_edits(text, edits).splitlines()
    shown = unified_diff("a", text, edits).splitlines()[2:]
    at = moved = 0
    made: list[str] = []
    for line in shown:
        if line.startswith("@@"):
            found = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line)
            assert found is not None, line
            first = int(found[1]) - (found[2] != "0")
            made += old[at:first]
            at = first
            assert len(made) == int(found[3]) - (found[4] != "0")
        elif line.startswith("\\"):
            moved += 1
        elif line[0] == "+":
            made.append(line[1:])
        else:
            assert old[at] == line[1:]
            made += [line[1:]] if line[0] == " " else []
            at += 1
    assert [*made, *old[at:]] == new
    assert moved <= 2


def test_a_difference_is_as_others_show_it() -> None:
    text = "".join(f"{letter}\n" for letter in "abcdefghijklmnopqrstuvwxyz")
    edits = [Edit(6, 7, "D"), Edit(8, 9, "E"), Edit(39, 39, "\nnew"), Edit(48, 49, "Y")]
    new = with_edits(text, edits)
    theirs = difflib.unified_diff(
        text.splitlines(keepends=True), new.splitlines(keepends=True), "f", "f"
    )
    assert unified_diff("f", text, edits) == "".join(theirs)
    assert changed_lines(text, edits) == 4


# -- the command ----------------------------------------------------------------------------


def save(folder: Path, text: str, name: str = "a.yaml") -> None:
    (folder / name).write_text(f"name: A\nchanges:\n{text}\n", encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a plan and a scenario that sets a saving."""
    plan_in(tmp_path / "plan")
    save(tmp_path, "  - {set: fees, to: {2025-26: -8}}")
    return tmp_path


def apply(home: Path, *words: str, file: str = "a.yaml") -> subprocess.CompletedProcess[str]:
    return cfbudget("apply", file, "--data", "plan", *words, folder=home)


def test_without_a_terminal_it_is_shown_and_not_written(home: Path) -> None:
    before = contents(home / "plan")
    done = apply(home)
    assert done.returncode == 1
    assert done.stdout.startswith("--- plan/policy_options.yaml\n+++ plan/policy_options.yaml\n")
    assert done.stderr.endswith("cfbudget: nothing was written: add --yes to write this\n")
    assert contents(home / "plan") == before


def test_what_is_written_is_what_was_shown(home: Path) -> None:
    """Twice, and the second time there is nothing to do; the difference is a patch."""
    shown = apply(home)
    done = apply(home, "--yes")
    assert (done.returncode, done.stdout) == (0, shown.stdout)
    assert "cfbudget: wrote plan/policy_options.yaml: 1 line\n" in done.stderr
    for named in (
        ":10:56: 'Fees': total is stated as (15) and comes to (18) £000: difference (3)",
        "5 stated totals no longer hold; what is printed is not changed:",
    ):
        assert named in done.stderr
    again = apply(home)
    assert (again.returncode, again.stdout) == (0, "")
    assert "there is nothing to write" in again.stderr


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("  - {set: fees, to: {2024-25: -8}}", 2, "CF540"),
        ("  - {set: fee, to: {2025-26: -8}}", 2, "CF501"),
        ("  - {set: fees, to: {2025-26: -5}}", 0, "there is nothing to write"),
        (
            "  - {set: fees, to: {2025-26: -8}}\n  - {deliver: fees, share: 50%, from: 2025-26}",
            2,
            "CF506",
        ),
    ],
)
def test_what_cannot_be_written_leaves_everything(
    home: Path, text: str, status: int, said: str
) -> None:
    save(home, text)
    before = contents(home / "plan")
    done = apply(home, "--yes")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert contents(home / "plan") == before


def test_conflicts_may_be_allowed(home: Path) -> None:
    both = "  - {set: fees, to: {2025-26: -8}}\n  - {deliver: fees, share: 50%, from: 2025-26}"
    save(home, both)
    assert "2025-26: -4}" in apply(home, "--allow-conflicts").stdout


def test_what_a_delay_takes_past_the_plan_is_said(home: Path) -> None:
    save(home, "  - {delay: demand, years: 1}")
    done = apply(home)
    assert "changes: {2025-26: 0}" in done.stdout
    assert (
        "Demand: 30 (£000) in 2026-27 is beyond the plan's last year: the files will not have it"
        in done.stderr
    )


def test_an_amount_finer_than_the_file_is_said(home: Path) -> None:
    options = home / "plan" / "policy_options.yaml"
    options.write_text(OPTIONS.replace("exact: true", "exact: false"), encoding="utf-8")
    save(home, "  - {deliver: fees, share: 50%, from: 2025-26}")
    done = apply(home)
    assert "2025-26: -2.5}" in done.stdout
    assert "policy_options.yaml will have an amount finer than any before" in done.stderr
    save(home, "  - {set: fees, to: {2025-26: -8}}")
    assert "finer" not in apply(home).stderr


def test_the_shipped_plan_is_not_changed(tmp_path: Path) -> None:
    save(tmp_path, "  - {set: pension-liabilities, to: {2025-26: -8}}")
    done = cfbudget("apply", "a.yaml", "--yes", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the shipped plan is not changed" in done.stderr


@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_on_a_terminal_it_asks(home: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    from cfbudget.cli import apply as command

    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    before = contents(home / "plan")
    words = ["apply", str(home / "a.yaml"), "--data", str(home / "plan")]
    done = CliRunner().invoke(command_line("apply"), words, input=f"{answer}\n" if answer else "")
    assert "Write this to 1 file? [y/N]:" in done.stderr
    assert done.exit_code == (0 if answer == "y" else 1)
    assert (contents(home / "plan") == before) == (answer != "y")


def test_a_file_that_is_changed_meanwhile_is_left(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cfbudget.cli import apply as command

    path = home / "plan" / "policy_options.yaml"

    def meanwhile() -> bool:
        path.write_text(f"{OPTIONS}# by somebody else\n", encoding="utf-8")
        return True

    monkeypatch.setattr(command, "_agreed", lambda files: meanwhile())
    words = ["apply", str(home / "a.yaml"), "--data", str(home / "plan")]
    done = CliRunner().invoke(command_line("apply"), words)
    assert done.exit_code == 2
    assert "was changed meanwhile: nothing was written" in done.stderr
    assert path.read_text("utf-8") == f"{OPTIONS}# by somebody else\n"


# -- a workbook -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def came_back(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped plan, and its workbook in which one saving of 2025-26 was changed."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(SHIPPED, folder / "plan")
    returned(folder / "plan", folder / "back.xlsx")
    return folder


def test_a_saving_changed_in_a_workbook_is_one_line(came_back: Path) -> None:
    done = apply(came_back, file="back.xlsx")
    lines = done.stdout.splitlines()
    assert [line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++")] == [
        "-        changes: {2024-25: -475, 2025-26: -623, 2026-27: -236}",
        "+        changes: {2024-25: -475, 2025-26: -400, 2026-27: -236}",
    ]


def test_a_workbook_of_files_that_say_something_else_since_is_refused(
    came_back: Path, tmp_path: Path
) -> None:
    """What was typed in it cannot be told from what was changed; a comment is no change."""
    shutil.copytree(came_back, tmp_path / "home")
    path = tmp_path / "home" / "plan" / "policy_options.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}# a comment\n", encoding="utf-8")
    assert apply(tmp_path / "home", file="back.xlsx").returncode == 1
    path.write_text(text.replace("2025-26: -64}", "2025-26: -65}"), encoding="utf-8")
    done = apply(tmp_path / "home", "--yes", file="back.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "policy_options.yaml says something else than when back.xlsx was exported" in done.stderr


# -- all files or none ----------------------------------------------------------------------


def test_files_are_written_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, new = (tmp_path / name for name in ("one", "two", "new"))
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    replaced = Path.replace

    def fail_at(name: str, error: BaseException) -> Callable[[Path, Path], Path]:
        def replace(path: Path, target: Path) -> Path:
            if target.name == name and path.read_bytes() == b"later":
                raise error
            return replaced(path, target)

        return replace

    for name in ("one", "two", "new"):
        for error in (OSError(28, "no space"), SystemExit(143)):
            monkeypatch.setattr(Path, "replace", fail_at(name, error))
            with pytest.raises(type(error)):
                write_together({one: b"later", two: b"later", new: b"later"})
            assert contents(tmp_path) == {"one": b"1", "two": b"2"}
    monkeypatch.undo()
    write_together({one: b"later", two: b"later", new: b"later"})
    assert contents(tmp_path) == dict.fromkeys(("one", "two", "new"), b"later")
