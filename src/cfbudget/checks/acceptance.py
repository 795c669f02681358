"""Accepted warnings that do not arise: a reason kept for later would hide what comes then."""

from collections.abc import Iterator

from cfbudget import rules
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.meaning import MEANING
from cfbudget.checks.plan_lines import records
from cfbudget.checks.plausibility import PLAUSIBILITY
from cfbudget.checks.reconciliation import reconciliation
from cfbudget.checks.rule_runs import ALL, Check, apply_checks, warn
from cfbudget.checks.spellings import SPELLINGS
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem


def stale_accepted(plan: Plan) -> Iterator[Problem]:
    """A warning that is accepted arises."""
    accepting = [record for record in records(plan) if record.accepted]
    if not accepting:
        return
    warnings = (*reconciliation(comparisons(plan)), *MEANING, *PLAUSIBILITY, *SPELLINGS)
    arisen = {(p.rule, p.accepted) for p in apply_checks(warnings, plan).problems}
    for record in accepting:
        if getattr(record, "unknown", None):
            continue  # what an amount that is not known yet gives rise to cannot be told
        for code, accepted in record.accepted.items():
            if code != rules.STALE_ACCEPTED.code and (code, accepted.reason) not in arisen:
                message = f"{code} is accepted here, and does not arise"
                yield warn(rules.STALE_ACCEPTED, record, message, "delete it", accepted.place)


ACCEPTANCE = (Check(rules.STALE_ACCEPTED, stale_accepted, ALL),)
