"""Every rule: the smallest plan that breaks it, what is then printed, and its row in the docs.

`tests/rules/CFnnn/` holds that plan, and `expected.txt` what `cfbudget check CFnnn` writes on
stderr. CF5xx are about scenarios: their folders hold one for a small plan, and what
`cfbudget model` (or `apply`) then writes. CF6xx are about workbooks: their folders hold edits, one
a line, that break the workbook of a small plan, and what `cfbudget verify` then writes; those
about printed tables hold one that cannot be read, and what `cfbudget cast` then writes. CF7xx are
about maps: their folders hold one for a small plan, and what `cfbudget consolidate` then writes.

Run `UPDATE_RULES=1 pytest tests/test_rules.py` to write what is printed now, and read the
difference.
"""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

import cfbudget
from cfbudget import rules
from cfbudget.loaded import Loaded, load_folder, load_texts
from cfbudget.problem import Problem, Rule
from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.render.problems import count_line, print_problems
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from tests.kit import returned
from tests.kit.small_plans import NESTED, revenue
from tests.kit.support import CAPITAL, OPTIONS, PLANS, ROOT, small_texts

HERE = Path(__file__).parent / "rules"
DOCS = ROOT / "docs" / "rules.md"
SOURCE = Path(rules.__file__).parent
OF_TABLES = [rules.UNREADABLE_TABLE]
OF_WORKBOOKS = [r for r in rules.ALL if r.code.startswith("CF6") and r not in OF_TABLES]
OF_SCENARIOS = [rule for rule in rules.ALL if rule.code.startswith("CF5")]
OF_FILES = [rules.NOT_IN_FILES]
"""Those of scenarios that can be tried, and not written into the plan's files."""
OF_MAPS = [rule for rule in rules.ALL if rule.code.startswith("CF7")]
OF_OTHERS = (*OF_SCENARIOS, *OF_WORKBOOKS, *OF_TABLES, *OF_MAPS)
OF_PLANS = [rule for rule in rules.ALL if rule not in OF_OTHERS]
WARNINGS = [rule for rule in OF_PLANS if rule.severity == "warning"]
NAMES = [name for name, value in vars(rules).items() if isinstance(value, Rule)]

# A row of a table in the docs: | CF203 | error | an unknown service | what to do |
DOCS_ROW = re.compile(r"^\| (CF\w+) +\| (\w+) +\| ([^|]+?) +\| [^|]+ \|$", re.MULTILINE)


# -- the plans that break the rules ---------------------------------------------------------


def _no_plan(folder: Path) -> None:
    """An empty folder, which git cannot hold."""


def _unreadable(folder: Path) -> None:
    """A folder where a file should stand: an empty one, which git cannot hold."""
    (folder / "capital_programme.yaml").mkdir()


def _not_utf8(folder: Path) -> None:
    """A £ as an old Windows program writes it. An editor would mend or refuse such a file."""
    (folder / "capital_programme.yaml").write_bytes(CAPITAL.encode("cp1252"))


def _too_large(folder: Path) -> None:
    """A value and a nesting that nobody would want to read past in a stored file."""
    (folder / "capital_programme.yaml").write_text(f"{CAPITAL}note: {'x' * 20_001}\n", "utf-8")
    (folder / "policy_options.yaml").write_text(f"services: {'[' * 300}\n", "utf-8")


def _control_character(folder: Path) -> None:
    """A character that no reviewer can see, and that could turn a line round in a terminal."""
    text = CAPITAL.replace("name: Roof", "name: Roof\u202e")
    (folder / "capital_programme.yaml").write_text(text, "utf-8")


# What a stored file could not hold, or a reader of it not see, is built when it is needed.
BUILT: dict[str, Callable[[Path], None]] = {
    "CF101": _no_plan,
    "CF102": _unreadable,
    "CF103": _not_utf8,
    "CF105": _too_large,
    "CF117": _control_character,
}


def home_of(code: str, built_in: Path) -> Path:
    """The folder in which the plan that breaks a rule stands, as a folder named by its code."""
    if code not in BUILT:
        return HERE
    (built_in / code).mkdir()
    BUILT[code](built_in / code)
    return built_in


def problems_of(loaded: Loaded) -> tuple[Problem, ...]:
    """What `cfbudget check` finds: what keeps a plan from loading, else what checking finds."""
    return loaded.problems if loaded.plan is None else cfbudget.check(loaded.plan).problems


