"""Who adds up a made plan by service and year, and how each is called.

`made_in` makes the files, in a process of its own; every function here is a contender that reads
one of them.
"""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import answers, cfbudget_answers, other_answers
from benchmarks.answers import Answer
from benchmarks.contender import Contender
from benchmarks.made.plan import CHANGED_TO, MadePlan
from benchmarks.marks import Mark
from benchmarks.programs import CFBUDGET, HERE, OWN, PYTHON, library, missing, program

BEAN_QUERY = "SELECT account, sum(number) GROUP BY account"
Read = Callable[[str], Answer]
Marks = tuple[Mark, ...]


def made_in(folder: Path, plan: MadePlan, forms: Sequence[str], *more: str) -> Path:
    """The folder, with a made plan in each of the forms."""
    size = (str(plan.options), str(plan.years))
    command = [PYTHON, "-m", "benchmarks.made", str(folder), *size, *forms, *more]
    subprocess.run(command, cwd=HERE.parent, check=True)
    return folder


class Totals:
    """The contenders for one plan, whose files are in one folder."""

    def __init__(self, plan: MadePlan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.expected = answers.by_service(plan.totals())

    def totals(self, form: str, marks: Marks = ()) -> Contender:
        read = cfbudget_answers.of_position
        return self._own(("totals", "position"), form, self.expected, read, marks)

    def check(self, form: str, marks: Marks = ()) -> Contender:
        agree = answers.all_agree(self.plan)
        return self._own(("check",), form, agree, cfbudget_answers.of_check, marks)

    def what_if(self, form: str) -> Contender:
        """One change of the last year."""
        option = self.plan.changed()
        change = f"{option.id}@{self.plan.named_years[-1]}={option.group.sign * CHANGED_TO}"
        expected = answers.by_service(self.plan.totals_changed())
        marks = (Mark("cpu", 1.3, f"cfbudget totals, {form}"),)
        read = cfbudget_answers.of_position
        return self._own(("model", "--set", change), form, expected, read, marks)

    def _own(
        self, words: tuple[str, ...], form: str, expected: Answer, read: Read, marks: Marks
    ) -> Contender:
        command = (CFBUDGET, *words, "--data", str(self.folder / form.lower()))
        name = f"cfbudget {words[0]}, {form}"
        return Contender(name, command, expected, read, marks)

    def ledger(self) -> Contender:
        """A transaction an option: it proves each stated total."""
        return self._ledger("ledger", "options.journal")

    def ledger_by_change(self, most_rounds: int = 99) -> Contender:
        """A transaction a change, as journals are more often written."""
        found = self._ledger("ledger, a transaction a change", "changes.journal")
        not_done = "does not compare stated totals"
        return replace(found, most_rounds=most_rounds, not_done=not_done)

    def _ledger(self, name: str, journal: str) -> Contender:
        path, report = str(self.folder / journal), other_answers.LEDGER_REPORT
        command = (program("ledger") or "", "-f", path, *report)
        read, lacking = other_answers.of_ledger, missing("ledger")
        return Contender(name, command, self.expected, read, missing=lacking)

    def hledger(self, most_rounds: int = 99) -> Contender:
        report = ("balance", "--yearly", "--output-format", "csv")
        command = (program("hledger") or "", "-f", str(self.folder / "options.journal"), *report)
        read, lacking = other_answers.of_hledger, missing("hledger")
        return Contender(
            "hledger", command, self.expected, read, missing=lacking, most_rounds=most_rounds
        )

    def bean_query(self) -> Contender:
        """Without its cache, which would answer from what an earlier run had read."""
        path = str(self.folder / "options.beancount")
        command = (program("bean-query") or "", "-f", "csv", path, BEAN_QUERY)
        return Contender(
            "bean-query", command, self.expected, other_answers.of_beancount,
            missing=missing("bean-query"), environment={"BEANCOUNT_DISABLE_LOAD_CACHE": "1"},
        )  # fmt: skip

    def pandas(self, ending: str) -> Contender:
        script = str(HERE / "others" / "pandas_totals.py")
        command = (PYTHON, script, str(self.folder / f"bare.{ending}"))
        return Contender(f"pandas, bare {ending}", command, self.expected, other_answers.of_csv)

    def duckdb(self, ending: str) -> Contender:
        script = str(HERE / "others" / "duckdb_totals.py")
        command = (str(OWN / "bin" / "python"), script, str(self.folder / f"bare.{ending}"))
        lacking = "" if library("duckdb") else "DuckDB is missing (benchmarks/install)"
        return Contender(
            f"DuckDB, bare {ending}", command, self.expected, other_answers.of_csv, missing=lacking
        )
