"""Write made plans: python -m benchmarks.made FOLDER OPTIONS YEARS FORM...

FORM is one of those of `FORMS`; what it writes is named as the form: `csv/` is a plan's folder.
With `--plans N --services S` there are N plans, `csv/plan-0/` and so on.
"""

import argparse
from pathlib import Path

from benchmarks.made import bare_tables, journals, plan_files
from benchmarks.made.plan import MadePlan

FORMS = {
    "yaml": plan_files.write_yaml,
    "csv": plan_files.write_csv,
    "parquet": plan_files.write_parquet,
    "options.journal": journals.write_ledger,
    "changes.journal": journals.write_changes,
    "options.beancount": journals.write_beancount,
    "bare.csv": bare_tables.write_bare_csv,
    "bare.parquet": bare_tables.write_bare_parquet,
    "bare.xlsx": bare_tables.write_bare_sheet,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.made", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("options", type=int)
    parser.add_argument("years", type=int)
    parser.add_argument("forms", nargs="+", choices=FORMS)
    parser.add_argument("--plans", type=int, default=1)
    parser.add_argument("--services", type=int, default=200)
    asked = parser.parse_args()
    for form in asked.forms:
        (asked.folder / form).parent.mkdir(parents=True, exist_ok=True)
        if asked.plans == 1:
            FORMS[form](MadePlan(asked.options, asked.years, asked.services), asked.folder / form)
            continue
        (asked.folder / form).mkdir()
        for seed in range(asked.plans):
            plan = MadePlan(asked.options, asked.years, asked.services, seed)
            FORMS[form](plan, asked.folder / form / f"plan-{seed}")


if __name__ == "__main__":
    main()