def printed(loaded: Loaded) -> str:
    """What `cfbudget check` writes on stderr, without colour."""
    console = Console(file=io.StringIO(), highlight=False, markup=False, emoji=False)
    print_problems(console, loaded.folder, problems_of(loaded), loaded.texts)
    console.print(count_line(problems_of(loaded)))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def shall_print(code: str, now: str) -> str:
    """What is printed of a rule, as it is stored; what is printed now, where it is to be stored."""
    expected = HERE / code / "expected.txt"
    if os.environ.get("UPDATE_RULES"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(now, encoding="utf-8")
    return expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", OF_PLANS, ids=lambda rule: rule.code)
def test_a_rule_and_the_plan_that_breaks_it(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home_of(rule.code, tmp_path))
    loaded = load_folder(rule.code)
    found = problems_of(loaded)
    assert {(problem.rule, problem.severity) for problem in found} == {(rule.code, rule.severity)}
    assert printed(loaded) == shall_print(rule.code, printed(loaded))


@pytest.mark.parametrize(
    ("code", "options", "status"),
    [
        ("CF203", [], 2),
        ("CF301", [], 1),
        ("CF303", [], 0),
        ("CF402", [], 0),
        ("CF402", ["--strict"], 1),
    ],
)
def test_the_command_prints_the_same_and_exits_as_the_docs_say(
    code: str, options: list[str], status: int
) -> None:
    argv = [str(Path(sys.executable).parent / "cfbudget"), "check", code, *options]
    done = subprocess.run(argv, cwd=HERE, capture_output=True, check=False, encoding="utf-8")
    expected = (HERE / code / "expected.txt").read_text(encoding="utf-8")
    assert (done.stderr, done.returncode) == (expected, status)


def accepting(text: str, code: str) -> str:
    """A plan file's text in which every line, block and the file itself accept a warning."""
    reason = f"accepted: {{{code}: it is meant}}"
    text = re.sub(r"- \{(id|reserve):", rf"- {{{reason}, \1:", text)
    text = text.replace("  - service:", f"  - {reason}\n    service:")
    return f"{text}{reason}\n"


# A reason that has nothing to settle is deleted, and needs no reason of its own.
ACCEPTABLE = [rule for rule in WARNINGS if rule is not rules.STALE_ACCEPTED]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in ACCEPTABLE])
def test_every_warning_can_be_accepted(rule: Rule) -> None:
    files = (HERE / rule.code).glob("*.yaml")
    texts = {file.name: accepting(file.read_text("utf-8"), rule.code) for file in files}
    found = problems_of(load_texts(texts))
    assert {(problem.rule, problem.accepted) for problem in found} == {(rule.code, "it is meant")}


# -- the scenarios that break the rules -----------------------------------------------------

PAIRED = OPTIONS.replace("kind: investment,", "kind: investment, funds: [fees],")


