"""What a plan is held to: its stated figures, its consistency, and what its words mean.

`consistency` holds the files against each other: what comes out is a `Plan`, or problems. Bad data
is a value; an exception is a bug of ours, but for `cfbudget.load`, which raises `InvalidPlan` for
those who call us from Python. `comparisons` alone reads stated figures, `reconciliation` says which
differ, and `root_causes` which of these follow from others.
"""
