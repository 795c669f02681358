"""Files of the folder that nothing reads: whoever wrote them may think that they count."""

from cfbudget import rules
from cfbudget.checks.rule_runs import Problems
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place


def unread_files(plan: Plan) -> Problems:
    """A YAML file beside the plan's is a scenario; of any other nothing is in the figures."""
    for name in plan.unread:
        message = f"{name!r} is not read: nothing of it is in the plan"
        hint = (
            "a plan is revenue_YEAR.yaml, capital_programme.yaml, policy_options.yaml, "
            "funding.yaml and reserves.yaml; a scenario has changes:"
        )
        yield rules.UNREAD_FILE.at(Place(name), message, hint)