@pytest.mark.parametrize("rule", OF_SCENARIOS, ids=lambda rule: rule.code)
def test_a_rule_and_the_scenario_that_breaks_it(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = returned.plan_in(tmp_path / "plan", small_texts(options=PAIRED))
    monkeypatch.chdir(HERE / rule.code)
    words = ("apply",) if rule in OF_FILES else ("model", "--scenario")
    status, stdout, stderr = returned.cfbudget(*words, "scenario.yaml", "--data", plan)
    assert (stdout == "") == (status == 2) == (rule.severity == "error")
    assert set(FOUND.findall(stderr)) == {(rule.severity, rule.code)}
    assert stderr == shall_print(rule.code, stderr)


FOUND = re.compile(r": (error|warning|notice) (CF\d+) ")


# -- the edits that make a workbook break the rules -----------------------------------------


class Sent(NamedTuple):
    """A workbook that is sent back, and all that an edit may touch."""

    found: Spreadsheet
    typed: Mapping[At, Value]
    """What was typed over values, for a spreadsheet to work out again."""
    book: Book
    plan: Path
    parts: tuple[str, ...] = ()
    """What is added to the file beside its sheets."""
    text: str | None = None
    """What stands in place of the file."""


def _typed(sent: Sent, sheet: str, cell: str, text: str) -> Sent:
    """A number, a text in quotes, or a formula: the result is still the one that stood there."""
    at = returned.address(cell)
    if text.startswith("="):
        there = sent.found.sheets[sheet].get(at)
        new = {at: SheetCell(text, there.value if there else None)}
        return sent._replace(found=returned.with_cells(sent.found, sheet, new))
    value = text.strip('"') if text.startswith('"') else Decimal(text)
    found = returned.typed(sent.found, sheet, at, value)
    return sent._replace(found=found, typed={**sent.typed, At(sheet, *at): value})


def _result(sent: Sent, sheet: str, cell: str, number: str) -> Sent:
    at = returned.address(cell)
    new = {at: SheetCell(sent.found.sheets[sheet][at].formula, Decimal(number))}
    return sent._replace(found=returned.with_cells(sent.found, sheet, new))


def _name(sent: Sent, name: str, to: str) -> Sent:
    return sent._replace(found=sent.found._replace(names={**sent.found.names, name: to}))


def _line(sent: Sent, file: str, line: str) -> Sent:
    path = sent.plan / file
    path.write_text(f"{path.read_text('utf-8')}{line}\n", encoding="utf-8")
    return sent


def _other(sent: Sent, sheet: str, cell: str, text: str) -> Sent:
    cells = {returned.address(cell): SheetCell(None, text)}
    return sent._replace(found=Spreadsheet({sheet: cells}, {}, (), ()))


def _another_plan(sent: Sent, name: str) -> Sent:
    path = sent.plan.parent / f"{name}.xlsx"
    assert returned.cfbudget("export", path, "--data", PLANS / name).status == 0
    return sent._replace(found=returned.came_back(path))


# An edit as a line of edits.txt writes it, and what it does.
EDITS: Mapping[str, Callable[..., Sent]] = {
    r"(\w+)!([A-Z]+\d+) = (.+)": _typed,
    r"result of (\w+)!([A-Z]+\d+) = (.+)": _result,
    r"delete row (\w+) (\d+)": lambda sent, sheet, row: sent._replace(
        found=returned.deleted(sent.found, sheet, returned.ROW, int(row))
    ),
    r"delete sheet (\w+)": lambda sent, sheet: sent._replace(
        found=returned.without_sheet(sent.found, sheet)
    ),
    r"add sheet (\w+)": lambda sent, sheet: sent._replace(
        found=sent.found._replace(
            sheets={**sent.found.sheets, sheet: {(1, 1): SheetCell(None, "Ours")}}
        )
    ),
    r"hide sheet (\w+)": lambda sent, sheet: sent._replace(
        found=sent.found._replace(hidden=(sheet,))
    ),
    r"name (\w+) -> (\S+)": _name,
    r"calculate": lambda sent: sent._replace(
        found=returned.recalculated(sent.book, sent.found, sent.typed)
    ),
    r"drop results": lambda sent: sent._replace(found=returned.without_results(sent.found)),
    r"add part (\S+)": lambda sent, part: sent._replace(parts=(*sent.parts, part)),
    r"add to (\S+\.yaml): (.+)": _line,
    r"another workbook: (\w+)!([A-Z]+\d+) = (.+)": _other,
    r"the workbook of tests/plans/(\w+)": _another_plan,
    r"a text file: (.+)": lambda sent, text: sent._replace(text=text),
}


def edited(sent: Sent, edit: str) -> Sent:
    for pattern, make in EDITS.items():
        if found := re.fullmatch(pattern, edit):
            return make(sent, *found.groups())
    raise AssertionError(f"{edit!r} is none of the edits that this test can make")


def sent_back(sent: Sent, path: Path) -> None:
    returned.stored(sent.found, path)
    with zipfile.ZipFile(path, "a") as archive:
        for part in sent.parts:
            archive.writestr(part, b"")
    if sent.text is not None:
        path.write_text(sent.text, encoding="utf-8")


@pytest.mark.parametrize("rule", OF_WORKBOOKS, ids=lambda rule: rule.code)
def test_a_rule_and_the_edits_that_break_it(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = returned.plan_in(tmp_path / "plan", small_texts())
    assert returned.cfbudget("export", "sent.xlsx", "--data", "plan").status == 0
    book, found = returned.book_of(small_texts()), returned.came_back(tmp_path / "sent.xlsx")
    sent = Sent(found, {}, book, plan)
    for edit in (HERE / rule.code / "edits.txt").read_text(encoding="utf-8").splitlines():
        sent = edited(sent, edit)
    sent_back(sent, tmp_path / "returned.xlsx")
    status, stdout, stderr = returned.cfbudget("verify", "returned.xlsx", "--data", "plan")
    # What cannot be verified leaves nothing on stdout; what can, nothing on stderr.
    assert (stdout == "") == (status == 2) == (stderr != "")
    assert set(FOUND.findall(stdout + stderr)) == {(rule.severity, rule.code)}
    assert (status == 0) == (rule.severity == "notice")
    assert stdout + stderr == shall_print(rule.code, stdout + stderr)


# -- the maps that break the rules ----------------------------------------------------------


@pytest.mark.parametrize("rule", OF_MAPS, ids=lambda rule: rule.code)
def test_a_rule_and_the_map_that_breaks_it(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    returned.plan_in(tmp_path / "town", revenue(NESTED))
    (tmp_path / "map.csv").write_bytes((HERE / rule.code / "map.csv").read_bytes())
    status, stdout, stderr = returned.cfbudget("consolidate", "town", "--map", "map.csv")
    assert (status, stdout) == (2, "")
    assert set(FOUND.findall(stderr)) == {(rule.severity, rule.code)}
    assert stderr == shall_print(rule.code, stderr)


# -- the tables that break the rules --------------------------------------------------------


@pytest.mark.parametrize("rule", OF_TABLES, ids=lambda rule: rule.code)
def test_a_rule_and_the_table_that_breaks_it(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / rule.code)
    status, stdout, stderr = returned.cfbudget("cast", "table.csv")
    assert (status, stdout) == (2, "")
    assert set(FOUND.findall(stderr)) == {(rule.severity, rule.code)}
    assert stderr == shall_print(rule.code, stderr)


# -- codes, folders, docs and source say the same -------------------------------------------


class Row(NamedTuple):
    """A rule as the docs list it."""

    code: str
    severity: str
    title: str


RULES = [Row(*rule) for rule in rules.ALL]


def rows_of(text: str) -> list[Row]:
    """The rules that the docs list, in their order."""
    return [Row(*found) for found in DOCS_ROW.findall(text)]


def differences(wanted: Iterable[object], found: Iterable[object]) -> list[str]:
    """What is missing, what should not be there and what stands twice or out of order."""
    wanted, found = list(wanted), list(found)
    said = [f"missing: {one}" for one in wanted if one not in found]
    said += [f"not a rule: {one}" for one in found if one not in wanted]
    said += [f"twice: {one}" for one, times in Counter(found).items() if times > 1]
    return said or ([] if wanted == found else ["out of order"])


def unused(names: Iterable[str], source: str) -> list[str]:
    """The rules that no other module of the source names: nothing could ever break them."""
    return [name for name in names if not re.search(rf"\brules\.{name}\b", source)]


def source() -> str:
    files = (file for file in SOURCE.rglob("*.py") if file != Path(rules.__file__))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in rules.ALL]
    assert codes == sorted(set(codes))


def test_each_rule_has_a_folder() -> None:
    folders = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir())
    assert differences([rule.code for rule in rules.ALL], folders) == []


def test_each_rule_has_its_row_in_the_docs() -> None:
    assert differences(RULES, rows_of(DOCS.read_text(encoding="utf-8"))) == []


def test_each_rule_is_used_in_the_source() -> None:
    assert unused(NAMES, source()) == []


def test_the_guards_can_fail() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    first, second, *_ = RULES
    lines = docs.splitlines(keepends=True)
    row = next(line for line in lines if line.startswith(f"| {first.code} "))
    assert differences(RULES, rows_of(docs.replace(row, ""))) == [f"missing: {first}"]
    assert differences(RULES, rows_of(docs + row)) == [f"twice: {first}"]
    milder = first._replace(severity="warning")
    changed = rows_of(docs.replace(row, row.replace("error", "warning", 1)))
    assert differences(RULES, changed) == [f"missing: {first}", f"not a rule: {milder}"]
    assert differences([first, second], [second, first]) == ["out of order"]
    assert unused([*NAMES, "NEVER_USED"], source()) == ["NEVER_USED"]
