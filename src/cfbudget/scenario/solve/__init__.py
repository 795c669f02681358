"""What has to be found, or may be spent, for a net budget to come to a figure.

`question` finds what is asked in the plan; `gap` takes the gap, `fair_shares` shares it in whole
pence, `no_answer` says why there is none. `solution_changes` makes the `Solution` a scenario's
changes, so that what is shown and what is applied are the same figures.
"""
