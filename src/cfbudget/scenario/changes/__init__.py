"""What the changes of a scenario do: each made on a copy, measured, and held to the others.

`resolved` holds each written change against the plan: `aims` finds what it is aimed at, `terms`
reads its amounts in the unit of the table they belong to. `conflicts` and `warnings` look at the
changes together, `scale` at each beside what it replaces (`replaced_figures`), and `plausible`
holds what they come to to the rules of a plan's files. `working_copy` makes them one after the
other on copies of what they touch, `contributions` measures before and after each, and
`trial_plan` turns the result into a `Plan`.
"""
